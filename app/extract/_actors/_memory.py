"""Whom the text has been about: what pronouns and "the minister" look back to.

Not the last name decides but the most prominent one: the subject of a main clause, above all of a verb of
speech, stays in mind longer than somebody mentioned on the way. Each sentence that passes takes some of it
away. "He" is nobody who only stands in what he himself is reported to say ("Putin would pay, he said"), and
nobody from inside quotation marks.

    Biden replied that Putin had threatened Ukraine. He said ...      -> Biden
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from app.extract._actors._scene import Scene, Who
from app.extract._actors._words import FEMALE, MALE, SPEECH
from app.extract._parse import Token
from app.extract._spelling import bare
from app.records import ActorKind

DASHES = frozenset({"-", "–", "—"})
LAST_CHOICE = 0.75
LOOK_BACK = 6  # sentences a pronoun may look back over
BODIES = frozenset({ActorKind.STATE, ActorKind.INSTITUTION, ActorKind.ALLIANCE})
WITHIN = frozenset({"ccomp", "dobj", "attr", "dative", "acomp", "xcomp", "pobj", "oprd", "parataxis"})


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody whom the text has mentioned, by name or not, and how prominently."""

    who: Who
    token: Token
    weight: float
    subject: bool
    outsider: bool
    gender: str | None
    person: bool


