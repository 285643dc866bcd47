"""Collects the nodes and constants of an ONNX graph. Names of tensors say what they hold."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET, IR = 18, 9
REAL, DOUBLE, WHOLE, BYTE = TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.INT64, TensorProto.UINT8


class Nodes:
    """A graph being written. Tensors and constants share one space of names, which the prefix keeps apart."""

    def __init__(self, prefix: str = "haricot_") -> None:
        self.prefix = prefix
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, np.ndarray] = {}

    def constant(self, value: np.ndarray, name: str | None = None) -> str:
        name = self.prefix + (name or f"constant{len(self.constants)}")
        self.constants[name] = np.asarray(value, order="C")
        return name

    def real(self, value: float | list[float] | np.ndarray, name: str | None = None) -> str:
        return self.constant(np.asarray(value, dtype=np.float32), name)

    def double(self, value: float) -> str:
        return self.constant(np.asarray(value, dtype=np.float64))

    def whole(self, value: int | list[int]) -> str:
        return self.constant(np.asarray(value, dtype=np.int64))

    def add(self, kind: str, inputs: list[str], output: str | None = None, **attributes: object) -> str:
        """Adds a node. Only an output of the file is named without the prefix, by `named`."""
        output = self.prefix + (output or f"{kind.lower()}{len(self.nodes)}")
        return self.named(kind, inputs, output, **attributes)

    def named(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def cast(self, tensor: str, to: int) -> str:
        return self.add("Cast", [tensor], to=to)

    def initializers(self) -> list[onnx.TensorProto]:
        return [numpy_helper.from_array(value, name) for name, value in self.constants.items()]
