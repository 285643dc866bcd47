"""adopt.py asked as its user asks it."""

from pathlib import Path

import adopt
import flags
from networks import LABELS, Network

HELD_OUT = 24  # photos a label
FITTED = 70


def arguments(made: Path, network: Network, *more: str) -> list[str]:
    return [
        str(made / network.name / "core.onnx"),
        "--photos",
        str(made / "photos"),
        "--unseen",
        "--labels",
        ",".join(LABELS),
        "--name",
        network.name,
        "--version",
        "1.0.0",
        "--licence",
        "none",
        "--subject",
        "drawn leaf",
        "--out",
        str(made / f"{network.name}.onnx"),
        *network.flags(),
        *more,
    ]


def adopted(words: list[str]) -> Path:
    return adopt.adopt(flags.arguments(None).parse_args(words))
