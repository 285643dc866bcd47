"""Starts what is compared, each in a process of its own on a free port of the loopback interface."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CORES = os.cpu_count() or 1
PATIENCE = 120.0

# Of the environment's threads only one runs a picture, in every server; nothing may look anything up outside.
QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "OMP_NUM_THREADS": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "PYTHONUNBUFFERED": "1",
}


@dataclass
class Server:
    name: str
    port: int
    process: subprocess.Popen
    start_seconds: float

    def memory_mb(self) -> float:
        """Resident, of the process and all that it started; pages that they share count more than once."""
        listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
        rows = [tuple(map(int, line.split())) for line in listing.splitlines()]
        family = {self.process.pid}
        while more := {pid for pid, parent, _ in rows if parent in family} - family:
            family |= more
        return sum(rss for pid, _, rss in rows if pid in family) / 1000


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(name: str, port: int, model: Path, folder: Path) -> list[str]:
    match name:
        case "haricot":
            return [str(ROOT / "haricot"), "serve", "--port", str(port), "--model", str(model), "--data", str(folder / "data")]
        case "plain" | "plain, 1.0.0":
            return [sys.executable, "plain.py", str(port)]
        case "fastapi":
            workers = ["--workers", str(CORES), "--log-level", "warning"]
            return [sys.executable, "-m", "uvicorn", "fast:app", "--port", str(port), *workers]
        case "gradio":
            return [sys.executable, "interface.py", str(port)]
        case "litserve":
            return [sys.executable, "lit.py", str(port), str(CORES)]
    raise ValueError(name)


@contextmanager
def started(name: str, model: Path, folder: Path) -> Iterator[Server]:
    port = free_port()
    environment = os.environ | QUIET | {"MODEL": str(model), "GRADIO_TEMP_DIR": str(folder / "gradio")}
    with (folder / f"{name}.log").open("w") as log:
        begin = time.monotonic()
        process = subprocess.Popen(
            command(name, port, model, folder),
            cwd=HERE, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            await_answer(name, port, process, begin)
            yield Server(name, port, process, time.monotonic() - begin)
        finally:
            stop(process)


def await_answer(name: str, port: int, process: subprocess.Popen, begin: float) -> None:
    while time.monotonic() < begin + PATIENCE:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"http://127.0.0.1:{port}/{'health' if name == 'litserve' else ''}", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.02)
    raise RuntimeError(f"{name} did not start: see the file '{name}.log'")


def stop(process: subprocess.Popen) -> None:
    """Its whole group, which is its own: some peers start workers."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(10)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