class Memory:
    """What a reader keeps in mind, in the order of the text. `sources` are the words that name who is quoted."""

    def __init__(self, scene: Scene, sources: frozenset[int] = frozenset()) -> None:
        self.scene = scene
        self.sources = sources
        self.entries: list[Entry] = []

    def add(
        self,
        who: Who,
        token: Token,
        *,
        outsider: bool = False,
        gender: str | None = None,
        person: bool = False,
    ) -> None:
        """Keeps somebody in mind; `person` when it was a person who spoke for a body."""
        weight = self._weight(token)
        known = self.scene.registry.actors.get(who.actor or "")
        if known is not None and known.kind is ActorKind.PERSON:
            gender = known.gender
        person = person or who.kind is ActorKind.PERSON
        self.entries.append(Entry(who, token, weight, weight >= 1, outsider, gender, person))

    def _weight(self, token: Token) -> float:
        """2 for the subject of a main clause, more when it speaks, 1 for that of a clause inside, else 0."""
        top = self.scene.top(token)
        if token.i in self.sources and top.dep != "poss":
            return 2.5
        if not self.scene.subject_like(token):
            if self._before_a_verb(token):
                return 1.5
            # Whose words a noun reports is as good as a subject: "Novak's answer was short."
            return 0.75 if top.dep == "poss" else 0.0
        verb = self.scene.verb_of(top) if top.dep != "ROOT" else None
        if verb is None:
            return 0.75
        weight = 2.0
        if verb.dep in {"ccomp", "relcl", "acl", "pcomp", "csubj"} and not self._after_quote(verb):
            weight = 1.0
        if verb.dep == "advcl":
            weight = 1.25
        return weight + (0.5 if verb.lemma in SPEECH else 0.0)

    def _before_a_verb(self, token: Token) -> bool:
        """ "In Oslo Novak was unmoved": the parser may take a subject for a part of the place."""
        tokens = self.scene.parse.tokens
        following = tokens[token.i + 1] if token.i + 1 < len(tokens) else None
        return token.pos == "PROPN" and following is not None and following.tag in {"VBD", "VBZ", "VBP", "MD"}

    def _after_quote(self, verb: Token) -> bool:
        """Whether the clause around is itself what the verb introduces: the parser may hang it either way."""
        above = self.scene.parse.tokens[verb.head]
        return above.i in self.scene.quoted and verb.i not in self.scene.quoted

    # ---- looking back ------------------------------------------------------------------------------

    def _before(self, token: Token, most: int) -> Iterator[tuple[int, Entry]]:
        quoted = self.scene.quoted
        bound = self._bound(token)
        for entry in reversed(self.entries):
            if entry.token.i >= token.i:
                continue
            back = token.sentence - entry.token.sentence
            if back > most:
                break
            if entry.token.i in quoted and token.i not in quoted:
                continue
            if entry.token.i not in bound:
                beyond = back == 0 and entry.subject and self._last_break(entry.token.i, token.i) >= 0
                yield back, replace(entry, weight=max(entry.weight, 2.0)) if beyond else entry
            elif entry.weight >= 1 and entry.token.dep == "nsubj":
                # "Novak could imagine it, he said": only when nobody else is on the reader's mind.
                yield back, replace(entry, weight=LAST_CHOICE)

    def _bound(self, token: Token) -> frozenset[int]:
        """Tokens that cannot be the same one as this subject or object: those of its own clause."""
        top = self.scene.top(token)
        if top.dep in {"poss", "pobj"}:
            return frozenset()
        verb = self.scene.verb_of(top)
        if verb is None:
            return frozenset()
        parse = self.scene.parse
        bound: set[int] = set()
        for child in parse.children(verb.i):
            inside = child.dep in WITHIN or child.dep == "prep"
            rival = child.dep in {"nsubj", "nsubjpass"} and child.i != top.i
            if child.i != top.i and (inside or rival):
                bound |= {t.i for t in parse.subtree(child.i)}
        # Behind a semicolon, a colon or a dash another clause begins, however the parser hangs it.
        last = self._last_break(min(bound, default=top.i), top.i)
        return frozenset(i for i in bound if i != top.i and i > last)

    def _last_break(self, first: int, last: int) -> int:
        """The last token between two others that parts clauses, or -1."""
        tokens, text = self.scene.parse.tokens, self.scene.parse.text
        for token in reversed(tokens[first:last]):
            spaced = (
                text[token.start - 1 : token.start].isspace() and text[token.end : token.end + 1].isspace()
            )
            if token.text in {";", ":"} or token.text.endswith(".-") or (token.text in DASHES and spaced):
                return token.i
        return -1

    def last_person(
        self,
        token: Token,
        gender: str | None = None,
        *,
        fits: Callable[[Who], bool] | None = None,
        subjects_only: bool = False,
        most: int = LOOK_BACK,
    ) -> tuple[Entry, float] | None:
        """The person most in mind, of that gender and description; with how sure that is."""
        best: tuple[float, Entry] | None = None
        for back, entry in self._before(token, most):
            if not entry.person or (subjects_only and not entry.subject):
                continue
            if gender is not None and entry.gender not in {gender, None}:
                continue
            if fits is not None and not fits(entry.who):
                continue
            score = entry.weight - back - (0.25 if gender is not None and entry.gender is None else 0.0)
            if best is None or score > best[0]:
                best = (score, entry)
        return None if best is None else (best[1], 0.85)

    def last_body(
        self,
        token: Token,
        kinds: frozenset[ActorKind] = BODIES,
        *,
        fits: Callable[[Who], bool] | None = None,
        subjects_only: bool = False,
        most: int = 3,
    ) -> Who | None:
        """The state, institution or alliance most in mind."""
        best: tuple[float, Who] | None = None
        for back, entry in self._before(token, most):
            if entry.who.kind not in kinds or entry.person or (subjects_only and not entry.subject):
                continue
            if fits is None or fits(entry.who):
                score = entry.weight - back
                if best is None or score > best[0]:
                    best = (score, entry.who)
        return None if best is None else at(token, best[1], 0.7)

    def last_country(self, token: Token) -> str | None:
        """The country of whoever acted last, for "the government"."""
        best: tuple[float, str] | None = None
        for back, entry in self._before(token, 4):
            if entry.who.country and (best is None or entry.weight - back > best[0]):
                best = (entry.weight - back, entry.who.country)
        return best[1] if best else None

    def pronoun(self, token: Token) -> list[Who]:
        """Whom "he", "she", "it" or "they" means; nobody when that is an outsider."""
        word = bare(token.text)
        if word in MALE | FEMALE:
            found = self.last_person(token, "m" if word in MALE else "f")
            if found is None or found[0].outsider:
                return []
            return [at(token, found[0].who, found[1], via=found[0].who.via)]
        body = self.last_body(token, subjects_only=True)
        return [] if body is None else [body]


def at(token: Token, who: Who, sure: float, *, via: str | None = None) -> Who:
    """The same actor, meant by another word."""
    return replace(who, start=token.start, end=token.end, sure=min(who.sure, sure), via=via)
