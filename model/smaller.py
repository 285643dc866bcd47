"""Smaller weights: float16, cast to float32 in the graph, or int8 with a calibration that is measured and may refuse itself."""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from core import PREFIX, Core
from graph import PROJECTION
from nodes import BYTE, IR, OPSET, Nodes
from prefix import normalised, picture
from recipe import Recipe, Refused
from serve import session

WORTH_IT = 64  # elements; below that, a cast costs more than it saves
LABELS_MOVED, PROBABILITY_MOVED = 0.005, 0.05  # at most, of held-out photos, for int8
CALIBRATED_ON = 100  # photos that show int8 the range of every tensor


def halved(core: Core) -> Core:
    return replace(core, model=lightened(core.model))


def lightened(original: onnx.ModelProto) -> onnx.ModelProto:
    """Weights and covariances as float16 with a Cast, which ONNX Runtime undoes while loading: half a file, the same time."""
    model = onnx.ModelProto()
    model.CopyFrom(original)
    casts = []
    for tensor in model.graph.initializer:
        if tensor.data_type != TensorProto.FLOAT or np.prod(tensor.dims) < WORTH_IT or not is_weight(tensor.name):
            continue
        values = numpy_helper.to_array(tensor)
        if np.abs(values).max(initial=0) > np.finfo(np.float16).max:
            raise Refused(f"--half: the weight {tensor.name} is too large for float16")
        half = numpy_helper.from_array(values.astype(np.float16), tensor.name + "/half")
        casts.append(helper.make_node("Cast", [half.name], [tensor.name], name=half.name + "/cast", to=TensorProto.FLOAT))
        tensor.CopyFrom(half)
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return model


def is_weight(name: str) -> bool:
    """Of the network, or of its familiarity; not what resizes, which is exact."""
    return name.startswith(PREFIX) or PROJECTION in name


def quantised(core: Core, inputs: list[np.ndarray], method: str, spared: list[str]) -> Core:
    """int8 weights a channel, uint8 activations, with QDQ nodes.

    `inputs` are what the network takes; `spared` kinds stay float32.
    """
    from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static
    from onnxruntime.quantization.shape_inference import quant_pre_process

    class Reader(CalibrationDataReader):
        def __init__(self) -> None:
            self.left = iter(inputs)

        def get_next(self) -> dict[str, np.ndarray] | None:
            x = next(self.left, None)
            return None if x is None else {core.taken: x}

    original = named(core.model)
    names = [node.name for node in original.graph.node if spares(node, core, spared)]
    with tempfile.TemporaryDirectory() as folder:
        before, ready, after = (str(Path(folder) / name) for name in ("before.onnx", "ready.onnx", "after.onnx"))
        onnx.save(original, before)
        quant_pre_process(before, ready, skip_symbolic_shape=True, skip_optimization=True)
        quantize_static(
            ready,
            after,
            Reader(),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            reduce_range=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=names,
            calibrate_method=CalibrationMethod[method],
            extra_options={"QDQKeepRemovableActivations": True},
        )  # or taps would lose their names
        return replace(core, model=onnx.load(after))


def named(original: onnx.ModelProto) -> onnx.ModelProto:
    """The same network with a name on every node: nodes are spared by name, and not all exporters write names."""
    model = onnx.ModelProto()
    model.CopyFrom(original)
    for number, node in enumerate(model.graph.node):
        node.name = node.name or f"{PREFIX}node{number}"
    return model


def spares(node: onnx.NodeProto, core: Core, spared: list[str]) -> bool:
    """Which nodes stay float32: the last product, and where asked the first convolution and the depthwise ones."""
    if node.op_type in ("Gemm", "MatMul"):
        return "head" in spared
    if node.op_type != "Conv":
        return False
    groups = next((a.i for a in node.attribute if a.name == "group"), 1)
    return ("depthwise" in spared and groups > 1) or ("first" in spared and node.input[0] == core.taken)


TRIED = [("MinMax", ["head"]), ("Percentile", ["head", "first"]), ("MinMax", ["head", "first", "depthwise"])]


def moved(before: np.ndarray, after: np.ndarray) -> tuple[float, float]:
    """The share of labels that change, and the furthest a probability moves."""
    return float((before.argmax(1) != after.argmax(1)).mean()), float(np.abs(before - after).max())


def within(labels: float, probability: float) -> bool:
    return labels <= LABELS_MOVED and probability <= PROBABILITY_MOVED


def prefixed(recipe: Recipe, images: list[np.ndarray]) -> list[np.ndarray]:
    """What a network takes for pictures."""
    n = Nodes()
    n.named("Identity", [normalised(n, recipe, picture(n, recipe))], "taken")
    graph = helper.make_graph(
        n.nodes,
        "prefix",
        [helper.make_tensor_value_info("image", BYTE, ["height", "width", 3])],
        [onnx.ValueInfoProto(name="taken")],
        n.initializers(),
    )
    model = session(helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR).SerializeToString())
    return [model.run(None, {"image": image})[0] for image in images]
