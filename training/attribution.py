"""Train the model that marks who says what: source, cue and content, and which belong together.

A small sentence encoder (all-MiniLM-L6-v2) is fine-tuned with three heads on one pass over the text:

  tags     begin/inside of source, cue and content, or outside, for each word piece, scored as a chain
           (a conditional random field), so that a run of labels is judged as a whole;
  cues     an arrow from each word piece to the cue whose content it is, or to the window's first piece
           when it is nobody's content;
  sources  an arrow from each word piece of a cue to the source that the cue belongs to, or to the first
           piece when the text names none.

Arrows are scored by a product of what the two ends ask and offer, plus a learned bias for how far apart
they stand. Two contents that touch each other are told apart by their arrows, which labels alone cannot.

    python training/attribution.py TRAIN.jsonl --encoder FOLDER --out FOLDER [--from WEIGHTS.pt] --no-bf16
    python training/attribution.py TRAIN.jsonl --encoder FOLDER --out FOLDER --export app/extract/attribution.onnx

The input format is that of PolNeAR as converted for this project: one document a line with character
offsets (docs/evaluation.md). Weights are averaged over the steps of the run; a checkpoint is written after
each epoch; `--export` writes int8 ONNX.
"""

import argparse
import bisect
import json
import math
import pathlib
import random
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

ROLES = ("source", "cue", "content")
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
WINDOW = 256  # word pieces the encoder reads at once, [CLS] and [SEP] among them
STRIDE = 48  # word pieces that neighbouring windows share
ARROW_SIZE = 96
NEAR = 8  # distances up to this many word pieces have a bias each, farther ones share one by powers of two
BUCKETS = 2 * (NEAR + 6) + 1
IGNORED = -100
CLS, SEP, MASK = 101, 102, 103  # the encoder's special word pieces


@dataclass
class Window:
    """One stretch of a document: ids, labels, and where arrows end.

    `cues[i]` and `sources[i]` are the indexes that piece i's arrow may end on; none where it teaches nothing.
    """

    ids: list[int]
    tags: list[int]
    cues: list[tuple[int, ...]]
    sources: list[tuple[int, ...]]


