"""What a position is limited to, in the passage's own words: "combat troops", "at this stage".

A limit is a modifier of what names the proposal ("no large-scale deployment"), or of the verdict on it
("there are no plans at this stage"). What the question says itself is none: ground troops do not limit a
proposal to send ground troops. Most passages have no limit, and a wrong one misleads more than a missing
one, so only turns of phrase that seldom do anything else are taken, where the parse hangs them on the
words between the proposal's mention and the verdict:

    only        only with a UN mandate, for defence only
    condition   without a mandate, unless Zagreb agrees, as long as the war lasts
    kind        combat troops, large-scale deployment
    manner      unilaterally, under NATO's flag, as part of an EU mission
    place       on the front line, in western Velmar
    time        at this stage, for now; "currently" only beside a denial
    amount      up to 2,000 soldiers
"""

from app.extract._scope._limits import find_scope

__all__ = ["find_scope"]
