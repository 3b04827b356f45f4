"""Whose statements are a state's: those made by somebody while in office, and its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.positions import Voice
from app.records import Actor
from app.registers import holds_on


def spoke_for(voices: Iterable[Voice], state: Actor | None, actor: str, on: date) -> bool:
    """Whether what an actor said on a day was said for the state."""
    if state is not None and actor == state.slug:
        return True
    return any(voice.actor == actor and holds_on(voice.since, voice.until, on) for voice in voices)
