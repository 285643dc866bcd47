"""How far pictures may be reduced before the graph: the card's rows at several short sides, out of fold. Writes
results/reductions.csv.

The photos are 500 pixels; what a phone gives is imitated by enlarging every tenth, clean and mildly changed, to 2,100 pixels on
the short side.
"""

import numpy as np
from PIL import Image

from beans import DATA, upright
from disturb import changed
from export import out_of_fold
from familiar import Seen, distances, parts
from features import fold_network, held_photos, looked, looking
from measures import wilson
from pictures import reduced
from results import write
from sight import CLEAN, joined, run
from thresholds import answers
from train import folds

KEPT = [None, 1024, 672, 448]
KINDS = [CLEAN, "shape 3:4", "light noise"]
EVERY, SIDE = 10, 2100


def enlarged(image: Image.Image) -> Image.Image:
    by = SIDE / min(image.size)
    return image.resize((round(image.width * by), round(image.height * by)), Image.Resampling.BICUBIC)


def main() -> None:
    files, labels, _ = folds()
    _, settled = out_of_fold()
    found: dict[int | None, list] = {kept: [] for kept in KEPT}
    for fold, photos in enumerate(held_photos()):
        core = fold_network(fold)
        model, familiarity = looking(core), parts(looked(f"fold{fold}", core)[0], core.taps)
        rows: dict[int | None, list] = {kept: [] for kept in KEPT}
        for photo in photos[::EVERY]:
            for kind in KINDS:
                image = upright(DATA / files[photo])
                image = enlarged(image if kind == CLEAN else changed(image, kind, int(photo)))
                for kept in KEPT:
                    rows[kept].append(run(model, reduced(image, kept), image.size, photo))
        for kept, own in rows.items():
            look = joined(own)
            seen = Seen(
                look.logits,
                distances(familiarity, look.features, core.taps),
                look.quality,
                look.size.min(1),
                look.size.prod(1),
                look.photo,
                np.full(len(own), fold),
            )
            found[kept] += answers(seen, settled.settings[fold])
        print(f"reductions, fold {fold}", flush=True)
    truth = np.concatenate([np.repeat(labels[photos[::EVERY]], len(KINDS)) for photos in held_photos()])
    write("reductions", [row(kept, given, truth, found[None]) for kept, given in found.items()])


def row(kept: int | None, given: list, truth: np.ndarray, whole: list) -> dict:
    right = sum(a.label == t for a, t in zip(given, truth, strict=True))
    low, high = wilson(right, len(given))
    moved = max(float(np.abs(a.probabilities - b.probabilities).max()) for a, b in zip(given, whole, strict=True))
    return {
        "short side kept": kept or "whole",
        "pictures": len(given),
        "accuracy": f"{right / len(given):.4f}",
        "low": f"{low:.4f}",
        "high": f"{high:.4f}",
        "flagged": f"{np.mean([a.flagged for a in given]):.4f}",
        "accept": f"{np.mean([a.decision == 'accept' for a in given]):.4f}",
        "labels changed": sum(a.label != b.label for a, b in zip(given, whole, strict=True)),
        "probability moved by": f"{moved:.4f}",
    }


if __name__ == "__main__":
    main()
