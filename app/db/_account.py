"""Postgres refuses to run as root, so root runs it as somebody else.

Containers and fresh machines are often root's. There the server runs under an account of its own,
which then needs a way to its programs and its folder: permission to pass through the folders above
them, and no more (not to list them, not to read them).
"""

from __future__ import annotations

import logging
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

ACCOUNT = "demarche"
# There on every Unix; used where no account can be added.
FALLBACK = "nobody"


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the server runs as. None for both: as ourselves."""

    uid: int | None = None
    gid: int | None = None

    @property
    def groups(self) -> tuple[int, ...] | None:
        """No group beside its own; ours, where it is ourselves."""
        return None if self.uid is None else ()


def choose_account() -> Account:
    """Ourselves, unless we are root."""
    if os.geteuid() != 0:
        return Account()
    for name in (ACCOUNT, _add_account(), FALLBACK):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    return Account()


def _add_account() -> str:
    useradd = shutil.which("useradd")
    if useradd and not _exists(ACCOUNT):
        command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            log.info("Running as root: Postgres gets the system account “%s”.", ACCOUNT)
    return ACCOUNT


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def give(folder: Path, account: Account) -> None:
    """Make the folder the account's own, with all that is in it."""
    if account.uid is None or account.gid is None:
        return
    if folder.stat().st_uid != account.uid:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.uid, account.gid, follow_symlinks=False)


def open_way(path: Path) -> None:
    """Let everybody pass through the folders above `path`."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            log.warning("Letting the server's account pass through %s.", folder)
            folder.chmod(mode | stat.S_IXOTH)


def open_programs(folder: Path) -> None:
    """Let everybody read and run what pip installed under a narrow umask."""
    for path in (folder, *folder.rglob("*")):
        mode = path.stat().st_mode
        wanted = mode | stat.S_IROTH
        if path.is_dir() or mode & stat.S_IXUSR:
            wanted |= stat.S_IXOTH
        if wanted != mode:
            path.chmod(wanted)
