"""Train the model that reads a passage against a proposal: does its speaker take a position, and which?

    python -m training.verdict pairs --out PAIRS.jsonl [--passages FOLDER] [--texts FOLDER] [--news NEWS.jsonl]
    python -m training.verdict train PAIRS.jsonl --encoder FOLDER --out FOLDER
    python -m training.verdict export --encoder FOLDER --out FOLDER --to app/extract/verdict.onnx

`pairs` writes what the model learns from, word pieces and a class each, out of three sources:

  passages  labelled passages about many proposals of an invented world (training/passages); each is also
            shown against another proposal, on which it says nothing;
  texts     whole articles of an invented world with every statement marked (training/texts): the candidates
            that the product itself finds in them, so that the model learns from what it will be asked;
  news      the same for real articles, whose labels are kept without their text (training/news.jsonl:
            numbers of characters only); the articles themselves are read from NEWS.jsonl.

One article in five of the last two is left out and kept for the weights (training/statements.py), which have
to be told how far this model can be trusted on texts that it has not seen.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.config import ROOT
from app.extract._verdict import CLASSES, Passage, render
from app.records import Question
from training.corpus import Document, find_labelled, held_out, read_news, read_texts

CLASS_NAMES = ["none" if c is None else str(c) for c in CLASSES]
SENTENCE = re.compile(r"[^.!?]+[.!?]*[\"”’')]*\s*")
OTHER_PROPOSAL = 0.25  # share of passages that are also shown against a proposal they do not speak of
FAINT = 0.1  # share kept of candidates that nothing in the passage itself speaks for
NEGATIVES = 3  # candidates without a position for each with one


@dataclass(frozen=True)
class Pair:
    """What the model is shown and the class it is to find; `slug` is the question's, for leaving one out."""

    ids: list[int]
    segments: list[int]
    label: int
    slug: str
    corpus: str


def pair_of(question: Question, passage: Passage, label: str, corpus: str) -> Pair:
    ids, segments = render(question, passage)
    return Pair(ids, segments, CLASS_NAMES.index(label), question.slug, corpus)


def question_of(entry: dict[str, Any]) -> Question:
    return Question(
        entry["slug"], entry["title"], entry["proposal"], entry["description"], tuple(entry["keywords"])
    )


def named_in(text: str, name: str) -> tuple[tuple[int, int], ...]:
    """Where a speaker's full name or last word stands in a text."""
    words = name.split()
    wanted = [name, words[-1]] if len(words) > 1 and len(words[-1]) > 3 else [name]
    found: list[tuple[int, int]] = []
    for want in wanted:
        for m in re.finditer(rf"\b{re.escape(want)}\b", text):
            if all(m.end() <= a or m.start() >= b for a, b in found):
                found.append(m.span())
    return tuple(sorted(found))


def pairs_of_passages(folder: Path, rng: random.Random) -> Iterator[Pair]:
    for path in sorted(folder.glob("*.jsonl")):
        entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        questions = [question_of(e["proposal"]) for e in entries]
        for number, entry in enumerate(entries):
            for p in entry["passages"]:
                passage = passage_of(p, rng)
                yield pair_of(questions[number], passage, p["stance"], path.stem)
                if rng.random() < OTHER_PROPOSAL:
                    other = questions[rng.choice([i for i in range(len(questions)) if i != number])]
                    yield pair_of(other, passage, "none", path.stem)


def passage_of(entry: dict[str, Any], rng: random.Random) -> Passage:
    """The evidence in its text; where there is none, a sentence that names the speaker, else any."""
    text, speaker = entry["text"], named_in(entry["text"], entry["speaker"])
    if entry["evidence"] and entry["evidence"] in text:
        start = text.index(entry["evidence"])
        end = start + len(entry["evidence"])
    else:
        sentences = [m.span() for m in SENTENCE.finditer(text)] or [(0, len(text))]
        naming = [s for s in sentences if any(s[0] <= a < s[1] for a, _ in speaker)]
        start, end = rng.choice(naming or sentences)
        while end > start and text[end - 1].isspace():
            end -= 1
    return Passage(text, start, end, (0, start), (end, len(text)), speaker)


