"""`extract` and `attribute`: find who says what in files. What they need is loaded when they run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

In = Annotated[
    str, typer.Argument(metavar="IN.jsonl", help="Texts, one JSON object a line; `-` is standard input.")
]
Out = Annotated[
    str,
    typer.Option("--out", "-o", metavar="OUT.jsonl", help="Where findings go; `-` is standard output."),
]


def extract(
    texts: In,
    out: Out,
    questions: Annotated[
        Path | None,
        typer.Option(
            "--questions",
            "-q",
            metavar="QUESTIONS.json",
            help="The proposals to look for: a JSON list. Without it those of data/questions.yml.",
        ),
    ] = None,
) -> None:
    """Find who backs or rejects what, on questions of your own. Needs no database and no network.

    - IN has one object a line: `{"id", "text", "title"?, "published"?, "url"?}`.
    - QUESTIONS is a list of `{"slug", "title", "proposal", "description"?, "keywords"?}`.
    - OUT has one object for each text, in the same order: `{"id", "statements"}`, and each statement is
      `{"speaker", "actor", "question", "stance", "attribution", "via", "start", "end", "confidence"}`.
    - `start` and `end` count the Unicode code points of the text as it was given, end exclusive.

    Example: `demarche extract news.jsonl --questions questions.json --out statements.jsonl`

    Exit status: 0 every line was read; 1 some line was not (it is named, and the others are written), or
    nothing could be done; 2 wrong use.
    """
    from app.cli._find import extract_file

    raise typer.Exit(extract_file(texts, out, questions))


def attribute(texts: In, out: Out) -> None:
    """Find who says what: every quotation and reported speech, whatever it is about.

    - IN is as for `demarche extract`.
    - OUT has one object for each text, in the same order: `{"id", "attributions"}`, and each attribution is
      `{"source", "cue", "content"}`, three lists of pairs of start and end.
    - Offsets count the Unicode code points of the text as it was given, end exclusive. A quotation may be in
      pieces, and may lack its source or its cue.

    Example: `demarche attribute news.jsonl --out attributions.jsonl`

    Exit status: as for `demarche extract`.
    """
    from app.cli._find import attribute_file

    raise typer.Exit(attribute_file(texts, out))
