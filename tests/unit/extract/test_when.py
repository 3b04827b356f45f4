"""On which day something was said: sentences of invented ministers, in a document of Tuesday, 27 February 2024."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from app.extract._parse import Parse
from app.extract._times import find_times
from app.extract._when import find_day
from app.records import Quotation, Span

Read = Callable[[str], Parse]
PUBLISHED = date(2024, 2, 27)


def spans(text: str, words: str | None) -> tuple[Span, ...]:
    if words is None:
        return ()
    start = text.rindex(words)
    return (Span(start, start + len(words)),)


def day_said(
    read: Read, text: str, *, cue: str | None, content: str, source: str | None = "Horvat"
) -> date | None:
    quotation = Quotation(spans(text, source), spans(text, cue), spans(text, content))
    parse = read(text)
    tokens = [t.i for s in quotation.content for t in parse.tokens_in(s.start, s.end)]
    return find_day(parse, tokens, quotation, PUBLISHED)


def day_told(read: Read, text: str, published: date | None = PUBLISHED) -> date | None:
    parse = read(text)
    return find_day(parse, range(len(parse.tokens)), None, published)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("on Monday", date(2024, 2, 26)),
        ("Monday", date(2024, 2, 26)),
        ("late on Monday", date(2024, 2, 26)),
        ("on Monday evening", date(2024, 2, 26)),
        ("last Monday", date(2024, 2, 26)),
        ("on Tuesday", date(2024, 2, 27)),
        ("on Tuesday night", date(2024, 2, 27)),
        ("last Tuesday", date(2024, 2, 20)),
        ("on Thursday", date(2024, 2, 22)),
        ("on Wednesday", date(2024, 2, 21)),
        ("on Monday last week", date(2024, 2, 19)),
        ("today", date(2024, 2, 27)),
        ("earlier today", date(2024, 2, 27)),
        ("this morning", date(2024, 2, 27)),
        ("yesterday", date(2024, 2, 26)),
        ("last night", date(2024, 2, 26)),
        ("the day before yesterday", date(2024, 2, 25)),
        ("two days ago", date(2024, 2, 25)),
        ("a couple of days ago", date(2024, 2, 25)),
        ("10 days ago", date(2024, 2, 17)),
        ("a week ago", date(2024, 2, 20)),
        ("earlier this week", date(2024, 2, 26)),
        ("last week", date(2024, 2, 19)),
        ("at the weekend", date(2024, 2, 24)),
        ("last weekend", date(2024, 2, 24)),
        ("earlier this month", date(2024, 2, 1)),
        ("last month", date(2024, 1, 1)),
        ("in February", date(2024, 2, 1)),
        ("in early January", date(2024, 1, 1)),
        ("in March", date(2023, 3, 1)),
        ("last February", date(2023, 2, 1)),
        ("in February 2022", date(2022, 2, 1)),
        ("in October last year", date(2023, 10, 1)),
        ("on 26 February", date(2024, 2, 26)),
        ("on the 26th of February", date(2024, 2, 26)),
        ("on Feb. 26", date(2024, 2, 26)),
        ("on February 26, 2024", date(2024, 2, 26)),
        ("on 28 February", date(2023, 2, 28)),
        ("on Monday, 26 February", date(2024, 2, 26)),
        ("on 2024-02-25", date(2024, 2, 25)),
    ],
)
def test_a_time_beside_the_cue_is_the_day_of_saying(read: Read, words: str, day: date) -> None:
    text = f"Minister Horvat said {words} that Velmar needs trainers."
    assert day_said(read, text, cue="said", content="Velmar needs trainers") == day


@pytest.mark.parametrize(
    "words",
    [
        "recently",
        "last year",
        "late last year",
        "in 2008",
        "a few days ago",
        "years ago",
        "on 31 February",
        "",
    ],
)
def test_what_is_too_vague_tells_no_day(read: Read, words: str) -> None:
    text = f"Minister Horvat said {words} that Velmar needs trainers."
    assert day_said(read, text, cue="said", content="Velmar needs trainers") is None


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("“Velmar needs trainers,” Horvat said on Monday.", "said", "“Velmar needs trainers,”"),
        ("“Velmar needs trainers,” said Minister Horvat on Monday.", "said", "“Velmar needs trainers,”"),
        ("On Monday, Horvat said that Velmar needs trainers.", "said", "Velmar needs trainers"),
        ("Minister Horvat on Monday ruled out trainers for Velmar.", "ruled out", "trainers for Velmar"),
        ("Horvat told reporters in Zagreb on Monday that he was ready.", "told", "he was ready"),
        ("Horvat said in an interview on Monday that he was ready.", "said", "he was ready"),
        ("Horvat said in a letter sent on Monday that he was ready.", "said", "he was ready"),
        ("Speaking on Monday, Horvat said that he was ready.", "said", "he was ready"),
        ("Asked about it on Monday, Horvat said that he was ready.", "said", "he was ready"),
        ("Horvat visited Velmar on Monday and said that he was ready.", "said", "he was ready"),
        ("At Monday's meeting, Horvat said that he was ready.", "said", "he was ready"),
        ("Horvat likened it to war on Monday, saying that it was wrong.", "saying", "it was wrong"),
        ("Horvat said on Monday that troops would go in March.", "said", "troops would go in March"),
        ("Horvat said Monday that troops would go on Sunday.", "said Monday", "troops would go on Sunday"),
    ],
)
def test_a_time_that_hangs_on_the_cue_counts_wherever_it_stands(
    read: Read, text: str, cue: str, content: str
) -> None:
    assert day_said(read, text, cue=cue, content=content) == date(2024, 2, 26)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Horvat said that troops would go on Monday.", "said", "troops would go on Monday"),
        ("Horvat said troops had left last week.", "said", "troops had left last week"),
        ("Horvat said troops would go next Monday.", "said", "troops would go next Monday"),
        ("Horvat said next Monday would be too late.", "said", "next Monday would be too late"),
        ("Horvat will say on Monday that he is ready.", "say", "he is ready"),
        ("Horvat is expected to say on Monday that he is ready.", "say", "he is ready"),
        ("Horvat has said since Monday that he is ready.", "said", "he is ready"),
        ("Horvat said before Monday's vote that he was ready.", "said", "he was ready"),
        ("Horvat, who was elected in January, said that he was ready.", "said", "he was ready"),
        ("Horvat told the Sunday Courier that he was ready.", "told", "he was ready"),
        ("Horvat told the Mail on Sunday that he was ready.", "told", "he was ready"),
        ("On Monday the premier will go to Velmar, Horvat said.", "said", "the premier will go to Velmar"),
    ],
)
def test_a_time_of_something_else_does_not_count(read: Read, text: str, cue: str, content: str) -> None:
    assert day_said(read, text, cue=cue, content=content) is None


@pytest.mark.parametrize(
    ("text", "parts", "day"),
    [
        (
            "Minister Horvat said on Monday that he was ready. He added that Velmar needs trainers.",
            ("He", "added", "Velmar needs trainers"),
            date(2024, 2, 26),
        ),
        (
            "On Monday, Minister Horvat visited Velmar.\n\n“We are ready,” she said.",
            ("she", "said", "“We are ready,”"),
            date(2024, 2, 26),
        ),
        (
            "Minister Horvat said on Monday that he was ready. “We are not at war,” Horvat added.",
            ("Horvat", "added", "“We are not at war,”"),
            date(2024, 2, 26),
        ),
        (
            "“We are ready,” Minister Horvat said on Monday. “Velmar needs trainers.”",
            (None, None, "“Velmar needs trainers.”"),
            date(2024, 2, 26),
        ),
        # Somebody else's day, a day of something else, and words that are not of one day.
        (
            "Minister Kolar said on Monday that he was ready. “We are not at war,” Horvat added.",
            ("Horvat", "added", "“We are not at war,”"),
            None,
        ),
        (
            "Velmar's bridges were hit on Monday. He said that Velmar needs trainers.",
            ("He", "said", "Velmar needs trainers"),
            None,
        ),
        (
            "Minister Horvat said on Monday that he was ready. He has said that Velmar needs trainers.",
            ("He", "has said", "Velmar needs trainers"),
            None,
        ),
    ],
)
def test_the_day_holds_while_the_same_speaker_goes_on(
    read: Read, text: str, parts: tuple[str | None, str | None, str], day: date | None
) -> None:
    source, cue, content = parts
    assert day_said(read, text, source=source, cue=cue, content=content) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Velmar ruled out trainers on Monday.", date(2024, 2, 26)),
        ("On Monday, Velmar's parliament rejected the plan.", date(2024, 2, 26)),
        ("Velmar applied for membership in May 2022.", date(2022, 5, 1)),
        ("The plan was rejected last week by Velmar.", date(2024, 2, 19)),
        ("Horvat's suggestion last week that trainers be sent", date(2024, 2, 19)),
        ("Velmar will send trainers on Monday.", None),
        ("Velmar is expected to send trainers on Friday.", None),
        ("Velmar plans a vote on Friday.", None),
        ("Velmar's return to office in December", None),
    ],
)
def test_what_is_told_of_an_actor_has_the_day_of_its_main_word(
    read: Read, text: str, day: date | None
) -> None:
    assert day_told(read, text) == day


def test_without_the_document_s_date_only_a_full_date_is_understood(read: Read) -> None:
    assert day_told(read, "Velmar ruled out trainers on 26 February 2024.", None) == PUBLISHED.replace(day=26)
    assert day_told(read, "Velmar ruled out trainers on Monday.", None) is None


def test_a_day_is_never_later_than_the_document(read: Read) -> None:
    assert day_told(read, "Velmar ruled out trainers on 3 March 2024.") is None
    assert day_told(read, "Velmar ruled out trainers in April 2030.") is None


@pytest.mark.parametrize("published", [date.min, date.max, date(2024, 2, 29), None])
@pytest.mark.parametrize(
    "text",
    [
        "last Monday, two weeks ago, last month, 999 days ago",
        "on 29 February, on 30 February 2023, 00 March, 99.99.0000, 2024-13-45",
        "in May last year, Monday last week, the day before yesterday, a  couple  of days ago",
        "Sun. Sat. Mon. ٣ May ٢٠٢٤, 1 May 0000",
    ],
)
def test_odd_times_and_ends_of_the_calendar_never_raise(text: str, published: date | None) -> None:
    found = find_times(text, 0, len(text), published)
    assert all(t.day is None or t.day <= (published or date.max) for t in found)
    assert all(0 <= t.start < t.end <= len(text) for t in found)


@pytest.mark.parametrize(
    "text", ["", "   ", "Monday", "said", "“", "on Monday on Monday", "\u200b\u2028Monday 💬"]
)
@pytest.mark.parametrize("span", [Span(0, 0), Span(0, 99), Span(50, 60), Span(-5, 2), Span(3, 1)])
def test_odd_spans_and_tokens_never_raise(read: Read, text: str, span: Span) -> None:
    parse = read(text)
    quotation = Quotation((span,), (span,), (span,))
    days = [
        find_day(parse, [], quotation, PUBLISHED),
        find_day(parse, [-1, 0, 99], quotation, None),
        find_day(parse, [-1, 0, 99], None, PUBLISHED),
        find_day(parse, [], Quotation((), (), ()), PUBLISHED),
    ]
    assert all(day is None or day <= PUBLISHED for day in days)
