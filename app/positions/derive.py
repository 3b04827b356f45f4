"""From statements to positions: where an actor stands, from which day to which.

Positions are a function of statements, reviews and the registry alone. Nothing here remembers what
was derived before, so a late document, a review or a corrected register needs no special case: the
cells it touches are derived again from nothing, and the result is the same as deriving everything.

The price is that a cell is always swept from its first statement on. A cell has tens of statements,
rarely hundreds: sorting them costs less than one query.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from app.positions._states import Cell, Voice, find_cells_to_derive, find_voices, sweep_voices
from app.records import Attribution, Evidence, Position, Stance, Status
from app.registers import Registry

# Proposals less confident than an even chance are wrong more often than right.
THRESHOLD = 0.5

_REVIEWED = (Status.CONFIRMED, Status.CORRECTED)
_NEARNESS = {Attribution.DIRECT: 0, Attribution.MIXED: 1, Attribution.INDIRECT: 2}
_OPPOSITES = {Stance.BACKS, Stance.REJECTS}


def derive_position(
    evidence: Iterable[Evidence], *, on: date, threshold: float = THRESHOLD
) -> Position | None:
    """Where one actor stands on one question at the end of the day `on`; None when silent.

    What counts: statements said on that day or before, that no review rejected, and that a person
    confirmed (or corrected) or the machine proposed with at least the threshold's confidence.

    The latest day with a clear statement decides; an unclear one replaces nothing.

        backs 3 May, rejects 9 May        -> rejects, since 9 May
        backs 3 May, backs 9 May          -> backs, since 3 May, two statements
        backs 3 May, unclear 9 May        -> backs, since 3 May, two statements
        unclear 3 May                     -> unclear, since 3 May
        unclear 3 May, open 9 May         -> open, since 9 May
        backs 3 May with 0.4, threshold 0.5                -> silent
        backs 3 May with 0.4, confirmed by a person        -> backs
        backs 3 May, rejects 9 May but a review rejected it -> backs, since 3 May

    Within a day: confirmed before proposed, then direct before mixed before indirect, then own words
    before via.

        backs (proposed, direct), rejects (confirmed, reported)    -> rejects
        backs (direct), rejects (reported)                         -> backs
        backs (direct, own words), rejects (direct, via)           -> backs

    Statements that are level in all three are of equal rank. When both `backs` and `rejects` are among
    those of the highest rank, the position is contested: both are shown. Confidence does not lift one
    above the other there (no two figures are ever the same, and after a person confirmed both it says
    nothing); it only chooses the one the row is filed under, and of equal confidence the smaller id,
    the one stored first.

        backs (direct, 0.9), rejects (direct, 0.8)      -> backs, contested
        backs (direct, 0.9), rejects (reported, 0.95)   -> backs, not contested
        backs (direct, 0.9), open (direct, 0.95)        -> open, not contested

    Wire copies of one story count once in `statements`. `valid_to` is None: later days are not looked at.
    """
    rows = derive_positions((said for said in evidence if said.said_on <= on), threshold=threshold)
    return rows[-1] if rows else None


def derive_positions(evidence: Iterable[Evidence], *, threshold: float = THRESHOLD) -> tuple[Position, ...]:
    """The whole timeline of one cell by the rule of `derive_position`: sorted once, swept once.

    Every day with a statement that counts begins a row, because the number of statements grows with it.
    """
    counted = sorted((said for said in evidence if _counts(said, threshold)), key=attrgetter("said_on"))
    rows: list[Position] = []
    voices: set[tuple[UUID, Stance, date]] = set()
    for day, group in groupby(counted, key=attrgetter("said_on")):
        statements = tuple(group)
        voices.update((said.story or said.id, said.stance, day) for said in statements)
        before = rows[-1] if rows else None
        if before is not None:
            rows[-1] = replace(before, valid_to=day)
        rows.append(_stand(statements, before, statements_so_far=len(voices)))
    return tuple(rows)


def derive_state_positions(
    state: str,
    question: str,
    own: Iterable[Evidence],
    by_actor: Mapping[str, Sequence[Position]],
    registry: Registry,
    *,
    threshold: float = THRESHOLD,
) -> tuple[Position, ...]:
    """Where a state stands: with its highest-ranking office-holder of the day who has a position.

    `state` is the slug of the actor of kind state, `own` its own statements ("Poland says"), `by_actor`
    the positions of its office-holders on this question.

        chancellor rejects since 27 Feb, minister backs since 1 Feb -> backs 1 to 27 Feb, then rejects
        chancellor leaves on 6 May, successor has said nothing      -> the minister's position from 6 May
        nobody in office has a position, the state rejected on 2 Mar -> rejects
        nobody in office has one, and no statement of its own        -> no position: it ends

    A position comes into office with its holder: what a leader of the opposition said stands for the
    state from the first day as chancellor on, and `since` is that day. From one holder to the next with
    the same stance the state has not moved: `since` stays, `holder` changes.
    """
    country = _country_of(state, registry)
    voices = find_voices(registry, country) if country is not None else ()
    return _derive_state(state, question, derive_positions(own, threshold=threshold), by_actor, voices)


def derive_all(
    evidence: Iterable[Evidence], registry: Registry, *, threshold: float = THRESHOLD
) -> tuple[Position, ...]:
    """Every position there is: of each cell with evidence, and of each state somebody spoke for."""
    held = tuple(evidence)
    cells = find_cells_to_derive({(said.actor, said.question) for said in held}, registry)
    return derive_cells(cells, held, registry, threshold=threshold)


def derive_cells(
    cells: Collection[Cell],
    evidence: Iterable[Evidence],
    registry: Registry,
    *,
    threshold: float = THRESHOLD,
) -> tuple[Position, ...]:
    """The positions of these cells alone, ordered by question, actor and day.

    `evidence` has to hold all there is on `find_cells_to_read(cells, registry)`: a state's position
    hangs on the statements of everybody who ever held one of its offices.
    """
    said: dict[Cell, list[Evidence]] = defaultdict(list)
    for one in evidence:
        said[one.actor, one.question].append(one)
    derived: dict[Cell, tuple[Position, ...]] = {}

    def derive_once(cell: Cell) -> tuple[Position, ...]:
        if cell not in derived:
            derived[cell] = derive_positions(said.get(cell, ()), threshold=threshold)
        return derived[cell]

    speakers = _find_speakers({actor for actor, _ in cells}, registry)
    rows: list[Position] = []
    for actor, question in sorted(set(cells), key=lambda cell: (cell[1], cell[0])):
        own = derive_once((actor, question))
        voices = speakers.get(actor, ())
        by_actor = {voice.actor: derive_once((voice.actor, question)) for voice in voices if voice.actor}
        rows.extend(_derive_state(actor, question, own, by_actor, voices) if voices else own)
    return tuple(rows)


def _country_of(slug: str, registry: Registry) -> str | None:
    """The country an actor is the state of; None for everybody else."""
    actor = registry.actors.get(slug)
    if actor is None or actor.country is None or registry.state_of(actor.country) != actor:
        return None
    return actor.country


def _find_speakers(actors: Iterable[str], registry: Registry) -> dict[str, tuple[Voice, ...]]:
    """Who speaks for those of the actors that are states: looked up once, not for each question."""
    countries = {actor: _country_of(actor, registry) for actor in actors}
    return {actor: find_voices(registry, country) for actor, country in countries.items() if country}


def _derive_state(
    state: str,
    question: str,
    own: Sequence[Position],
    by_actor: Mapping[str, Sequence[Position]],
    voices: Iterable[Voice],
) -> tuple[Position, ...]:
    """The state's rows: those who speak for it by rank, and last the state itself."""
    timelines: dict[str | None, Sequence[Position]] = {None: own}
    heard = []
    for voice in voices:
        if voice.actor and by_actor.get(voice.actor):
            heard.append(voice)
            timelines[voice.actor] = by_actor[voice.actor]
    return sweep_voices(state, question, (*heard, Voice(actor=None, since=None, until=None)), timelines)


