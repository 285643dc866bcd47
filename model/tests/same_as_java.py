"""Compares what `./haricot classify --json` said of photos with what Python says of them.

python same_as_java.py FILE PHOTOS JSON
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from serve import ModelFile

CLOSE = 0.02  # of a probability: a decoder's rounding


def main() -> int:
    model, lines = ModelFile(Path(sys.argv[1])), Path(sys.argv[3]).read_text(encoding="utf-8").splitlines()
    labels, faults = model.metadata["labels"], []
    for line in lines:
        said = json.loads(line)
        own = model.read(Path(said["file"]))
        given = {p["label"]: p["probability"] for p in said["predictions"]}
        off = max(abs(given[label] - float(p)) for label, p in zip(labels, own.probabilities, strict=True) if label in given)
        if off > CLOSE or said["decision"] != own.decision:
            faults.append(f"{said['file']}: {said['decision']} and {own.decision}, a probability differs by {off:.3f}")
    print(*faults, sep="\n", end="\n" if faults else "")
    print(f"{Path(sys.argv[1]).name}: Java and Python agree on {len(lines) - len(faults)} of {len(lines)} photos")
    return 1 if faults or not lines else 0


if __name__ == "__main__":
    sys.exit(main())
