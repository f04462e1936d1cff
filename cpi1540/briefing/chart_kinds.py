"""Which charts there are. Nothing here draws: drawing is imported only when a chart is made."""

from dataclasses import dataclass
from typing import Literal

from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.messages import N_, sentence
from cpi1540.foundation.search_text import printable

By = Literal["section", "group", "state"]
Form = Literal["png", "svg", "pdf"]
FORMS: tuple[Form, ...] = ("png", "svg", "pdf")
MEDIA_TYPES = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}
# What a question about a chart may name beside its scope and its dates.
FIELDS = frozenset({"lens", "section", "domain", "aspect"})
WEIGHTS = frozenset({"profile"})
DRAFTS = frozenset({"draft"})
# What a chart may be of.
STATE, STATES, GROUP, RECORD = "state", "states", "group", "record"
ALL_SCOPES = frozenset({STATE, STATES, GROUP, RECORD})
SEVERAL = frozenset({STATES, GROUP, RECORD})


@dataclass(frozen=True, slots=True)
class ChartKind:
    """A chart that can be made.

    ``title`` names it in lists; ``about`` says in a sentence what it is good for. ``dates`` is how many days it
    takes. ``by`` are the ways it can be broken down, the first one the usual. ``takes`` names what else a question
    may say (``FIELDS``, ``WEIGHTS``, ``DRAFTS``), ``scopes`` what it can be of. ``needs`` is the name of the action
    a person must be allowed, None for a chart that anybody may see. ``personal``: its figures depend on who asks.
    ``years`` is how far apart two dates are when the earlier one is not said.
    ``heights`` is about how high it gets, wide and narrow, in pixels: the room a page keeps for it.
    ``sample`` is what the gallery asks of the members' record: the part of it that is known to hold figures.
    """

    name: str
    title: str
    about: str
    dates: int
    by: tuple[By, ...] = ()
    takes: frozenset[str] = frozenset()
    scopes: frozenset[str] = ALL_SCOPES
    records: tuple[str, ...] = ("members", "practice")
    needs: str | None = None
    personal: bool = False
    years: int = 1
    heights: tuple[int, int] = (640, 900)
    formats: tuple[Form, ...] = FORMS
    sample: tuple[tuple[str, str], ...] = ()


# The members' matrices start from the treaties and regimes: OP 1.
_TREATIES = (("section", "op1"),)

CHARTS = (
    ChartKind(
        "coverage",
        N_("Coverage with its interval"),
        N_("How much of the matrices has measures recorded, and how much room the unknown leaves."),
        1,
        by=("section", "group", "state"),
        takes=FIELDS | WEIGHTS | DRAFTS,
        heights=(660, 1180),
    ),
    ChartKind(
        "heatmap-sections",
        N_("Heat map of States and sections"),
        N_("Where measures are recorded and where they are missing, State by State and section by section."),
        1,
        takes=FIELDS | WEIGHTS | DRAFTS,
        heights=(1055, 1905),
        sample=_TREATIES,
    ),
    ChartKind(
        "heatmap-fields",
        N_("Heat map of fields"),
        N_("Each field of OP 2 and OP 3 as it is printed: the codes of a State, or how many States have measures."),
        1,
        takes=FIELDS | DRAFTS,
        heights=(1330, 2680),
    ),
    ChartKind(
        "tiles",
        N_("Tile grid of all States"),
        N_("The whole record at a glance: one equal square for each State, in the regional groups."),
        1,
        takes=FIELDS | WEIGHTS | DRAFTS,
        scopes=SEVERAL,
        heights=(735, 1155),
        sample=_TREATIES,
    ),
    ChartKind(
        "map",
        N_("World map of the Member States"),
        N_(
            "The figures of the Member States on a map. States of the practice record are invented: they are on no map."
        ),
        1,
        takes=FIELDS | WEIGHTS | DRAFTS,
        records=("members",),
        heights=(900, 930),
        sample=_TREATIES,
    ),
    ChartKind(
        "histogram",
        N_("States by number of fields"),
        N_("How many States have measures recorded in how many fields: the Committee’s own way of putting it."),
        1,
        takes=FIELDS,
        scopes=SEVERAL,
        heights=(700, 950),
    ),
    ChartKind(
        "change",
        N_("Change between two dates"),
        N_("How coverage has moved, each figure with its interval then and now."),
        2,
        by=("section", "group", "state"),
        takes=FIELDS | WEIGHTS,
        heights=(560, 1030),
    ),
    ChartKind(
        "trend",
        N_("Trend over versions"),
        N_("Coverage from version to version of a State’s matrix, or year by year over many States."),
        2,
        takes=FIELDS | WEIGHTS,
        years=15,
        heights=(770, 930),
    ),
    ChartKind(
        "status-table",
        N_("Status table at two dates"),
        N_("In each field, how many States have measures recorded, then and now."),
        2,
        takes=FIELDS,
        scopes=SEVERAL,
        heights=(805, 2370),
    ),
    ChartKind(
        "treaties",
        N_("Treaties over time"),
        N_("How many States belong to each treaty, zone and regime, year by year, from their dated actions."),
        1,
        scopes=SEVERAL,
        heights=(1210, 2100),
    ),
    ChartKind(
        "gap-actions",
        N_("Gaps by action"),
        N_("Which laws, rules and other actions would close the gaps recorded."),
        1,
        takes=FIELDS | DRAFTS,
        heights=(1130, 2200),
    ),
    ChartKind(
        "requests",
        N_("Open requests by step and age"),
        N_("Where the requests for assistance stand in the procedure, and how long they have waited."),
        1,
        personal=True,
        heights=(715, 1325),
    ),
    ChartKind(
        "needs-offers",
        N_("Needs and offers by area"),
        N_("Where help is asked for and where it is on offer; areas without an offer stand out."),
        1,
        takes=frozenset({"section", "domain"}),
        personal=True,
        heights=(845, 1645),
    ),
    ChartKind(
        "flow",
        N_("Needs from area to provider"),
        N_("How needs run from their area by their kind to the providers who agreed to meet them."),
        1,
        needs="assistance.outcomes",
        heights=(1375, 1840),
    ),
    ChartKind(
        "match-rate",
        N_("Match rate by year"),
        N_("The share of each year’s needs for which both sides have agreed on a match."),
        1,
        needs="assistance.outcomes",
        heights=(700, 1360),
    ),
    ChartKind(
        "uncertainty",
        N_("How far the figures move"),
        N_("The band in which coverage stays when weights and readings are varied."),
        1,
        by=("section", "group", "state"),
        takes=FIELDS | WEIGHTS | DRAFTS,
        heights=(650, 1290),
    ),
    ChartKind(
        "sensitivity",
        N_("What moves the figure"),
        N_("How much of a figure’s uncertainty each weight and each reading accounts for."),
        1,
        takes=FIELDS | WEIGHTS | DRAFTS,
        scopes=frozenset({STATE}),
        heights=(550, 980),
    ),
)


def kind_named(name: str) -> ChartKind:
    """The chart of that name; NotFound when there is none."""
    for kind in CHARTS:
        if kind.name == name:
            return kind
    raise NotFound(sentence("There is no chart %(name)s.", name=printable(name)))
