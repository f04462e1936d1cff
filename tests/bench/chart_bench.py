"""A chart, against the bare ``savefig`` of the same artists."""

from flask import Flask

from cpi1540.briefing.charts import output
from cpi1540.briefing.service.making import make
from cpi1540.briefing.service.pictures import drawing, picture
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.foundation.access import SYSTEM
from cpi1540.states import service as states
from tests.bench.measuring import Measured, ratio


def measure(app: Flask) -> list[Measured]:
    with app.app_context():
        question = ChartQuestion((states.find("FRA"),), named=True)
        figure = drawing(make("coverage", question, SYSTEM).chart).figure

        def ours() -> object:
            return picture(make("coverage", question, SYSTEM).chart, "png")

        found, mine, bare = ratio(ours, lambda: output.to_png(figure), 9)
        return [Measured("coverage chart as PNG", found, f"savefig, {bare:.0f} ms", 1.5, f"(ours {mine:.0f} ms)")]
