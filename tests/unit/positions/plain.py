"""The rule of positions, slow and plain: each day is asked anew, straight from the words of the rule.

Nothing is shared with app/positions, so that an error there does not hide here. A day is looked at by
filtering all statements; `since` is found by walking back day by day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from app.records import Actor, Attribution, Evidence, Office, OfficeKind, Position, Stance, Status
from app.registers import Registry

DAY = timedelta(days=1)


def stand_on(evidence: Sequence[Evidence], on: date, threshold: float) -> Position | None:
    """Where the actor of these statements stands at the end of the day."""
    decided = decide_on(evidence, on, threshold)
    if decided is None:
        return None
    counted = [said for said in evidence if counts(said, threshold) and said.said_on <= on]
    voices = {(said.story or said.id, said.stance, said.said_on) for said in counted}
    deciding, contested = decided
    since = on
    while (earlier := decide_on(evidence, since - DAY, threshold)) is not None:
        if earlier[0].stance is not deciding.stance:
            break
        since -= DAY
    return Position(
        actor=deciding.actor,
        question=deciding.question,
        stance=deciding.stance,
        valid_from=on,
        valid_to=None,
        since=since,
        statements=len(voices),
        confirmed=deciding.status in (Status.CONFIRMED, Status.CORRECTED),
        contested=contested,
        decided_by=deciding.id,
        latest_on=deciding.said_on,
    )


def counts(said: Evidence, threshold: float) -> bool:
    """Whether a statement counts at all."""
    if said.status in (Status.CONFIRMED, Status.CORRECTED):
        return True
    return said.status is Status.PROPOSED and said.confidence >= threshold


def decide_on(evidence: Sequence[Evidence], on: date, threshold: float) -> tuple[Evidence, bool] | None:
    """The statement that decides at the end of the day, and whether its equals oppose each other."""
    counted = [said for said in evidence if counts(said, threshold) and said.said_on <= on]
    candidates = [said for said in counted if said.stance is not Stance.UNCLEAR] or counted
    if not candidates:
        return None
    latest = max(said.said_on for said in candidates)
    left = [said for said in candidates if said.said_on == latest]
    reviewed = [said for said in left if said.status is not Status.PROPOSED]
    left = reviewed or left
    for attribution in (Attribution.DIRECT, Attribution.MIXED, Attribution.INDIRECT):
        near = [said for said in left if said.attribution is attribution]
        if near:
            left = near
            break
    own_words = [said for said in left if not said.has_via]
    left = own_words or left
    stances = {said.stance for said in left}
    surest = max(said.confidence for said in left)
    first = min(said.id for said in left if said.confidence == surest)
    deciding = next(said for said in left if said.id == first)
    return deciding, Stance.BACKS in stances and Stance.REJECTS in stances


def state_on(
    state: str,
    question: str,
    evidence: Sequence[Evidence],
    registry: Registry,
    *,
    on: date,
    threshold: float,
) -> Position | None:
    """Where a state stands at the end of the day; `evidence` is everything everybody said."""
    spoken = speak_on(state, question, evidence, registry, on=on, threshold=threshold)
    if spoken is None:
        return None
    holder, position = spoken
    since = on
    while True:
        day_before = since - DAY
        earlier = speak_on(state, question, evidence, registry, on=day_before, threshold=threshold)
        if earlier is None or earlier[1].stance is not position.stance:
            break
        since = day_before
    return Position(
        actor=state,
        question=question,
        stance=position.stance,
        valid_from=on,
        valid_to=None,
        since=since,
        statements=position.statements,
        confirmed=position.confirmed,
        contested=position.contested,
        decided_by=position.decided_by,
        latest_on=position.latest_on,
        holder=holder,
    )


def speak_on(
    state: str,
    question: str,
    evidence: Sequence[Evidence],
    registry: Registry,
    *,
    on: date,
    threshold: float,
) -> tuple[str | None, Position] | None:
    """Who speaks for the state that day, and their position: None as the speaker is the state itself."""
    country = registry.actors[state].country
    assert country is not None
    speakers = [
        (office, actor)
        for office, actor in registry.leaders(country, on)
        if not (office.kind is OfficeKind.OTHER and office.rank >= 8)
    ]
    for _, actor in sorted(speakers, key=_order(registry, on)):
        position = stand_on(_cell(evidence, actor.slug, question), on, threshold)
        if position is not None:
            return actor.slug, position
    position = stand_on(_cell(evidence, state, question), on, threshold)
    return (None, position) if position is not None else None


def _order(registry: Registry, on: date) -> Callable[[tuple[Office, Actor]], tuple[int, str, int, str]]:
    """By rank, then the office's slug, then the later tenure, then the actor's slug."""

    def order(pair: tuple[Office, Actor]) -> tuple[int, str, int, str]:
        office, actor = pair
        since = max(
            (tenure.since or date.min).toordinal()
            for tenure in registry.tenures
            if tenure.office == office.slug
            and tenure.actor == actor.slug
            and (tenure.since or date.min) <= on < (tenure.until or date.max)
        )
        return office.rank, office.slug, -since, actor.slug

    return order


def _cell(evidence: Sequence[Evidence], actor: str, question: str) -> list[Evidence]:
    return [said for said in evidence if said.actor == actor and said.question == question]


def look_up(rows: Sequence[Position], on: date) -> Position | None:
    """The row of a timeline that holds on a day, asserting that there is at most one."""
    found = [row for row in rows if row.valid_from <= on and (row.valid_to is None or on < row.valid_to)]
    assert len(found) <= 1
    return found[0] if found else None
