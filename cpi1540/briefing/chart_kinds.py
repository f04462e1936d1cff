"""Which charts there are. Nothing here draws: drawing is imported only when a chart is made."""

from dataclasses import dataclass
from typing import Literal

from cpi1540.foundation.messages import N_

By = Literal["section", "group", "state"]
Form = Literal["png", "svg", "pdf"]
FORMS: tuple[Form, ...] = ("png", "svg", "pdf")
MEDIA_TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class ChartKind:
    """A chart that can be made: its name, its title, how many dates it takes, and its file formats."""

    name: str
    title: str
    dates: int
    formats: tuple[str, ...]


CHARTS = (ChartKind("coverage", N_("Coverage with its interval"), 1, FORMS),)
