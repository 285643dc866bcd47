"""Small networks adopted end to end on drawn photos. Without torch."""

import base64
import json
from pathlib import Path

import core as cores
import numpy as np
import onnx
import pytest
import selfcheck
import smaller
from adopting import adopted, arguments
from networks import LABELS, NETWORKS, Network, photo
from recipe import Refused
from serve import ModelFile, session
from thresholds import confidence_for


@pytest.mark.parametrize("network", NETWORKS, ids=lambda n: f"{n.name}-opset{n.opset}")
def test_a_network_is_adopted_end_to_end(made: Path, files: dict[str, tuple[Path, str]], network: Network) -> None:
    file, printed = files[network.name]
    model = ModelFile(file)
    metadata = model.metadata
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
    own = session(str(made / network.name / "core.onnx"))
    for size in ((120, 100), (33, 200), (1, 1)):
        image = photo(1, 5).resize(size)
        answer = model.answer(image)
        raw = own.run(None, {"picture": smaller.prefixed(network.recipe, [np.asarray(image)])[0]})[0][0]
        logits = np.log(np.maximum(raw, 1e-30)) if network.softmax else raw
        assert np.allclose(answer.logits - answer.logits.mean(), logits - logits.mean(), atol=0.02)
        assert answer.probabilities.shape == (3,)


def test_random_features_fail_the_self_check_and_nothing_is_rejected_as_unfamiliar(files: dict[str, tuple[Path, str]]) -> None:
    cards = [ModelFile(file).metadata for file, _ in files.values()]
    failed = [c for c in cards if not c["selfCheck"]["passed"]]
    assert failed, "networks whose middles were never trained"
    assert all(c["thresholds"]["reject"] == selfcheck.NEVER for c in failed)
    assert all(c["selfCheck"]["drawn"] > 0 and c["selfCheck"]["harmful"] > 0 for c in failed)


def test_half_weights_are_half_a_file_and_say_the_same(made: Path, files: dict[str, tuple[Path, str]]) -> None:
    network = NETWORKS[0]
    plain = ModelFile(files[network.name][0])
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


def test_the_metadata_is_json_that_any_reader_takes(files: dict[str, tuple[Path, str]]) -> None:
    text = onnx.load(files[NETWORKS[0].name][0]).metadata_props[0].value
    fields = json.loads(text, parse_constant=pytest.fail)
    assert len(fields["golden"]) == 3
    assert len(fields["trainingData"]["sha256"]) == 64


def test_the_confidence_threshold_is_the_lowest_that_reaches_the_target() -> None:
    confidence = np.array([0.95, 0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([True, True, True, False, True, False])
    assert confidence_for(0.8, confidence, right) == 0.6
    assert confidence_for(0.99, confidence, right) == 0.8
    assert confidence_for(0.99, confidence, np.zeros(6, dtype=bool)) == 0.95, "out of reach: the fewest are accepted"
