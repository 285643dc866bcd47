"""What adopt.py refuses, and with what words."""

import pickle
import zipfile
from pathlib import Path

import card
import core as cores
import numpy as np
import onnx
import pytest
from adopting import adopted, arguments
from export_pkl import named_modules, unpickled, version
from networks import LABELS, NETWORKS
from onnx import TensorProto, helper
from recipe import Recipe, Refused


def test_photos_not_said_to_be_new_are_refused_with_the_reason(made: Path) -> None:
    words = [w for w in arguments(made, NETWORKS[0]) if w != "--unseen"]
    with pytest.raises(Refused, match="not been trained on"):
        adopted(words)


def test_too_few_photos_are_refused(made: Path, tmp_path: Path) -> None:
    listed = tmp_path / "valid.txt"
    listed.write_text("".join(f"/elsewhere/{LABELS[0]}/{n:03d}.png\n" for n in range(20)), encoding="utf-8")
    words = [w for w in arguments(made, NETWORKS[0]) if w != "--unseen"] + ["--valid", str(listed)]
    with pytest.raises(Refused, match=r"20 photos.*at least 60"):
        adopted(words)


def test_labels_in_another_order_are_refused_and_the_order_is_named(made: Path) -> None:
    words = arguments(made, NETWORKS[0])
    words[words.index("--labels") + 1] = ",".join([LABELS[1], LABELS[2], LABELS[0]])
    with pytest.raises(Refused, match=f"--labels {','.join(LABELS)}"):
        adopted(words)


def test_answers_at_chance_are_refused(made: Path, tmp_path: Path) -> None:
    blind = onnx.load(made / NETWORKS[0].name / "core.onnx")
    head = next(n for n in blind.graph.node if n.op_type == "Gemm").input[1]
    weight = next(t for t in blind.graph.initializer if t.name == head)
    weight.CopyFrom(onnx.numpy_helper.from_array(np.zeros(weight.dims, np.float32), head))
    onnx.save(blind, tmp_path / "blind.onnx")
    words = arguments(made, NETWORKS[0])
    words[0] = str(tmp_path / "blind.onnx")
    with pytest.raises(Refused, match="by chance"):
        adopted(words)


def output_of(kind: str) -> onnx.ModelProto:
    node = helper.make_node("GlobalAveragePool", ["x"], ["p"])
    flat = helper.make_node("Flatten", ["p"], ["f"])
    ends = {
        "sigmoid": [helper.make_node("Sigmoid", ["f"], ["y"])],
        "folded": [
            helper.make_node("Exp", ["f"], ["e"]),
            helper.make_node("ReduceSum", ["e"], ["s"], keepdims=1),
            helper.make_node("Div", ["e", "s"], ["y"]),
        ],
    }[kind]
    graph = helper.make_graph(
        [node, flat, *ends],
        kind,
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3, 224, 224])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 3])],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)


@pytest.mark.parametrize(("kind", "reason"), [("sigmoid", "sigmoid"), ("folded", "without the softmax")])
def test_what_is_no_single_label_classifier_is_refused(kind: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        cores.prepared(output_of(kind), Recipe())


@pytest.mark.parametrize("labels", [["one"], ["a", "a"], ["a", "b\n"], ["a", " "], ["a", "b‮"], [str(i) for i in range(1001)]])
def test_labels_that_cannot_be_shown_are_refused(labels: list[str]) -> None:
    with pytest.raises(Refused):
        card.labels_checked(labels)


def exported(folder: Path, module: str) -> Path:
    """A file like fast.ai's export, which names a class of a module."""
    name = module.encode()
    with zipfile.ZipFile(folder / "export.pkl", "w") as archive:
        archive.writestr("export/data.pkl", b"\x80\x02c" + name + b"\nResize\n" + pickle.dumps(None, 2)[2:])
    return folder / "export.pkl"


def test_a_pickle_is_not_read_unless_it_is_trusted(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="runs the code in it: say --trust-pickle"):
        unpickled(exported(tmp_path, "fastai.vision.augment"), trusted=False)


@pytest.mark.parametrize(("module", "needed"), [("fasttransform.transform", ">=2.8"), ("fastcore.transform", "<2.8")])
def test_the_fastai_that_wrote_a_pickle_is_known_without_running_it(tmp_path: Path, module: str, needed: str) -> None:
    assert version(named_modules(exported(tmp_path, module))) == needed
