"""Which way to bring a phone's shape to a square: crop, pad or squish. Writes results/shapes.csv.

Held-out photos, cut to 3:4 and 9:16, through the fold models; distances against the squished reference.
"""

import numpy as np
from PIL import Image, ImageOps

from beans import DATA, SIZE, upright
from disturb import changed
from export import out_of_fold
from familiar import distances, parts
from features import fold_network, looked, looking
from renders import rows
from results import write
from sight import drawn
from train import folds

KINDS = ["shape 3:4", "shape 9:16"]
EVERY = 2  # of the photos


def halfway(image: Image.Image) -> Image.Image:
    """Crops half of what is too long, and squishes the other half."""
    w, h = image.size
    side = round((min(w, h) * max(w, h)) ** 0.5)
    return ImageOps.fit(image, (min(w, side), min(h, side)))


WAYS = {
    "squish": lambda i: i,
    "crop": lambda i: ImageOps.fit(i, (min(i.size), min(i.size))),
    "half crop, half squish": halfway,
    "pad with black": lambda i: ImageOps.pad(i, (max(i.size), max(i.size))),
    "pad with grey": lambda i: ImageOps.pad(i, (max(i.size), max(i.size)), color=(127, 127, 127)),
}


def main() -> None:
    files, labels, fold = folds()
    several = list(range(fold.max() + 1))
    _, settled = out_of_fold()
    found = {(k, w): [] for k in KINDS for w in WAYS}
    for f in several:
        core, setting = fold_network(f), settled.settings[f]
        model, familiarity = looking(core), parts(looked(f"fold{f}", core)[0], core.taps)
        for kind in KINDS:
            photos = [i for i in rows(kind) if fold[i] == f][::EVERY]
            images = [changed(upright(DATA / files[i]), kind, int(i)) for i in photos]
            for way, square in WAYS.items():
                given = drawn(model, [square(i).resize((SIZE, SIZE), Image.Resampling.BILINEAR) for i in images])
                right = given.logits.argmax(1) == labels[photos]
                strange = distances(familiarity, given.features, core.taps) >= setting.review_distance
                found[kind, way] += list(zip(right, strange, strict=True))
        print(f"shapes, fold {f}", flush=True)
    write("shapes", [{"shape": k, "way": w, "pictures": len(v), "right": f"{np.mean([r for r, _ in v]):.4f}",
                      "unfamiliar": f"{np.mean([s for _, s in v]):.4f}"} for (k, w), v in found.items()])


if __name__ == "__main__":
    main()