def pairs_of_documents(documents: Sequence[Document], rng: random.Random) -> Iterator[Pair]:
    found = [c for c in find_labelled(documents, verdicts=False) if not held_out(c.document)]
    with_position = [c for c in found if c.label != "none"]
    without = [
        c
        for c in found
        if c.label == "none"
        and not c.same_passage
        and (c.candidate.topic is not None or c.candidate.signs.own > 0.25 or rng.random() < FAINT)
    ]
    rng.shuffle(without)
    for c in [*with_position, *without[: NEGATIVES * len(with_position)]]:
        yield pair_of(c.candidate.question, c.candidate.passage, c.label, c.document.corpus)


def write_pairs(args: argparse.Namespace) -> None:
    rng = random.Random(args.seed)
    pairs = list(pairs_of_passages(args.passages, rng))
    documents = read_texts(args.texts)
    if args.news:
        documents += read_news(args.news)
    pairs += pairs_of_documents(documents, rng)
    rng.shuffle(pairs)
    with args.out.open("w", encoding="utf-8") as out:
        for p in pairs:
            out.write(json.dumps(vars(p)) + "\n")
    counts = Counter((p.corpus, CLASS_NAMES[p.label]) for p in pairs)
    for (corpus, label), number in sorted(counts.items()):
        print(f"{corpus:16} {label:8} {number}")
    print(len(pairs), "pairs,", sum(len(p.ids) for p in pairs) // len(pairs), "word pieces each on average")


def train(args: argparse.Namespace) -> None:
    import torch
    from torch import nn

    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pairs = [Pair(**json.loads(line)) for line in args.pairs.read_text(encoding="utf-8").splitlines()]
    if args.without:
        pairs = [p for p in pairs if p.slug not in args.without]
    model = make_reader(args.encoder).to(device)
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    body = [p for n, p in model.named_parameters() if n.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": body}, {"params": heads, "lr": 5 * args.rate}], lr=args.rate, weight_decay=0.01
    )
    averaged = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(args.averaging)
    )
    steps = args.epochs * math.ceil(len(pairs) / args.batch)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / warm, max(0.02, (steps - step) / (steps - warm)))
    )
    args.out.mkdir(parents=True, exist_ok=True)
    step, began, losses = 0, time.time(), []
    for epoch in range(1, args.epochs + 1):
        model.train()
        random.shuffle(pairs)
        size = args.batch * 40
        pools = [sorted(pairs[i : i + size], key=lambda p: len(p.ids)) for i in range(0, len(pairs), size)]
        batches = [p[i : i + args.batch] for p in pools for i in range(0, len(p), args.batch)]
        random.shuffle(batches)
        for batch in batches:
            ids, mask, segments, labels = (t.to(device) for t in pad(batch, args.masked))
            with torch.autocast(device, dtype=torch.bfloat16, enabled=args.bf16):
                scores = model(ids, mask, segments)
            loss = nn.functional.cross_entropy(scores.float(), labels, label_smoothing=0.05)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            if step >= warm:
                averaged.update_parameters(model)
            step += 1
            losses.append(loss.item())
            if step % 20 == 0:
                print(
                    f"epoch {epoch} step {step}/{steps} loss {sum(losses[-20:]) / 20:.4f} "
                    f"{(time.time() - began) / step:.2f} s/step",
                    flush=True,
                )
        torch.save(averaged.module.state_dict(), args.out / f"epoch-{epoch}.pt")
    torch.save(averaged.module.state_dict(), args.out / "model.pt")


