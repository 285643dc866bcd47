"""Run: pytest .ci/skips_test.py"""

from collections import Counter
from pathlib import Path

from skips import causes, forbidden

REPORT = """<testsuite>
<testcase name="a"><skipped message="org.opentest4j.TestAbortedException: Assumption failed: no photographs in /x (BEANS_DATA)"/></testcase>
<testcase name="b"><skipped message="Assumption failed: no photographs in /x (BEANS_DATA)"/></testcase>
<testcase name="c"><skipped message='@EnabledIf("haricot.local.host.LocalStack#isThere") evaluated to false'/></testcase>
<testcase name="d"/>
<testcase name="e"><skipped/></testcase>
</testsuite>"""


def test_skips_are_counted_by_cause(tmp_path: Path) -> None:
    reports = tmp_path / "local/target/surefire-reports"
    reports.mkdir(parents=True)
    (reports / "TEST-a.xml").write_text(REPORT)
    assert causes(tmp_path) == {
        "no photographs in /x (BEANS_DATA)": 2,
        "LocalStack cannot run here; a line of the build says why": 1,
        "it does not say why": 1,
    }


def test_only_what_may_be_missing_may_be_skipped() -> None:
    counted = Counter({"no photographs in /x": 2, "no curl": 1})
    assert forbidden(counted, ["photo"]) == ["no curl"]
    assert forbidden(counted, ["photo", "curl"]) == []
    assert forbidden(counted, []) == ["no photographs in /x", "no curl"]