def _counts(said: Evidence, threshold: float) -> bool:
    if said.status is Status.REJECTED:
        return False
    return said.status in _REVIEWED or said.confidence >= threshold


def _rank(said: Evidence) -> tuple[bool, int, bool]:
    """Smaller speaks louder on its day."""
    return said.status not in _REVIEWED, _NEARNESS[said.attribution], said.has_via


def _stand(statements: Sequence[Evidence], before: Position | None, *, statements_so_far: int) -> Position:
    """The row that one day's statements begin, after the row `before`."""
    day = statements[0].said_on
    clear = [said for said in statements if said.stance is not Stance.UNCLEAR]
    if not clear and before is not None and before.stance is not Stance.UNCLEAR:
        return replace(before, valid_from=day, valid_to=None, statements=statements_so_far)
    loudest = min(map(_rank, clear or statements))
    level = [said for said in clear or statements if _rank(said) == loudest]
    deciding = min(level, key=lambda said: (-said.confidence, said.id))
    return Position(
        actor=deciding.actor,
        question=deciding.question,
        stance=deciding.stance,
        valid_from=day,
        valid_to=None,
        since=before.since if before is not None and before.stance is deciding.stance else day,
        statements=statements_so_far,
        confirmed=deciding.status in _REVIEWED,
        contested={said.stance for said in level} >= _OPPOSITES,
        decided_by=deciding.id,
        latest_on=day,
    )
