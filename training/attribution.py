"""Train the model that marks who says what: source, cue and content, and which belong together.

A small sentence encoder (all-MiniLM-L6-v2) is fine-tuned with two heads on one pass over the text:

  tags   begin/inside of source, cue and content, or outside, for each word piece;
  links  for each piece of content, where its source and its cue begin: a scaled dot product between
         the content's mean query and every word piece's key, the first piece of a window standing
         for "none in sight".

Links are learned with the tags because a nearest-neighbour linker names the wrong source in one of
seven attributions, and a parse costs more time than the model itself.

    python training/attribution.py TRAIN.jsonl --encoder FOLDER --out FOLDER --epochs 3 --no-bf16
    python training/attribution.py TRAIN.jsonl --encoder FOLDER --out FOLDER --export app/extract/attribution.onnx

The input format is that of PolNeAR as converted for this project: one document a line with character
offsets (docs/evaluation.md). Checkpoints are written after each epoch; `--export` writes int8 ONNX.
"""

import argparse
import bisect
import json
import math
import pathlib
import random
import time
from dataclasses import dataclass, field
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
LINK_SIZE = 64
IGNORED = -100
CLS, SEP = 101, 102  # the encoder's special word pieces


@dataclass
class Window:
    """One stretch of a document: ids, labels, and the gold links of the content that begins in it."""

    ids: list[int]
    tags: list[int]
    # (first, last + 1) of a piece of content -> token indexes of its source and of its cue
    links: list[tuple[int, int, list[int], list[int]]] = field(default_factory=list)


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
    links = []
    for attribution in document["attributions"]:
        where: dict[str, list[list[int]]] = {}
        for number, role in enumerate(ROLES):
            where[role] = []
            for span in attribution[role]:
                inside = tokens_inside(offsets, [span])
                where[role].append(inside)
                for position, i in enumerate(inside):
                    tags[i] = 1 + 2 * number + (position > 0)
        flat = {role: [i for piece in where[role] for i in piece] for role in ROLES}
        for piece in where["content"]:
            if piece:
                links.append((piece[0], piece[-1] + 1, flat["source"], flat["cue"]))
    examples = []
    for start, end in windows_of(len(offsets)):
        window = Window(
            ids=[CLS, *encoding.ids[start:end], SEP],
            tags=[IGNORED, *tags[start:end], IGNORED],
        )
        for first, last, source, cue in links:
            if first < start or first >= end:
                continue
            move = 1 - start

            def seen(tokens: list[int], move: int = move, start: int = start, end: int = end) -> list[int]:
                if not tokens:
                    return [0]
                inside = [t + move for t in tokens if start <= t < end]
                return inside or [0]

            window.links.append((first + move, min(last, end) + move, seen(source), seen(cue)))
        examples.append(window)
    return examples


class Marker(nn.Module):
    """The encoder with its two heads."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(size, len(LABELS))
        # queries and keys for source and for cue
        self.links = nn.Linear(size, 4 * LINK_SIZE)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        states = self.dropout(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        return self.tags(states), self.links(states)


def link_loss(links: torch.Tensor, batch: list[Window]) -> torch.Tensor:
    """Mean negative log-likelihood that a content's query falls on a token of its source, and of its cue."""
    losses = []
    for row, window in enumerate(batch):
        if not window.links:
            continue
        length = len(window.ids)
        vectors = links[row, :length].float()
        for role in (0, 1):
            queries = vectors[:, 2 * role * LINK_SIZE : (2 * role + 1) * LINK_SIZE]
            keys = vectors[:, (2 * role + 1) * LINK_SIZE : (2 * role + 2) * LINK_SIZE]
            asked = torch.stack([queries[a:b].mean(0) for a, b, _, _ in window.links])
            scores = torch.log_softmax(asked @ keys.T / math.sqrt(LINK_SIZE), dim=-1)
            wanted = torch.zeros_like(scores, dtype=torch.bool)
            for i, link in enumerate(window.links):
                wanted[i, link[2 + role]] = True
            losses.append(-torch.logsumexp(scores.masked_fill(~wanted, -1e4), dim=-1))
    if not losses:
        return links.sum() * 0
    return torch.cat(losses).mean()


def pad(batch: list[Window]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    width = max(len(w.ids) for w in batch)
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    mask = torch.zeros(len(batch), width, dtype=torch.long)
    tags = torch.full((len(batch), width), IGNORED)
    for row, window in enumerate(batch):
        size = len(window.ids)
        ids[row, :size] = torch.tensor(window.ids)
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
    decay = [p for n, p in model.named_parameters() if p.ndim > 1]
    plain = [p for n, p in model.named_parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": decay, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}], lr=args.rate
    )
    steps = args.epochs * math.ceil(len(windows) / args.batch)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(step / warm, max(0.0, (steps - step) / (steps - warm)))
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
            ids, mask, tags = (t.to(device) for t in pad(batch))
            with torch.autocast(device, dtype=torch.bfloat16, enabled=args.bf16):
                logits, links = model(ids, mask)
            loss_tags = nn.functional.cross_entropy(
                logits.float().flatten(0, 1), tags.flatten(), ignore_index=IGNORED, label_smoothing=0.02
            )
            loss_links = link_loss(links, batch)
            loss = loss_tags + args.link_weight * loss_links
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            if step % 20 == 0:
                print(
                    f"epoch {epoch} step {step}/{steps} tags {loss_tags.item():.4f} links {loss_links.item():.4f} "
                    f"{(time.time() - began) / step:.2f} s/step",
                    flush=True,
                )
        torch.save(model.state_dict(), args.out / f"epoch-{epoch}.pt")
    torch.save(model.state_dict(), args.out / "model.pt")


class Exported(nn.Module):
    """The marker as the product runs it: ids and mask in, scores and link vectors out."""

    def __init__(self, marker: Marker) -> None:
        super().__init__()
        self.marker = marker

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return self.marker(ids, mask)


def export(encoder: pathlib.Path, weights: pathlib.Path, target: pathlib.Path) -> None:
    """Write int8 ONNX (weights quantised by channel, activations at run time)."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model = Marker(AutoModel.from_pretrained(str(encoder), attn_implementation="eager"))
    model.load_state_dict(torch.load(weights, map_location="cpu"))
    model.eval()
    plain = target.with_suffix(".fp32.onnx")
    ids = torch.ones(2, 16, dtype=torch.long)
    torch.onnx.export(
        Exported(model),
        (ids, torch.ones_like(ids)),
        str(plain),
        input_names=["ids", "mask"],
        output_names=["tags", "links"],
        dynamic_axes={n: {0: "batch", 1: "length"} for n in ("ids", "mask", "tags", "links")},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(plain, target, weight_type=QuantType.QInt8, per_channel=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train", type=pathlib.Path)
    parser.add_argument("--encoder", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--link-weight", type=float, default=0.3)
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
