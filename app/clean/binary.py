"""What a body is when it is no text, named as its owner would name it."""

_KINDS = (
    (b"PK\x03\x04", "A Word, spreadsheet, e-book or ZIP file"),
    (b"\xd0\xcf\x11\xe0", "An old Word or Office file"),
    (b"{\\rtf", "A rich text file"),
    (b"%!PS", "A PostScript file"),
    (b"\x89PNG", "A picture"),
    (b"\xff\xd8\xff", "A picture"),
    (b"GIF8", "A picture"),
    (b"RIFF", "A picture, sound or film"),
    (b"ID3", "A sound file"),
    (b"OggS", "A sound file"),
    (b"\x1f\x8b", "A compressed file"),
    (b"BZh", "A compressed file"),
    (b"7z\xbc\xaf", "A compressed file"),
    (b"Rar!", "A compressed file"),
    (b"\xfd7zXZ", "A compressed file"),
    (b"\x7fELF", "A program"),
    (b"MZ\x90", "A program"),
    (b"SQLite format 3", "A database"),
    (b"From: <Saved by", "A web archive"),
    (b"MIME-Version:", "An e-mail or web archive"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_UNICODE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def describe_binary(body: bytes) -> str | None:
    """A name for what is no text, such as "A picture"; None when the bytes may well be text."""
    start = body[:8192]
    for mark, name in _KINDS:
        if start.startswith(mark):
            return name
    if start[4:8] == b"ftyp":
        return "A film or picture"
    if start.startswith(_UNICODE_MARKS) or _is_wide(start):
        return None
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return "A binary file" if controls > max(2, len(start) // 50) else None


def _is_wide(start: bytes) -> bool:
    """Whether every second byte is zero, as in English written in UTF-16 without its mark."""
    half = len(start) // 2
    zeros = (start[0::2].count(0), start[1::2].count(0))
    return half > 3 and max(zeros) > 0.8 * half and min(zeros) < 0.1 * half
