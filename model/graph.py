"""Writes the model file: one ONNX graph from the bytes of a picture to probabilities, score and quality.

Node by node, without an exporter: the network is a short list of convolutions, and what surrounds it has no
counterpart in a training framework. Names of tensors say what they hold.
"""

from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from network import DEVIATION, MEAN, Block, Convolution, Lite0

SIZE = 224
OPSET, IR = 18, 9
CLIPPED_FROM = 250.0  # of 255; JPEG seldom reaches 255 exactly
LUMA = [0.299, 0.587, 0.114]
SHARPNESS_FLOOR = 4.0  # added to the contrast, in levels, so that a blank picture is not a division by zero


@dataclass(frozen=True)
class Familiarity:
    """How far a picture's features lie from those of leaves.

    The distance is the mean over parts of (|(f - centre) @ projection| - shift) / scale, f being the pooled output of
    the part's stage (1 to 7, 8 for the last convolution). The score is piecewise linear in it, through the knots.
    """

    stages: list[int]
    centres: list[np.ndarray]
    projections: list[np.ndarray]
    shifts: list[float]
    scales: list[float]
    knots: np.ndarray
    percentiles: np.ndarray


class Graph:
    """Collects nodes and constants."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, np.ndarray] = {}

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants[name] = np.asarray(value, order="C")
        return name

    def real(self, name: str, value: float | list[float] | np.ndarray) -> str:
        return self.constant(name, np.asarray(value, dtype=np.float32))

    def whole(self, name: str, value: int | list[int]) -> str:
        return self.constant(name, np.asarray(value, dtype=np.int64))

    def add(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output


def prepared(g: Graph) -> str:
    """The picture at SIZE by SIZE, float 0..255, [1, 3, SIZE, SIZE]: the whole of it, squished, antialiased."""
    planes = g.add("Transpose", ["image"], "planes", perm=[2, 0, 1])
    real = g.add("Cast", [planes], "real", to=TensorProto.FLOAT)
    batch = g.add("Unsqueeze", [real, g.whole("first_axis", [0])], "batch")
    sizes = g.whole("sizes", [1, 3, SIZE, SIZE])
    return g.add("Resize", [batch, "", "", sizes], "resized", mode="linear", antialias=1,
                 coordinate_transformation_mode="half_pixel")


def measured(g: Graph, resized: str) -> str:
    """Brightness and clipped share in 0..1, and sharpness: the Laplacian's mean size over the contrast."""
    luma = g.add("Conv", [resized, g.real("luma_weights", np.reshape(LUMA, (1, 3, 1, 1)))], "luma")
    axes = g.whole("all_axes", [0, 1, 2, 3])
    mean = g.add("ReduceMean", [luma, axes], "luma_mean", keepdims=0)
    brightness = g.add("Div", [mean, g.real("white", 255.0)], "brightness")
    over = g.add("Cast", [g.add("GreaterOrEqual", [luma, g.real("clipped_from", CLIPPED_FROM)], "over")], "over_real",
                 to=TensorProto.FLOAT)
    clipped = g.add("ReduceMean", [over, axes], "clipped", keepdims=0)
    kernel = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], dtype=np.float32).reshape(1, 1, 3, 3)
    edges = g.add("Abs", [g.add("Conv", [luma, g.real("laplacian", kernel)], "edges_signed")], "edges")
    edge = g.add("ReduceMean", [edges, axes], "edge", keepdims=0)
    centred = g.add("Abs", [g.add("Sub", [luma, mean], "luma_centred")], "luma_off")
    contrast = g.add("ReduceMean", [centred, axes], "contrast", keepdims=0)
    floored = g.add("Add", [contrast, g.real("sharpness_floor", SHARPNESS_FLOOR)], "contrast_floored")
    sharpness = g.add("Div", [edge, floored], "sharpness")
    one = g.whole("one", [1])
    parts = [g.add("Reshape", [p, one], p + "_1") for p in (brightness, clipped, sharpness)]
    return g.add("Concat", parts, "quality", axis=0)


