"""The flags of adopt.py, and the recipe that they and a recipe.json make."""

import argparse
from pathlib import Path

from recipe import INTERPOLATIONS, LAYOUTS, PADDINGS, Recipe, Refused, read, with_flags

TARGET = 0.97  # of accepted answers, to be right


def arguments(description: str | None) -> argparse.ArgumentParser:
    a = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("core", type=Path, help="an ONNX classifier, or a fast.ai export.pkl with --trust-pickle")
    a.add_argument("--photos", type=Path, required=True, metavar="DIR", help="one folder a label")
    a.add_argument(
        "--valid", type=Path, metavar="FILE", help="the photos of DIR that the network was not trained on, one path a line"
    )
    a.add_argument("--unseen", action="store_true", help="says that the network was trained on none of the photos of DIR")
    a.add_argument("--name", required=True)
    a.add_argument("--version", required=True)
    a.add_argument("--licence", required=True, metavar="TEXT", help="of the file: weights and data")
    a.add_argument("--subject", default="picture", help='what it judges, in the singular: "bean leaf"')
    a.add_argument("--data-name", metavar="TEXT", help="of the photos (default: the folder's name)")
    a.add_argument("--out", type=Path, metavar="FILE", help="default: NAME.onnx here")
    a.add_argument(
        "--accepted-right", type=float, default=TARGET, metavar="SHARE", help="of accepted answers, to be right (%(default)s)"
    )
    a.add_argument(
        "--examples", type=Path, nargs="*", default=[], metavar="PHOTO", help="at most six, to try; they travel inside the file"
    )
    a.add_argument("--half", action="store_true", help="float16 weights")
    a.add_argument("--quantise", action="store_true", help="int8, measured; refused where it changes answers")
    a.add_argument("--trust-pickle", action="store_true", help="run the code that an export.pkl holds")
    r = a.add_argument_group("preprocessing, where no recipe.json lies beside the network")
    r.add_argument("--recipe", type=Path, metavar="FILE")
    r.add_argument("--labels", metavar="A,B,C", help="in the order of the outputs (default: the folders' names, sorted)")
    r.add_argument("--resize", metavar="|".join(["squish", "crop", "pad", "shorter:256"]))
    r.add_argument("--size", metavar="N|HxW", help="that the network takes")
    r.add_argument("--mean", metavar="R,G,B", help="for values in 0..1")
    r.add_argument("--std", metavar="R,G,B")
    r.add_argument("--scale", choices=["0..1", "-1..1", "0..255"], help="instead of mean and std")
    r.add_argument("--interpolation", choices=INTERPOLATIONS)
    r.add_argument("--padding", choices=PADDINGS)
    r.add_argument("--no-antialias", action="store_true")
    r.add_argument("--layout", choices=LAYOUTS)
    r.add_argument("--output", metavar="NAME", help="the network's output with the classes, if it has several")
    return a


def recipe_of(asked: argparse.Namespace) -> Recipe:
    """The recipe beside the network, or the one named, with the flags over it."""
    beside = asked.recipe or asked.core.with_name("recipe.json")
    given = read(beside) if asked.recipe or beside.exists() else Recipe()
    resize, size, centre = asked.resize, None, None
    try:
        if asked.size:
            h, _, w = asked.size.lower().partition("x")
            size = int(h), int(w or h)
        if resize and resize.startswith("shorter:"):
            side = int(resize.removeprefix("shorter:"))
            resize, centre, size = "shorter", size or given.given, (side, side)
    except ValueError:
        raise Refused(
            f"--resize {asked.resize}, --size {asked.size}: whole numbers such as shorter:256, 224 or 224x168"
        ) from None
    scale = {"0..1": ((0.0,) * 3, (1.0,) * 3), "-1..1": ((0.5,) * 3, (0.5,) * 3), "0..255": ((0.0,) * 3, (1 / 255,) * 3)}.get(
        asked.scale
    )
    mean, std = scale or (numbers(asked.mean, "--mean"), numbers(asked.std, "--std"))
    changed = with_flags(
        given,
        resize=resize,
        size=size,
        centre=centre,
        mean=mean,
        std=std,
        interpolation=asked.interpolation,
        padding=asked.padding,
        antialias=False if asked.no_antialias else None,
        layout=asked.layout,
        labels=tuple(label.strip() for label in asked.labels.split(",")) if asked.labels else None,
    )
    if not (asked.recipe or beside.exists() or asked.mean or asked.scale):
        print("WARNING: no recipe.json, --mean or --scale: taking ImageNet's mean and deviation")
    return changed


def numbers(text: str | None, flag: str) -> tuple[float, ...] | None:
    try:
        return tuple(float(v) for v in text.split(",")) if text else None
    except ValueError:
        raise Refused(f"{flag} {text!r}: three numbers, separated by commas") from None
