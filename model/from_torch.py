"""Writes what adopt.py takes from a torch network: core.onnx and recipe.json.

    from from_torch import out
    out(network, "leaf", labels, transform)

`transform` is what the pictures went through when the network was judged: torchvision's Compose, one of its weights'
`transforms()`, or what timm's `create_transform` gives. It is read, never guessed: a step that is not known is refused by name.
"""

import warnings
from pathlib import Path

import torch

from recipe import INTERPOLATIONS, Recipe, Refused, write

OPSET = 18
ENDS = {
    "ToTensor",
    "PILToTensor",
    "ToImage",
    "ToImageTensor",
    "ToDtype",
    "ConvertImageDtype",
    "ConvertDtype",
    "MaybeToTensor",
    "ToPureTensor",
}


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


def read(transform: object, labels: list[str]) -> Recipe:
    """The recipe of torchvision's or timm's transform."""
    if type(transform).__name__ == "ImageClassification":  # of torchvision's weights
        side, cut = transform.resize_size[0], transform.crop_size[0]
        return Recipe(
            resize="shorter",
            size=(side, side),
            centre=(cut, cut),
            interpolation=interpolation(transform.interpolation),
            mean=tuple(transform.mean),
            std=tuple(transform.std),
            labels=tuple(labels),
        )
    steps = getattr(transform, "transforms", [transform])
    fields: dict = {"mean": (0.0, 0.0, 0.0), "std": (1.0, 1.0, 1.0)}
    for step in steps:
        name = type(step).__name__
        if name == "Resize":
            size = step.size if isinstance(step.size, int) else tuple(step.size)
            size = size[0] if isinstance(size, tuple) and len(size) == 1 else size
            if getattr(step, "max_size", None):
                raise Refused("Resize with max_size is not known to Haricot")
            way = {"resize": "shorter", "size": (size, size)} if isinstance(size, int) else {"resize": "squish", "size": size}
            fields |= way | {"interpolation": interpolation(step.interpolation)}
        elif name == "CenterCrop":
            fields["centre"] = (step.size, step.size) if isinstance(step.size, int) else tuple(step.size)
        elif name == "Normalize":
            fields |= {"mean": numbers(step.mean), "std": numbers(step.std)}
        elif name not in ENDS:
            raise Refused(
                f"the transform {name} is not known to Haricot: Resize, CenterCrop, {', '.join(sorted(ENDS))}, Normalize are"
            )
    if "size" not in fields:
        raise Refused("the transform has no Resize: pictures of any size must become the network's")
    return Recipe(labels=tuple(labels), **fields)


def interpolation(mode: object) -> str:
    name = str(getattr(mode, "value", mode)).lower()
    if name not in INTERPOLATIONS:
        raise Refused(f"resizing by {name} is not known to Haricot: one of {', '.join(INTERPOLATIONS)}")
    return name


def numbers(values: object) -> tuple[float, ...]:
    return tuple(float(v) for v in torch.as_tensor(values).flatten())
