"""Everything that ships, from the photos alone: groups, 18 models, calibration, figures, file, goldens.

    BEANS_DATA=DIR python build.py

Under an hour on two cores. What is finished stays in build/ and is not done again; remove build/ to start afresh.
"""

import os
import subprocess
import sys
import time

from beans import BUILD, DATA, HERE

WORKERS = 2
STEPS = ["export.py", "compare.py", "results.py", "shapes.py", "reductions.py", "oracle.py", "check.py"]


def start(*command: str) -> subprocess.Popen:
    alone = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "ORT_DISABLE_TELEMETRY": "1"}
    return subprocess.Popen([sys.executable, *command], cwd=HERE, env=alone)


def finished(name: str, *running: subprocess.Popen) -> None:
    if any([p.wait() for p in running]):
        raise SystemExit(f"{name} failed: see above")


def main() -> None:
    began = time.time()
    print(f"photos from {DATA}", flush=True)
    BUILD.mkdir(exist_ok=True)
    finished("groups.py", start("groups.py"))
    finished("train.py", start("train.py", "--store"))
    finished("train.py", *[start("train.py", "--worker", f"{w}/{WORKERS}") for w in range(WORKERS)])
    finished("renders.py", *[start("renders.py", "--worker", f"{w}/{WORKERS}") for w in range(WORKERS)])
    finished("features.py", *[start("features.py", "--worker", f"{w}/{WORKERS}") for w in range(WORKERS)])
    for step in STEPS:
        print(f"--- {step}, {(time.time() - began) / 60:.0f} minutes so far", flush=True)
        finished(step, start(step))
    print(f"all done in {(time.time() - began) / 60:.0f} minutes")


if __name__ == "__main__":
    main()
