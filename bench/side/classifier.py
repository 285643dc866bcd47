"""What every Python peer does with a picture: Pillow decodes it, ONNX Runtime runs the model on one thread."""

import io
import json
import os

import numpy as np
import onnxruntime
from PIL import Image

OUTPUTS = ["probabilities", "score", "distance"]


class Classifier:
    """Several threads may ask at once."""

    def __init__(self, file: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        card = json.loads(self.session.get_modelmeta().custom_metadata_map["haricot"])
        self.labels: list[str] = card["labels"]
        self.short_side: int = card["input"]["shortSideKept"]

    @classmethod
    def served(cls) -> "Classifier":
        return cls(os.environ["MODEL"])

    def answer(self, picture: bytes, draft: bool = False) -> dict:
        """With `draft` the decoder halves a large JPEG while it reads, down to what the model's card asks for."""
        image = Image.open(io.BytesIO(picture))
        if draft:
            image.draft("RGB", (self.short_side, self.short_side))
        return self.judged(image.convert("RGB"))

    def judged(self, image: Image.Image) -> dict:
        probabilities, score, distance = self.session.run(OUTPUTS, {"image": np.asarray(image)})
        best = int(probabilities.argmax())
        return {
            "label": self.labels[best],
            "confidence": float(probabilities[best]),
            "predictions": dict(zip(self.labels, probabilities.tolist(), strict=True)),
            "score": float(score),
            "distance": float(distance),
        }
