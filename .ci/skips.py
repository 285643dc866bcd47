"""Which tests were skipped, by cause, from Surefire's reports.

Run: python3 .ci/skips.py --may PATTERN …
It fails when a test was skipped for a cause that no PATTERN allows: what .ci/run installed must be used.
"""

import argparse
import re
import sys
import xml.etree.ElementTree as tree
from collections import Counter
from pathlib import Path


def causes(root: Path) -> Counter[str]:
    """How many tests of all modules below a folder were skipped, by what they say."""
    counted: Counter[str] = Counter()
    for report in sorted(root.glob("*/target/surefire-reports/TEST-*.xml")):
        for skipped in tree.parse(report).getroot().iter("skipped"):
            counted[readable(skipped.get("message") or "it does not say why")] += 1
    return counted


def readable(message: str) -> str:
    """The cause without what the test framework puts around it."""
    if "LocalStack#isThere" in message:
        return "LocalStack cannot run here; a line of the build says why"
    bare = re.sub(r"^(org\.opentest4j\.)?(TestAbortedException: )?(Assumption failed: )?(skipped[:,] (for )?)?", "", message)
    return bare.strip().splitlines()[0] if bare.strip() else "it does not say why"


def forbidden(counted: Counter[str], may: list[str]) -> list[str]:
    """The causes that no pattern allows."""
    return [cause for cause in counted if not any(re.search(pattern, cause) for pattern in may)]


def main() -> int:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--may", nargs="*", default=[], metavar="PATTERN")
    may = arguments.parse_args().may
    counted = causes(Path.cwd())
    for cause, count in counted.most_common():
        print(f"skipped {count}: {cause}")
    wrong = forbidden(counted, may)
    for cause in wrong:
        print(f"FAILED: nothing is missing here, so this must not be skipped: {cause}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
