"""Calibrates the beans by the fold models and writes beans.onnx and golden/, with the same parts that adopt.py uses."""

from functools import cache

import numpy as np

import calibrate
import card
import graph
import smaller
from beans import BUILD, DATA, EXAMPLES, HERE, LABELS, LICENCE, NAME, RECIPE, SUBJECT, TARGET, VERSION
from calibrate import Calibration
from disturb import CHECKING, HARMFUL, MILD
from familiar import Seen, crossed
from features import fold_network, held_photos, looked, shipped_network
from figures import rate
from sight import CLEAN
from thresholds import judged
from train import folds

SHORT_SIDE_KEPT = 448  # the smallest of 1,024, 672 and 448; results/reductions.csv: no row changes by more than its interval
HOW = "1,167 photos, each answered by models that saw neither it nor a near neighbour of it; five folds by group"


@cache
def out_of_fold() -> tuple[dict[str, Seen], Calibration]:
    """Every picture judged out of fold, by kind, and what is calibrated by them."""
    several = [looked(f"fold{f}", fold_network(f)) for f in range(len(held_photos()))]
    seen = crossed([fit for fit, _ in several], [kinds for _, kinds in several], shipped_network().taps)
    return seen, calibrate.calibrated(seen, folds()[1], LABELS, TARGET)


def main() -> None:
    files, labels, _ = folds()
    seen, settled = out_of_fold()
    network = shipped_network()
    fit, _ = looked("all", network)
    kept = BUILD / "logits-seeds.npy"
    alone = (
        {"accuracy": round(float(np.mean([(z.argmax(1) == labels).mean() for z in np.load(kept)])), 5)} if kept.exists() else {}
    )
    settled.figures.update(alone)
    data = {"name": "AI-Lab-Makerere/beans", "pictures": len(labels), "sha256": card.data_hash([DATA / f for f in files], DATA)}
    metadata = card.card(NAME, VERSION, SUBJECT, LICENCE, LABELS, RECIPE, SHORT_SIDE_KEPT, "float16", settled, data, HOW)
    familiarity = calibrate.familiar(fit, network.taps, settled.shipped)
    model = smaller.lightened(graph.build(network, RECIPE, settled.shipped.temperature, familiarity))
    file = HERE / f"{NAME}.onnx"
    card.written(model, metadata, file, EXAMPLES, HERE / "golden")
    print(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB, temperature {settled.shipped.temperature:.3f}")
    print(settled.shipped.thresholds, settled.accepted_right, settled.self_check, sep="\n")
    for name, value in settled.figures.items():
        print(f"{name:28s} {value:.4f}")
    for kind in [CLEAN, *MILD, *HARMFUL, *CHECKING]:
        print(f"{kind:28s} flagged {rate([a.flagged for a in judged(seen[kind], settled.settings)]):.4f}")


if __name__ == "__main__":
    main()
