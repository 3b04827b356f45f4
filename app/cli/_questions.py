"""The questions of a file, as an analyst types them."""

from __future__ import annotations

from pathlib import Path

import orjson

from app.errors import BadInput
from app.records import Question

EXAMPLE = '[{"slug": "troops", "title": "Send troops", "proposal": "Western countries send troops."}]'
KNOWN = {"slug", "title", "proposal", "description", "keywords"}


def read_questions(path: Path) -> tuple[Question, ...]:
    """The questions in a JSON file: a list of objects with slug, title, proposal, description?, keywords?."""
    try:
        items = orjson.loads(path.read_bytes())
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {(error.strerror or 'unknown').lower()}.") from error
    except orjson.JSONDecodeError as error:
        raise BadInput(f"{path}, line {error.lineno}: this is not JSON ({error.msg}).") from error
    if not isinstance(items, list) or not items:
        raise BadInput(f"{path}: this is not a list of questions such as {EXAMPLE}.")
    questions = tuple(
        read_question(item, f"{path}, question {number}") for number, item in enumerate(items, 1)
    )
    slugs = [question.slug for question in questions]
    for slug in slugs:
        if slugs.count(slug) > 1:
            raise BadInput(f"{path}: two questions have the slug “{slug}”.")
    return questions


def read_question(item: object, where: str) -> Question:
    """One question, or what is wrong with it."""
    if not isinstance(item, dict):
        raise BadInput(f"{where}: this is not an object such as {EXAMPLE[1:-1]}.")
    for name in ("slug", "title", "proposal"):
        if not isinstance(item.get(name), str) or not item[name].strip():
            raise BadInput(f"{where}: “{name}” is missing, or is not text.")
    description, keywords = item.get("description") or "", item.get("keywords") or []
    if not isinstance(description, str):
        raise BadInput(f"{where}: “description” is not text.")
    if not isinstance(keywords, list) or not all(isinstance(word, str) for word in keywords):
        raise BadInput(f"{where}: “keywords” is not a list of texts.")
    return Question(item["slug"].strip(), item["title"], item["proposal"], description, tuple(keywords))
