"""How fast texts are read: what `make bench` says of extraction.

    python -m bench.reading                  every part, as a table
    python -m bench.reading attribution 5    one part with every fifth text, in this process, as JSON

Each part runs in a fresh process with one thread, and what counts are the seconds for which that process
kept a core busy: a neighbour's load slows a wall clock, and CPU seconds far less (though a core whose
cache and clock are shared is slower by them too). A process of its own also means that a part pays for
its own models and memory and for no other part's.

The texts are real ones, which are their publishers' and stay outside of the project (../shared): the
development part of PolNeAR, and news about Russia's war on Ukraine. Where they are missing, the sample
briefs stand in, which are short and all about some question.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

from app.config import ROOT
from app.records import Question, SourceText
from app.registers import Registry, load_questions, load_registers

SHARED = ROOT.parent / "shared"
POLNEAR = SHARED / "attribution" / "polnear-dev.jsonl"
NEWS = SHARED / "news" / "news.jsonl"
# Several threads would hide behind each other what one document costs.
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
)
MODELS = ("onnxruntime", "spacy")
PATIENCE = 900  # seconds for one part; a minute is usual
STARTS = 3

# Documents a CPU-second on PolNeAR's test part, taken on another machine of this kind. These programs
# cannot be installed beside the product, so they are not run here.
# A plain parse like ours stands among them to compare the machines by.
PUBLISHED = {
    "BBC Citron, retrained on PolNeAR": 2.9,
    "Gender Gap Tracker": 4.9,
    "textacy": 5.2,
    "a plain parse": 4.7,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: a number with its unit, and what else a reader must know of it."""

    what: str
    value: float
    unit: str
    note: str = ""


# ---- texts -----------------------------------------------------------------------------------------------


def read_polnear() -> list[SourceText]:
    return _read_lines(POLNEAR, "date")


def read_news() -> list[SourceText]:
    return _read_lines(NEWS, "published")


def _read_lines(path: Path, day: str) -> list[SourceText]:
    """The texts of a file of JSON lines; the sample briefs where it is missing."""
    if not path.exists():
        return read_briefs()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [SourceText(r["id"], r["text"], published=date.fromisoformat(r[day])) for r in rows]


def read_briefs() -> list[SourceText]:
    rows = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((ROOT / "data/briefs").glob("*.json"))]
    return [
        SourceText(str(n), r["text"], published=date.fromisoformat(r["published"]))
        for n, r in enumerate(rows)
    ]


