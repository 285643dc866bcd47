"""Writes what adopt.py takes from a torch network: core.onnx and recipe.json.

    from from_torch import out
    out(network, "leaf", labels, transform)

`transform` is what the pictures went through when the network was judged: torchvision's Compose, one of its weights'
`transforms()`, or what timm's `create_transform` gives. It is read, never guessed: a step that is not known is refused by name.
"""

import warnings
from pathlib import Path

import torch

from recipe import Recipe, write
from torch_transforms import read

OPSET = 18


def out(
    network: torch.nn.Module, folder: str | Path, labels: list[str], transform: object, valid: list[Path] | None = None
) -> Path:
    """Writes core.onnx and recipe.json into the folder, and valid.txt where the photos that the network was not trained on are
    given.
    """
    recipe = read(transform, [str(label) for label in labels])
    return written(network, recipe, Path(folder), valid)


def written(network: torch.nn.Module, recipe: Recipe, folder: Path, valid: list[Path] | None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    exported(network, recipe.given, folder / "core.onnx")
    write(recipe, folder / "recipe.json")
    if valid:
        (folder / "valid.txt").write_text("".join(f"{f}\n" for f in valid), encoding="utf-8")
    print(
        f"{folder}: core.onnx, recipe.json"
        + (
            f", valid.txt ({len(valid)} photos)"
            if valid
            else "; no valid.txt: list the photos that it was not trained on yourself"
        )
    )
    return folder / "core.onnx"


def exported(network: torch.nn.Module, size: tuple[int, int], file: Path) -> None:
    """By TorchScript: a third of the time of the newer exporter, and within 1e-5 of it."""
    was_training, device = network.training, next((p.device for p in network.parameters()), torch.device("cpu"))
    network.eval().cpu()
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            torch.zeros(1, 3, *size),
            str(file),
            opset_version=OPSET,
            dynamo=False,
            input_names=["picture"],
            output_names=["classes"],
        )
    network.train(was_training).to(device)
