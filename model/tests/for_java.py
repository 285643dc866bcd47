"""Adopts all small networks, also those of 200 and 1,000 labels, for Java to load and answer as Python does.

python for_java.py FOLDER

Writes FOLDER/NAME.onnx, FOLDER/photos and FOLDER/answers.json: what Python says of every photo, by network and path; and
FOLDER/large, see large.py.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import adopting
import large
import pictures
from adopting import adopted, arguments
from networks import NETWORKS, WIDE, Network
from serve import ModelFile


def answers(network: Network, folder: Path) -> dict[str, dict]:
    model, found = ModelFile(adopted(arguments(folder, network))), {}
    for file in pictures.listing(folder / "photos"):
        a = model.read(file)
        found[file.relative_to(folder).as_posix()] = {
            "label": network.labels[a.label],
            "confidence": a.confidence,
            "score": a.score,
            "distance": a.distance,
            "decision": a.decision,
            "reasons": a.reasons,
        }
    return found


def main() -> None:
    folder, networks = Path(sys.argv[1]), [*NETWORKS, *WIDE]
    folder.mkdir(parents=True, exist_ok=True)
    adopting.quickly()
    adopting.made(folder, networks)
    given = {network.name: answers(network, folder) for network in networks}
    large.write(folder / "large")
    (folder / "answers.json").write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
