"""Say at the end which tests were left out and why; where all is required, that is a failure.

Of a run with workers only the process that leads them has a terminal; the reports of all arrive there.
"""

import os
from collections import Counter

import pytest


def _reasons(reporter: pytest.TerminalReporter) -> Counter[str]:
    skipped = [report.longrepr for report in reporter.stats.get("skipped", [])]
    return Counter(str(place[2] if isinstance(place, tuple) else place).removeprefix("Skipped: ") for place in skipped)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for reason, tests in sorted(_reasons(terminalreporter).items()):
        terminalreporter.write_line(f"LEFT OUT, {tests} tests: {reason}", red=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or exitstatus != pytest.ExitCode.OK or os.environ.get("CPI1540_REQUIRE_ALL") != "1":
        return
    if _reasons(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
