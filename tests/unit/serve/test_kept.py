"""What a process remembers: made once for a key, and no more than so many."""

from __future__ import annotations

from app.serve.loaders._kept import Kept


def test_a_value_is_made_once_for_its_key() -> None:
    kept: Kept[str, list[int]] = Kept(most=2)
    first = kept.get("a", lambda: [1])
    assert kept.get("a", lambda: [2]) is first


def test_the_key_used_longest_ago_is_forgotten() -> None:
    kept: Kept[str, int] = Kept(most=2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda: 1)
    assert [kept.get(key, lambda: 2) for key in ("a", "c", "b")] == [1, 1, 2]
