"""adopt.py asked as its user asks it, of the small networks and drawn photos."""

from pathlib import Path

import adopt
import flags
import recipe
import sight
from networks import LABELS, Network, photo, photos, write

HELD_OUT = 24  # photos a label
FITTED = 70


def quickly() -> None:
    """Four mild changes a photo and a third of the photos ruined: enough to go every way, and quick."""
    sight.CHANGED_PICTURES, sight.RUINED_PHOTOS = 1, 24


def made(folder: Path, networks: list[Network]) -> None:
    """The networks, and a folder of photos that they were not fitted on."""
    examples = [(photo(label, seed), label) for label in range(len(LABELS)) for seed in range(1000, 1000 + FITTED)]
    for network in networks:
        (folder / network.name).mkdir()
        write(network, folder / network.name / "core.onnx", examples)
        if len(network.labels) > len(LABELS):  # with commas in them, which --labels cannot take
            recipe.write(recipe.with_flags(network.recipe, labels=network.labels), folder / network.name / "recipe.json")
    photos(folder / "photos", HELD_OUT)


def arguments(folder: Path, network: Network, *more: str) -> list[str]:
    core = folder / network.name / "core.onnx"
    how = [] if core.with_name("recipe.json").exists() else ["--labels", ",".join(LABELS), *network.flags()]
    given = {
        "--photos": folder / "photos",
        "--name": network.name,
        "--version": "1.0.0",
        "--licence": "none",
        "--subject": "drawn leaf",
        "--out": folder / f"{network.name}.onnx",
    }
    return [str(core), "--unseen", *(str(word) for pair in given.items() for word in pair), *how, *more]


def adopted(words: list[str]) -> Path:
    return adopt.adopt(flags.arguments(None).parse_args(words))
