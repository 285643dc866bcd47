"""Checks the committed model file in seconds: contract, golden pictures, size. Needs onnxruntime, numpy, Pillow only.

Exits with 1 and one line per fault.
"""

import base64
import hashlib
import io
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from serve import OUTPUTS, ModelFile

HERE = Path(__file__).resolve().parent
FILE, GOLDEN = HERE / "beans.onnx", HERE / "golden"
LARGEST = 7_050_000  # 7.0 MB; the names that torch gives to tensors take 10 KB more than those of the carried file
CLOSE = 1e-3


def contract(model: ModelFile) -> list[str]:
    """What the metadata and the graph must be, beyond being readable."""
    m, faults = model.metadata, []
    fields = ["schema", "name", "version", "labels", "input", "temperature", "thresholds", "reference", "figures",
              "trainingData", "golden"]
    faults += [f"metadata has no {f}" for f in fields if f not in m]
    taken = [(i.name, i.type, len(i.shape)) for i in model.session.get_inputs()]
    if taken != [("image", "tensor(uint8)", 3)]:
        faults.append(f"inputs are {taken}")
    given = [o.name for o in model.session.get_outputs()]
    if given != OUTPUTS:
        faults.append(f"outputs are {given}, expected {OUTPUTS}")
    for name, h in m["reference"].items():
        if isinstance(h, dict) and "edges" in h and (len(h["edges"]) != len(h["counts"]) + 1 or sorted(h["edges"]) != h["edges"]):
            faults.append(f"reference {name} has {len(h['edges'])} edges and {len(h['counts'])} counts")
    return faults


def differs(model: ModelFile, image: Image.Image, expected: dict) -> list[str]:
    found = model.answer(image)
    off = float(np.abs(found.probabilities - expected["probabilities"]).max())
    far = abs(found.distance - expected["distance"]) / max(1.0, abs(expected["distance"]))
    name = expected.get("file", expected.get("name"))
    return [f"{name}: {what} is off by {by:.2g}" for what, by in (("a probability", off), ("distance", far)) if by > CLOSE]


def main() -> int:
    model, faults = ModelFile(FILE), []
    if FILE.stat().st_size > LARGEST:
        faults.append(f"{FILE.name} is {FILE.stat().st_size} bytes, at most {LARGEST}")
    faults += contract(model)
    for golden in model.metadata["golden"]:
        faults += differs(model, Image.open(io.BytesIO(base64.b64decode(golden["png"]))).convert("RGB"), golden)
    pictures = json.loads((GOLDEN / "golden.json").read_text())["pictures"]
    for expected in pictures:
        faults += differs(model, Image.open(GOLDEN / expected["file"]).convert("RGB"), expected)
    digest = hashlib.sha256(FILE.read_bytes()).hexdigest()
    if (told := json.loads((GOLDEN / "leaves.json").read_text())["modelSha256"]) != digest:
        faults.append(f"leaves.json is of {told}, the file is {digest}")
    for fault in faults:
        print(fault)
    print(f"{FILE.name} {model.metadata['version']} {digest[:12]}: {len(pictures)} golden pictures, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
