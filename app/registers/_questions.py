"""The questions: a YAML list, because a proposal and its bounds are prose."""

from __future__ import annotations

from pathlib import Path

import yaml

from app.config import ROOT
from app.errors import BadRegister
from app.records import Question
from app.registers._line import SLUG, show_path


def load_questions(path: Path = ROOT / "data" / "questions.yml") -> tuple[Question, ...]:
    """Read and check the questions; raises BadRegister with file and line."""
    text = path.read_text(encoding="utf-8")
    try:
        node = yaml.compose(text, yaml.SafeLoader)
        entries = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise BadRegister(f"{show_path(path)}, line {line}: not YAML: {error.problem}") from error
    if not isinstance(node, yaml.SequenceNode) or not isinstance(entries, list):
        raise BadRegister(f"{show_path(path)}, line 1: expected a list of questions.")
    questions: dict[str, Question] = {}
    for item, entry in zip(node.value, entries, strict=True):
        where = f"{show_path(path)}, line {item.start_mark.line + 1}"
        question = _make_question(entry, where)
        if question.slug in questions:
            raise BadRegister(f"{where}: the question “{question.slug}” stands here twice.")
        questions[question.slug] = question
    return tuple(questions.values())


def _make_question(entry: object, where: str) -> Question:
    if not isinstance(entry, dict):
        raise BadRegister(f"{where}: expected a question with slug, title and proposal.")
    if unknown := set(entry) - {"slug", "title", "proposal", "description", "keywords"}:
        raise BadRegister(f"{where}: a question has no field “{min(map(str, unknown))}”.")
    for name in ("slug", "title", "proposal"):
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            raise BadRegister(f"{where}: “{name}” is missing.")
    if not SLUG.fullmatch(entry["slug"]):
        raise BadRegister(f"{where}: “{entry['slug']}” is not a slug (like troops-ukraine).")
    keywords = entry.get("keywords", [])
    if not isinstance(keywords, list) or not all(isinstance(word, str) for word in keywords):
        raise BadRegister(f"{where}: “keywords” is not a list of words.")
    return Question(
        slug=entry["slug"],
        title=entry["title"],
        proposal=entry["proposal"],
        description=str(entry.get("description") or ""),
        keywords=tuple(keywords),
    )
