"""Haricot and its Python peers side by side: the same pictures, the same model file, one inference thread, request by request.

Called by `bench/peers`. Servers take turns with every single request, so that whatever else the machine does slows all of
them; a ratio is the median over pairs of such neighbours, and its spread is the least and the most of the rounds.
"""

import argparse
import hashlib
import json
import pickle
import platform
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from classifier import Classifier
from clients import Send, over_http, through_gradio
from load import Load, together
from ordinary import ordinary
from pictures import PHONE_3, PHONE_12, PHONE_48, SMALL, Picture, drawn
from servers import CORES, ROOT, Server, started
from table import markdown

FOLDER = ROOT / "bench" / "target" / "peers"
FIRST_MODEL = "0fca049:model/beans.onnx"  # beans 1.0.0, in the history

CLIENTS = 8
WARM_UP = 400  # requests of the most usual kind, and a tenth of it of each other: a JVM compiles what it sees often
WARM_UP_LARGE = 4
HANDLED = {SMALL: "500×500 JPEG", PHONE_12: "12 MP JPEG"}  # what the handler is measured with
FLOOR = "no server"  # Pillow and ONNX Runtime in this process: what is left of a peer without its HTTP and JSON
LEAST = 2  # turns of a case in a round, however long they take


@dataclass(frozen=True)
class Case:
    """What is sent to whom, and for how many seconds of each round."""

    name: str
    size: tuple[int, int]
    format: str
    form: str
    peers: tuple[str, ...]
    seconds: float

    @property
    def label(self) -> str:
        return f"{self.name}, {'JSON' if self.form == 'json' else 'raw'}"


USUAL = Case("500×500 JPEG", SMALL, "jpeg", "json", ("plain", "plain, 1.0.0", "fastapi", "gradio", "litserve", FLOOR), 9)
CASES = [
    USUAL,
    Case("500×500 JPEG", SMALL, "jpeg", "raw", ("plain", "fastapi"), 3),
    Case("500×500 PNG", SMALL, "png", "json", ("plain", "fastapi"), 2),
    Case("500×500 PNG", SMALL, "png", "raw", ("plain", "fastapi"), 2),
    Case("500×500 WebP", SMALL, "webp", "json", ("plain", "fastapi"), 2),
    Case("500×500 WebP", SMALL, "webp", "raw", ("plain", "fastapi"), 2),
    Case("3 MP JPEG", PHONE_3, "jpeg", "json", ("plain", "fastapi"), 2),
    Case("3 MP JPEG", PHONE_3, "jpeg", "raw", ("plain", "plain, draft", "fastapi"), 2),
    Case("12 MP JPEG", PHONE_12, "jpeg", "json", ("plain", "fastapi"), 3),
    Case("12 MP JPEG", PHONE_12, "jpeg", "raw", ("plain", "plain, draft", "fastapi", FLOOR), 5),
    Case("48 MP JPEG", PHONE_48, "jpeg", "json", ("plain",), 2),
    Case("48 MP JPEG", PHONE_48, "jpeg", "raw", ("plain", "plain, draft"), 2),
]
CROWDS = [
    Case("500×500 JPEG", SMALL, "jpeg", "json", ("plain", "fastapi", "gradio", "litserve"), 2),
    Case("12 MP JPEG", PHONE_12, "jpeg", "raw", ("plain", "fastapi"), 2),
]


@dataclass
class Results:
    """Milliseconds by case and server, one list a round, of which equal places are neighbours; loads likewise."""

    latency: dict[str, dict[str, list[list[float]]]]
    crowds: dict[str, dict[str, list[Load]]]


