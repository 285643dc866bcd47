"""Makes tables of what was measured: each goal, and what it came from."""

from statistics import median

Rounds = list[list[float]]

# What is to be reached: the case, against whom, and the most that the ratio may be.
GOALS = [
    ("500×500 JPEG, JSON", "plain", 0.85),
    ("500×500 JPEG, JSON", "plain, 1.0.0", 0.7),
    ("500×500 JPEG, JSON", "fastapi", 0.75),
    ("500×500 JPEG, JSON", "gradio", 0.4),
    ("12 MP JPEG, raw", "plain", 0.3),
]
LEAST_THROUGHPUT = ("500×500 JPEG, JSON", "fastapi", 1.2)
MOST_OVER_FLOOR = ("500×500 JPEG, JSON", 1.15)


def markdown(report: dict) -> str:
    conditions = "; ".join(f"{name} {value}" for name, value in report["conditions"].items())
    return "\n\n".join([
        conditions,
        table(["goal", "at most", "measured (rounds)", ""], goals(report)),
        table(["p50 / p99 in ms", "haricot", "peer", "", "haricot over peer (rounds)"], latencies(report)),
        table(["8 clients, answers a second", "haricot", "peer", "", "haricot over peer", "p50 / p99 in ms"], crowds(report)),
        table(["handler", "processor ms", "floor: decode and bare run", "ratio (rounds)"], floors(report)),
        table(["process", "resident MB", "seconds to start"], processes(report)),
    ])  # fmt: skip


def table(heads: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [heads, ["---"] * len(heads), *rows])


def goals(report: dict) -> list[list[str]]:
    rows = []
    for case, peer, most in GOALS:
        by = report["latency_ms"].get(case, {})
        if peer in by:
            ratios = paired(by["haricot"], by[peer])
            rows.append([f"{case}, p50 against {peer}", f"{most}", spread(ratios), met(median(ratios), most)])
    case, peer, least = LEAST_THROUGHPUT
    if peer in (by := report["crowds"].get(case, {})):
        ratios = throughputs(by, peer)
        short = "met" if median(ratios) >= least else f"missed by {least - median(ratios):.2f}"
        rows.append([f"{case}, 8 clients, throughput against {peer}", f"at least {least}", spread(ratios), short])
    case, most = MOST_OVER_FLOOR
    if case in report["handler"]:
        ratios = report["handler"][case]["overFloor"]
        rows.append([f"{case}, handler over its floor", f"{most}", spread(ratios), met(median(ratios), most)])
    return rows


def latencies(report: dict) -> list[list[str]]:
    return [
        [case, percentiles(by["haricot"]), percentiles(rounds), peer, spread(paired(by["haricot"], rounds))]
        for case, by in report["latency_ms"].items()
        for peer, rounds in by.items()
        if peer != "haricot"
    ]


def crowds(report: dict) -> list[list[str]]:
    rows = []
    for case, by in report["crowds"].items():
        for peer in by.keys() - {"haricot"}:
            waits = [percentiles([one["milliseconds"] for one in by[name]]) for name in ("haricot", peer)]
            rates = [f"{median(one['per_second'] for one in by[name]):.1f}" for name in ("haricot", peer)]
            rows.append([case, *rates, peer, spread(throughputs(by, peer)), "; ".join(waits)])
    return sorted(rows)


def floors(report: dict) -> list[list[str]]:
    return [
        [case, f"{one['handlerMillis']:.2f}", f"{one['floorMillis']:.2f}", spread(one["overFloor"])]
        for case, one in report["handler"].items()
    ]


def processes(report: dict) -> list[list[str]]:
    return [[n, f"{mb:.0f}", f"{report['start_seconds'][n]:.1f}"] for n, mb in report["memory_mb"].items()]


def paired(ours: Rounds, theirs: Rounds) -> list[float]:
    """Of each round the median over neighbours."""
    return [median(a / b for a, b in zip(one, other, strict=True)) for one, other in zip(ours, theirs, strict=True)]


def throughputs(by: dict, peer: str) -> list[float]:
    return [a["per_second"] / b["per_second"] for a, b in zip(by["haricot"], by[peer], strict=True)]


def percentiles(rounds: Rounds) -> str:
    samples = sorted(one for single in rounds for one in single)
    return f"{median(samples):.1f} / {samples[min(len(samples) - 1, len(samples) * 99 // 100)]:.1f}"


def spread(ratios: list[float]) -> str:
    return f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def met(ratio: float, most: float) -> str:
    return "met" if ratio <= most else f"missed by {ratio - most:.2f}"
