"""Groups near neighbours, so that no fold is judged on a neighbour of what it was trained on.

Groups are the connected components of cosine similarity between ImageNet features (nothing is trained) above the
smallest threshold, in steps of 0.01, at which the largest component fits into half a fold. Writes folds.csv.
"""

import csv

import numpy as np
import torch
from scipy.sparse.csgraph import connected_components
from sklearn.model_selection import StratifiedGroupKFold

from beans import DATA, HERE, photos, squished, upright
from network import Lite0, normalise

FOLDS = 5
SIZE = 224
SEED = 0


def features(files: list) -> np.ndarray:
    network, rows = Lite0(1).eval(), []
    with torch.inference_mode():
        for start in range(0, len(files), 32):
            batch = np.stack([squished(upright(f), SIZE) for f in files[start:start + 32]])
            rows.append(network.pooled(normalise(torch.from_numpy(batch)))[1][-1].numpy())
    return np.concatenate(rows)


def components(vectors: np.ndarray, largest: float) -> tuple[float, np.ndarray]:
    """The threshold, and the component of each row, by the rule above."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    similarity = unit @ unit.T
    for threshold in np.arange(0.50, 1.0, 0.01):
        _, member = connected_components(similarity > threshold)
        if np.bincount(member).max() <= largest:
            return float(threshold), member
    raise ValueError("no threshold separates these photos")


def main() -> None:
    torch.manual_seed(SEED)
    folder = photos()
    files, labels = folder.files, folder.truth
    threshold, group = components(features(files), len(files) / FOLDS / 2)
    folds = np.zeros(len(files), dtype=int)
    splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    for fold, (_, held) in enumerate(splitter.split(files, labels, group)):
        folds[held] = fold
    with open(HERE / "folds.csv", "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["file", "label", "group", "fold"])
        for file, label, g, f in zip(files, labels, group, folds, strict=True):
            writer.writerow([file.relative_to(DATA).as_posix(), label, g, f])
    sizes = np.sort(np.bincount(group))[::-1]
    print(f"threshold {threshold:.2f}: {len(sizes)} groups, largest {sizes[:10].tolist()}, {np.sum(sizes == 1)} single")
    print("photos per fold and label", [np.bincount(labels[folds == f]).tolist() for f in range(FOLDS)])


if __name__ == "__main__":
    main()