def take_every(texts: list[SourceText], step: int) -> list[SourceText]:
    """Every so many of them, from the first to the last, but not fewer than ten."""
    return texts[:: max(1, min(step, len(texts) // 10))]


def name_texts(path: Path) -> str:
    return {POLNEAR: "PolNeAR", NEWS: "news"}[path] if path.exists() else "briefs"


def invent_sports(number: int) -> str:
    """A report of a match, some 300 words that are about no question."""
    teams = ("Harbour Rovers", "Millfield", "Old Town", "Lakeside", "Northgate")
    home, away = teams[number % 5], teams[(number // 5 + number + 1) % 5]
    return "\n\n".join(
        f"{home} beat {away} {2 + n % 3}-{n % 2} in round {number + n} on Saturday. The goalkeeper caught the ball "
        f'twice before the break. "We played well and the crowd was loud," the coach said after the final '
        f"whistle, and the captain added that the grass had been wet."
        for n in range(6)
    )


# ---- parts, each in a process of its own -----------------------------------------------------------------


def measure_attribution(step: int) -> Iterator[Figure]:
    """Who says what, alone: every text read whole, whatever it is about."""
    from app.extract import find_quotations

    find_quotations(["The mayor said that it rained."])
    for path, texts in (
        (POLNEAR, take_every(read_polnear(), step)),
        (NEWS, take_every(read_news(), 4 * step)),
    ):
        began = process_time()
        found = sum(len(find_quotations([t.text])[0]) for t in texts)
        took = process_time() - began
        yield Figure(
            f"attribution alone, {len(texts)} texts ({name_texts(path)}, {mean_words(texts)} words each)",
            len(texts) / took,
            "documents/CPU-s",
            f"{found:,} quotations",
        )
        if name_texts(path) == "briefs":
            return


def measure_pipeline(step: int) -> Iterator[Figure]:
    """The whole way over texts one by one, as a worker takes them, and what memory that takes."""
    from app.extract import extract_statements

    questions, registry = load_questions(), load_registers()
    told = make_filter(questions, registry)
    warm = [SourceText("", read_briefs()[0].text, published=date(2024, 2, 27))]
    extract_statements(warm, questions, registry)
    for path, texts in (
        (NEWS, take_every(read_news(), step)),
        (POLNEAR, take_every(read_polnear(), 3 * step)),
    ):
        about, took, found = 0, 0.0, 0
        for text in texts:
            began = process_time()
            statements = extract_statements([text], questions, registry)[0]
            spent = process_time() - began
            if statements or (told(text.text) and has_candidates(text, questions, registry)):
                about, took, found = about + 1, took + spent, found + len(statements)
        yield Figure(
            f"whole pipeline, {about} of {len(texts)} texts ({name_texts(path)}) that are about a question",
            about / took if took else 0.0,
            "documents/CPU-s",
            f"{found:,} statements",
        )
        if path == NEWS:
            yield Figure(f"peak memory of a worker after {len(texts)} of them", peak_megabytes(), "MB")
        if name_texts(path) == "briefs":
            return


def measure_others(step: int) -> Iterator[Figure]:
    """Texts about no question: set aside by their words, with no model loaded."""
    from app.extract import extract_statements

    questions, registry = load_questions(), load_registers()
    told = make_filter(questions, registry)
    refused = [t for t in read_polnear() if not told(t.text)] if POLNEAR.exists() else []
    sports = [SourceText(str(n), invent_sports(n)) for n in range(300 // step)]
    extract_statements(sports[:1], questions, registry)
    for what, texts in (("PolNeAR, refused", refused), ("sports, invented", sports)):
        if not texts:
            continue
        rounds = max(1, 300 // len(texts))
        began = process_time()
        for _ in range(rounds):
            for text in texts:
                if extract_statements([text], questions, registry) != [()]:
                    raise SystemExit(f"A text that is about no question has statements: {text.id}")
        took = process_time() - began
        yield Figure(
            f"whole pipeline, {len(texts)} texts ({what}) that are about no question",
            rounds * len(texts) / took,
            "documents/CPU-s",
        )
    loaded = [name for name in MODELS if name in sys.modules]
    if loaded:
        raise SystemExit(f"Texts about no question have loaded {' and '.join(loaded)}.")
    yield Figure("models loaded for them", 0, "of 2", "onnxruntime and spacy are not imported")


def measure_start(_step: int) -> Iterator[Figure]:
    """From nothing to the first document's statements; the clocks run from the process's own start."""
    from app.extract import extract_statements

    questions, registry = load_questions(), load_registers()
    found = extract_statements(read_briefs()[1:2], questions, registry)[0]
    yield Figure("to the first document's statements", process_time(), "CPU-s", f"{len(found)} statements")


def measure_baseline(step: int) -> Iterator[Figure]:
    """The yardstick on the same texts as attribution."""
    from bench.baseline import find_reports, load

    language, texts = load(), take_every(read_polnear(), step)
    find_reports(language, ["The mayor said that it rained."])
    began = process_time()
    found = sum(map(len, find_reports(language, [t.text for t in texts])))
    took = process_time() - began
    yield Figure(
        f"plain parse (spaCy, verb of saying), {len(texts)} texts ({name_texts(POLNEAR)})",
        len(texts) / took,
        "documents/CPU-s",
        f"{found:,} found",
    )


PARTS: dict[str, Callable[[int], Iterator[Figure]]] = {
    "attribution": measure_attribution,
    "pipeline": measure_pipeline,
    "others": measure_others,
    "start": measure_start,
    "baseline": measure_baseline,
}


def make_filter(questions: Sequence[Question], registry: Registry) -> Callable[[str], bool]:
    """What the pipeline asks of a text first: whether it may be about any question."""
    from app.extract._pipeline import _outsiders, _place_words
    from app.extract._questions import Matcher

    return Matcher(questions, _place_words(registry), _outsiders(registry)).may_concern


def has_candidates(text: SourceText, questions: Sequence[Question], registry: Registry) -> bool:
    from app.extract._pipeline import find_candidates

    return bool(find_candidates([text], questions, registry)[0])


def mean_words(texts: Sequence[SourceText]) -> int:
    return round(sum(len(t.text.split()) for t in texts) / len(texts))


def peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


# ---- all of them -----------------------------------------------------------------------------------------


def measure_reading(*, step: int) -> Iterator[Figure]:
    """Every part; of the texts every so many. What is known already is told on the way, on standard error.

    The longest part has one core and the others, one after the other, a second one.
    """
    for path in (POLNEAR, NEWS):
        if not path.exists():
            print(f"{path} is not here: the sample briefs stand in for it.", file=sys.stderr)
    with ThreadPoolExecutor(1) as beside:
        pipeline = beside.submit(run, "pipeline", step)
        yield from run("attribution", step)
        yield from run("baseline", step)
        for what, value in PUBLISHED.items():
            yield Figure(what, value, "documents/CPU-s", "published, other machine")
        yield from run("others", step)
        yield measure_starts()
        yield from pipeline.result()


def measure_starts() -> Figure:
    """The best of some fresh starts: what is more is other programs' work."""
    walls: list[float] = []
    busy: list[float] = []
    for _ in range(STARTS):
        began = perf_counter()
        busy.extend(figure.value for figure in run("start", 1))
        walls.append(perf_counter() - began)
    what = "cold start of Python to the first document's statements"
    return Figure(what, min(busy), "CPU-s", f"{min(walls):.1f} s by the clock, best of {STARTS}")


def run(part: str, step: int) -> list[Figure]:
    """A part's figures, from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.reading", part, str(step)],
        cwd=ROOT,
        env={**os.environ, **ONE_THREAD},
        stdout=subprocess.PIPE,
        check=False,
        timeout=PATIENCE,
    )
    if done.returncode != 0:
        raise SystemExit(f"python -m bench.reading {part} failed.")
    figures = [Figure(**figure) for figure in json.loads(done.stdout)]
    for figure in figures:
        print(show(figure), file=sys.stderr)
    return figures


def show(figure: Figure) -> str:
    return f"{figure.what:90} {figure.value:8.1f} {figure.unit:16} {figure.note}"


def main() -> None:
    if len(sys.argv) > 1:
        step = int(sys.argv[2]) if len(sys.argv) > 2 else 1
        print(json.dumps([asdict(figure) for figure in PARTS[sys.argv[1]](step)]))
        return
    for figure in measure_reading(step=1):
        print(show(figure))


if __name__ == "__main__":
    main()
