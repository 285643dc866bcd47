"""The model file's graph: a prefix from the bytes of any picture, a network as it came, and what is measured beside it."""

from dataclasses import dataclass

import numpy as np
import onnx
from onnx import helper

from core import Core, opsets
from nodes import IR, REAL, WHOLE, Nodes
from prefix import normalised, picture
from recipe import Recipe
from taps import Tap

MEASURED_SIZE = 224  # quality is measured at this size, or at the network's where that is as near as MEASURED_ALIKE
MEASURED_ALIKE = (160, 288)
CLIPPED_FROM = 250.0  # of 255; JPEG seldom reaches 255 exactly
LUMA = [0.299, 0.587, 0.114]
PROJECTION = "projection"  # in the name of every tensor that holds a covariance
SHARPNESS_FLOOR = 4.0  # added to the contrast, in levels, so that a blank picture is not a division by zero


@dataclass(frozen=True)
class Part:
    """One tap's share of the distance: (|(f - centre) @ projection| - shift) / scale."""

    centre: np.ndarray
    projection: np.ndarray
    shift: float
    scale: float


@dataclass(frozen=True)
class Familiarity:
    """How far a picture's features lie from those of known ones: the mean of the parts; the score is linear between knots."""

    parts: list[Part]
    knots: np.ndarray
    percentiles: np.ndarray


def probe(core: Core, recipe: Recipe, taps: tuple[Tap, ...] | None = None) -> onnx.ModelProto:
    """For calibration: logits, the taps' features side by side (the core's own unless others are given), quality."""
    n, taps = Nodes(), taps or core.taps
    logits, features = looked(n, core, recipe, taps)
    n.named("Identity", [logits], "logits")
    n.named("Concat", features, "features", axis=0)
    return finished(n, core, {"logits": [core.labels], "features": [sum(t.channels for t in taps)], "quality": [3]})


def build(
    core: Core, recipe: Recipe, temperature: float, familiarity: Familiarity, taps: tuple[Tap, ...] | None = None
) -> onnx.ModelProto:
    """The whole graph, without metadata."""
    n = Nodes()
    logits, features = looked(n, core, recipe, taps or core.taps)
    n.named("Identity", [logits], "logits")
    n.named("Softmax", [n.add("Div", ["logits", n.real(temperature, "temperature")])], "probabilities", axis=0)
    width = compared(n, features, familiarity)
    return finished(
        n,
        core,
        {
            "logits": [core.labels],
            "probabilities": [core.labels],
            "score": [],
            "distance": [],
            "features": [width],
            "quality": [3],
        },
    )


def looked(n: Nodes, core: Core, recipe: Recipe, taps: tuple[Tap, ...]) -> tuple[str, list[str]]:
    """The network on the picture: logits [labels], and each tap's features [channels]."""
    box = picture(n, recipe)
    measured(n, box, recipe)
    n.named("Identity", [normalised(n, recipe, box)], core.taken)
    n.nodes.extend(core.model.graph.node)
    flat = n.whole([-1])
    return n.add("Reshape", [core.logits, flat]), [pooled(n, tap, flat) for tap in taps]


def pooled(n: Nodes, tap: Tap, flat: str) -> str:
    if tap.pooling == "first-token":
        return n.add("Reshape", [n.add("Gather", [tap.tensor, n.whole(0)], axis=1), flat])
    if tap.pooling == "NCHW":
        return n.add("Reshape", [n.add("GlobalAveragePool", [tap.tensor]), flat])
    axes = n.whole({"NHWC": [1, 2], "tokens": [1]}[tap.pooling])
    return n.add("Reshape", [n.add("ReduceMean", [tap.tensor, axes], keepdims=0), flat])


