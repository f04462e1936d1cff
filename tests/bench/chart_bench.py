"""A chart, against the bare ``savefig`` of the same artists."""

from flask import Flask

from cpi1540.briefing import service
from cpi1540.briefing.charts import output
from cpi1540.briefing.charts.coverage import draw
from cpi1540.coverage.service.figures import Question
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.languages import current_language
from cpi1540.states import service as states
from tests.bench.measuring import Measured, ratio


def measure(app: Flask) -> list[Measured]:
    with app.app_context():
        chosen = [states.find("FRA")]
        values = service.coverage_chart(chosen, Question(), "section", SYSTEM)
        figure = draw(values, current_language(), service.words(), service.typefaces())

        def ours() -> object:
            chart = service.coverage_chart(chosen, Question(), "section", SYSTEM)
            return service.picture(chart, "png")

        found, mine, bare = ratio(ours, lambda: output.to_png(figure), 9)
        return [Measured("coverage chart as PNG", found, f"savefig, {bare:.0f} ms", 1.5, f"(ours {mine:.0f} ms)")]
