"""Small networks adopted end to end on drawn photos, and everything that is refused. Without torch."""

import base64
import json
import shutil
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

import adopt
import calibrate
import card
import core as cores
import flags
import heldout
import numpy as np
import onnx
import pictures
import pytest
import sight
from from_fastai import named_modules, unpickled, version
from networks import LABELS, NETWORKS, Network, photo, photos, write
from onnx import TensorProto, helper
from PIL import Image
from prefix import Recipe, Refused
from serve import ModelFile

HELD_OUT = 24  # photos a label
FITTED = 70


@pytest.fixture(scope="session", autouse=True)
def fewer_changes() -> None:
    """Four mild changes a photo and a third of the photos ruined: enough to go every way, and quick."""
    sight.CHANGED_PICTURES, sight.RUINED_PHOTOS = 1, 24


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The networks, and a folder of photos that they were not fitted on."""
    folder = tmp_path_factory.mktemp("made")
    examples = [(photo(label, seed), label) for label in range(3) for seed in range(1000, 1000 + FITTED)]
    for network in NETWORKS:
        (folder / network.name).mkdir()
        write(network, folder / network.name / "core.onnx", examples)
    photos(folder / "photos", HELD_OUT)
    return folder


def arguments(made: Path, network: Network, *more: str) -> list[str]:
    return [
        str(made / network.name / "core.onnx"),
        "--photos",
        str(made / "photos"),
        "--unseen",
        "--labels",
        ",".join(LABELS),
        "--name",
        network.name,
        "--version",
        "1.0.0",
        "--licence",
        "none",
        "--subject",
        "drawn leaf",
        "--out",
        str(made / f"{network.name}.onnx"),
        *network.flags(),
        *more,
    ]


def adopted(words: list[str]) -> Path:
    return adopt.adopt(flags.arguments(None).parse_args(words))


@pytest.mark.parametrize("network", NETWORKS, ids=lambda n: f"{n.name}-opset{n.opset}")
def test_a_network_is_adopted_end_to_end(made: Path, network: Network, capsys: pytest.CaptureFixture) -> None:
    example = made / "photos" / LABELS[1] / "000.png"
    model = ModelFile(adopted(arguments(made, network, "--examples", str(example))))
    metadata, printed = model.metadata, capsys.readouterr().out
    assert metadata["labels"] == LABELS
    assert metadata["subject"] == "drawn leaf"
    assert metadata["input"]["shortSideKept"] is None, "the photos are too small to tell"
    assert metadata["figures"]["accuracyShipped"] > 0.6
    assert ("a softmax taken off" in printed) == network.softmax
    assert "thresholds are rough" in printed
    assert [e["decision"] for e in metadata["examples"]] in (["accept"], ["review"], ["reject"])
    assert metadata["examples"][0]["label"] in (None, *LABELS)
    assert len(base64.b64decode(metadata["examples"][0]["jpeg"])) <= 20_000
    same_answers(made, network, model)


def same_answers(made: Path, network: Network, model: ModelFile) -> None:
    """The file's logits are the network's own, on what the prefix gives it, and its shape does not depend on the picture's."""
    import smaller
    from serve import session

    own = session(str(made / network.name / "core.onnx"))
    for size in ((120, 100), (33, 200), (1, 1)):
        image = photo(1, 5).resize(size)
        answer = model.answer(image)
        raw = own.run(None, {"picture": smaller.prefixed(network.recipe, [np.asarray(image)])[0]})[0][0]
        logits = np.log(np.maximum(raw, 1e-30)) if network.softmax else raw
        assert np.allclose(answer.logits - answer.logits.mean(), logits - logits.mean(), atol=0.02)
        assert answer.probabilities.shape == (3,)


def test_random_features_fail_the_self_check_and_nothing_is_rejected_as_unfamiliar(made: Path) -> None:
    cards = [ModelFile(made / f"{n.name}.onnx").metadata for n in NETWORKS]
    failed = [c for c in cards if not c["selfCheck"]["passed"]]
    assert failed, "networks whose middles were never trained"
    assert all(c["thresholds"]["reject"] == calibrate.NEVER for c in failed)
    assert all(c["selfCheck"]["drawn"] > 0 and c["selfCheck"]["harmful"] > 0 for c in failed)


def test_half_weights_are_half_a_file_and_say_the_same(made: Path) -> None:
    network = NETWORKS[0]
    plain = ModelFile(made / f"{network.name}.onnx")
    words = arguments(made, network, "--half")
    words[words.index("--out") + 1] = str(made / "half.onnx")
    half = ModelFile(adopted(words))
    assert half.metadata["weights"] == "float16"
    assert half.metadata["goldenTolerance"] == 0.005
    weights = lambda file: sum(
        len(t.raw_data) for t in onnx.load(made / file).graph.initializer if t.name.startswith(cores.PREFIX)
    )
    assert weights("half.onnx") < 0.6 * weights(f"{network.name}.onnx")
    image = photo(2, 3)
    assert np.abs(half.answer(image).probabilities - plain.answer(image).probabilities).max() < 0.02