def pad(batch: Sequence[Pair], masked: float) -> tuple[Any, ...]:
    """Tensors of ids, mask, segments and labels; a share of the word pieces is hidden."""
    import torch

    width = max(len(p.ids) for p in batch)
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    mask, segments = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, p in enumerate(batch):
        size = len(p.ids)
        shown = [103 if t > 103 and random.random() < masked else t for t in p.ids]
        ids[row, :size] = torch.tensor(shown)
        mask[row, :size] = 1
        segments[row, :size] = torch.tensor(p.segments)
    return ids, mask, segments, torch.tensor([p.label for p in batch])


def make_reader(encoder: Path, attention: str = "sdpa") -> Any:
    import torch
    from torch import nn
    from transformers import AutoModel

    class Reader(nn.Module):
        """The encoder; what it makes of the pair's first piece and of the mean of the passage's decides."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = AutoModel.from_pretrained(str(encoder), attn_implementation=attention)
            size = self.encoder.config.hidden_size
            self.dropout = nn.Dropout(0.1)
            self.inner = nn.Linear(2 * size, size)
            self.scores = nn.Linear(size, len(CLASSES))

        def forward(self, ids: torch.Tensor, mask: torch.Tensor, segments: torch.Tensor) -> torch.Tensor:
            states = self.encoder(
                input_ids=ids, attention_mask=mask, token_type_ids=segments
            ).last_hidden_state
            part = (segments * mask).unsqueeze(-1).to(states.dtype)
            mean = (states * part).sum(1) / part.sum(1).clamp(min=1)
            both = self.dropout(torch.cat([states[:, 0], mean], dim=-1))
            return self.scores(self.dropout(nn.functional.gelu(self.inner(both))))

    return Reader()


def export(args: argparse.Namespace) -> None:
    """Write int8 ONNX (weights quantised by channel, activations at run time)."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = make_reader(args.encoder, "eager")
    model.load_state_dict(torch.load(args.out / "model.pt", map_location="cpu"))
    model.eval()
    plain = args.to.with_suffix(".fp32.onnx")
    ids = torch.ones(2, 16, dtype=torch.long)
    names = ["ids", "mask", "segments"]
    torch.onnx.export(
        model,
        (ids, torch.ones_like(ids), torch.ones_like(ids)),
        str(plain),
        input_names=names,
        output_names=["scores"],
        dynamic_axes={**{n: {0: "batch", 1: "length"} for n in names}, "scores": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(plain, args.to, weight_type=QuantType.QInt8, per_channel=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    pairs = commands.add_parser("pairs")
    pairs.add_argument("--passages", type=Path, default=ROOT / "training" / "passages")
    pairs.add_argument("--texts", type=Path, default=ROOT / "training" / "texts")
    pairs.add_argument("--news", type=Path)
    pairs.add_argument("--out", type=Path, required=True)
    pairs.add_argument("--seed", type=int, default=1)
    learn = commands.add_parser("train")
    learn.add_argument("pairs", type=Path)
    learn.add_argument("--encoder", type=Path, required=True)
    learn.add_argument("--out", type=Path, required=True)
    learn.add_argument("--without", nargs="*", default=[], help="questions (slugs) to leave out")
    learn.add_argument("--epochs", type=int, default=3)
    learn.add_argument("--batch", type=int, default=32)
    learn.add_argument("--rate", type=float, default=8e-5)
    learn.add_argument("--masked", type=float, default=0.05)
    learn.add_argument("--averaging", type=float, default=0.99)
    learn.add_argument("--seed", type=int, default=1)
    learn.add_argument("--threads", type=int, default=2)
    learn.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True)
    write = commands.add_parser("export")
    write.add_argument("--encoder", type=Path, required=True)
    write.add_argument("--out", type=Path, required=True)
    write.add_argument("--to", type=Path, required=True)
    args = parser.parse_args()
    {"pairs": write_pairs, "train": train, "export": export}[args.command](args)


if __name__ == "__main__":
    main()
