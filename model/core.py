"""A trained classifier as it comes, made ready: fixed shapes, folded, of one opset, ending in logits, its taps found.

A tap is a tensor in the middle of the network that every path from picture to logits passes. Which ones are taken is a rule,
never a choice by hand: see `candidates` and DEPTHS.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, compose, helper, numpy_helper, version_converter

from nodes import OPSET
from prefix import Recipe, Refused
from serve import onnxruntime, session

PREFIX = "core/"
NEWEST_OPSET = 23  # that the serving runtime was tried with
# of the candidates, by depth; measured on lite0 with a frozen body (docs/own-model.md), others take worse taps
DEPTHS = [0.35, 0.6, 0.85]
FEWEST_CHANNELS = 16  # fewer say little, and a stem's are edges
PASSING = {"Identity", "Cast", "Squeeze", "Unsqueeze", "Reshape", "Flatten"}
KNOWN_DOMAINS = {"", "ai.onnx", "com.microsoft"}


@dataclass(frozen=True)
class Tap:
    """A tensor whose mean over positions (or whose first token) is a feature vector."""

    tensor: str
    pooling: str  # NCHW, NHWC, tokens or first-token
    channels: int


@dataclass(frozen=True)
class Core:
    model: onnx.ModelProto
    taken: str
    logits: str
    labels: int
    candidates: tuple[Tap, ...]
    softmax: bool  # one was at the end, and was taken off

    @property
    def taps(self) -> tuple[Tap, ...]:
        """Those that familiarity is measured in: a rule, so that no one has to choose by hand, or can."""
        return tuple(dict.fromkeys(self.candidates[round(d * (len(self.candidates) - 1))] for d in DEPTHS))


def load(file: Path, recipe: Recipe, output: str | None = None) -> Core:
    """Reads an ONNX classifier. What it cannot serve it refuses, with the reason."""
    try:
        original = onnx.load(file)
    except Exception as unreadable:
        raise Refused(f"{file} is no ONNX file that can be read: {type(unreadable).__name__}") from None
    return prepared(original, recipe, output)


def prepared(original: onnx.ModelProto, recipe: Recipe, output: str | None = None) -> Core:
    model = onnx.ModelProto()
    model.CopyFrom(original)
    if strange := {n.domain for n in model.graph.node} - KNOWN_DOMAINS:
        raise Refused(f"the network uses operators of {sorted(strange)}, which ONNX Runtime does not bring")
    taken = fixed(model, recipe)
    wanted = chosen(model, output)
    model = folded(model)
    probe_input = np.random.default_rng(0).normal(0, 1, shape_of(model.graph.input[0])).astype(np.float32)
    before = ran(model, taken, [wanted], probe_input)[0]
    model = converted(model)
    model = compose.add_prefix(model, PREFIX)
    taken, wanted = PREFIX + taken, PREFIX + wanted
    logits, softmax = unsoftened(model, wanted)
    cuts = passed_by_all(model.graph, taken, logits)
    shown = outputs_shown(model, [logits, wanted, *cuts])
    names = list(dict.fromkeys([logits, wanted, *cuts]))
    found = dict(zip(names, ran(shown, taken, names, probe_input), strict=True))
    if not np.allclose(found[wanted], before, atol=1e-3):
        raise Refused(f"converting to opset {OPSET} changed what the network answers: export it with opset {OPSET}")
    probabilities_refused(found[logits])
    width = found[logits].size
    return Core(model, taken, logits, width, candidates(model.graph, {c: found[c].shape for c in cuts}, recipe, taken), softmax)


def shape_of(value: onnx.ValueInfoProto) -> list[int]:
    return [d.dim_value for d in value.type.tensor_type.shape.dim]


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


def outputs_shown(model: onnx.ModelProto, names: list[str]) -> onnx.ModelProto:
    shown = onnx.ModelProto()
    shown.CopyFrom(model)
    del shown.graph.output[:]
    shown.graph.output.extend(onnx.ValueInfoProto(name=n) for n in dict.fromkeys(names))
    return shown


def ran(model: onnx.ModelProto, taken: str, names: list[str], x: np.ndarray) -> list[np.ndarray]:
    try:
        return session(model.SerializeToString()).run(names, {taken: x})
    except Exception as broken:
        raise Refused(f"the network does not run with a batch of one: {str(broken).splitlines()[0][:200]}") from None


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


def dependents(graph: onnx.GraphProto, taken: str) -> set[str]:
    """The tensors that depend on the picture."""
    found = {taken}
    for node in graph.node:
        if any(i in found for i in node.input):
            found.update(node.output)
    return found


def passed_by_all(graph: onnx.GraphProto, taken: str, logits: str) -> list[str]:
    """The tensors that every path from the picture to the logits passes, in order.

    Right after such a tensor is made, nothing else that depends on the picture is still to be read.
    """
    active = dependents(graph, taken)
    needed, useful = {logits}, []
    for node in reversed(graph.node):
        if any(o in needed for o in node.output):
            needed.update(node.input)
            useful.append(node)
    readers: dict[str, int] = {}
    for node in useful:
        for i in set(node.input):
            readers[i] = readers.get(i, 0) + 1
    alive, cuts = {taken}, []
    for node in reversed(useful):
        for i in set(node.input) & alive:
            readers[i] -= 1
            if not readers[i]:
                alive.discard(i)
        alive.update(o for o in node.output if o in active and readers.get(o))
        if len(alive) == 1 and node.output[0] in alive:
            cuts.append(node.output[0])
    return cuts


def candidates(graph: onnx.GraphProto, shapes: dict[str, tuple[int, ...]], recipe: Recipe, taken: str) -> tuple[Tap, ...]:
    """Joins (residual additions, concatenations), and of each resolution the last of the narrowest, in order."""
    active, made = dependents(graph, taken), {o: n for n in graph.node for o in n.output}
    reads_first = first_token_read(graph)
    possible = [(t, *kind) for t, shape in shapes.items() if (kind := pooled_as(shape, recipe, reads_first))]
    narrowest = {}
    for tensor, _, channels, place in possible:
        if place not in narrowest or channels <= narrowest[place][1]:
            narrowest[place] = tensor, channels
    last = {t for t, _ in narrowest.values()}
    found = [
        Tap(t, pooling, channels)
        for t, pooling, channels, _ in possible
        if t in last or (made[t].op_type in ("Add", "Sum", "Concat") and sum(i in active for i in made[t].input) > 1)
    ]
    if not found:
        raise Refused("the network has no tensor in its middle that every path passes: familiarity cannot be measured in it")
    return tuple(found)


def pooled_as(shape: tuple[int, ...], recipe: Recipe, first_token: bool) -> tuple[str, int, tuple] | None:
    """How a tensor of the shape becomes a vector, of how many channels, and its resolution."""
    height, width = recipe.given
    alike = lambda a, b: min(a, b) > 1 and abs(a * width - b * height) <= max(height, width)
    if len(shape) == 4 and alike(shape[2], shape[3]) and shape[1] >= FEWEST_CHANNELS:
        return "NCHW", shape[1], shape[2:]
    if len(shape) == 4 and alike(shape[1], shape[2]) and shape[3] >= FEWEST_CHANNELS:
        return "NHWC", shape[3], shape[1:3]
    if len(shape) == 3 and shape[1] > 1 and shape[2] >= FEWEST_CHANNELS:
        return ("first-token" if first_token else "tokens"), shape[2], shape[1:2]
    return None


def first_token_read(graph: onnx.GraphProto) -> bool:
    """Whether the head reads a class token alone."""
    constants = {i.name: i for i in graph.initializer}
    for node in graph.node:
        if (
            node.op_type == "Gather"
            and node.input[1] in constants
            and next((a.i for a in node.attribute if a.name == "axis"), 0) == 1
        ):
            index = numpy_helper.to_array(constants[node.input[1]])
            if index.size == 1 and int(index.ravel()[0]) == 0:
                return True
        if node.op_type == "Slice" and len(node.input) > 3 and all(i in constants for i in node.input[1:4]):
            start, end, axis = (numpy_helper.to_array(constants[i]).tolist() for i in node.input[1:4])
            if (start, end, axis) == ([0], [1], [1]):
                return True
    return False


def opsets(core: Core) -> list[onnx.OperatorSetIdProto]:
    own = {o.domain: o.version for o in core.model.opset_import if o.domain != "ai.onnx"}
    used = {n.domain for n in core.model.graph.node} | {""}
    return [helper.make_opsetid(d, v) for d, v in own.items() if d in used]
