"""Unpacking compressed bodies without trusting them: a few kilobytes can unpack to gigabytes.

httpx unpacks each chunk whole before anybody can count. Here no step makes more than was asked for.
"""

import zlib
from collections.abc import Iterable, Iterator

from app.errors import Refused, TooLarge

ACCEPTED = "gzip"
_STEP = 64 * 1024


def unpack_body(chunks: Iterable[bytes], encoding: str, *, limit: int) -> bytes:
    """The body, unpacked if need be; TooLarge as soon as it passes `limit`, on the wire or unpacked."""
    wire = _count(chunks, limit)
    if encoding in {"", "identity"}:
        return b"".join(wire)
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise Refused(
            f"The site packs its pages in a way that is not read ({encoding[:40]}). Paste the text instead."
        )
    return b"".join(_count(_inflate(wire), limit))


def _count(chunks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise TooLarge(describe_limit(limit))
        yield chunk


def _inflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # gzip or zlib, told by the header
    try:
        for chunk in chunks:
            waiting = chunk
            while waiting and not unpacker.eof:
                yield unpacker.decompress(waiting, _STEP)
                waiting = unpacker.unconsumed_tail
        yield unpacker.flush(_STEP)
    except zlib.error as error:
        raise Refused("The site sent a page that cannot be unpacked. Paste the text instead.") from error
    if not unpacker.eof:
        raise Refused("The site broke off in the middle of the page. Try again, or paste the text.")


def describe_limit(limit: int) -> str:
    """What to tell somebody whose document is too large."""
    return (
        f"This is larger than the {limit / 1_000_000:g} MB that are read at once. "
        "Take the part that matters, or split it."
    )