def measured(n: Nodes, box: str, recipe: Recipe) -> None:
    """Outputs quality: brightness and clipped share in 0..1, and sharpness: the Laplacian's mean size over the contrast.

    On the network's own picture where that is the whole or the middle of what came, smoothed, and of about the same size.
    """
    alike = all(MEASURED_ALIKE[0] <= s <= MEASURED_ALIKE[1] for s in recipe.bytes_size)
    if not (alike and recipe.antialias and recipe.interpolation != "nearest" and recipe.resize != "pad"):
        box = picture(n, Recipe(size=(MEASURED_SIZE, MEASURED_SIZE), exact=recipe.exact))
    luma = n.add("Conv", [box, n.real(np.reshape(LUMA, (1, 3, 1, 1)))])
    mean = n.add("GlobalAveragePool", [luma])
    over = n.add("GlobalAveragePool", [n.cast(n.add("GreaterOrEqual", [luma, n.real(CLIPPED_FROM)]), REAL)])
    kernel = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], dtype=np.float32).reshape(1, 1, 3, 3)
    edge = n.add("GlobalAveragePool", [n.add("Abs", [n.add("Conv", [luma, n.real(kernel)])])])
    contrast = n.add("GlobalAveragePool", [n.add("Abs", [n.add("Sub", [luma, mean])])])
    sharpness = n.add("Div", [edge, n.add("Add", [contrast, n.real(SHARPNESS_FLOOR)])])
    brightness = n.add("Div", [mean, n.real(255.0)])
    three = n.add("Concat", [brightness, over, sharpness], axis=0)
    n.named("Reshape", [three, n.whole([3])], "quality")


def compared(n: Nodes, features: list[str], familiarity: Familiarity) -> int:
    """Outputs features, distance and score; the width of the features."""
    axis, distances = n.whole([0]), []
    for number, (feature, part) in enumerate(zip(features, familiarity.parts, strict=True)):
        projection = n.real(part.projection, f"{PROJECTION}{number}")
        projected = n.add("MatMul", [n.add("Sub", [feature, n.real(part.centre)]), projection])
        moved = n.add("Sub", [n.add("ReduceL2", [projected, axis], keepdims=0), n.real(part.shift)])
        distances.append(n.add("Div", [moved, n.real(part.scale)]))
    n.named("Concat", features, "features", axis=0)
    n.named("Mean", distances, "distance")
    percentile(n, familiarity.knots, familiarity.percentiles)
    return sum(len(p.centre) for p in familiarity.parts)


def percentile(n: Nodes, knots: np.ndarray, percentiles: np.ndarray) -> None:
    """Outputs the score: linear between knots, 0 before the first and 1 after the last."""
    x, y = n.real(knots, "knots"), n.real(percentiles, "percentiles")
    passed = n.cast(n.add("GreaterOrEqual", ["distance", x]), WHOLE)
    count = n.add("ReduceSum", [passed, n.whole([0])], keepdims=0)
    high = n.add("Clip", [count, n.whole(1), n.whole(len(knots) - 1)])
    low = n.add("Sub", [high, n.whole(1)])
    x0, x1, y0, y1 = (n.add("Gather", [v, i], axis=0) for v in (x, y) for i in (low, high))
    part = n.add("Div", [n.add("Sub", ["distance", x0]), n.add("Sub", [x1, x0])])
    rise = n.add("Mul", [part, n.add("Sub", [y1, y0])])
    n.named("Clip", [n.add("Add", [y0, rise]), n.real(0.0), n.real(1.0)], "score")


def finished(n: Nodes, core: Core, outputs: dict[str, list[int]]) -> onnx.ModelProto:
    """A model of the nodes, without what nothing reads."""
    needed, kept = set(outputs), []
    for node in reversed(n.nodes):
        if needed & set(node.output):
            needed.update(node.input)
            node.ClearField("name")  # its outputs say what it is
            kept.append(node)
    constants = [t for t in [*core.model.graph.initializer, *n.initializers()] if t.name in needed]
    graph = helper.make_graph(
        kept[::-1],
        "haricot",
        [helper.make_tensor_value_info("image", onnx.TensorProto.UINT8, ["height", "width", 3])],
        [helper.make_tensor_value_info(name, REAL, shape) for name, shape in outputs.items()],
        constants,
    )
    model = helper.make_model(graph, opset_imports=opsets(core), ir_version=IR, producer_name="haricot")
    onnx.checker.check_model(model)
    return model