def test_int8_is_measured_and_either_holds_or_refuses_itself(made: Path, capsys: pytest.CaptureFixture) -> None:
    words = arguments(made, NETWORKS[0], "--quantise")
    words[words.index("--out") + 1] = str(made / "int8.onnx")
    try:
        assert ModelFile(adopted(words)).metadata["weights"] == "int8"
        assert ModelFile(made / "int8.onnx").metadata["goldenTolerance"] == 0.05
    except Refused as refused:
        assert "--half" in str(refused)
    assert "float32 kept for" in capsys.readouterr().out


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


def test_broken_files_are_counted_and_named(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    shutil.copytree(made / "photos", tmp_path / "photos")
    whole = (tmp_path / "photos" / LABELS[0] / "000.png").read_bytes()
    (tmp_path / "photos" / LABELS[0] / "cut.png").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "photos" / LABELS[1] / "empty.jpg").write_bytes(b"")
    (tmp_path / "photos" / LABELS[2] / "page.webp").write_text("<html>")
    words = arguments(made, NETWORKS[0])
    words[words.index("--photos") + 1] = str(tmp_path / "photos")
    folder = heldout.folder_of(flags.arguments(None).parse_args(words), Recipe())
    printed = capsys.readouterr().out
    assert len(folder.files) == 3 * HELD_OUT
    assert "3 of 75 files cannot be read" in printed
    assert all(name in printed for name in ("cut.png", "empty.jpg", "page.webp"))


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


def test_a_list_from_another_machine_is_matched_by_label_and_name(made: Path, tmp_path: Path) -> None:
    folder = pictures.labelled(made / "photos", LABELS)
    listed = tmp_path / "valid.txt"
    listed.write_text(f"C:\\data\\{LABELS[0]}\\001.png\n/home/me/{LABELS[2]}/002.png\nelsewhere/none.png\n\n", encoding="utf-8")
    which, missing = pictures.listed(folder, listed)
    assert [folder.files[i].relative_to(folder.root).as_posix() for i in which] == [
        f"{LABELS[0]}/001.png",
        f"{LABELS[2]}/002.png",
    ]
    assert missing == ["elsewhere/none.png"]


@pytest.mark.parametrize("labels", [["one"], ["a", "a"], ["a", "b\n"], ["a", " "], ["a", "b‮"], [str(i) for i in range(1001)]])
def test_labels_that_cannot_be_shown_are_refused(labels: list[str]) -> None:
    with pytest.raises(Refused):
        card.labels_checked(labels)


def test_a_big_jpeg_is_reduced_while_it_is_decoded_and_its_own_size_is_kept(tmp_path: Path) -> None:
    photo(0, 1).resize((1200, 900)).save(tmp_path / "big.jpg", quality=90)
    sizes = {kept: pictures.read(tmp_path / "big.jpg", kept).image.size for kept in (None, 901, 450, 300, 225, 112)}
    assert sizes == {None: (1200, 900), 901: (1200, 900), 450: (600, 450), 300: (600, 450), 225: (300, 225), 112: (150, 113)}
    assert pictures.read(tmp_path / "big.jpg", 112).size == (1200, 900)
    photo(0, 1).resize((1200, 900)).save(tmp_path / "big.png")
    assert pictures.read(tmp_path / "big.png", 300).image.size == (400, 300), "by three, which a JPEG cannot"


def test_an_exif_turn_is_undone_and_counted(tmp_path: Path) -> None:
    image = photo(0, 1).resize((120, 90))
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "turned.jpg", exif=exif)
    read = pictures.read(tmp_path / "turned.jpg")
    assert (read.size, read.image.size, read.turned) == ((90, 120), (90, 120), True)


def test_the_confidence_threshold_is_the_lowest_that_reaches_the_target() -> None:
    confidence = np.array([0.95, 0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([True, True, True, False, True, False])
    assert calibrate.confidence_for(0.8, confidence, right) == 0.6
    assert calibrate.confidence_for(0.99, confidence, right) == 0.8
    assert calibrate.confidence_for(0.99, confidence, np.zeros(6, dtype=bool)) == 0.95, "out of reach: the fewest are accepted"


def test_the_metadata_is_json_that_any_reader_takes(made: Path) -> None:
    text = onnx.load(made / f"{NETWORKS[0].name}.onnx").metadata_props[0].value
    fields = json.loads(text, parse_constant=pytest.fail)
    assert len(fields["golden"]) == 3
    assert len(fields["trainingData"]["sha256"]) == 64


def exported(folder: Path, module: str) -> Path:
    """A file like fast.ai's export, which names a class of a module."""
    import pickle
    import zipfile

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
