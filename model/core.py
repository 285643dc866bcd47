"""A trained classifier as it comes, made ready: fixed shapes, folded, of one opset, ending in logits, its taps found."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import compose, helper

from nodes import OPSET
from ready import chosen, converted, fixed, folded, outputs_shown, probabilities_refused, ran, unsoftened
from recipe import Recipe, Refused
from taps import DEPTHS, Tap, candidates, passed_by_all

PREFIX = "core/"
KNOWN_DOMAINS = {"", "ai.onnx", "com.microsoft"}


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


def opsets(core: Core) -> list[onnx.OperatorSetIdProto]:
    own = {o.domain: o.version for o in core.model.opset_import if o.domain != "ai.onnx"}
    used = {n.domain for n in core.model.graph.node} | {""}
    return [helper.make_opsetid(d, v) for d, v in own.items() if d in used]
