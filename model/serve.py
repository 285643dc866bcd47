"""Runs a model file on pictures and derives the decision, as the serving code does. Needs onnxruntime, numpy, Pillow."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

import pictures
from pictures import Picture

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before the library loads
import onnxruntime

OUTPUTS = ["logits", "probabilities", "score", "distance", "features", "quality"]


@dataclass(frozen=True)
class Answer:
    """What the file says of one picture, and what follows from it."""

    probabilities: np.ndarray
    logits: np.ndarray
    score: float
    distance: float
    quality: np.ndarray
    short_side: int
    label: int
    confidence: float
    flagged: bool
    decision: str
    reasons: list[str]


class ModelFile:
    """A model file, opened on one thread."""

    def __init__(self, file: Path | bytes):
        self.session = session(file if isinstance(file, bytes) else str(file))
        self.metadata = json.loads(self.session.get_modelmeta().custom_metadata_map["haricot"])

    @property
    def short_side_kept(self) -> int | None:
        """None: pictures are not reduced before the graph."""
        return self.metadata["input"].get("shortSideKept")

    def answer(self, image: Image.Image) -> Answer:
        """What is said of an upright RGB picture of full size."""
        return self.judged(Picture(pictures.reduced(image, self.short_side_kept), image.size, False))

    def read(self, file: Path) -> Answer:
        """What is said of a file. Raises Unreadable."""
        return self.judged(pictures.read(file, self.short_side_kept))

    def judged(self, picture: Picture) -> Answer:
        found = dict(zip(OUTPUTS, self.session.run(OUTPUTS, {"image": np.asarray(picture.image)}), strict=True))
        return decide(self.metadata["thresholds"], found, picture.short_side)


def session(model: bytes | str) -> onnxruntime.InferenceSession:
    """A file or its bytes, on one thread: at this size two are no quicker."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def shortfalls(limits: dict[str, dict[str, float]], quality: np.ndarray, short_side: int, level: str) -> list[str]:
    """The quality reasons at a level, `poor` or `unusable`."""
    brightness, clipped, sharpness = (float(q) for q in quality)
    found = []
    if brightness < limits["brightness"][level]:
        found.append("too-dark")
    if clipped > limits["clipped"][level]:
        found.append("overexposed")
    if sharpness < limits["sharpness"][level]:
        found.append("blurred")
    if short_side < limits["shortSide"][level]:
        found.append("low-resolution")
    return found


def decide(thresholds: dict, found: dict[str, np.ndarray], short_side: int) -> Answer:
    """The verdict. The short side is the picture's own, before any reduction."""
    score, distance = float(found["score"]), float(found["distance"])
    label = int(np.argmax(found["probabilities"]))
    confidence = float(found["probabilities"][label])
    unusable = shortfalls(thresholds["quality"], found["quality"], short_side, "unusable")
    poor = shortfalls(thresholds["quality"], found["quality"], short_side, "poor")
    unfamiliar, unsure = score >= thresholds["review"], confidence < thresholds["confidence"]
    flagged = unfamiliar or bool(unusable)
    if distance >= thresholds["reject"] or unusable:
        decision = "reject"
    elif flagged or unsure:
        decision = "review"
    else:
        decision = "accept"
    reasons = [] if decision == "accept" else ["unfamiliar"] * unfamiliar + poor
    reasons += ["low-confidence"] * (decision == "review" and unsure)
    return Answer(found["probabilities"], found["logits"], score, distance, found["quality"], short_side, label,
                  confidence, flagged, decision, reasons)
