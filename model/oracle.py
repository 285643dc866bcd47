"""Writes golden/leaves.json: names of training photos with the file's answers, for code in other languages to match.

No pixel of a photo is in it. Ten photos are enlarged (every pixel repeated 5 by 5) to need the reduction.
"""

import hashlib
import json

import numpy as np
from PIL import Image

from beans import DATA, HERE, LABELS, photos, upright
from serve import ModelFile

PHOTOS, ENLARGED, TIMES = 200, 10, 5


def main() -> None:
    file = HERE / "beans.onnx"
    model = ModelFile(file)
    folder = photos()
    files, truth = folder.files, folder.truth
    some = np.linspace(0, len(files) - 1, PHOTOS).astype(int)
    big = set(some[:: PHOTOS // ENLARGED].tolist())
    pictures = []
    for i in some:
        image = upright(files[i])
        times = TIMES if i in big else 1
        if times > 1:
            image = Image.fromarray(np.asarray(image).repeat(times, axis=0).repeat(times, axis=1))
        a = model.answer(image)
        pictures.append({
            "file": files[i].relative_to(DATA).as_posix(), "enlarged": times, "truth": LABELS[truth[i]],
            "label": LABELS[a.label], "probabilities": [round(float(p), 6) for p in a.probabilities],
            "score": round(a.score, 5), "distance": round(a.distance, 5), "decision": a.decision})
    lines = ",\n".join(json.dumps(p) for p in pictures)
    head = json.dumps({"version": model.metadata["version"], "modelSha256": hashlib.sha256(file.read_bytes()).hexdigest()})
    (HERE / "golden" / "leaves.json").write_text(head[:-1] + ', "pictures": [\n' + lines + "\n]}\n")
    print(f"leaves.json: {len(pictures)} photos, {len(big)} enlarged")


if __name__ == "__main__":
    main()