def read_documents(path: pathlib.Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def windows_of(length: int) -> list[tuple[int, int]]:
    """Ranges of word pieces, without the two special ones, that cover `length` with an overlap."""
    room = WINDOW - 2
    starts = [0]
    while starts[-1] + room < length:
        starts.append(starts[-1] + room - STRIDE)
    return [(s, min(s + room, length)) for s in starts]


def tokens_inside(offsets: list[tuple[int, int]], spans: list[list[int]]) -> list[int]:
    ends = [e for _, e in offsets]
    found = []
    for start, end in spans:
        i = bisect.bisect_right(ends, start)
        while i < len(offsets) and offsets[i][0] < end:
            found.append(i)
            i += 1
    return found


def examples_of(document: dict[str, Any], tokenizer: Tokenizer) -> list[Window]:
    encoding = tokenizer.encode(document["text"], add_special_tokens=False)
    offsets = encoding.offsets
    tags = [0] * len(offsets)
    cue_of: dict[int, list[int]] = {}
    source_of: dict[int, list[int]] = {}
    for attribution in document["attributions"]:
        where: dict[str, list[int]] = {}
        for number, role in enumerate(ROLES):
            where[role] = []
            for span in attribution[role]:
                inside = tokens_inside(offsets, [span])
                where[role] += inside
                for position, i in enumerate(inside):
                    tags[i] = 1 + 2 * number + (position > 0)
        for i in where["content"]:
            cue_of[i] = where["cue"]
        for i in where["cue"]:
            source_of[i] = where["source"]
    examples = []
    for start, end in windows_of(len(offsets)):

        def seen(tokens: list[int], start: int = start, end: int = end) -> tuple[int, ...]:
            return tuple(t + 1 - start for t in tokens if start <= t < end)

        cues: list[tuple[int, ...]] = [()]
        sources: list[tuple[int, ...]] = [()]
        for i in range(start, end):
            # An end beyond the window teaches nothing; no end at all is the window's first piece.
            cues.append(seen(cue_of[i]) if i in cue_of else (0,))
            sources.append((seen(source_of[i]) if source_of[i] else (0,)) if i in source_of else ())
        examples.append(
            Window(
                ids=[CLS, *encoding.ids[start:end], SEP],
                tags=[IGNORED, *tags[start:end], IGNORED],
                cues=[*cues, ()],
                sources=[*sources, ()],
            )
        )
    return examples


class Arrows(nn.Module):
    """Scores of arrows from every word piece to every other: (batch, from, to)."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.asks = nn.Linear(size, ARROW_SIZE)
        self.offers = nn.Linear(size, ARROW_SIZE)
        self.product = nn.Linear(ARROW_SIZE, ARROW_SIZE, bias=False)
        self.weight = nn.Linear(ARROW_SIZE, 1)
        self.distance = nn.Embedding(BUCKETS, 1)
        nn.init.zeros_(self.distance.weight)

    def forward(self, states: torch.Tensor, buckets: torch.Tensor) -> torch.Tensor:
        asks = nn.functional.gelu(self.asks(states))
        offers = nn.functional.gelu(self.offers(states))
        scores = self.product(asks) @ offers.transpose(1, 2) / math.sqrt(ARROW_SIZE)
        scores = scores + self.weight(offers).transpose(1, 2)
        return scores + self.distance(buckets).squeeze(-1).unsqueeze(0)


def buckets_of(mask: torch.Tensor) -> torch.Tensor:
    """Numbers of the distance biases, (length, length)."""
    places = torch.cumsum(torch.ones_like(mask[0]), 0).float()
    apart = places.unsqueeze(0) - places.unsqueeze(1)
    far = apart.abs()
    beyond = NEAR + torch.floor(torch.log2(torch.clamp(far / NEAR, min=1.0))) + (far > NEAR).float()
    steps = torch.where(far <= NEAR, far, beyond).clamp(max=NEAR + 6)
    return (torch.sign(apart) * steps + NEAR + 6).long()


class Marker(nn.Module):
    """The encoder with its heads."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(size, len(LABELS))
        self.follows = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.cues = Arrows(size)
        self.sources = Arrows(size)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        states = self.dropout(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        buckets = buckets_of(mask)
        away = (1 - mask).unsqueeze(1) * -1e4
        return self.tags(states), self.cues(states, buckets) + away, self.sources(states, buckets) + away


def chain_loss(scores: torch.Tensor, tags: torch.Tensor, follows: torch.Tensor) -> torch.Tensor:
    """Negative log-likelihood of the labels as a chain, by word piece; the first and last piece carry none."""
    width = scores.shape[1]
    known = tags != IGNORED
    wanted = tags.clamp(min=0)
    emitted = scores.gather(2, wanted.unsqueeze(2)).squeeze(2)
    right = emitted[:, 1] * known[:, 1]
    total = scores[:, 1]
    for i in range(2, width):
        here = known[:, i].unsqueeze(1)
        step = torch.logsumexp(total.unsqueeze(2) + follows.unsqueeze(0), dim=1) + scores[:, i]
        total = torch.where(here, step, total)
        right = right + (emitted[:, i] + follows[wanted[:, i - 1], wanted[:, i]]) * known[:, i]
    return (torch.logsumexp(total, dim=1) - right).sum() / known.sum()


def arrow_loss(scores: torch.Tensor, ends: list[list[tuple[int, ...]]]) -> torch.Tensor:
    """Mean negative log-likelihood that an arrow ends on any of the pieces it may end on."""
    rows: list[int] = []
    starts: list[int] = []
    wanted_at: list[int] = []
    wanted_to: list[int] = []
    for row, window in enumerate(ends):
        for start, to in enumerate(window):
            if to:
                wanted_at += [len(rows)] * len(to)
                wanted_to += to
                rows.append(row)
                starts.append(start)
    if not rows:
        return scores.sum() * 0
    chances = torch.log_softmax(scores[rows, starts].float(), dim=-1)
    wanted = torch.zeros_like(chances, dtype=torch.bool)
    wanted[wanted_at, wanted_to] = True
    return -torch.logsumexp(chances.masked_fill(~wanted, -1e4), dim=-1).mean()


def pad(batch: list[Window], masked: float) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    width = max(len(w.ids) for w in batch)
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    mask = torch.zeros(len(batch), width, dtype=torch.long)
    tags = torch.full((len(batch), width), IGNORED)
    for row, window in enumerate(batch):
        size = len(window.ids)
        shown = [
            MASK if 0 < i < size - 1 and random.random() < masked else t for i, t in enumerate(window.ids)
        ]
        ids[row, :size] = torch.tensor(shown)
        mask[row, :size] = 1
        tags[row, :size] = torch.tensor(window.tags)
    return ids, mask, tags


def train(args: argparse.Namespace) -> None:
    random.seed(args.seed)
    np.random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    windows = [w for d in read_documents(args.train) for w in examples_of(d, tokenizer)]
    model = Marker(AutoModel.from_pretrained(str(args.encoder))).to(device)
    if args.begin:
        lacking = model.load_state_dict(torch.load(args.begin, map_location=device), strict=False)
        print("begun from", args.begin, "without", sorted({n.split(".")[0] for n in lacking.missing_keys}))
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    decay = [p for n, p in model.encoder.named_parameters() if p.ndim > 1]
    plain = [p for n, p in model.encoder.named_parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW(
        [
            {"params": decay, "weight_decay": 0.01},
            {"params": plain, "weight_decay": 0.0},
            {"params": heads, "weight_decay": 0.01, "lr": 10 * args.rate},
        ],
        lr=args.rate,
    )
    averaged = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(args.averaging)
    )
    steps = args.epochs * math.ceil(len(windows) / args.batch)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / warm, max(0.02, (steps - step) / (steps - warm)))
    )
    args.out.mkdir(parents=True, exist_ok=True)
    step, began = 0, time.time()
    for epoch in range(1, args.epochs + 1):
        model.train()
        random.shuffle(windows)
        # Windows of like length share a batch, within a shuffled pool, so that little is padded.
        pool = [
            sorted(windows[i : i + 50 * args.batch], key=lambda w: len(w.ids))
            for i in range(0, len(windows), 50 * args.batch)
        ]
        batches = [p[i : i + args.batch] for p in pool for i in range(0, len(p), args.batch)]
        random.shuffle(batches)
        for batch in batches:
            ids, mask, tags = (t.to(device) for t in pad(batch, args.masked))
            with torch.autocast(device, dtype=torch.bfloat16, enabled=args.bf16):
                scores, cues, sources = model(ids, mask)
            losses = (
                chain_loss(scores.float(), tags, model.follows),
                arrow_loss(cues, [w.cues for w in batch]),
                arrow_loss(sources, [w.sources for w in batch]),
            )
            loss = losses[0] + args.arrow_weight * (losses[1] + losses[2])
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            if step >= warm:
                averaged.update_parameters(model)
            step += 1
            if step % 20 == 0:
                print(
                    f"epoch {epoch} step {step}/{steps} tags {losses[0].item():.4f} cues {losses[1].item():.4f} "
                    f"sources {losses[2].item():.4f} {(time.time() - began) / step:.2f} s/step",
                    flush=True,
                )
        torch.save(averaged.module.state_dict(), args.out / f"epoch-{epoch}.pt")
    torch.save(averaged.module.state_dict(), args.out / "model.pt")


