"""Many clients at once, each sending its next picture when the last is answered."""

import threading
import time
from dataclasses import dataclass

from clients import Send


@dataclass(frozen=True)
class Load:
    """How much one server answered in one round, and how long its callers waited."""

    per_second: float
    milliseconds: list[float]


def together(crowd: list[Send], seconds: float) -> Load:
    """Each client's first answer opens its connection and is not counted; what is under way at the end is awaited."""
    spans: list[tuple[float, float]] = []
    failures: list[Exception] = []
    ready = threading.Barrier(len(crowd))

    def client(send: Send) -> None:
        try:
            send()
            ready.wait()
            end = time.perf_counter() + seconds
            while (begin := time.perf_counter()) < end:
                send()
                spans.append((begin, time.perf_counter()))
        except Exception as failure:
            failures.append(failure)
            ready.abort()

    threads = [threading.Thread(target=client, args=(send,)) for send in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    took = max(end for _, end in spans) - min(begin for begin, _ in spans)
    return Load(len(spans) / took, [(end - begin) * 1000 for begin, end in spans])
