"""The registry in the database: who is who, who held what when, and what is asked."""

from app.queries.registry._actors import (
    get_actor,
    has_actor,
    list_actors,
    list_tenures,
    make_slug,
    propose_actor,
)
from app.queries.registry._questions import get_question, has_question, list_questions, save_questions
from app.queries.registry._whole import load_registry, save_registry

__all__ = [
    "get_actor",
    "get_question",
    "has_actor",
    "has_question",
    "list_actors",
    "list_questions",
    "list_tenures",
    "load_registry",
    "make_slug",
    "propose_actor",
    "save_questions",
    "save_registry",
]
