"""Makes a model file of a classifier that somebody trained, and of photos that it was not trained on. Nothing is trained.

    python adopt.py core.onnx --photos DIR --valid valid.txt --name leaf --version 1.0.0 --licence "…"

`core.onnx` is any ONNX classifier of pictures; `from_fastai.py` and `from_torch.py` write one with the recipe of its
preprocessing. DIR holds one folder a label. The photos to calibrate with are named by --valid, a list, one path a line; or all
of DIR is new to the network, which --unseen says. Needs requirements-adopt.txt, and no torch.
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
import flags
import graph
import heldout
import pictures
import shortside
import sight
import smaller
from draw import outsiders
from familiar import Seen, crossed
from heldout import FOLDS, warn
from measures import softmax
from pictures import Folder
from recipe import Recipe, Refused
from selfcheck import DRAWN_FLAGGED, HARMFUL_FLAGGED
from serve import session
from thresholds import temperature


def adopt(asked: argparse.Namespace) -> Path:
    """Every step, in order. Refused names what is missing."""
    began = time.time()
    checked(asked)
    recipe = flags.recipe_of(asked)
    print(f"1. the network: {asked.core}, {recipe.given[0]}x{recipe.given[1]} {recipe.layout}, {recipe.resize}", flush=True)
    network = cores.load(asked.core, recipe, asked.output)
    names = ", ".join(f"{t.tensor.removeprefix(cores.PREFIX)} ({t.channels}, {t.pooling})" for t in network.taps)
    print(f"  {network.labels} outputs{', a softmax taken off' if network.softmax else ''}; familiarity from {names}")
    print("2. the photos", flush=True)
    held, trained = heldout.held_out(asked, heldout.folder_of(asked, recipe))
    print(f"  {len(held.files)} to calibrate with" + (f", {len(trained.files)} of the training" if trained else ""))
    model = session(graph.probe(network, recipe).SerializeToString())
    clean = sight.plain(model, held.files, "answering them")
    heldout.labels_fit(clean.logits, held)
    network, weights = lighter(network, recipe, held, clean.logits, asked)
    print("3. what the network sees", flush=True)
    if weights != "float32":
        model = session(graph.probe(network, recipe).SerializeToString())
        clean = sight.plain(model, held.files, "answering them with lighter weights")
    looks = sight.photographed(model, held.files, clean, 2 * max(recipe.given))
    looks[sight.DRAWN] = sight.drawn(model, outsiders())
    print("4. calibration", flush=True)
    settled, fit = cross_fitted(looks, held, network, asked.accepted_right)
    if trained:
        heldout.duplicates(model, looks, trained)
    kept = shortside.kept(model, held.files, clean, recipe, settled.shipped.temperature)
    print(f"  pictures are reduced to no less than {kept} pixels before the graph" if kept else "  pictures are never reduced")
    print("5. the file", flush=True)
    metadata = described(asked, held, recipe, kept, weights, settled)
    out = asked.out or Path(f"{asked.name}.onnx")
    familiarity = calibrate.familiar(fit, network.taps, settled.shipped)
    whole = graph.build(network, recipe, settled.shipped.temperature, familiarity)
    card.written(smaller.lightened(whole) if asked.half else whole, metadata, out, asked.examples)
    told(settled, out, weights, time.time() - began)
    return out


def checked(asked: argparse.Namespace) -> None:
    """What can be refused before anything is read."""
    card.named(asked.name, asked.version)
    card.plain(asked.subject, "subject")
    card.plain(asked.licence, "licence")
    if not 0.5 <= asked.accepted_right < 1:
        raise Refused(f"--accepted-right {asked.accepted_right}: a share from 0.5 to below 1")
    if len(asked.examples) > card.MOST_EXAMPLES:
        raise Refused(f"--examples: {len(asked.examples)} are given, at most {card.MOST_EXAMPLES} travel in a file")


def described(
    asked: argparse.Namespace, held: Folder, recipe: Recipe, kept: int | None, weights: str, settled: calibrate.Calibration
) -> dict:
    data = {
        "name": asked.data_name or held.root.resolve().name,
        "pictures": len(held.files),
        "sha256": card.data_hash(held.files, held.root),
    }
    who = "by the list of its validation split" if asked.valid else "as its maker says"
    how = f"{len(held.files)} photos that the network was not trained on, {who}; cross-fitted in {FOLDS} folds"
    return card.card(
        asked.name, asked.version, asked.subject, asked.licence, held.labels, recipe, kept, weights, settled, data, how
    )


def lighter(
    network: cores.Core, recipe: Recipe, folder: Folder, plain: np.ndarray, asked: argparse.Namespace
) -> tuple[cores.Core, str]:
    """The network with the weights that were asked for. int8 refuses itself where it changes what `plain` logits answer."""
    if not asked.quantise:
        return (smaller.halved(network), "float16") if asked.half else (network, "float32")
    files = folder.files
    some = [files[i] for i in np.unique(np.linspace(0, len(files) - 1, smaller.CALIBRATED_ON).astype(int))]
    taken = smaller.prefixed(recipe, [np.asarray(pictures.read(f).image) for f in some])
    warm = temperature(Seen(plain, *[np.zeros(0)] * 4, np.arange(len(files)), np.zeros(0)), folder.truth)
    for method, spared in smaller.TRIED:
        small = smaller.quantised(network, taken, method, spared)
        logits = sight.plain(session(graph.probe(small, recipe).SerializeToString()), files, f"answers in int8 ({method})").logits
        labels, furthest = smaller.moved(softmax(plain / warm), softmax(logits / warm))
        print(
            f"  int8, {method}, float32 kept for {spared}: {100 * labels:.2f} % of labels change, probabilities by {furthest:.3f}"
        )
        if smaller.within(labels, furthest):
            return small, "int8"
    raise Refused(
        f"--quantise: int8 changes more than {100 * smaller.LABELS_MOVED} % of labels or moves a probability by more than "
        f"{smaller.PROBABILITY_MOVED} on held-out photos; --half costs nothing and halves the file"
    )


def cross_fitted(looks: dict, held: Folder, network: cores.Core, target: float) -> tuple[calibrate.Calibration, np.ndarray]:
    """Everything calibrated, and all that the shipped familiarity is fitted on."""
    fold = heldout.folds_of(held)
    usual = [look for kind, look in looks.items() if kind in sight.ORDINARY]
    within = lambda look, which: look.chosen(np.isin(fold[look.photo], which))
    fits = [np.concatenate([within(look, [o for o in range(FOLDS) if o != f]).features for look in usual]) for f in range(FOLDS)]
    each = [{kind: look if kind == sight.DRAWN else within(look, [f]) for kind, look in looks.items()} for f in range(FOLDS)]
    seen = crossed(fits, each, network.taps)
    return calibrate.calibrated(seen, held.truth, held.labels, target), np.concatenate([look.features for look in usual])


def told(settled: calibrate.Calibration, out: Path, weights: str, seconds: float) -> None:
    f, right, check, percent = settled.figures, settled.accepted_right, settled.self_check, lambda share: f"{100 * share:.1f} %"
    print(f"  accuracy {percent(f['accuracyShipped'])}, temperature {settled.shipped.temperature:.2f}, ECE {f['ece']:.3f}")
    print(f"  flagged: clean {percent(f['flaggedClean'])}, mildly changed {percent(f['flaggedMild'])}")
    print(
        f"  accepted: {percent(right['accepted'])}, of them {percent(right['right'])} right (interval {percent(right['low'])} "
        f"to {percent(right['high'])}), asked for {percent(right['target'])}"
    )
    if not right["reached"]:
        warn(f"--accepted-right {right['target']} is out of reach of this network on these photos")
    print(
        f"  self-check: {percent(check['drawnUnfamiliar'])} of {check['drawn']} drawn and "
        f"{percent(check['harmfulUnfamiliar'])} of {check['harmful']} ruined pictures are unfamiliar"
    )
    if not check["passed"]:
        least = f"at least {percent(DRAWN_FLAGGED)} and {percent(HARMFUL_FLAGGED)}"
        warn(
            f"the network's features hardly tell strange pictures from ordinary ones ({least}): the card says so, nothing is "
            "rejected as unfamiliar, and only the surest answers are accepted"
        )
    print(f"{out}: {out.stat().st_size / 1e6:.1f} MB, {weights}, {seconds:.0f} s")
    print(f"Next: ./haricot model check {out}    ./haricot serve --model {out}")


def main() -> int:
    asked = flags.arguments(__doc__).parse_args()
    if asked.core.suffix == ".pkl":
        from export_pkl import unpickled

        asked.core = unpickled(asked.core, asked.trust_pickle)
    adopt(asked)
    return 0


if __name__ == "__main__":
    sys.exit(main())