def main() -> None:
    options = parsed()
    FOLDER.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(FOLDER / "data", ignore_errors=True)  # one with another model of the same version would be refused
    cases, crowds = (CASES, CROWDS) if not options.quick else (trimmed(CASES), trimmed(CROWDS))
    told("drawing the pictures")
    pictures = made({case.size for case in cases}, options.photo)
    model = options.model.resolve() if options.photo else FOLDER / "model.onnx"
    if not options.photo:
        ordinary(options.model, model)
    models = {"haricot": model, "plain": model, "fastapi": model, "gradio": model, "litserve": model}
    first = first_model(options.first_model)
    if first:
        models["plain, 1.0.0"] = first
    # Any command but --version and --help builds what has changed: a start is not to be measured with a build in it.
    subprocess.run([str(ROOT / "haricot"), "completion"], check=True, stdout=subprocess.DEVNULL)

    with ExitStack() as stack:
        servers = {}
        for name, file in models.items():
            if name in options.peers or name == "haricot":
                told(f"starting {name}")
                servers[name] = stack.enter_context(started(name, file, FOLDER))
        floor = Classifier(str(model))
        sends = [(case, senders(case, servers, pictures, floor)) for case in cases]
        told("warming up")
        decision = warmed_up(sends, options.quick)
        results = Results({}, {})
        for number in range(options.rounds):
            told(f"round {number + 1} of {options.rounds}")
            for case, send in sends:
                add(results.latency.setdefault(case.label, {}), turns(send, case.seconds * options.scale))
            for case in crowds:
                for name in order([n for n in ("haricot", *case.peers) if n in servers], number):
                    crowd = [sender(case, servers[name], pictures, name) for _ in range(CLIENTS)]
                    load = together(crowd, case.seconds * options.scale)
                    results.crowds.setdefault(case.label, {}).setdefault(name, []).append(load)
        told("done")
        report = {
            "conditions": conditions(options, decision),
            "latency_ms": results.latency,
            "crowds": {case: {n: [vars(one) for one in all_] for n, all_ in by.items()} for case, by in results.crowds.items()},
            "memory_mb": {name: server.memory_mb() for name, server in servers.items()},
            "start_seconds": {name: server.start_seconds for name, server in servers.items()},
        }
    report["handler"] = handler(pictures, model, options)
    print(json.dumps(report) if options.json else markdown(report))


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/peers", description="Measure Haricot and its Python peers side by side.")
    parser.add_argument("--rounds", type=int, default=5, help="each about a minute (default: 5)")
    parser.add_argument("--quick", action="store_true", help="one short round without the large pictures, for trying")
    parser.add_argument("--json", action="store_true", help="one JSON object with every sample")
    parser.add_argument("--photo", type=Path, help="a photo to send, which the model should accept (default: drawn textures)")
    parser.add_argument("--model", type=Path, default=ROOT / "model" / "beans.onnx", help="the file that all of them serve")
    parser.add_argument("--first-model", type=Path, help="beans 1.0.0 (default: from the history of git)")
    parser.add_argument("--peers", default="plain;plain, 1.0.0;fastapi;gradio;litserve", help="which, with semicolons")
    options = parser.parse_args()
    options.peers = options.peers.split(";")
    options.scale = 0.5 if options.quick else 1.0
    options.rounds = 1 if options.quick else options.rounds
    return options


def trimmed(cases: list[Case]) -> list[Case]:
    return [case for case in cases if case.size == SMALL or (case.size == PHONE_12 and case.form == "raw")]


def told(what: str) -> None:
    print(f"bench/peers: {what}", file=sys.stderr, flush=True)


def made(sizes: set[tuple[int, int]], photo: Path | None) -> dict[tuple[tuple[int, int], str], Picture]:
    """Drawn once: the large ones take half a minute."""
    recipe = hashlib.sha256((Path(__file__).parent / "pictures.py").read_bytes())
    recipe.update((photo.read_bytes() if photo else b"") + repr(sorted(sizes)).encode())
    kept = FOLDER / f"pictures-{recipe.hexdigest()[:16]}"
    if not kept.exists():
        kept.write_bytes(pickle.dumps(drawn(sorted(sizes), photo)))
    return {(picture.size, picture.format): picture for picture in pickle.loads(kept.read_bytes())}


def first_model(given: Path | None) -> Path | None:
    """None in a shallow clone."""
    if given:
        return given.resolve()
    shown = subprocess.run(["git", "show", FIRST_MODEL], cwd=ROOT, capture_output=True)
    if shown.returncode != 0:
        told("beans 1.0.0 is not in this clone's history: its row is left out")
        return None
    file = FOLDER / "beans-1.0.0.onnx"
    file.write_bytes(shown.stdout)
    return file


