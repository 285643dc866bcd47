"""Writes beans.onnx from the network and the calibration of an earlier beans.onnx, without training anything.

    git show v1.0.0:model/beans.onnx > old.onnx; python carry.py old.onnx

For changes of the graph around the network, and of how its weights are stored. It measures what they change, picture by picture
against the earlier file, and refuses to write one that changes an answer by more than rounding. Where the photos of the folds'
models are there, build.py calibrates anew instead.
"""

import csv
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper, utils

import card
import core as cores
import graph
import pictures
import sight
import smaller
from beans import DATA, EXAMPLES, HERE, LABELS, NAME, OUTSIDE, RECIPE, SUBJECT, VERSION, photos
from core import Core
from disturb import HARMFUL, MILD, changed
from draw import outsiders
from graph import Familiarity, Part
from measures import wilson
from serve import Answer, ModelFile
from taps import Tap

SHORT_SIDE_KEPT = 448  # results/reductions.csv
STAGES = {4: 80, 5: 112, 6: 192}  # whose outputs the familiarity was fitted on, and their channels
COMPARED, CHANGED = 3, 24  # every third photo as it is, every 24th under every mild and harmful change
DECISIONS = 0.005  # of clean and mildly changed photos may change; no label of a clean one, and no flag


def network(old: onnx.ModelProto) -> tuple[Core, tuple[Tap, ...]]:
    inner = utils.Extractor(onnx.shape_inference.infer_shapes(old)).extract_model(["normalised"], ["logits"])
    core = cores.prepared(inner, RECIPE)
    made = {o for n in core.model.graph.node for o in n.output}
    last = lambda stage: max(
        (t for t in made if t.startswith(f"{cores.PREFIX}stage{stage}_") and t.count("_") == 1), key=len_then_name
    )
    return smaller.halved(core), tuple(Tap(last(stage), "NCHW", channels) for stage, channels in STAGES.items())


def len_then_name(name: str) -> tuple[int, str]:
    return len(name), name


def familiarity(old: onnx.ModelProto) -> Familiarity:
    values = {t.name: numpy_helper.to_array(t) for t in old.graph.initializer}
    parts = [
        Part(
            *(values[f"familiar{s}_{what}"] for what in ("centre", "projection")),
            *(float(values[f"familiar{s}_{what}"]) for what in ("shift", "scale")),
        )
        for s in STAGES
    ]
    return Familiarity(parts, values["knots"], values["percentiles"])