def convolve(g: Graph, part: Convolution, x: str, size: int, name: str) -> tuple[str, int]:
    """Adds a convolution with its norm folded in; gives its output and the side of that."""
    kernel, stride = part.weight.shape[-1], part.stride[0]
    out = -(-size // stride)
    padding = max((out - 1) * stride + kernel - size, 0)
    before = padding // 2
    pads = [before, before, padding - before, padding - before]
    weight = g.real(name + "_weight", part.folded().detach().numpy())
    bias = g.real(name + "_bias", part.bias.numpy())
    y = g.add("Conv", [x, weight, bias], name, kernel_shape=[kernel, kernel], strides=[stride, stride], pads=pads,
              group=part.groups)
    if part.activates:
        y = g.add("Clip", [y, "zero", "six"], name + "_active")
    return y, out


def residual(g: Graph, block: Block, x: str, size: int, name: str) -> tuple[str, int]:
    y = x
    for i, step in enumerate(block.steps):
        y, size = convolve(g, step, y, size, f"{name}_{i + 1}")
    return (g.add("Add", [y, x], name) if block.adds else y), size


def recognised(g: Graph, network: Lite0, resized: str, stages: list[int]) -> dict[int, str]:
    """The network: pooled outputs [channels] of the stages asked for, and of the last convolution (8)."""
    g.real("zero", 0.0)
    g.real("six", 6.0)
    shifted = g.add("Sub", [resized, g.real("pixel_mean", MEAN)], "shifted")
    x, size = g.add("Div", [shifted, g.real("pixel_deviation", DEVIATION)], "normalised"), SIZE
    x, size = convolve(g, network.stem, x, size, "stem")
    found = {}
    for s, stage in enumerate(network.stages, start=1):
        for b, block in enumerate(stage, start=1):
            x, size = residual(g, block, x, size, f"stage{s}_{b}")
        if s in stages:
            found[s] = flat(g, x, f"stage{s}_pooled")
    x, size = convolve(g, network.last, x, size, "last")
    found[8] = flat(g, x, "last_pooled")
    return found


def flat(g: Graph, x: str, name: str) -> str:
    pooled = g.add("GlobalAveragePool", [x], name + "_4d")
    return g.add("Reshape", [pooled, g.whole("flat", [-1])], name)


def decided(g: Graph, network: Lite0, last: str, temperature: float) -> None:
    """Outputs logits and probabilities."""
    product = g.add("MatMul", [last, g.real("head_weight", network.head.weight.detach().numpy().T)], "head")
    logits = g.add("Add", [product, g.real("head_bias", network.head.bias.detach().numpy())], "logits")
    cooled = g.add("Div", [logits, g.real("temperature", temperature)], "logits_cooled")
    g.add("Softmax", [cooled], "probabilities", axis=0)


def compared(g: Graph, pooled: dict[int, str], familiarity: Familiarity) -> None:
    """Outputs features, distance and score."""
    axis = g.whole("vector_axis", [0])
    distances = []
    for stage, centre, projection, shift, scale in zip(
            familiarity.stages, familiarity.centres, familiarity.projections, familiarity.shifts, familiarity.scales,
            strict=True):
        name = f"familiar{stage}"
        centred = g.add("Sub", [pooled[stage], g.real(name + "_centre", centre)], name + "_centred")
        projected = g.add("MatMul", [centred, g.real(name + "_projection", projection)], name + "_projected")
        length = g.add("ReduceL2", [projected, axis], name + "_length", keepdims=0)
        moved = g.add("Sub", [length, g.real(name + "_shift", shift)], name + "_moved")
        distances.append(g.add("Div", [moved, g.real(name + "_scale", scale)], name))
    parts = [pooled[s] for s in familiarity.stages]
    g.add("Concat", parts, "features", axis=0)
    g.add("Mean", distances, "distance")
    percentile(g, familiarity.knots, familiarity.percentiles)


def percentile(g: Graph, knots: np.ndarray, percentiles: np.ndarray) -> None:
    """Outputs the score: linear between knots, 0 before the first and 1 after the last."""
    g.real("knots", knots)
    g.real("percentiles", percentiles)
    passed = g.add("Cast", [g.add("GreaterOrEqual", ["distance", "knots"], "passed")], "passed_whole",
                   to=TensorProto.INT64)
    count = g.add("ReduceSum", [passed, g.whole("knot_axis", [0])], "passed_count", keepdims=0)
    high = g.add("Clip", [count, g.whole("first_knot", 1), g.whole("last_knot", len(knots) - 1)], "upper")
    low = g.add("Sub", [high, g.whole("one_knot", 1)], "lower")
    x0, x1 = (g.add("Gather", ["knots", i], "knot_" + i, axis=0) for i in (low, high))
    y0, y1 = (g.add("Gather", ["percentiles", i], "percentile_" + i, axis=0) for i in (low, high))
    part = g.add("Div", [g.add("Sub", ["distance", x0], "beyond"), g.add("Sub", [x1, x0], "gap")], "part")
    rise = g.add("Mul", [part, g.add("Sub", [y1, y0], "step")], "rise")
    g.add("Clip", [g.add("Add", [y0, rise], "score_open"), g.real("least", 0.0), g.real("most", 1.0)], "score")


def probe(network: Lite0) -> onnx.ModelProto:
    """For calibration: the same graph up to logits, with the pooled outputs of every stage side by side as features."""
    g = Graph()
    resized = prepared(g)
    measured(g, resized)
    pooled = recognised(g, network, resized, list(range(1, 8)))
    decided(g, network, pooled[8], 1.0)
    g.add("Concat", [pooled[s] for s in range(1, 9)], "features", axis=0)
    width = network.head.in_features + sum(s[-1].steps[-1].weight.shape[0] for s in network.stages)
    return finished(g, {"logits": [network.head.out_features], "features": [width], "quality": [3]})


def build(network: Lite0, temperature: float, familiarity: Familiarity, labels: int) -> onnx.ModelProto:
    """The whole graph, without metadata."""
    g = Graph()
    resized = prepared(g)
    measured(g, resized)
    pooled = recognised(g, network, resized, familiarity.stages)
    decided(g, network, pooled[8], temperature)
    compared(g, pooled, familiarity)
    width = sum(len(c) for c in familiarity.centres)
    return finished(g, {"logits": [labels], "probabilities": [labels], "score": [], "distance": [],
                        "features": [width], "quality": [3]})


def finished(g: Graph, outputs: dict[str, list[int]]) -> onnx.ModelProto:
    graph = helper.make_graph(
        g.nodes, "haricot",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, ["height", "width", 3])],
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in outputs.items()],
        [numpy_helper.from_array(value, name) for name, value in g.constants.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR,
                              producer_name="haricot")
    onnx.checker.check_model(model, full_check=True)
    return model
