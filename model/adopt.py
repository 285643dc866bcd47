"""Makes a model file of a classifier that somebody trained, and of photos that it was not trained on. Nothing is trained.

    python adopt.py core.onnx --photos DIR --valid valid.txt --name leaf --version 1.0.0 --licence "…"

`core.onnx` is any ONNX classifier of pictures; `from_fastai.py` and `from_torch.py` write one with the recipe of its preprocessing.
DIR holds one folder a label. The photos to calibrate with are named by --valid, a list, one path a line; or all of DIR is new to the
network, which --unseen says. Needs requirements-adopt.txt, and no torch.
"""

import argparse
import os
import sys
import time
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before the library loads

import numpy as np

import calibrate
import card
import core as cores
import graph
import pictures
import prefix
import sight
import smaller
from draw import outsiders
from measures import shown, softmax
from pictures import Folder
from prefix import Recipe, Refused
from serve import session

FEWEST, FEW = 60, 150  # photos to calibrate with: under the first refused, under the second warned of
FOLDS = 5
TARGET = 0.97
COMPARED_PHOTOS = 1000  # of those it was trained on, for near-duplicates
REDUCED_PHOTOS, FEWEST_REDUCED = 200, 30  # big ones, for how far a picture may be reduced
REDUCTIONS = (2, 3, 4.6)  # times the network's size that are tried, the smallest first: 448, 672 and 1,030 for 224
REDUCED_MOVES = 0.01  # of a probability, at most


def warn(text: str) -> None:
    print(f"WARNING: {text}", flush=True)


def arguments() -> argparse.ArgumentParser:
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("core", type=Path, help="an ONNX classifier, or a fast.ai export.pkl with --trust-pickle")
    a.add_argument("--photos", type=Path, required=True, metavar="DIR", help="one folder a label")
    a.add_argument("--valid", type=Path, metavar="FILE", help="the photos of DIR that the network was not trained on, one path a line")
    a.add_argument("--unseen", action="store_true", help="says that the network was trained on none of the photos of DIR")
    a.add_argument("--name", required=True)
    a.add_argument("--version", required=True)
    a.add_argument("--licence", required=True, metavar="TEXT", help="of the file: weights and data")
    a.add_argument("--subject", default="picture", help='what it judges, in the singular: "bean leaf"')
    a.add_argument("--data-name", metavar="TEXT", help="of the photos (default: the folder's name)")
    a.add_argument("--out", type=Path, metavar="FILE", help="default: NAME.onnx here")
    a.add_argument("--accepted-right", type=float, default=TARGET, metavar="SHARE", help="of accepted answers, to be right (%(default)s)")
    a.add_argument("--examples", type=Path, nargs="*", default=[], metavar="PHOTO", help="at most six, to try; they travel inside the file")
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
    r.add_argument("--interpolation", choices=prefix.INTERPOLATIONS)
    r.add_argument("--padding", choices=prefix.PADDINGS)
    r.add_argument("--no-antialias", action="store_true")
    r.add_argument("--layout", choices=prefix.LAYOUTS)
    r.add_argument("--output", metavar="NAME", help="the network's output with the classes, if it has several")
    return a


def numbers(text: str | None, flag: str) -> tuple[float, ...] | None:
    try:
        return tuple(float(v) for v in text.split(",")) if text else None
    except ValueError:
        raise Refused(f"{flag} {text!r}: three numbers, separated by commas") from None


def recipe_of(asked: argparse.Namespace) -> Recipe:
    """The recipe beside the network, or the one named, with the flags over it."""
    beside = asked.recipe or asked.core.with_name("recipe.json")
    given = prefix.read(beside) if asked.recipe or beside.exists() else Recipe()
    resize, size, centre = asked.resize, None, None
    try:
        if asked.size:
            h, _, w = asked.size.lower().partition("x")
            size = int(h), int(w or h)
        if resize and resize.startswith("shorter:"):
            side = int(resize.removeprefix("shorter:"))
            resize, centre, size = "shorter", size or given.given, (side, side)
    except ValueError:
        raise Refused(f"--resize {asked.resize}, --size {asked.size}: whole numbers such as shorter:256, 224 or 224x168") from None
    scale = {"0..1": ((0.0,) * 3, (1.0,) * 3), "-1..1": ((0.5,) * 3, (0.5,) * 3), "0..255": ((0.0,) * 3, (1 / 255,) * 3)}.get(asked.scale)
    mean, std = scale or (numbers(asked.mean, "--mean"), numbers(asked.std, "--std"))
    changed = prefix.with_flags(
        given, resize=resize, size=size, centre=centre, mean=mean, std=std, interpolation=asked.interpolation, padding=asked.padding,
        antialias=False if asked.no_antialias else None, layout=asked.layout,
        labels=tuple(label.strip() for label in asked.labels.split(",")) if asked.labels else None)
    if not (asked.recipe or beside.exists() or asked.mean or asked.scale):
        warn("no recipe.json, --mean or --scale: taking ImageNet's mean and deviation")
    return changed


