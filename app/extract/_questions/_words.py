"""Words as they are compared: stems, plurals taken off, and synonyms for acts and things of any field."""

from __future__ import annotations

from functools import lru_cache

from app.extract._gazetteer import WORD, bare

STOP = frozenset(
    "a an the of to in on for with and or by at from into as is are be been being that this these those it its "
    "their his her not no nor but such other any all some more most than then there here will would should could "
    "can may might must shall has have had do does did against inside within outside after before during while "
    "under over between about towards toward via per who which what when where how many much particular e g "
    "etc similar new".split()
)
# Words that proposals share, whatever they are about: they show nothing by themselves.
PALE = frozenset(
    "western west country state nation allow give make take use general government european international military "
    "member question proposal measure other soil territory".split()
)

# Words that mean the same act or thing in proposals of any field. The first stands for all.
SAME = [
    "send deploy dispatch station post put despatch deployment dispatch sending",
    "troop soldier force boot men gi contingent army serviceman servicemen battalion brigade peacekeeper unit",
    "supply deliver provide donate ship hand transfer delivery supplying shipment provision give",
    "join accede accession membership enter admission admit entry joining admitting",
    "weapon arm arms weaponry munition ammunition",
    "missile rocket",
    "tank armour armor",
    "trainer instructor",
    "train training",
    "invite invitation",
    "strike hit attack target",
    "ban prohibit prohibition outlaw forbid",
    "permission permit allow authorise authorize authorisation authorization let clearance",
    "restriction limit curb",
    "ceasefire truce armistice",
    "deal agreement settlement accord treaty",
    "tax levy duty tariff",
    "increase raise rise hike",
    "cut reduce reduction lower",
    "sanction embargo",
    "recognise recognize recognition",
    "withdraw withdrawal pull leave quit exit",
    "fund finance funding pay money",
    "immigration migration migrant refugee asylum",
    "vote referendum election",
    "nuclear atomic",
    "law bill legislation act",
]


# What is done in proposals of any field: without what it is done to, an act shows nothing.
ACTS = (
    "send supply allow permit give strike ban increase cut withdraw fund support lift use need given".split()
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A crude stem: enough to join "deployments" with "deploy", and equal on both sides of a comparison."""
    w = bare(word)
    if w.endswith(("ies", "ied")) and len(w) > 5:
        return w[:-2]
    for ending in (
        "ations",
        "ation",
        "ments",
        "ment",
        "ings",
        "ing",
        "ies",
        "ied",
        "ers",
        "er",
        "es",
        "ed",
        "s",
        "e",
    ):
        if w.endswith(ending) and len(w) - len(ending) >= 4:
            w = w[: -len(ending)]
            break
    return _undouble(w)


def _undouble(w: str) -> str:
    if len(w) > 4 and w[-1] == w[-2] and w[-1] not in "lse":
        return w[:-1]
    return w[:-1] + "i" if w.endswith("y") and len(w) > 3 else w


_SAME_STEM = {stem(w): stem(line.split()[0]) for line in SAME for w in line.split()}


def singular(word: str) -> str:
    """A word without case, accents and plural: "trainers" is a trainer, training is not."""
    w = bare(word)
    return w[:-1] if w.endswith("s") and not w.endswith("ss") and len(w) > 3 else w


def canonical(word: str) -> str:
    """The stem that stands for a word and its synonyms."""
    s = stem(word)
    return _SAME_STEM.get(s, s)


def canonical_stem(s: str) -> str:
    """The stem that stands for a stem and its synonyms."""
    return _SAME_STEM.get(s, s)


def words_of(text: str) -> list[str]:
    return [m.group() for m in WORD.finditer(text)]


def stems_of(text: str) -> list[str]:
    return [stem(w) for w in words_of(text) if bare(w) not in STOP and len(w) > 1]
