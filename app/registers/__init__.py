"""Who is who: the files in data/ become a registry that any date can be asked of.

The files are edited by people, so they are checked as a whole each time they are loaded, and the first
broken rule stops the load with its file and line: a chancellor with two successors on one day would
put words into the wrong mouth, silently and for good.

    registry.holders("de-chancellor", date(2024, 2, 27))  -> (Olaf Scholz,)
    "SE" in registry.members("nato", date(2024, 3, 6))     -> False; on 7 March True
"""

from app.registers._files import load_registers
from app.registers._questions import load_questions
from app.registers._registry import Registry, find_shared, holds_on

__all__ = ["Registry", "find_shared", "holds_on", "load_questions", "load_registers"]
