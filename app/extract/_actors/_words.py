"""The words that tell who is meant: pronouns, roles, those who speak for others, groups."""

from __future__ import annotations

SPOKES = frozenset(
    "spokesman spokeswoman spokesperson spokespersons spokesmen spokespeople representative envoy ambassador".split()
)
# "office" and "government" stand for the one whose they are.
DELEGATES = frozenset(
    "office administration government cabinet team aide aides adviser advisers advisor advisors official officials "
    "authority authorities diplomat diplomats side ministry embassy delegation source sources presidency camp "
    "leadership parliament lawmakers lawmaker regime mission".split()
)
STATE_SPEAKERS = frozenset(
    "government officials official authorities diplomats diplomat administration side ministry embassy delegation "
    "leadership sources source cabinet parliament".split()
)
# What acts for a whole state, also when only its leader is named: "President Novak's government".
GOVERNMENTS = frozenset("administration government cabinet regime".split())
# Parts of a state that the registry may lack: what they decide, the state decides through them.
ORGANS = frozenset("house senate treasury parliament congress military army bank".split())
GROUPS = frozenset(
    "ally allies country countries nation nations member members state states leader leaders capital capitals "
    "government governments partner partners expert experts analyst analysts observer observers lawmakers people "
    "others many some several most critics voices ministers diplomats politicians commentators media "
    "reporters journalists citizens voters europeans westerners soldiers troops forces weapons missiles "
    "tanks officers commanders parties".split()
)
SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "ROOT"})
MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
THING = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "themselves"})
PRONOUNS = MALE | FEMALE | THING | PLURAL
FIRST = frozenset({"i", "we", "us", "me", "my", "our", "ourselves", "myself"})
RELATIVE = frozenset({"who", "which", "that", "whose", "whom"})
SPEECH = frozenset(
    "say tell add announce argue declare explain stress emphasize emphasise note warn claim insist write state "
    "reply answer respond admit concede promise vow urge ask call speak continue conclude estimate believe think "
    "assure inform report comment repeat recall remind suggest describe accuse deny reject refuse point".split()
)
# A person the registry does not know takes positions only in a public role.
PUBLIC_ROLES = frozenset(
    "president minister premier chancellor secretary senator congressman congresswoman lawmaker mp mep deputy "
    "general admiral ambassador envoy commissioner governor mayor speaker spokesman spokeswoman spokesperson "
    "chairman chairwoman chairperson chair leader commander official adviser advisor candidate representative king "
    "queen prince pope cardinal colonel chief head director republican democrat democrats republicans sen rep gen "
    "politician diplomat negotiator prosecutor legislator councillor lord baroness party opposition attorney ag "
    "member taoiseach pm ombudsman patriarch archbishop bishop parliamentarian conservatives greens "
    "liberals democratic socialist labour boss minister-president vice-president marshal lieutenant major".split()
)
# These speak for nobody but themselves.
OUTSIDE_ROLES = frozenset(
    "journalist reporter correspondent editor columnist anchor presenter host analyst expert professor researcher "
    "scholar fellow historian economist author writer commentator blogger sociologist scientist pollster lecturer "
    "strategist resident pensioner student farmer teacher volunteer nurse doctor driver mother father wife widow "
    "husband actor actress singer athlete coach refugee survivor activist photographer lawyer demonstrator voter "
    "institute university college newspaper magazine think-tank".split()
)
# Who holds such a post needs no office in the registry: "the general", "the ambassador".
PERSON_NOUNS = frozenset(
    "minister politician diplomat leader head chief general president ambassador senator congressman congresswoman "
    "governor commissioner lawmaker secretary spokesman spokeswoman spokesperson deputy premier commander official "
    "chancellor chairman chairwoman chair speaker mayor envoy adviser advisor admiral colonel representative "
    "man woman statesman dictator head-of-state conservative republican democrat".split()
)
ANYBODY = frozenset("politician leader man woman official statesman dictator head chief".split())
# The words of a portfolio: a "finance minister" is not the foreign minister.
PORTFOLIOS = frozenset(
    "foreign defence finance interior prime economy energy infrastructure agriculture health transport "
    "digital climate trade deputy vice opposition security military army culture education home justice".split()
)
PEERS = frozenset("counterpart colleague homologue".split())
# A "deputy minister" is not the minister, and an "ex-president" no longer the president.
NOT_THE_HOLDER = frozenset("deputy vice former ex acting shadow assistant junior would-be".split())
# Last words of organisations: a run of capitals that ends so is no person.
BODIES = frozenset(
    "council party ministry committee agency union court bank army commission group front times post news street "
    "university institute center centre association service club league alliance house parliament senate congress "
    "tribunal office department embassy mission assembly organisation organization fund force forces command staff "
    "day week war peace act treaty agreement summit conference forum platform square palace airport base sea region "
    "oblast city islands island republic federation kingdom states nations press agency radio tv channel network "
    "award prize cup games movement foundation bureau board government administration company corporation".split()
)
PARTICLES = frozenset("von van der den de da di al bin el ben le la du dos del ter".split())
HONORIFICS = {"mr": "m", "sir": "m", "mrs": "f", "ms": "f", "miss": "f", "madame": "f", "dr": None}
# Short forms that name a body again: "the Commission", "the House".
SHORT_FORMS = frozenset(
    "commission council union alliance pact bloc parliament ministry house senate congress court bank assembly "
    "department agency office chancellery palace organisation organization league".split()
)
SENTENCE_STARTERS = frozenset(
    "the a an this that these those in on at as for but and or if when while after before since until although "
    "however meanwhile yesterday today tomorrow monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december earlier later also both his her "
    "its their our my your what who how why where there then now so not no yes nor only even just with without "
    "from by to of about under over according asked speaking read photo source see watch video commenting".split()
)