def sender(case: Case, server: Server, pictures: dict, name: str) -> Send:
    picture = pictures[case.size, case.format]
    match name:
        case "haricot":
            return over_http(server.port, "/v1/classify", picture, case.form)
        case "plain, draft":
            return over_http(server.port, "/?draft", picture, case.form)
        case "fastapi":
            return over_http(server.port, f"/{case.form}", picture, case.form)
        case "litserve":
            return over_http(server.port, "/predict", picture, case.form)
        case "gradio":
            return through_gradio(server.port, picture, FOLDER)
    return over_http(server.port, "/", picture, case.form)


def senders(case: Case, servers: dict[str, Server], pictures: dict, floor: Classifier) -> dict[str, Send]:
    process = {"plain, draft": "plain"}
    send = {
        name: sender(case, servers[process.get(name, name)], pictures, name)
        for name in ("haricot", *case.peers)
        if process.get(name, name) in servers
    }
    if FLOOR in case.peers:
        content = pictures[case.size, case.format].content
        send[FLOOR] = lambda: json.dumps(floor.answer(content, draft=True)).encode()
    return send


def warmed_up(sends: list[tuple[Case, dict[str, Send]]], quick: bool) -> str:
    """Has everyone answer everything, checks that they agree, and returns Haricot's decision on the usual picture."""
    decision = ""
    for case, send in sends:
        answers = {name: json.loads(one()) for name, one in send.items()}
        labels = {label(answer) for name, answer in answers.items() if name != "plain, 1.0.0"}
        if len(labels) > 1:
            told(f"warning: {case.label} is answered in different ways: {labels}")
        if case is USUAL:
            decision = answers["haricot"]["decision"]
        many = WARM_UP if case is USUAL else WARM_UP // 10 if case.size == SMALL else WARM_UP_LARGE
        for _ in range(many // 4 if quick else many):
            send["haricot"]()
        for _ in range(min(many, 20)):
            for name in send.keys() - {"haricot"}:
                send[name]()
    return decision


def label(answer: dict) -> str:
    """The most probable one: Haricot's `label` is null where it rejects a picture."""
    return answer["predictions"][0]["label"] if "decision" in answer else answer["label"]


def turns(send: dict[str, Send], seconds: float) -> dict[str, list[float]]:
    """Every server in turn, beginning with another each time, until the time is over."""
    took: dict[str, list[float]] = {name: [] for name in send}
    names = list(send)
    end = time.perf_counter() + seconds
    turn = 0
    while turn < LEAST or time.perf_counter() < end:
        for name in order(names, turn):
            begin = time.perf_counter()
            send[name]()
            took[name].append((time.perf_counter() - begin) * 1000)
        turn += 1
    return took


def order(names: list[str], turn: int) -> list[str]:
    start = turn % len(names)
    return names[start:] + names[:start]


def add(rounds: dict[str, list[list[float]]], took: dict[str, list[float]]) -> None:
    for name, samples in took.items():
        rounds.setdefault(name, []).append(samples)


def handler(pictures: dict, model: Path, options: argparse.Namespace) -> dict:
    """The handler over its floor, in one process of Java; the servers have stopped by now."""
    files = []
    for (size, form), picture in pictures.items():
        if form == "jpeg" and size in HANDLED:
            files.append(FOLDER / f"{HANDLED[size]}.jpeg")
            files[-1].write_bytes(picture.content)
    seconds = "1" if options.quick else "1.5"
    command = [ROOT / "bench" / "handler", "--model", model, "--rounds", options.rounds, "--seconds", seconds, "--json", *files]
    told("measuring the handler")
    done = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def conditions(options: argparse.Namespace, decision: str) -> dict:
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": commit.stdout.strip(),
        "machine": f"{CORES} cores, {processor()}",
        "python": platform.python_version(),
        "model": hashlib.sha256(options.model.read_bytes()).hexdigest()[:12],
        "pictures": f"of {options.photo.name}" if options.photo else "drawn",
        "decision": decision,
        "rounds": options.rounds,
    }


def processor() -> str:
    file = Path("/proc/cpuinfo")
    if file.exists():
        for line in file.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


if __name__ == "__main__":
    main()