def folder_of(asked: argparse.Namespace, recipe: Recipe) -> Folder:
    """The photos that can be read. Broken ones are counted and named."""
    try:
        folder = pictures.labelled(asked.photos, list(recipe.labels) or None)
    except ValueError as wrong:
        raise Refused(f"--photos: {wrong}") from None
    card.labels_checked(folder.labels)

    def state(i: int) -> str | bool:
        try:
            return pictures.read(folder.files[i], 64).turned
        except pictures.Unreadable as broken:
            return str(broken)

    states = list(sight.progress("reading photos", state, len(folder.files)))
    broken = [(f, s) for f, s in zip(folder.files, states, strict=True) if isinstance(s, str)]
    if broken:
        warn(f"{len(broken)} of {len(folder.files)} files cannot be read and are left out:")
        for file, why in broken[:20]:
            print(f"    {file.relative_to(folder.root)}: {why}")
    if turned := sum(s is True for s in states):
        warn(f"{turned} photos are turned by their EXIF orientation: Haricot turns them upright, fast.ai and most training code do not")
    return folder.chosen(np.array([i for i, s in enumerate(states) if not isinstance(s, str)], dtype=int))


def held_out(asked: argparse.Namespace, folder: Folder) -> tuple[Folder, Folder | None]:
    """The photos to calibrate with, and those of the training where they are there."""
    if asked.valid and asked.unseen:
        raise Refused("--valid and --unseen contradict each other: a list of the photos that are new, or all of them are")
    if asked.unseen:
        return enough(folder), None
    if not asked.valid:
        raise Refused("which of the photos has the network not been trained on? Name them by --valid FILE, or say --unseen if it is all of "
                      "them. On photos it was trained on, it looks surer and more familiar than it will be")
    try:
        which, missing = pictures.listed(folder, asked.valid)
    except (OSError, ValueError) as unreadable:
        raise Refused(f"--valid {asked.valid} cannot be read: {unreadable}") from None
    if missing:
        warn(f"{len(missing)} lines of {asked.valid} name no readable photo under {folder.root}, {missing[0]!r} first")
    rest = np.setdiff1d(np.arange(len(folder.files)), which)
    return enough(folder.chosen(which)), folder.chosen(rest) if len(rest) else None


def enough(folder: Folder) -> Folder:
    count = len(folder.files)
    if count < FEWEST:
        raise Refused(f"{count} photos that the network was not trained on: at least {FEWEST} are needed, {FEW} are better")
    if count < FEW:
        warn(f"{count} photos to calibrate with: thresholds are rough under {FEW}")
    if absent := [label for i, label in enumerate(folder.labels) if not (folder.truth == i).any()]:
        warn(f"no photo to calibrate with for {len(absent)} labels: {', '.join(absent[:10])}")
    return folder


def labels_fit(logits: np.ndarray, folder: Folder) -> None:
    """Refuses labels that do not belong to the outputs."""
    from scipy.optimize import linear_sum_assignment

    if logits.shape[1] != len(folder.labels):
        raise Refused(f"the network has {logits.shape[1]} outputs and there are {len(folder.labels)} labels: {', '.join(folder.labels[:20])}")
    table = np.zeros((len(folder.labels), logits.shape[1]))
    np.add.at(table, (folder.truth, logits.argmax(1)), 1)
    there = table.sum(1) > 0
    counts = table[there].sum(1)
    recalls = table.diagonal()[there] / counts
    error = np.sqrt((recalls * (1 - recalls) / counts).sum()) / len(counts)
    print(f"  labels: {shown(int(table.trace()), len(folder.files))} right")
    rows, columns = linear_sum_assignment(-table)
    if table[rows, columns].sum() > table.trace() + 0.2 * len(folder.files):
        order = sorted(zip(columns, rows, strict=True))
        raise Refused(f"the labels are in another order than the outputs: by the photos it is --labels {','.join(folder.labels[r] for _, r in order)}")
    if recalls.mean() - 1.96 * error <= 1 / len(folder.labels):
        raise Refused(f"on {len(folder.files)} photos the network is right no more often than by chance ({100 * recalls.mean():.0f} % of each label "
                      f"in the mean, chance is {100 / len(folder.labels):.0f} %): labels, their order or the preprocessing are wrong")


def folds_of(folder: Folder) -> np.ndarray:
    """The fold of every photo: runs of files in the order of their names, because photos come in bursts, from every label alike."""
    fold = np.zeros(len(folder.files), dtype=int)
    for label in range(len(folder.labels)):
        for number, run in enumerate(np.array_split(np.flatnonzero(folder.truth == label), FOLDS)):
            fold[run] = (number + label) % FOLDS
    return fold


