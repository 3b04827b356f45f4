"""The CSV files, each read by one function that knows its rules."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from app.config import ROOT
from app.errors import BadRegister
from app.records import (
    Actor,
    ActorKind,
    Alliance,
    Country,
    Membership,
    Office,
    OfficeKind,
    Tenure,
)
from app.registers._line import SLUG, Line, read_lines, show_path
from app.registers._registry import Registry, find_shared

T = TypeVar("T")

WIKIDATA = re.compile(r"Q[1-9]\d*")
ISO2, ISO3 = re.compile("[A-Z]{2}"), re.compile("[A-Z]{3}")

# Two people in one office on one day are a slip of the pen, unless the note says why: one acts for
# the other, or the day is not known exactly.
OVERLAP_NOTES = ("acting", "interim", "caretaker", "on leave", "informal", "approximate", "several")


def load_registers(folder: Path = ROOT / "data") -> Registry:
    """Read and check every register in the folder; raises BadRegister with file and line."""
    countries = _read_countries(folder / "countries.csv")
    alliances = _read_alliances(folder / "alliances.csv")
    actors = _read_actors(folder / "actors.csv", countries, alliances)
    offices = _read_offices(folder / "offices.csv", {*countries, *alliances})
    return Registry(
        actors=actors,
        offices=offices,
        tenures=_read_tenures(folder / "tenures.csv", actors, offices),
        countries=countries,
        alliances=alliances,
        memberships=_read_memberships(folder / "memberships.csv", countries, alliances),
        weak=_read_weak(folder / "ambiguous_aliases.csv", actors),
        shared=find_shared(actors.values()),
    )


def _read_countries(path: Path) -> dict[str, Country]:
    countries: dict[str, Country] = {}
    for line in read_lines(path, "iso2 iso3 name demonyms government_metonyms wikidata"):
        country = Country(
            iso2=line.match("iso2", ISO2),
            iso3=line.match("iso3", ISO3),
            name=line["name"],
            demonyms=line.items("demonyms"),
            metonyms=line.items("government_metonyms"),
        )
        _add(countries, country.iso2, country, line)
    return countries


def _read_alliances(path: Path) -> dict[str, Alliance]:
    alliances: dict[str, Alliance] = {}
    for line in read_lines(path, "alliance_id name wikidata"):
        slug = line.match("alliance_id", SLUG)
        _add(alliances, slug, Alliance(slug, line["name"]), line)
    return alliances


def _read_actors(
    path: Path, countries: Mapping[str, Country], alliances: Mapping[str, Alliance]
) -> dict[str, Actor]:
    actors: dict[str, Actor] = {}
    by_wikidata: dict[str, str] = {}
    for line in read_lines(path, "actor_id name kind country wikidata aliases gender source"):
        actor = _make_actor(line, countries, alliances)
        _add(actors, actor.slug, actor, line)
        if actor.wikidata:
            twin = by_wikidata.setdefault(actor.wikidata, actor.slug)
            if twin != actor.slug:
                line.fail(f"{actor.wikidata} is already {twin}.")
    if missing := set(alliances) - {a.slug for a in actors.values() if a.kind is ActorKind.ALLIANCE}:
        raise BadRegister(f"{show_path(path)}, line 1: the alliance “{min(missing)}” has no actor.")
    return actors


def _make_actor(line: Line, countries: Mapping[str, Country], alliances: Mapping[str, Alliance]) -> Actor:
    kind = line.choose("kind", ActorKind)
    if line["country"]:
        line.known("country", countries, "country")
    if kind is ActorKind.STATE and not line["country"]:
        line.fail("a state needs its country.")
    if kind is ActorKind.ALLIANCE:
        line.known("actor_id", alliances, "alliance")
    if line["gender"] not in (("m", "f") if kind is ActorKind.PERSON else ("",)):
        line.fail("gender is m or f for a person, empty for all else.")
    if not line["name"] or line["name"] in line.items("aliases"):
        line.fail("the name is missing or stands among the aliases too.")
    return Actor(
        slug=line.match("actor_id", SLUG),
        name=line["name"],
        kind=kind,
        country=line["country"] or None,
        aliases=line.items("aliases"),
        wikidata=line.match("wikidata", WIKIDATA) if line["wikidata"] else None,
        gender=line["gender"] or None,
    )


def _read_offices(path: Path, places: Iterable[str]) -> dict[str, Office]:
    offices: dict[str, Office] = {}
    for line in read_lines(path, "office_id title country kind rank press_titles"):
        if not line["rank"].isdigit() or not int(line["rank"]):
            line.fail(f"the rank “{line['rank']}” is not a number from 1.")
        office = Office(
            slug=line.match("office_id", SLUG),
            title=line["title"],
            country=line.known("country", places, "country or alliance"),
            kind=line.choose("kind", OfficeKind),
            rank=int(line["rank"]),
            press_titles=line.items("press_titles"),
        )
        _add(offices, office.slug, office, line)
    return offices


def _read_tenures(
    path: Path, actors: Mapping[str, Actor], offices: Mapping[str, Office]
) -> tuple[Tenure, ...]:
    tenures: list[Tenure] = []
    held: dict[str, list[tuple[Tenure, Line]]] = defaultdict(list)
    for line in read_lines(path, "actor_id office_id from until source certainty note"):
        actor = line.known("actor_id", actors, "actor")
        if actors[actor].kind is not ActorKind.PERSON:
            line.fail(f"{actor} is not a person and holds no office.")
        office = line.known("office_id", offices, "office")
        if line["certainty"] not in ("verified", "memory"):
            line.fail(f"“{line['certainty']}” is not a certainty (verified or memory).")
        since, until = line.days()
        tenure = Tenure(actor, office, since, until, line["certainty"], line["note"])
        tenures.append(tenure)
        held[office].append((tenure, line))
    for holdings in held.values():
        _check_succession(holdings)
    return tuple(sorted(tenures, key=lambda t: (t.office, t.since or date.min, t.actor)))


def _check_succession(holdings: list[tuple[Tenure, Line]]) -> None:
    holdings.sort(key=lambda holding: (holding[0].since or date.min, holding[0].until or date.max))
    for (before, _), (after, line) in pairwise(holdings):
        overlap = before.until is None or (after.since or date.min) < before.until
        noted = any(word in before.note + after.note for word in OVERLAP_NOTES)
        if overlap and not noted:
            line.fail(
                f"{after.actor} holds {after.office} from {after.since} while {before.actor} holds it "
                f"until {before.until or 'now'}. If both did, the note says why: {', '.join(OVERLAP_NOTES)}."
            )


def _read_memberships(
    path: Path, countries: Mapping[str, Country], alliances: Mapping[str, Alliance]
) -> tuple[Membership, ...]:
    memberships: list[Membership] = []
    for line in read_lines(path, "alliance_id country from until certainty note"):
        alliance = line.known("alliance_id", alliances, "alliance")
        country = line.known("country", countries, "country")
        membership = Membership(alliance, country, *line.days())
        for other in memberships:
            if (other.alliance, other.country) == (alliance, country) and _overlap(other, membership):
                line.fail(f"{country} is in {alliance} twice at the same time.")
        memberships.append(membership)
    return tuple(sorted(memberships, key=lambda m: (m.alliance, m.country, m.since or date.min)))


def _read_weak(path: Path, actors: Mapping[str, Actor]) -> frozenset[str]:
    """The weak aliases. The file names the shared ones as well, so that nobody adds one unawares."""
    weak: set[str] = set()
    shared = find_shared(actors.values())
    listed: set[str] = set()
    for line in read_lines(path, "alias actor_ids note"):
        alias, slugs = line["alias"], line.items("actor_ids")
        bearers = shared.get(alias, tuple(s for s in slugs if _bears(actors.get(s), alias)))
        if set(slugs) != set(bearers):
            line.fail(f"“{alias}” is borne by {', '.join(bearers) or 'nobody of these'}.")
        listed.add(alias)
        if line["note"].startswith("weak"):
            weak.add(alias)
    if missing := set(shared) - listed:
        raise BadRegister(
            f"{show_path(path)}, line 1: “{min(missing)}” is shared by "
            f"{', '.join(shared[min(missing)])} and not listed here."
        )
    return frozenset(weak)


def _add(items: dict[str, T], key: str, item: T, line: Line) -> None:
    if key in items:
        line.fail(f"“{key}” stands here twice.")
    items[key] = item


def _bears(actor: Actor | None, alias: str) -> bool:
    return actor is not None and alias in (actor.name, *actor.aliases)


def _overlap(one: Membership, other: Membership) -> bool:
    return (one.since or date.min) < (other.until or date.max) and (other.since or date.min) < (
        one.until or date.max
    )
