"""The forms above the matrix: what they offer, what they keep, and how the filters read as a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from app.records import ActorKind, MatrixFilters, Question
from app.registers import Registry
from app.serve.addresses import Pair, matrix_pairs
from app.serve.pages._parts import Choice, choose
from app.serve.words import ATTRIBUTIONS, STANCES, WORDS, join, say_day

GROUPS = (
    ("alliance", "Alliance"),
    ("country", "Country"),
    ("stance", "Stance"),
    ("none", "No groups"),
)
# The fields each form shows; whatever else stands in the address it keeps.
DAYS = frozenset({"as_of", "since"})
SHOWN = frozenset(
    {
        "group",
        "question",
        "alliance",
        "country",
        "stance",
        "attribution",
        "reviewed",
        "name",
        "changed",
        "silent",
    }
)


def kept_by_days(filters: MatrixFilters, cell: str | None) -> tuple[Pair, ...]:
    """What the form of dates passes on unchanged."""
    pairs = [pair for pair in matrix_pairs(filters) if pair[0] not in DAYS]
    return (*pairs, ("cell", cell)) if cell else tuple(pairs)


def kept_by_filters(filters: MatrixFilters) -> tuple[Pair, ...]:
    """What the form of filters passes on unchanged. The open cell may be filtered away, so it closes."""
    return tuple(pair for pair in matrix_pairs(filters) if pair[0] not in SHOWN)


def make_choices(
    filters: MatrixFilters, questions: Sequence[Question], registry: Registry
) -> tuple[Choice, ...]:
    """The selects. An address may name several alliances; the form then shows them as one entry."""
    alliances = [(slug, alliance.name) for slug, alliance in sorted(registry.alliances.items())]
    countries = sorted(
        {
            (actor.country, registry.countries[actor.country].name)
            for actor in registry.actors.values()
            if actor.kind is ActorKind.PERSON and actor.country in registry.countries
        },
        key=lambda pair: pair[1],
    )
    stances = [(word.slug, word.label) for word in STANCES]
    attributions = [(key.value, words) for key, words in ATTRIBUTIONS.items()]
    titles = [(question.slug, question.title) for question in questions]
    return (
        choose("f-group", "group", "Group rows by", GROUPS, filters.group),
        choose("f-question", "question", "Question", *_several(titles, filters.questions, "All")),
        choose("f-alliance", "alliance", "Alliance", *_several(alliances, filters.alliances, "All")),
        choose("f-country", "country", "Country", *_several(countries, filters.countries, "All")),
        choose("f-stance", "stance", "Stance", [("", "Any"), *stances], filters.stance or ""),
        choose(
            "f-attribution",
            "attribution",
            "Attribution",
            [("", "Any"), *attributions],
            filters.attribution.value if filters.attribution else "",
        ),
        choose(
            "f-reviewed",
            "reviewed",
            "Statements",
            [("", "All"), ("true", "Confirmed only")],
            "true" if filters.reviewed else "",
        ),
    )


def _several(
    pairs: Sequence[tuple[str, str]], chosen: Sequence[str], nothing: str
) -> tuple[list[tuple[str, str]], str]:
    """Options and the chosen value; several chosen ones become an entry of their own, parted by commas."""
    options = [("", nothing), *pairs]
    value = ",".join(chosen)
    if len(chosen) > 1:
        names = dict(pairs)
        options.insert(1, (value, join([names.get(slug, slug) for slug in chosen])))
    return options, value


def say_filters(filters: MatrixFilters, questions: Sequence[Question], registry: Registry) -> str:
    """The filters in words: "grouped by alliance; NATO, stance backs, confirmed only"."""
    groups = {"none": "not grouped"}
    parts = [
        groups.get(filters.group, f"grouped by {filters.group}"),
        *list_filters(filters, questions, registry),
    ]
    if len(parts) == 1:
        parts.append("all alliances, all countries, all stances")
    return f"{parts[0]}; {', '.join(parts[1:])}"


def list_filters(
    filters: MatrixFilters, questions: Sequence[Question], registry: Registry
) -> tuple[str, ...]:
    """Each filter that narrows the view, in words."""
    titles = {question.slug: question.title for question in questions}
    parts = [f"“{titles.get(slug, slug)}”" for slug in filters.questions]
    parts += [registry.alliances[slug].name for slug in filters.alliances if slug in registry.alliances]
    parts += [registry.countries[iso].name for iso in filters.countries if iso in registry.countries]
    parts += [registry.actors[slug].name for slug in filters.actors if slug in registry.actors]
    if filters.stance:
        parts.append(f"stance {WORDS[filters.stance].verb}")
    if filters.attribution:
        parts.append(ATTRIBUTIONS[filters.attribution].lower())
    if filters.reviewed:
        parts.append("confirmed only")
    if filters.min_confidence is not None:
        parts.append(f"confidence at least {filters.min_confidence:g}")
    if filters.known_by:
        parts.append(f"as known on {say_day(filters.known_by)}")
    if filters.name:
        parts.append(f"name with “{filters.name}”")
    if filters.changed:
        parts.append("changed only")
    if not filters.silent:
        parts.append("without silent rows")
    return tuple(parts)
