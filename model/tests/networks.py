"""Small ONNX classifiers, made without a training framework: random middles and a head fitted by least squares to drawn photos.

They are like what exporters write: NCHW or NHWC, logits or softmax, dynamic or fixed batch, convolutions or a transformer, opsets
11 to 20.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import draw
import smaller
from recipe import Recipe
from serve import session

LABELS = ["geöffnet", '=rost "1"', "斑点"]  # of any language; one that a spreadsheet would take for a formula
SCRIPTS = [
    "葉の病気",
    "лист с пятнами",
    "ورقة",
    "पत्ता",
    "feuille «rouillée», tachée",
    "<b>leaf</b>",
    "leaf_with_a_name_that_is_longer_than_most",
]
RIDGE = 1e-2


def photo(label: int, seed: int) -> Image.Image:
    """A drawn photo of one of three classes, in colours, sizes and places that vary."""
    random = np.random.default_rng([label, seed])
    w, h = (int(v) for v in random.integers(90, 140, 2))
    spots, colour = [(0, draw.SPOT), (70, (190, 60, 30)), (70, (245, 240, 170))][label]
    image = draw.leaf(w, h, spots + int(random.integers(0, 8)) * (spots > 0), colour, int(random.integers(1000)))
    light = random.uniform(0.8, 1.2)
    return Image.fromarray(np.clip(np.asarray(image) * light, 0, 255).astype(np.uint8))


def photos(folder: Path, count: int, first: int = 0) -> None:
    for label, name in enumerate(LABELS):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for seed in range(first, first + count):
            photo(label, seed).save(folder / name / f"{seed:03d}.png")


class Writer:
    """Nodes and weights of one network."""

    def __init__(self, seed: int, input_name: str):
        self.random, self.nodes, self.weights, self.last = np.random.default_rng(seed), [], [], input_name

    def weight(self, value: np.ndarray) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def drawn(self, *shape: int) -> str:
        fan = int(np.prod(shape[1:])) if len(shape) > 2 else shape[0]
        return self.weight((self.random.normal(0, 1, shape) * np.sqrt(2 / fan)).astype(np.float32))

    def add(self, kind: str, *inputs: str, **attributes: object) -> str:
        out = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], name=f"n{len(self.nodes)}", **attributes))
        self.last = out
        return out

    def convolve(self, x: str, before: int, after: int, stride: int, kernel: int = 3) -> str:
        pad = kernel // 2
        return self.add(
            "Conv",
            x,
            self.drawn(after, before, kernel, kernel),
            self.weight(np.zeros(after, np.float32)),
            kernel_shape=[kernel] * 2,
            strides=[stride] * 2,
            pads=[pad] * 4,
        )

    def dense(self, x: str, before: int, after: int) -> str:
        return self.add("MatMul", x, self.drawn(before, after))


def convolutional(w: Writer, x: str) -> str:
    """A stem and three residual stages; the pooled features."""
    x, channels = w.add("Relu", w.convolve(x, 3, 16, 2)), 16
    for wider in (24, 32, 48):
        x = w.add("Relu", w.convolve(x, channels, wider, 2))
        y = w.convolve(w.add("Relu", w.convolve(x, wider, wider, 1)), wider, wider, 1)
        x, channels = w.add("Add", x, y), wider
    return w.add("Flatten", w.add("GlobalAveragePool", w.add("Relu", x)), axis=1)


def channels_last(w: Writer, x: str) -> str:
    return convolutional(w, w.add("Transpose", x, perm=[0, 3, 1, 2]))


def gelu(w: Writer, x: str) -> str:
    """With an operator of opset 20, which no older opset has."""
    for before, after in ((3, 16), (16, 32), (32, 48)):
        x = w.add("Gelu", w.convolve(x, before, after, 2))
    return w.add("Flatten", w.add("GlobalAveragePool", x), axis=1)


def transformer(w: Writer, x: str) -> str:
    """Patches of 8, three blocks of attention and MLP, the class token alone read by the head."""
    width, tokens = 48, 64
    x = w.add("Conv", x, w.drawn(width, 3, 8, 8), kernel_shape=[8, 8], strides=[8, 8])
    x = w.add("Transpose", w.add("Reshape", x, w.weight(np.array([1, width, tokens]))), perm=[0, 2, 1])
    x = w.add("Concat", w.weight(w.random.normal(0, 1, (1, 1, width)).astype(np.float32)), x, axis=1)
    x = w.add("Add", x, w.weight(w.random.normal(0, 0.1, (1, tokens + 1, width)).astype(np.float32)))
    for _ in range(3):
        y = norm(w, x, width)
        q, k, v = (w.dense(y, width, width) for _ in range(3))
        scores = w.add("Mul", w.add("MatMul", q, w.add("Transpose", k, perm=[0, 2, 1])), w.weight(np.float32(0.3)))
        x = w.add("Add", x, w.add("MatMul", w.add("Softmax", scores, axis=-1), v))
        x = w.add("Add", x, w.dense(w.add("Relu", w.dense(norm(w, x, width), width, 96)), 96, width))
    return w.add("Gather", norm(w, x, width), w.weight(np.array(0)), axis=1)


def norm(w: Writer, x: str, width: int) -> str:
    return w.add("LayerNormalization", x, w.weight(np.ones(width, np.float32)), w.weight(np.zeros(width, np.float32)), axis=-1)


@dataclass(frozen=True)
class Network:
    """One of the networks, and how adopt.py must be asked for it."""

    name: str
    middle: Callable[[Writer, str], str]
    opset: int
    softmax: bool
    batch: int | str
    recipe: Recipe
    labels: tuple[str, ...] = tuple(LABELS)

    def flags(self) -> list[str]:
        r = self.recipe
        size = r.given
        resize = f"shorter:{r.size[0]}" if r.resize == "shorter" else r.resize
        given = {"--resize": resize, "--size": f"{size[0]}x{size[1]}", "--layout": r.layout, "--interpolation": r.interpolation}
        mean, std = (",".join(map(str, v)) for v in (r.mean, r.std))
        scale = ["--scale=-1..1"] if r.mean == HALF else ["--mean", mean, "--std", std]
        return [word for pair in given.items() for word in pair] + scale + ["--no-antialias"] * (not r.antialias)


def many(count: int) -> tuple[str, ...]:
    """Labels of which only the first three are ever photographed."""
    return (*LABELS, *(f"{SCRIPTS[n % len(SCRIPTS)]} {n}" for n in range(count - len(LABELS))))


HALF = (0.5, 0.5, 0.5)
NETWORKS = [
    Network("convolutional", convolutional, 11, False, "batch", Recipe(size=(64, 64))),
    Network(
        "channels-last", channels_last, 13, True, 1, Recipe(size=(64, 48), mean=HALF, std=HALF, layout="NHWC", antialias=False)
    ),
    Network(
        "transformer",
        transformer,
        17,
        False,
        1,
        Recipe(resize="shorter", size=(72, 72), centre=(64, 64), interpolation="bicubic"),
    ),
    Network("gelu", gelu, 20, True, "batch", Recipe(resize="crop", size=(64, 64))),
]
WIDE = [
    Network("labels-200", convolutional, 13, True, 1, Recipe(size=(64, 64)), many(200)),
    Network("labels-1000", convolutional, 13, False, 1, Recipe(size=(64, 64)), many(1000)),
]


def write(network: Network, file: Path, examples: list[tuple[Image.Image, int]]) -> None:
    """Writes the network with a head fitted to the examples."""
    bare = model(network, None)
    taken = smaller.prefixed(network.recipe, [np.asarray(image) for image, _ in examples])
    run = session(bare.SerializeToString()).run
    features = np.concatenate([run(None, {"picture": x})[0] for x in taken])
    spread = features.std(0) + 1e-6
    x = np.concatenate([(features - features.mean(0)) / spread, np.ones((len(features), 1))], axis=1)
    y = 6 * np.eye(len(network.labels))[[label for _, label in examples]] - 2
    solved = np.linalg.solve(x.T @ x + RIDGE * len(x) * np.eye(x.shape[1]), x.T @ y)
    weight = solved[:-1] / spread[:, None]
    bias = solved[-1] - features.mean(0) @ weight
    onnx.save(model(network, (weight.astype(np.float32), bias.astype(np.float32))), file)


def model(network: Network, head: tuple[np.ndarray, np.ndarray] | None) -> onnx.ModelProto:
    """The network up to its features, or with a head."""
    w = Writer(7, "picture")
    out = network.middle(w, "picture")
    if head:
        out = w.add("Gemm", out, w.weight(head[0]), w.weight(head[1]))
        out = w.add("Softmax", out, axis=1) if network.softmax else out
    height, width = network.recipe.given
    shape = [3, height, width] if network.recipe.layout == "NCHW" else [height, width, 3]
    graph = helper.make_graph(
        w.nodes,
        network.name,
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, [network.batch, *shape])],
        [helper.make_tensor_value_info(out, TensorProto.FLOAT, [network.batch, "classes"])],
        w.weights,
    )
    made = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", network.opset)], ir_version=7 if network.opset < 15 else 9
    )
    onnx.checker.check_model(made)
    return made
