"""The small networks and drawn photos that all tests share."""

import contextlib
import io
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

import adopting
import pytest
from adopting import adopted, arguments
from networks import LABELS, NETWORKS


@pytest.fixture(scope="session", autouse=True)
def quick() -> None:
    adopting.quickly()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    adopting.made(folder, NETWORKS)
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
