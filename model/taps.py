"""Taps: tensors in the middle of a network that every path from picture to logits passes, in which familiarity is measured.

Which ones are taken is a rule, never a choice by hand: of the `candidates` those at DEPTHS.
"""

from dataclasses import dataclass

import onnx
from onnx import numpy_helper

from recipe import Recipe, Refused

# of the candidates, by depth; measured on lite0 with a frozen body (docs/own-model.md), others take worse taps
DEPTHS = [0.35, 0.6, 0.85]
FEWEST_CHANNELS = 16  # fewer say little, and a stem's are edges


@dataclass(frozen=True)
class Tap:
    """A tensor whose mean over positions (or whose first token) is a feature vector."""

    tensor: str
    pooling: str  # NCHW, NHWC, tokens or first-token
    channels: int


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


def dependents(graph: onnx.GraphProto, taken: str) -> set[str]:
    """The tensors that depend on the picture."""
    found = {taken}
    for node in graph.node:
        if any(i in found for i in node.input):
            found.update(node.output)
    return found


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
