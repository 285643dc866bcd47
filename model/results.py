"""Tables and plots of the out-of-fold answers, in results/."""

import csv

import matplotlib.pyplot as plt
import numpy as np

from beans import BUILD, LABELS
from compare import RESULTS
from disturb import CHECKING, HARMFUL, MILD
from export import out_of_fold
from familiar import Seen, joined
from measures import shown, wilson
from renders import KINDS
from serve import Answer
from sight import CLEAN, DRAWN
from thresholds import judged
from train import SEEDS, folds

GREEN, BROWN, BLUE, GREY = "#2f6f3a", "#b0682a", "#2b5c8a", "#777777"
REASONS = ["unfamiliar", "too-dark", "overexposed", "blurred", "low-resolution", "low-confidence"]
OUTSIDE_NAMES = {"leaves": "other leaves (bananas)", "things": "things", DRAWN: "drawn, blank, text, noise"}


def save(figure: plt.Figure, name: str) -> None:
    figure.tight_layout()
    figure.savefig(RESULTS / f"{name}.svg", metadata={"Date": None})
    plt.close(figure)


def write(name: str, rows: list[dict]) -> None:
    with open(RESULTS / f"{name}.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def by_seed(labels: np.ndarray, fold: np.ndarray, shipped: np.ndarray) -> None:
    """Accuracy of every single model, and of the averaged ones."""
    alone = np.load(BUILD / "logits-seeds.npy").argmax(2)
    rows = []
    for name, answer in [*[(f"seed {s}", a) for s, a in zip(SEEDS, alone, strict=True)], ("three averaged, as shipped", shipped)]:
        right = answer == labels
        rows.append({"model": name, "all": shown(int(right.sum()), len(right))} | {
            f"fold {f}": f"{right[fold == f].mean():.4f}" for f in range(fold.max() + 1)})
    write("accuracy", rows)


def confusion(labels: np.ndarray, answer: np.ndarray) -> None:
    table = np.zeros((len(LABELS), len(LABELS)), dtype=int)
    np.add.at(table, (labels, answer), 1)
    write("confusion", [{"true": n} | dict(zip(LABELS, r.tolist(), strict=True)) for n, r in zip(LABELS, table, strict=True)])
    figure, axis = plt.subplots(figsize=(4.2, 3.6))
    axis.imshow(table / table.sum(1, keepdims=True), cmap="Greens", vmin=0, vmax=1)
    for i, r in enumerate(table):
        for j, n in enumerate(r):
            axis.text(j, i, n, ha="center", va="center", color="white" if i == j else "black")
    short = [n.replace("_", "\n") for n in LABELS]
    axis.set_xticks(range(len(LABELS)), short, fontsize=8)
    axis.set_yticks(range(len(LABELS)), short, fontsize=8)
    axis.set_xlabel("answered")
    axis.set_ylabel("label")
    save(figure, "confusion")


def reliability(confidence: np.ndarray, right: np.ndarray, bins: int = 15) -> None:
    figure, axis = plt.subplots(figsize=(4, 3.8))
    rows = []
    for b in np.array_split(np.argsort(confidence, kind="stable"), bins):
        low, high = wilson(int(right[b].sum()), len(b))
        rows.append({"confidence": f"{confidence[b].mean():.4f}", "right": f"{right[b].mean():.4f}", "low": f"{low:.4f}",
                     "high": f"{high:.4f}", "photos": len(b)})
        axis.plot([confidence[b].mean()] * 2, [low, high], color=GREY, lw=1)
        axis.plot(confidence[b].mean(), right[b].mean(), "o", color=GREEN, ms=4)
    axis.plot([0.3, 1], [0.3, 1], color=GREY, lw=0.8, ls="--")
    axis.set_xlabel("mean confidence of the bin")
    axis.set_ylabel("share right, with 95 % interval")
    write("reliability", rows)
    save(figure, "reliability")


def histograms(held: dict[str, Seen], outside: dict[str, Seen], review: float, reject: float) -> None:
    figure, axis = plt.subplots(figsize=(7, 3.6))
    bins = np.linspace(-3, 14, 86)
    shown_kinds = {"clean": (held[CLEAN], GREEN), "mildly changed": (joined([held[k] for k in MILD]), BLUE)} | {
        OUTSIDE_NAMES[k]: (s, c) for (k, s), c in zip(outside.items(), (BROWN, "#8a2b5c", GREY), strict=False)}
    for name, (seen, colour) in shown_kinds.items():
        d = np.clip(seen.distance, bins[0], bins[-1])
        axis.hist(d, bins, weights=np.full(len(d), 1 / len(d)), histtype="step", label=name, color=colour)
    axis.axvline(review, color="black", lw=0.8, ls="--")
    axis.axvline(reject, color="black", lw=0.8, ls=":")
    axis.set_xlabel("distance (dashed: review, dotted: reject; the last bin holds all beyond)")
    axis.set_ylabel("share of pictures")
    axis.set_yscale("log")
    axis.legend(fontsize=8)
    save(figure, "distances")


def answered(clean: list[Answer], mild: list[Answer], labels: np.ndarray, mild_labels: np.ndarray) -> None:
    """Accuracy among those kept, when the least confident are left to a person."""
    figure, axis = plt.subplots(figsize=(4.6, 3.6))
    rows = []
    for name, given, truth, colour in (("clean", clean, labels, GREEN), ("mildly changed", mild, mild_labels, BLUE)):
        confidence = np.array([a.confidence for a in given])
        right = (np.array([a.label for a in given]) == truth)[np.argsort(-confidence, kind="stable")]
        share = np.arange(1, len(right) + 1) / len(right)
        accuracy = np.cumsum(right) / np.arange(1, len(right) + 1)
        axis.plot(share[len(right) // 20:], accuracy[len(right) // 20:], color=colour, label=name)
        for s in (0.5, 0.7, 0.8, 0.9, 0.93, 0.95, 0.965, 0.98, 1.0):
            n = round(s * len(right))
            rows.append({"pictures": name, "share answered": s, "confidence at least": f"{np.sort(confidence)[::-1][n - 1]:.4f}",
                         "accuracy": f"{accuracy[n - 1]:.4f}"})
    axis.set_xlabel("share answered, most confident first")
    axis.set_ylabel("accuracy among them")
    axis.legend()
    write("answered", rows)
    save(figure, "answered")


def reasons(held: dict[str, Seen], outside: dict[str, Seen], settings: list, labels: np.ndarray) -> None:
    """Share of each answer and reason by what happened to the picture."""
    rows = []
    named = [(k, held[k]) for k in KINDS] + [(OUTSIDE_NAMES[k], s) for k, s in outside.items()]
    for kind, seen in named:
        given = judged(seen, settings)
        group = {**dict.fromkeys(MILD, "mild"), **dict.fromkeys(HARMFUL, "harmful"), **dict.fromkeys(CHECKING, "checking only"),
                 CLEAN: "clean"}.get(kind, "outside")
        inside = kind in KINDS
        right = [a.label == labels[p] for a, p in zip(given, seen.photo, strict=True)] if inside else []
        wrong = [a.decision == "accept" and not r for a, r in zip(given, right, strict=True)] if inside else []
        rows.append({"group": group, "pictures": kind, "count": len(given),
                     "right": f"{np.mean(right):.3f}" if inside else "", "flagged": f"{np.mean([a.flagged for a in given]):.3f}",
                     **{d: f"{np.mean([a.decision == d for a in given]):.3f}" for d in ("accept", "review", "reject")},
                     "wrong and accepted": f"{np.mean(wrong):.4f}" if inside else "",
                     **{r: f"{np.mean([r in a.reasons for a in given]):.3f}" for r in REASONS}})
    write("reasons", rows)


def doubtful(files: list[str], labels: np.ndarray, clean: list[Answer]) -> None:
    """Photos whose label the fold models contradict at 0.9 or more: reported, left as they are."""
    rows = [{"file": f, "label": LABELS[t], "answered": LABELS[a.label], "confidence": f"{a.confidence:.3f}"}
            for f, t, a in zip(files, labels, clean, strict=True) if a.label != t]
    write("errors", sorted(rows, key=lambda r: -float(r["confidence"])))


def main() -> None:
    RESULTS.mkdir(exist_ok=True)
    plt.rcParams["svg.hashsalt"] = "haricot"
    files, labels, fold = folds()
    held, settled = out_of_fold()
    outside, settings, shipped = {k: held[k] for k in OUTSIDE_NAMES if k in held}, settled.settings, settled.shipped
    order = np.argsort(held[CLEAN].photo)
    given = judged(held[CLEAN], settings)
    clean = [given[i] for i in order]
    answer, confidence = np.array([a.label for a in clean]), np.array([a.confidence for a in clean])
    by_seed(labels, fold, answer)
    confusion(labels, answer)
    reliability(confidence, answer == labels)
    histograms(held, outside, float(shipped.review_distance), shipped.thresholds["reject"])
    mild = joined([held[k] for k in MILD])
    answered(clean, judged(mild, settings), labels, labels[mild.photo])
    reasons(held, outside, settings, labels)
    doubtful(files, labels, clean)
    print("results:", ", ".join(sorted(p.name for p in RESULTS.iterdir())))


if __name__ == "__main__":
    main()
