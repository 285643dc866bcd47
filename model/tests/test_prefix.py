"""The prefix against Pillow and numpy, which the training code uses: every way of resizing, pictures of eleven shapes."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import onnx
import pytest
from nodes import IR, OPSET, Nodes
from onnx import TensorProto, helper
from PIL import Image
from prefix import picture
from recipe import Recipe, Refused
from sampling import areas, sampling
from serve import session

SHAPES = [
    (1, 1),
    (2, 3),
    (64, 333),
    (333, 64),
    (224, 224),
    (223, 225),
    (500, 500),
    (480, 640),
    (641, 479),
    (100, 37),
    (1200, 900),
]
MODES = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC, "nearest": Image.Resampling.NEAREST}
RECIPES = [
    Recipe(),
    Recipe(interpolation="bicubic"),
    Recipe(size=(224, 168)),
    Recipe(exact=False),
    Recipe(resize="crop"),
    Recipe(resize="crop", size=(224, 168), interpolation="bicubic"),
    Recipe(resize="pad"),
    Recipe(resize="pad", padding="constant"),
    Recipe(resize="pad", padding="edge"),
    Recipe(resize="shorter", size=(256, 256), centre=(224, 224)),
    Recipe(resize="shorter", size=(235, 235), centre=(224, 224), interpolation="bicubic"),
    Recipe(size=(256, 256), centre=(224, 224)),
    Recipe(interpolation="nearest"),
]


def prefix(recipe: Recipe) -> object:
    n = Nodes()
    n.named("Identity", [picture(n, recipe)], "out")
    graph = helper.make_graph(
        n.nodes,
        "prefix",
        [helper.make_tensor_value_info("image", TensorProto.UINT8, ["h", "w", 3])],
        [onnx.ValueInfoProto(name="out")],
        n.initializers(),
    )
    return session(helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR).SerializeToString())


def drawn(height: int, width: int) -> np.ndarray:
    random = np.random.default_rng([height, width])
    coarse = Image.fromarray(np.clip(random.normal(128, 60, (height // 8 + 1, width // 8 + 1, 3)), 0, 255).astype(np.uint8))
    smooth = np.asarray(coarse.resize((width, height), Image.Resampling.BICUBIC)).astype(int)
    return np.clip(smooth + random.integers(-20, 21, (height, width, 3)), 0, 255).astype(np.uint8)


def by_pillow(pixels: np.ndarray, recipe: Recipe) -> np.ndarray:
    """The same by the training code's own steps: fast.ai's Resize, torchvision's Resize and CenterCrop."""
    image, (height, width) = Image.fromarray(pixels), recipe.size
    mode = MODES[recipe.interpolation]
    w, h = image.size
    if recipe.resize in ("crop", "pad"):
        by = (min if recipe.resize == "crop" else max)(w / width, h / height)
        cw, ch = max(1, int(by * width)), max(1, int(by * height))
        x, y = int(0.5 * (w - cw)), int(0.5 * (h - ch))
        inside = pixels[max(y, 0) : min(y + ch, h), max(x, 0) : min(x + cw, w)]
        around = ((max(-y, 0), max(ch - h + y, 0)), (max(-x, 0), max(cw - w + x, 0)), (0, 0))
        image = Image.fromarray(np.pad(inside, around, mode=recipe.padding))
    if recipe.resize == "shorter":
        width, height = (recipe.size[0], int(recipe.size[0] * h / w)) if w <= h else (int(recipe.size[0] * w / h), recipe.size[0])
    image = image.resize((width, height), mode)
    if recipe.centre:
        top, left = (round((a - b) / 2.0) for a, b in zip((height, width), recipe.centre, strict=True))
        image = image.crop((left, top, left + recipe.centre[1], top + recipe.centre[0]))
    return np.asarray(image).astype(np.float32).transpose(2, 0, 1)[None]


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: f"{r.resize}-{r.interpolation}-{r.size}-{r.padding}-{r.exact}")
def test_every_way_of_resizing_is_pillows_for_eleven_shapes(recipe: Recipe) -> None:
    model = prefix(recipe)
    for shape in SHAPES:
        pixels = drawn(*shape)
        ours, theirs = model.run(None, {"image": pixels})[0], by_pillow(pixels, recipe)
        assert ours.shape == theirs.shape, shape
        off = np.abs(ours - theirs)
        if recipe.interpolation == "nearest":  # a neighbour at exactly half a pixel may be the other one
            assert (off > 0).mean() < 0.2, shape
        else:
            assert off.mean() < 0.4, shape
            assert off.max() <= 12, shape


def test_a_picture_of_one_row_does_not_grow_without_bound() -> None:
    slim = np.zeros((1, 60_000, 3), dtype=np.uint8)
    recipe = Recipe(resize="shorter", size=(256, 256), centre=(224, 224))
    assert prefix(recipe).run(None, {"image": slim})[0].shape == (1, 3, 224, 224)


def test_sampling_keeps_a_constant_and_the_order() -> None:
    recipe = Recipe(size=(460, 460), sample=(224, 224))
    matrix = sampling(460, 224, recipe)
    assert matrix.shape == (224, 460)
    assert np.allclose(matrix.sum(1), 1)
    steps = np.diff(matrix @ np.arange(460.0))
    assert steps.min() > 1.9, "no place is seen twice"
    assert steps.max() < 3.1, "areas are means of two, and one in thirty-eight is left out between them"


def test_areas_are_the_means_of_what_they_touch() -> None:
    assert np.allclose(areas(4, 2) @ [0, 2, 4, 6], [1, 5])
    assert np.allclose(areas(3, 2) @ [0, 3, 6], [1.5, 4.5])


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"resize": "stretch"}, "stretch"),
        ({"resize": "shorter"}, "middle"),
        ({"std": (0.2, 0.0, 0.2)}, "std"),
        ({"size": (100, 100), "centre": (128, 128)}, "128"),
    ],
)
def test_a_recipe_that_cannot_be_followed_is_refused_by_name(fields: dict, word: str) -> None:
    with pytest.raises(Refused, match=word):
        Recipe(**fields)
