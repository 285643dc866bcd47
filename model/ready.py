"""The steps that make a classifier as it comes ready for the graph; each refuses what it cannot do, with the reason."""

import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, version_converter

from nodes import OPSET
from recipe import Recipe, Refused
from serve import onnxruntime, session

NEWEST_OPSET = 23  # that the serving runtime was tried with
PASSING = {"Identity", "Cast", "Squeeze", "Unsqueeze", "Reshape", "Flatten"}


def fixed(model: onnx.ModelProto, recipe: Recipe) -> str:
    """Gives the network's one input a batch of one and the recipe's size; its name."""
    graph = model.graph
    constants = {i.name for i in graph.initializer}
    inputs = [i for i in graph.input if i.name not in constants]
    if len(inputs) != 1:
        raise Refused(f"the network takes {[i.name for i in inputs]}: one picture is what it must take")
    kept = inputs[0]
    del graph.input[:]
    graph.input.append(kept)
    tensor = graph.input[0].type.tensor_type
    if tensor.elem_type != TensorProto.FLOAT:
        raise Refused(f"the network takes {TensorProto.DataType.Name(tensor.elem_type)}: float32 is what it must take")
    dims = [d.dim_value for d in tensor.shape.dim]
    if len(dims) != 4:
        raise Refused(f"the network takes a tensor of {len(dims)} axes: four (batch, channels, height, width) are needed")
    wanted = [1, 3, *recipe.given] if recipe.layout == "NCHW" else [1, *recipe.given, 3]
    if any(own and own != want for own, want in zip(dims[1:], wanted[1:], strict=True)):
        raise Refused(
            f"the network takes {dims[1:]} and the recipe gives {wanted[1:]}: set --size, or --layout NHWC"
        )
    for dim, want in zip(tensor.shape.dim, wanted, strict=True):
        dim.ClearField("dim_param")
        dim.dim_value = want
    del graph.value_info[:]
    for out in graph.output:
        out.type.tensor_type.ClearField("shape")
    return kept.name


def chosen(model: onnx.ModelProto, output: str | None) -> str:
    names = [o.name for o in model.graph.output]
    if output and output not in names:
        raise Refused(f"the network has no output {output!r}: it has {names}")
    if not output and len(names) > 1:
        raise Refused(f"the network has the outputs {names}: name the one with the classes by --output")
    output = output or names[0]
    kept = next(o for o in model.graph.output if o.name == output)
    del model.graph.output[:]
    model.graph.output.append(kept)
    return output


def folded(model: onnx.ModelProto) -> onnx.ModelProto:
    """Constants folded and norms merged by ONNX Runtime, before any conversion: the other order breaks on Keras's opset 20."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    with tempfile.TemporaryDirectory() as folder:
        options.optimized_model_filepath = str(Path(folder) / "folded.onnx")
        try:
            onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        except Exception as broken:
            reason = str(broken).split("\n")[0][:200]
            raise Refused(f"ONNX Runtime does not take the network with a batch of one and this size: {reason}") from None
        return onnx.load(options.optimized_model_filepath)


def converted(model: onnx.ModelProto) -> onnx.ModelProto:
    """To opset 18; a newer one is kept where there is no way back."""
    opset = next((o.version for o in model.opset_import if o.domain in ("", "ai.onnx")), 1)
    if opset == OPSET:
        return model
    try:
        model = version_converter.convert_version(model, OPSET)
        onnx.checker.check_model(model)
        return model
    except Exception as broken:
        if OPSET < opset <= NEWEST_OPSET:
            return model
        raise Refused(
            f"the network's opset {opset} cannot be converted to {OPSET} ({type(broken).__name__}): export it with {OPSET}"
        ) from None


def unsoftened(model: onnx.ModelProto, output: str) -> tuple[str, bool]:
    """The tensor before a softmax at the end, and whether there was one."""
    made = {o: n for n in model.graph.node for o in n.output}
    tensor = output
    while tensor in made:
        node = made[tensor]
        if node.op_type in ("Softmax", "LogSoftmax"):
            return node.input[0], True
        if node.op_type in ("Sigmoid", "HardSigmoid"):
            raise Refused("the network ends in a sigmoid: it gives several labels at once, and Haricot answers one of many")
        if node.op_type not in PASSING:
            break
        tensor = node.input[0]
    return output, False


def probabilities_refused(logits: np.ndarray) -> None:
    if logits.size < 2 or logits.size != logits.shape[-1]:
        raise Refused(f"the network's output has the shape {logits.shape}: one row of at least two classes is needed")
    if (logits >= 0).all() and abs(float(logits.sum()) - 1) < 1e-3:
        raise Refused(
            "the network gives probabilities, and no Softmax node at its end can be taken off: export it without the softmax"
        )


def ran(model: onnx.ModelProto, taken: str, names: list[str], x: np.ndarray) -> list[np.ndarray]:
    try:
        return session(model.SerializeToString()).run(names, {taken: x})
    except Exception as broken:
        raise Refused(f"the network does not run with a batch of one: {str(broken).splitlines()[0][:200]}") from None


def outputs_shown(model: onnx.ModelProto, names: list[str]) -> onnx.ModelProto:
    shown = onnx.ModelProto()
    shown.CopyFrom(model)
    del shown.graph.output[:]
    shown.graph.output.extend(onnx.ValueInfoProto(name=n) for n in dict.fromkeys(names))
    return shown