def duplicates(model: object, seen: dict, trained: Folder) -> None:
    """Warns of held-out photos that are as near to a photo of the training as they are to themselves, mildly changed."""
    some = trained.chosen(np.unique(np.linspace(0, len(trained.files) - 1, min(COMPARED_PHOTOS, len(trained.files))).astype(int)))
    own = seen[sight.CLEAN].features
    unit = lambda f: (z := (f - own.mean(0)) / (own.std(0) + 1e-6)) / np.linalg.norm(z, axis=1, keepdims=True)
    clean = unit(own)
    near = np.concatenate([(clean[look.photo] * unit(look.features)).sum(1) for kind, look in seen.items()
                           if kind in ("JPEG 75 to 95", "brightness ±20 %", "light noise", "resized 224 to 1600")])
    alike = (clean @ unit(sight.plain(model, some.files, "comparing with photos of the training", 512).features).T).max(1)
    count = int((alike >= np.median(near)).sum())
    if count:
        warn(f"{count} of {len(clean)} held-out photos have a near-duplicate among {len(some.files)} of the training "
             "(as near as the photo itself, resaved or dimmed): what they say is too good")


def short_side_kept(model: object, folder: Folder, recipe: Recipe, temperature: float) -> int | None:
    """The smallest short side to which pictures may be reduced before the graph without changing what is answered; None where no
    reduction is harmless or too few photos are big enough to tell."""
    sizes = [pictures.read(f, 64).short_side for f in folder.files]
    for times in REDUCTIONS:
        kept = int(times * max(recipe.given))
        big = [f for f, s in zip(folder.files, sizes, strict=True) if s >= 2 * kept][:REDUCED_PHOTOS]
        if len(big) < FEWEST_REDUCED:
            continue
        whole, less = (softmax(sight.plain(model, big, f"reduced to {side or 'nothing'}", side).logits / temperature) for side in (None, kept))
        labels, furthest = smaller.moved(whole, less)
        print(f"  reduced to {kept} pixels: {100 * labels:.1f} % of labels change, probabilities by at most {furthest:.4f} ({len(big)} photos)")
        if labels == 0 and furthest <= REDUCED_MOVES:
            return kept
    return None


def lighter(network: cores.Core, recipe: Recipe, folder: Folder, plain: np.ndarray, asked: argparse.Namespace) -> tuple[cores.Core, str]:
    """The network with the weights that were asked for. int8 refuses itself where it changes what `plain` logits answer."""
    if not asked.quantise:
        return (smaller.halved(network), "float16") if asked.half else (network, "float32")
    files = folder.files
    some = [files[i] for i in np.unique(np.linspace(0, len(files) - 1, smaller.CALIBRATED_ON).astype(int))]
    taken = smaller.prefixed(recipe, [np.asarray(pictures.read(f).image) for f in some])
    warm = calibrate.temperature(calibrate.Seen(plain, *[np.zeros(0)] * 4, np.arange(len(files)), np.zeros(0)), folder.truth)
    for method, spared in smaller.TRIED:
        small = smaller.quantised(network, taken, method, spared)
        logits = sight.plain(session(graph.probe(small, recipe).SerializeToString()), files, f"answers in int8 ({method})").logits
        labels, furthest = smaller.moved(softmax(plain / warm), softmax(logits / warm))
        print(f"  int8, {method}, float32 kept for {spared}: {100 * labels:.2f} % of labels change, probabilities by at most {furthest:.3f}")
        if smaller.within(labels, furthest):
            return small, "int8"
    raise Refused(f"--quantise: int8 changes more than {100 * smaller.LABELS_MOVED} % of labels or moves a probability by more than "
                  f"{smaller.PROBABILITY_MOVED} on held-out photos; --half costs nothing and halves the file")


