"""Every chart, against the bare ``savefig`` of the same artists; and one that was drawn before."""

import time
from collections.abc import Iterator

from flask import Flask

from cpi1540.briefing.chart_kinds import CHARTS, RECORD, ChartKind
from cpi1540.briefing.charts import output
from cpi1540.briefing.service.making import make
from cpi1540.briefing.service.pictures import drawing, picture
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.languages import speaking
from cpi1540.locales import CODES
from cpi1540.states import service as states
from tests.bench.measuring import Measured, ratio

# What a kept chart may take, in milliseconds, and the whole gallery in six languages, in seconds on one core.
KEPT, GALLERY = 5.0, 180.0


def measure(app: Flask) -> list[Measured]:
    with app.app_context():
        rows = [_against_savefig(kind) for kind in CHARTS]
    return [*rows, _kept(app), _gallery(app)]


def _question(kind: ChartKind) -> ChartQuestion:
    """The whole record where the chart is of one, France where not."""
    if RECORD in kind.scopes and kind.name != "coverage":
        return ChartQuestion(tuple(states.states(practice=False)))
    return ChartQuestion((states.find("FRA"),), named=True)


def _against_savefig(kind: ChartKind) -> Measured:
    question = _question(kind)
    figure = drawing(make(kind.name, question, SYSTEM).chart).figure

    def ours() -> object:
        return picture(make(kind.name, question, SYSTEM).chart, "png")

    found, mine, bare = ratio(ours, lambda: output.to_png(figure), 3)
    return Measured(f"{kind.name} chart as PNG", found, f"savefig, {bare:.0f} ms", 1.5, f"(ours {mine:.0f} ms)")


def _kept(app: Flask) -> Measured:
    client = app.test_client()
    address = "/en/briefing/charts/coverage.svg?of=FRA"
    client.get(address)

    def ours() -> None:
        assert client.get(address).status_code == 200

    def budget() -> None:
        time.sleep(KEPT / 1000)

    found, mine, _bare = ratio(ours, budget, 30)
    return Measured("a chart drawn before, in process", found, f"{KEPT:.0f} ms", 1.0, f"(ours {mine:.1f} ms)")


def _gallery(app: Flask) -> Measured:
    begun = time.perf_counter()
    for _made in _pictures(app):
        pass
    taken = time.perf_counter() - begun
    return Measured(
        "every chart as PNG in six languages",
        taken / GALLERY,
        f"{GALLERY:.0f} s on one core",
        1.0,
        f"(ours {taken:.0f} s)",
    )


def _pictures(app: Flask) -> Iterator[bytes]:
    with app.app_context():
        for kind, code in ((kind, code) for kind in CHARTS for code in CODES):
            with speaking(code):
                yield picture(make(kind.name, _question(kind), SYSTEM).chart, "png")
