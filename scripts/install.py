"""Set up .venv: what every `make` target does first, and does again only when something changed.

    python3 scripts/install.py          what the product needs
    python3 scripts/install.py --dev    and what tests and linters need

It runs on the machine's own Python, before anything is installed, so it uses the standard library alone
and the syntax of older versions: whoever has Python 3.8 shall read a sentence, not a syntax error.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
OLDEST = (3, 11)
# The developers' file repeats every pin of the first, so one file is enough for either.
FILES = {"run": "requirements.txt", "dev": "requirements-dev.txt"}


def main(arguments: "list[str]") -> int:
    if sys.version_info[:2] < OLDEST:
        say(
            "Demarche needs Python {}.{} or newer; this is {}.".format(*OLDEST, sys.version.split()[0]),
            "Name a newer one: make {} PYTHON=python3.12".format("test" if "--dev" in arguments else "run"),
        )
        return 1
    wanted = "dev" if "--dev" in arguments else "run"
    # Two `make` in one folder must not install over each other. The lock ends with the process.
    with (ROOT / FILES["run"]).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return 0 if is_installed(wanted) else install(wanted)


def is_installed(wanted: str) -> bool:
    """Whether the stamp says that these very files were installed, here, by this Python."""
    sets = ["dev"] if wanted == "dev" else ["run", "dev"]
    if not (BIN / "demarche").exists():
        return False
    return any(stamp(name).is_file() and stamp(name).read_text() == fingerprint(name) for name in sets)


def stamp(name: str) -> Path:
    return VENV / (".installed-" + name)


def fingerprint(name: str) -> str:
    """Changes with the pins, the project's own metadata, the version of Python and the folder's place."""
    parts = [sys.version, str(ROOT), (ROOT / FILES[name]).read_text(), (ROOT / "pyproject.toml").read_text()]
    parts.append(Path(__file__).read_text())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def install(wanted: str) -> int:
    began = time.monotonic()
    if not works(BIN / "python") and not make_venv():
        return 1
    say("Installing what requirements pin into .venv: once, a minute or two.")
    steps = [
        ["--require-hashes", "-r", FILES[wanted]],
        ["--no-deps", "--no-build-isolation", "-e", "."],
    ]
    for step in steps:
        if pip(step) != 0:
            say("The installation failed; the lines above say why. Running the same command again goes on.")
            return 1
    # The stylesheet works without its fonts, so a failure here stops nobody.
    if subprocess.call([str(BIN / "python"), "-m", "app.fonts"], cwd=str(ROOT)) != 0:
        say("The fonts could not be made; the pages use the system's instead.")
    stamp(wanted).write_text(fingerprint(wanted))
    say("Installed in {:.0f} s.".format(time.monotonic() - began))
    return 0


def works(python: Path) -> bool:
    """Whether a .venv is there, of the running version: one from an older Python is made anew."""
    if not python.exists():
        return False
    check = "import sys, pip; print(sys.version)"
    found = run(python, "-c", check)
    return found.returncode == 0 and found.stdout.decode().strip() == sys.version.strip()


def make_venv() -> bool:
    made = run(sys.executable, "-m", "venv", "--clear", VENV)
    if made.returncode != 0:
        say(
            made.stdout.decode(errors="replace").strip(),
            "Python's venv module is missing or broken. On Debian and Ubuntu: apt-get install python3-venv",
        )
    return made.returncode == 0


def run(*command: object) -> "subprocess.CompletedProcess[bytes]":
    """Run it and keep what it prints, for the one who has to read why it failed."""
    words = [str(word) for word in command]
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)


def pip(arguments: "list[str]") -> int:
    command = [str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # As root in a container pip warns of what is meant here; the .venv is ours alone.
    environment = dict(os.environ, PIP_ROOT_USER_ACTION="ignore")
    return subprocess.call(command + arguments, cwd=str(ROOT), env=environment)


def say(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