def adopt(asked: argparse.Namespace) -> Path:
    """Every step, in order. Refused names what is missing."""
    began = time.time()
    card.named(asked.name, asked.version)
    card.plain(asked.subject, "subject"), card.plain(asked.licence, "licence")
    if not 0.5 <= asked.accepted_right < 1:
        raise Refused(f"--accepted-right {asked.accepted_right}: a share from 0.5 to below 1")
    if len(asked.examples) > card.MOST_EXAMPLES:
        raise Refused(f"--examples: {len(asked.examples)} are given, at most {card.MOST_EXAMPLES} travel in a file")
    recipe = recipe_of(asked)
    print(f"1. the network: {asked.core}, {recipe.given[0]}x{recipe.given[1]} {recipe.layout}, {recipe.resize}, {recipe.interpolation}", flush=True)
    network = cores.load(asked.core, recipe, asked.output)
    print(f"  {network.labels} outputs{', a softmax taken off' if network.softmax else ''}; familiarity from "
          + ", ".join(f"{t.tensor.removeprefix(cores.PREFIX)} ({t.channels}, {t.pooling})" for t in network.taps))
    print("2. the photos", flush=True)
    held, trained = held_out(asked, folder_of(asked, recipe))
    print(f"  {len(held.files)} to calibrate with" + (f", {len(trained.files)} of the training" if trained else ""))
    logits = sight.plain(session(graph.probe(network, recipe).SerializeToString()), held.files, "answering them").logits
    labels_fit(logits, held)
    network, weights = lighter(network, recipe, held, logits, asked)
    print("3. what the network sees", flush=True)
    model = session(graph.probe(network, recipe).SerializeToString())
    looks = sight.photographed(model, held.files, 2 * max(recipe.given))
    looks[sight.DRAWN] = sight.drawn(model, outsiders())
    print("4. calibration", flush=True)
    settled, fit = cross_fitted(looks, held, network, asked.accepted_right)
    if trained:
        duplicates(model, looks, trained)
    kept = short_side_kept(model, held, recipe, settled.shipped.temperature)
    print(f"  pictures may be reduced to {kept} pixels before the graph" if kept else "  pictures are never reduced before the graph")
    print("5. the file", flush=True)
    data = {"name": asked.data_name or held.root.resolve().name, "pictures": len(held.files), "sha256": card.data_hash(held.files, held.root)}
    how = f"{len(held.files)} photos that the network was not trained on, " + (
        "by the list of its validation split" if asked.valid else "as its maker says") + f"; cross-fitted in {FOLDS} folds"
    metadata = card.card(asked.name, asked.version, asked.subject, asked.licence, held.labels, recipe, kept, weights, settled, data, how)
    out = asked.out or Path(f"{asked.name}.onnx")
    model_graph = graph.build(network, recipe, settled.shipped.temperature, calibrate.familiar(fit, network.taps, settled.shipped))
    card.written(model_graph, metadata, out, asked.examples)
    told(settled, out, weights, time.time() - began)
    return out


def cross_fitted(looks: dict, held: Folder, network: cores.Core, target: float) -> tuple[calibrate.Calibration, np.ndarray]:
    """Everything calibrated, and all that the shipped familiarity is fitted on."""
    fold = folds_of(held)
    usual = [look for kind, look in looks.items() if kind in sight.ORDINARY]
    within = lambda look, which: look.chosen(np.isin(fold[look.photo], which))
    fits = [np.concatenate([within(look, [o for o in range(FOLDS) if o != f]).features for look in usual]) for f in range(FOLDS)]
    each = [{kind: look if kind == sight.DRAWN else within(look, [f]) for kind, look in looks.items()} for f in range(FOLDS)]
    seen = calibrate.crossed(fits, each, network.taps)
    return calibrate.calibrated(seen, held.truth, held.labels, target), np.concatenate([look.features for look in usual])


def told(settled: calibrate.Calibration, out: Path, weights: str, seconds: float) -> None:
    f, right, check = settled.figures, settled.accepted_right, settled.self_check
    print(f"  accuracy {100 * f['accuracyShipped']:.1f} %, temperature {settled.shipped.temperature:.2f}, ECE {f['ece']:.3f}, flagged: clean "
          f"{100 * f['flaggedClean']:.1f} %, mildly changed {100 * f['flaggedMild']:.1f} %")
    print(f"  accepted: {100 * right['accepted']:.1f} %, of them {100 * right['right']:.1f} % right (95 % interval {100 * right['low']:.1f} to "
          f"{100 * right['high']:.1f}), asked for {100 * right['target']:.1f} %")
    if not right["reached"]:
        warn(f"--accepted-right {right['target']} is out of reach of this network on these photos")
    print(f"  self-check: {100 * check['drawnUnfamiliar']:.1f} % of {check['drawn']} drawn and {100 * check['harmfulUnfamiliar']:.1f} % of "
          f"{check['harmful']} ruined pictures are unfamiliar")
    if not check["passed"]:
        warn(f"the network's features hardly tell strange pictures from ordinary ones (at least {100 * calibrate.DRAWN_FLAGGED:.0f} and "
             f"{100 * calibrate.HARMFUL_FLAGGED:.0f} %): the card says so, nothing is rejected as unfamiliar, and only the surest answers are "
             "accepted")
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB, {weights}, {seconds:.0f} s")
    print(f"Next: ./haricot model check {out}    ./haricot serve --model {out}")


def main() -> int:
    asked = arguments().parse_args()
    if asked.core.suffix == ".pkl":
        from from_fastai import unpickled

        asked.core = unpickled(asked.core, asked.trust_pickle)
    adopt(asked)
    return 0


if __name__ == "__main__":
    sys.exit(main())
