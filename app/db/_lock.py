"""One owner for a data folder.

Two servers on one folder would destroy it. The operating system keeps the lock, so it is gone the moment
its process is, however that ended: no stale file ever has to be deleted by hand.
"""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True, slots=True)
class Owner:
    """Who holds the lock, and where its server listens (None while it is still starting)."""

    pid: int
    socket: Path | None


class FolderLock:
    """The lock on a data folder. What the owner writes into it tells others where to connect."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def acquire(self) -> bool:
        """Take the lock; False when another process has it. The file is never removed: a lock on a
        file that somebody else has just unlinked would lock nothing."""
        file = self._path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        self.announce(None)
        return True

    def announce(self, socket: Path | None) -> None:
        """Tell others who owns the folder and where its server listens."""
        assert self._file is not None, "only the owner announces"
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": os.getpid(), "socket": str(socket) if socket else None}, self._file)
        self._file.flush()

    def read_owner(self) -> Owner | None:
        """Who holds the lock; None while that cannot be read yet."""
        try:
            entry = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return Owner(entry["pid"], Path(entry["socket"]) if entry["socket"] else None)

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
