"""Compares scores of strangeness, alone and combined; writes results/scores.csv, scores.md and scores.svg.

Per fold, every score is fitted on training features and told on held-out leaves. The threshold of a fold is the mean
of the other folds' 99 % quantiles over clean and mildly changed leaves.
"""

import csv

import matplotlib.pyplot as plt
import numpy as np

from beans import BUILD, HERE
from familiar import SHRINK
from features import fold_network, held_photos
from scores import Scorer, auroc, energy, leftover, length, neighbour, unconfidence, whitening
from sight import CLEAN, ORDINARY
from taps import DEPTHS
from thresholds import REVIEW

RESULTS = HERE / "results"
OUTSIDE = ["leaves", "things", "drawn"]
EXPLAINED = 0.9
NAMES = {"M": "Mahalanobis", "R": "residual", "K": "k-NN"}


def fitted(fit: list[np.ndarray]) -> dict[str, tuple[int, Scorer]]:
    """Scores by code: M for Mahalanobis, R for residual, K for k-NN, and the candidate for a tap, 1 being the first."""
    made = {}
    for c, f in enumerate(fit, start=1):
        made[f"M{c}"] = c, length(*whitening(f, SHRINK))
        made[f"R{c}"] = c, length(*leftover(f, EXPLAINED))
        if c in (len(fit) // 2, len(fit)):
            made[f"K{c}"] = c, neighbour(f)
    return made


def combined(candidates: int) -> list[list[str]]:
    """The taps by the rule, and their neighbours."""
    rule = [1 + round(d * (candidates - 1)) for d in DEPTHS]
    near = [rule[:2], rule[1:], [c - 1 for c in rule], [min(c + 1, candidates) for c in rule], list(range(1, candidates + 1))]
    return [[f"M{c}" for c in rule], *[[f"M{c}" for c in n] for n in near], [f"R{c}" for c in rule]]


def scored(kept: dict[str, np.ndarray], widths: list[int]) -> dict[str, dict[str, np.ndarray]]:
    """Score to kind to values, for one fold."""
    split = lambda features: np.split(features, np.cumsum(widths)[:-1], axis=1)
    fit, out = split(kept["fit"]), {}
    kinds = [*ORDINARY, *[o for o in OUTSIDE if f"{o}/logits" in kept]]
    out["softmax (MSP)"] = {k: unconfidence(kept[f"{k}/logits"]) for k in kinds}
    out["energy"] = {k: energy(kept[f"{k}/logits"]) for k in kinds}
    seen, scaled = {k: split(kept[f"{k}/features"]) for k in kinds}, {}
    for code, (c, score) in fitted(fit).items():
        own = score(fit[c - 1][::2])
        scaled[code] = {k: (score(seen[k][c - 1]) - own.mean()) / own.std() for k in kinds}
        out[f"{NAMES[code[0]]} {code[1:]}"] = scaled[code]
    for codes in combined(len(widths)):
        name = " + ".join(f"{NAMES[c[0]]} {c[1:]}" for c in codes)
        out[name] = {k: np.mean([scaled[c][k] for c in codes], axis=0) for k in kinds}
    return out


def row(name: str, each: list[dict[str, np.ndarray]]) -> dict[str, float | str]:
    ordinary = [np.concatenate([f[k] for k in ORDINARY]) for f in each]
    limits = np.array([np.quantile(o, REVIEW) for o in ordinary])
    others = [np.delete(limits, i).mean() for i in range(len(each))]

    def flagged(kinds: list[str]) -> float:
        return float(np.mean([np.mean(np.concatenate([f[k] for k in kinds]) >= t) for f, t in zip(each, others, strict=True)]))

    found: dict[str, float | str] = {"score": name, "flagged clean": flagged([CLEAN]), "flagged mild": flagged(ORDINARY[1:])}
    for kind in [o for o in OUTSIDE if o in each[0]]:
        found[f"AUROC {kind}"] = float(np.mean([auroc(o, f[kind]) for o, f in zip(ordinary, each, strict=True)]))
        found[f"flagged {kind}"] = flagged([kind])
        # how far the tenth percentile of strangers lies beyond the threshold, in deviations of ordinary leaves
        found[f"margin {kind}"] = float(np.mean([(np.quantile(f[kind], 0.1) - t) / o.std()
                                                 for f, t, o in zip(each, others, ordinary, strict=True)]))
    return found


def drawn(rows: list[dict]) -> None:
    figure, axis = plt.subplots(figsize=(7, 6.5))
    y = np.arange(len(rows))
    for offset, kind, colour in ((-0.2, "leaves", "#2f6f3a"), (0.2, "things", "#b0682a")):
        axis.barh(y + offset, [r[f"flagged {kind}"] for r in rows], 0.38, label=f"{kind} flagged", color=colour)
    axis.set_yticks(y, [r["score"] for r in rows], fontsize=8)
    axis.invert_yaxis()
    axis.set_xlabel("share flagged with 1 % of clean and mildly changed held-out leaves flagged")
    axis.legend(loc="lower left")
    figure.tight_layout()
    figure.savefig(RESULTS / "scores.svg", metadata={"Date": None})


def main() -> None:
    RESULTS.mkdir(exist_ok=True)
    plt.rcParams["svg.hashsalt"] = "haricot"
    several = range(len(held_photos()))
    widths = [t.channels for t in fold_network(0).candidates]
    each = [scored(dict(np.load(BUILD / f"looks-fold{f}.npz")), widths) for f in several]
    rows = [row(name, [e[name] for e in each]) for name in each[0]]
    with open(RESULTS / "scores.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows([{k: v if isinstance(v, str) else f"{v:.4f}" for k, v in r.items()} for r in rows])
    for r in rows:
        print(" ".join([f"{r['score']:48s}", *[f"{k} {v:.3f}" for k, v in r.items() if not isinstance(v, str)]]))
    drawn(rows)


if __name__ == "__main__":
    main()
