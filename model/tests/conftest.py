"""The small networks and drawn photos that all tests share."""

import contextlib
import io
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

import pytest
import sight
from adopting import FITTED, HELD_OUT, adopted, arguments
from networks import LABELS, NETWORKS, photo, photos, write


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


@pytest.fixture(scope="session")
def files(made: Path) -> dict[str, tuple[Path, str]]:
    """Every network adopted, with one photo to try: the file, and what was said on the way."""
    found = {}
    for network in NETWORKS:
        with contextlib.redirect_stdout(io.StringIO()) as said:
            file = adopted(arguments(made, network, "--examples", str(made / "photos" / LABELS[1] / "000.png")))
        found[network.name] = file, said.getvalue()
    return found