def measured_then() -> tuple[dict, dict]:
    """What the card did not hold yet, from the tables of the folds' models: accepted and right, and the self-check."""
    with open(HERE / "results" / "reasons.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    clean = next(r for r in rows if r["group"] == "clean")
    count = int(clean["count"])
    kept, wrong = round(float(clean["accept"]) * count), round(float(clean["wrong and accepted"]) * count)
    low, high = wilson(kept - wrong, kept)
    of = lambda group: [
        (int(r["count"]), float(r["unfamiliar"])) for r in rows if r["group"] == group or r["pictures"].startswith(group)
    ]
    mean = lambda group: round(sum(n * share for n, share in of(group)) / sum(n for n, _ in of(group)), 4)
    right = {
        "target": None,
        "right": round((kept - wrong) / kept, 4),
        "low": round(low, 4),
        "high": round(high, 4),
        "accepted": round(kept / count, 4),
        "photos": count,
        "reached": True,
    }
    check = {
        "passed": True,
        "drawnUnfamiliar": mean("drawn"),
        "harmfulUnfamiliar": mean("harmful"),
        "drawn": sum(n for n, _ in of("drawn")),
        "harmful": sum(n for n, _ in of("harmful")),
    }
    return right, check


def metadata(old: dict) -> dict:
    right, check = measured_then()
    fields = {
        "version": VERSION,
        "subject": SUBJECT,
        "input": card.described_input(RECIPE, SHORT_SIDE_KEPT),
        "weights": "float16",
        "acceptedRight": right,
        "selfCheck": check,
        "goldenTolerance": card.TOLERANCE["float16"],
        "golden": [],
        "examples": [],
        "heldOut": "1,167 photos, each answered by models that saw neither it nor a near neighbour of it; five folds by group; "
        f"measured and calibrated with version {old['version']}, whose network and calibration this is",
    }
    order = [
        "schema",
        "name",
        "version",
        "subject",
        "labels",
        "input",
        "weights",
        "temperature",
        "thresholds",
        "acceptedRight",
        "selfCheck",
        "reference",
        "figures",
        "heldOut",
        "trainingData",
        "licence",
        "goldenTolerance",
        "golden",
        "examples",
    ]
    return {name: (old | fields)[name] for name in order}


def pairs(old: ModelFile, new: ModelFile) -> list[tuple[str, Answer, Answer]]:
    """Both files' answers to photos as they are and changed, to strangers, and to drawn pictures."""
    folder = photos()
    places = range(0, len(folder.files), COMPARED)

    def look(n: int) -> list[tuple[str, Answer, Answer]]:
        i = places[n]
        image = pictures.read(folder.files[i]).image
        kinds = [None, *MILD, *HARMFUL] if i % CHANGED == 0 else [None]
        several = [(kind, changed(image, kind, i) if kind else image) for kind in kinds]
        return [
            (("harmful" if kind in HARMFUL else "mild" if kind else "clean"), old.answer(p), new.answer(p)) for kind, p in several
        ]

    rows = [row for several in sight.progress("comparing", look, len(places)) for row in several]
    for name, folder in OUTSIDE.items():
        rows += [(name, old.read(f), new.read(f)) for f in (pictures.listing(folder) if folder.exists() else [])]
    return rows + [("drawn", old.answer(image), new.answer(image)) for image in outsiders()]


def differences(rows: list[tuple[str, Answer, Answer]]) -> list[str]:
    """Prints what differs by kind, and gives what may not."""
    faults, decisions, ordinary = [], 0, 0
    for name in dict.fromkeys(kind for kind, _, _ in rows):
        own = [(a, b) for kind, a, b in rows if kind == name]
        p = np.array([np.abs(a.probabilities - b.probabilities).max() for a, b in own])
        d = np.array([abs(a.distance - b.distance) for a, b in own])
        changes = {what: sum(getattr(a, what) != getattr(b, what) for a, b in own) for what in ("label", "flagged", "decision")}
        print(
            f"  {name:8s} {len(own):5d} pictures: changed {changes}, "
            f"probabilities by {p.max():.4f} (mean {p.mean():.5f}), distances by at most {d.max():.3f} (mean {d.mean():.4f})"
        )
        if name in ("clean", "mild"):
            decisions, ordinary = decisions + changes["decision"], ordinary + len(own)
        if name == "clean" and (changes["label"] or changes["flagged"]):
            faults.append(f"{changes} of clean photos changed")
    if decisions > DECISIONS * ordinary:
        faults.append(f"{decisions} of {ordinary} decisions changed")
    return faults


def main() -> int:
    source = Path(sys.argv[1])
    old = onnx.load(source)
    before = ModelFile(source)
    core, taps = network(old)
    model = smaller.lightened(graph.build(core, RECIPE, before.metadata["temperature"], familiarity(old), taps))
    card.attach(model, metadata(before.metadata))
    print(f"{source} against the new graph, photos from {DATA}:")
    if faults := differences(pairs(before, ModelFile(model.SerializeToString()))):
        print("not written:", *faults, sep="\n")
        return 1
    file = HERE / f"{NAME}.onnx"
    card.written(model, metadata(before.metadata), file, EXAMPLES, HERE / "golden")
    print(f"{file.name} {VERSION}: {file.stat().st_size / 1e6:.2f} MB, {len(LABELS)} labels")
    return 0


if __name__ == "__main__":
    sys.exit(main())
