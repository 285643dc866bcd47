"""Prints the numbers that StatisticsTest holds Haricot's statistics against.

They come from SciPy, which shares no code with it; PSI, which SciPy lacks, from its formula in numpy. To renew:

    pip install scipy==1.17.1 numpy==2.4.6
    python function/src/test/python/statistics.py > function/src/test/resources/haricot/drift/statistics.json
"""

import json

import numpy as np
from scipy import stats

RATES = [(0, 40), (1, 1), (3, 200), (19, 200), (200, 200), (812, 40_000)]
RATE_PAIRS = [(9, 200, 10, 1_000), (3, 200, 12, 1_167), (0, 200, 12, 1_167), (20, 200, 0, 200), (40, 40, 3, 5_000), (120, 9_000, 100, 9_000)]
LARGE_RATE_PAIR = (61_000, 3_000_000, 60_000, 3_000_000)
HISTOGRAMS = [
    ([30, 41, 55, 38, 36], [290, 410, 520, 400, 380]),
    ([12, 30, 70, 60, 28], [290, 410, 520, 400, 380]),
    ([50, 50, 50, 50], [500, 500, 500, 500]),
    ([900, 2_100, 1_700, 300], [1_000, 2_000, 1_500, 500]),
]
PROBABILITIES = [0.004, 0.9, 0.01, 0.0002, 0.03, 0.5, 0.011]
UNITS = [(0, 12), (1, 30), (9, 40), (0, 25), (2, 18), (0, 60), (5, 22), (0, 9), (1, 44), (0, 31)]
DRAWS = 200_000


def wilson(hits: int, of: int) -> list[float]:
    interval = stats.binomtest(hits, of).proportion_ci(0.95, method="wilson")
    return [interval.low, interval.high]


def fisher(hits: int, of: int, reference_hits: int, reference_of: int) -> float:
    table = [[hits, of - hits], [reference_hits, reference_of - reference_hits]]
    return stats.fisher_exact(table, alternative="greater").pvalue


def psi(some: list[int], reference: list[int]) -> float:
    a, b = np.array(some) + 0.5, np.array(reference) + 0.5
    p, q = a / a.sum(), b / b.sum()
    return float(((p - q) * np.log(p / q)).sum())


def divergence(some: list[int], reference: list[int]) -> dict[str, float]:
    found = stats.chi2_contingency([some, reference], correction=False)
    return {"psi": psi(some, reference), "chiSquare": found.statistic, "freedom": found.dof, "probability": found.pvalue}


def higher(some: list[int], reference: list[int]) -> float:
    a = np.repeat(np.arange(len(some)), some)
    b = np.repeat(np.arange(len(reference)), reference)
    return stats.mannwhitneyu(a, b).statistic / len(a) / len(b)


def holm(probabilities: list[float]) -> list[float]:
    """Holm by its definition: the largest of the steps so far. (SciPy corrects by Benjamini and Hochberg alone.)"""
    order = np.argsort(probabilities)
    steps = np.array(probabilities)[order] * np.arange(len(order), 0, -1)
    corrected = np.empty(len(order))
    corrected[order] = np.minimum(1, np.maximum.accumulate(steps))
    return corrected.tolist()


def bootstrap(units: list[tuple[int, int]]) -> list[float]:
    pairs = np.array(units)
    drawn = pairs[np.random.default_rng(1).integers(0, len(pairs), (DRAWS, len(pairs)))].sum(axis=1)
    return np.quantile(drawn[:, 0] / drawn[:, 1], [0.025, 0.975]).tolist()


print(
    json.dumps(
        {
            "wilson": [{"rate": pair, "interval": wilson(*pair)} for pair in RATES],
            "fisher": [{"rates": pair, "probability": fisher(*pair)} for pair in [*RATE_PAIRS, LARGE_RATE_PAIR]],
            "divergence": [{"counts": pair, **divergence(*pair), "higher": higher(*pair)} for pair in HISTOGRAMS],
            "holm": {"probabilities": PROBABILITIES, "corrected": holm(PROBABILITIES)},
            "bootstrap": {"units": UNITS, "interval": bootstrap(UNITS)},
        },
        indent=1,
    )
)
