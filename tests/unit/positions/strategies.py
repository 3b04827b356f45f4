"""Statements to test with: built by hand in a line each, or drawn by Hypothesis from few days and actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import strategies as st

from app.records import (
    Actor,
    ActorKind,
    Alliance,
    Attribution,
    Country,
    Evidence,
    Membership,
    Office,
    OfficeKind,
    Position,
    Stance,
    Status,
    Tenure,
)
from app.registers import Registry

# The days the drawn statements and tenures lie in: few, so that ties and clashes are common.
FIRST = date(2024, 3, 1)
DAYS = tuple(FIRST + timedelta(days=n) for n in range(10))

ACTORS = ("chancellor", "minister", "party-leader", "secretary-general", "germany")
QUESTIONS = ("troops", "taurus")


def said(
    stance: Stance | str,
    day: int,
    *,
    actor: str = "chancellor",
    question: str = "troops",
    number: int = 1,
    attribution: Attribution = Attribution.DIRECT,
    has_via: bool = False,
    confidence: float = 0.9,
    status: Status = Status.PROPOSED,
    story: int | None = None,
) -> Evidence:
    """A statement of the day-th of May 2024."""
    return Evidence(
        id=UUID(int=number),
        actor=actor,
        question=question,
        stance=Stance(stance),
        attribution=attribution,
        has_via=has_via,
        said_on=date(2024, 5, day),
        confidence=confidence,
        status=status,
        story=None if story is None else UUID(int=story),
    )


def position_of(
    actor: str,
    stance: Stance | str,
    *,
    question: str = "troops",
    first: int = 3,
    last: int | None = None,
    number: int = 1,
    holder: str | None = None,
) -> Position:
    """A position that holds from the first to the last (exclusive) of these days of May 2024."""
    day = date(2024, 5, first)
    return Position(
        actor=actor,
        question=question,
        stance=Stance(stance),
        valid_from=day,
        valid_to=None if last is None else date(2024, 5, last),
        since=day,
        statements=1,
        confirmed=False,
        contested=False,
        decided_by=UUID(int=number),
        latest_on=day,
        holder=holder,
    )


def number(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The same statements with ids of their own, in their order."""
    return [replace(one, id=UUID(int=index)) for index, one in enumerate(evidence, start=1)]


@st.composite
def drawn_evidence(draw: st.DrawFn, *, cells: bool = False) -> list[Evidence]:
    """Statements of one cell, or of every cell; each with an id of its own."""
    drawn = draw(
        st.lists(
            st.builds(
                Evidence,
                id=st.integers(1, 10_000).map(lambda number: UUID(int=number)),
                actor=st.sampled_from(ACTORS if cells else ACTORS[:1]),
                question=st.sampled_from(QUESTIONS if cells else QUESTIONS[:1]),
                stance=st.sampled_from(Stance),
                attribution=st.sampled_from(Attribution),
                has_via=st.booleans(),
                said_on=st.sampled_from(DAYS),
                confidence=st.sampled_from([0.3, 0.5, 0.7, 0.9]),
                status=st.sampled_from(Status),
                story=st.sampled_from([None, UUID(int=1), UUID(int=2)]),
            ),
            max_size=16,
            unique_by=lambda one: one.id,
        )
    )
    return list(drawn)


@st.composite
def drawn_registry(draw: st.DrawFn) -> Registry:
    """Germany with people who come into its offices and leave them within the days drawn."""
    days = st.none() | st.sampled_from(DAYS)
    tenures = []
    for actor in ACTORS[:4]:
        for office in draw(st.lists(st.sampled_from(sorted(GERMAN_OFFICES)), max_size=2)):
            since, until = draw(days), draw(days)
            if since is None or until is None or since < until:
                tenures.append(Tenure(actor, office, since, until))
    return make_registry(*tenures)


GERMAN_OFFICES = {
    "de-chancellor": Office("de-chancellor", "Chancellor", "DE", OfficeKind.HEAD_OF_GOVERNMENT, 1),
    "de-foreign": Office("de-foreign", "Foreign Minister", "DE", OfficeKind.FOREIGN_MINISTER, 3),
    "de-finance": Office("de-finance", "Finance Minister", "DE", OfficeKind.OTHER, 3),
    "de-party": Office("de-party", "Leader of a party", "DE", OfficeKind.OTHER, 8),
}


def make_registry(*tenures: Tenure, memberships: tuple[Membership, ...] = ()) -> Registry:
    """Germany, France and NATO, with whoever the tenures put into an office."""
    people = {slug: Actor(slug, slug.title(), ActorKind.PERSON, "DE") for slug in ACTORS[:3]}
    return Registry(
        actors={
            **people,
            "secretary-general": Actor("secretary-general", "Jens Stoltenberg", ActorKind.PERSON, "NO"),
            "macron": Actor("macron", "Emmanuel Macron", ActorKind.PERSON, "FR", aliases=("Macron",)),
            "germany": Actor("germany", "Germany", ActorKind.STATE, "DE"),
            "france": Actor("france", "France", ActorKind.STATE, "FR"),
            "austria": Actor("austria", "Austria", ActorKind.STATE, "AT"),
            "kremlin": Actor("kremlin", "The Kremlin", ActorKind.INSTITUTION, "RU"),
            "nato": Actor("nato", "NATO", ActorKind.ALLIANCE),
        },
        offices={
            **GERMAN_OFFICES,
            "fr-president": Office("fr-president", "President", "FR", OfficeKind.HEAD_OF_STATE, 1),
            "nato-sg": Office("nato-sg", "Secretary General", "nato", OfficeKind.ALLIANCE_HEAD, 1),
        },
        tenures=tenures,
        countries={
            "DE": Country("DE", "DEU", "Germany"),
            "FR": Country("FR", "FRA", "France"),
            "AT": Country("AT", "AUT", "Austria"),
            "NO": Country("NO", "NOR", "Norway"),
            "RU": Country("RU", "RUS", "Russia"),
        },
        alliances={"nato": Alliance("nato", "NATO"), "eu": Alliance("eu", "EU")},
        memberships=memberships,
    )
