"""Which question a passage is about, with a question that the registers do not have."""

from __future__ import annotations

import pytest

from app.extract._questions import Matcher, canonical, profile_of, singular, stem
from app.records import Question

PLACES = frozenset({"norland", "norlander", "sudland", "nato"})
SUGAR = Question(
    "sugar-tax",
    "Introduce a sugar tax",
    "A tax on sugar is introduced.",
    "A levy on sweet drinks. Not: tobacco duties, alcohol taxes.",
    ("sugar tax", "sweetened drinks", "soda"),
)
OBSERVERS = Question(
    "observers",
    "Send observers to Norland",
    "Neighbours send observers to Norland after a truce.",
    "Unarmed observers. Not: election observers.",
    ("truce observers", "send observers", "observers in Norland"),
)


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher([SUGAR, OBSERVERS], sorted(PLACES))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("deploy", "deployments"),
        ("deploy", "deployed"),
        ("missile", "missiles"),
        ("strike", "striking"),
        ("treaty", "treaties"),
        ("Réassurance", "reassurance"),
        ("TROOPS", "troop"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("tax", "tank"), ("war", "was"), ("peace", "place")])
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("soldiers", "troops"), ("deployment", "sending"), ("rockets", "missile"), ("accession", "join")],
)
def test_synonyms_share_a_canonical_stem(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("trainers", "trainer"), ("Training", "training"), ("gas", "gas"), ("mass", "mass")],
)
def test_singular_takes_off_a_plural_only(word: str, expected: str) -> None:
    assert singular(word) == expected


def test_objects_are_what_a_proposal_handles_and_not_the_act() -> None:
    objects = profile_of(OBSERVERS, PLACES).objects
    assert canonical("observers") in objects
    assert canonical("send") not in objects
    assert not any(o.startswith("norland") for o in objects)


def test_later_is_what_must_have_happened_first() -> None:
    assert profile_of(OBSERVERS, PLACES).later == (frozenset({canonical("ceasefire")}),)
    assert profile_of(SUGAR, PLACES).later == ()


def test_nots_are_the_phrases_that_the_description_excludes() -> None:
    assert {p.stems for p in profile_of(SUGAR, PLACES).nots} == {
        frozenset({stem("tobacco"), stem("duties")}),
        frozenset({stem("alcohol"), stem("taxes")}),
    }


def test_places_are_the_states_that_the_proposal_names() -> None:
    assert profile_of(OBSERVERS, PLACES).places == {stem("Norland")}
    assert profile_of(SUGAR, PLACES).places == frozenset()


def test_a_matcher_tells_places_and_later_of_its_questions(matcher: Matcher) -> None:
    assert matcher.places_of("observers") == {stem("Norland")}
    assert matcher.later_than("observers") == (frozenset({canonical("truce")}),)
    assert matcher.later_than("sugar-tax") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister wants a sugar tax next year.", True),
        ("SODA is cheap.", True),
        ("Two observers left.", True),
        ("The choir sang until midnight.", False),
        ("", False),
        ("…—“”", False),
    ],
)
def test_a_text_may_concern_a_question_by_its_words(matcher: Matcher, text: str, expected: bool) -> None:
    assert matcher.may_concern(text) is expected


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("she proposed a sugar tax", "sugar-tax"),
        ("a levy on sugar would help", "sugar-tax"),
        ("soda is cheap", "sugar-tax"),
        ("they agreed to send observers", "observers"),
        ("the deployment of observers to Norland", "observers"),
    ],
)
def test_a_passage_matches_its_question_best(matcher: Matcher, words: str, slug: str) -> None:
    hits = matcher.match(words.split())
    assert hits[0].slug == slug
    assert all(0 < h.score <= 1 for h in hits)


def test_a_passage_about_nothing_matches_nothing(matcher: Matcher) -> None:
    assert matcher.match("the choir sang until midnight".split()) == []
    assert matcher.match([]) == []


def test_a_keyword_word_for_word_scores_above_its_synonym(matcher: Matcher) -> None:
    exact = matcher.match("a sugar tax".split())[0]
    near = matcher.match("a sugar levy".split())[0]
    assert (exact.strict, near.strict) == (1, 0)
    assert exact.score > near.score


def test_an_excluded_phrase_speaks_against_a_question(matcher: Matcher) -> None:
    plain = matcher.match("send observers".split())[0]
    other = matcher.match("send election observers".split())[0]
    assert (plain.nots, other.nots) == (0, 1)
    assert other.score < plain.score


def test_a_hit_points_at_the_words_that_show_it(matcher: Matcher) -> None:
    words = "in spring a sugar tax may come".split()
    assert [words[i] for i in matcher.match(words)[0].words] == ["sugar", "tax"]