def export(encoder: pathlib.Path, weights: pathlib.Path, target: pathlib.Path) -> None:
    """Write int8 ONNX (weights quantised by channel, activations at run time), and the chain beside it."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = Marker(AutoModel.from_pretrained(str(encoder), attn_implementation="eager"))
    model.load_state_dict(torch.load(weights, map_location="cpu"))
    model.eval()
    plain = target.with_suffix(".fp32.onnx")
    ids = torch.ones(2, 16, dtype=torch.long)
    names = ("tags", "cues", "sources")
    axes = {n: {0: "batch", 1: "length"} for n in ("ids", "mask", "tags")}
    axes |= {n: {0: "batch", 1: "length", 2: "length"} for n in ("cues", "sources")}
    torch.onnx.export(
        model,
        (ids, torch.ones_like(ids)),
        str(plain),
        input_names=["ids", "mask"],
        output_names=list(names),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True)
    follows = [[round(v, 4) for v in row] for row in model.follows.tolist()]
    target.with_suffix(".json").write_text(json.dumps({"labels": LABELS, "follows": follows}) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=pathlib.Path)
    parser.add_argument("--encoder", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument(
        "--from", dest="begin", type=pathlib.Path, help="weights of an earlier run to go on from"
    )
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--arrow-weight", type=float, default=0.3)
    parser.add_argument(
        "--masked", type=float, default=0.05, help="share of word pieces hidden while training"
    )
    parser.add_argument("--averaging", type=float, default=0.995)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument(
        "--export", type=pathlib.Path, help="write the weights in --out/model.pt as int8 ONNX and stop"
    )
    args = parser.parse_args()
    if args.export:
        export(args.encoder, args.out / "model.pt", args.export)
    else:
        train(args)


if __name__ == "__main__":
    main()
