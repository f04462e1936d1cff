"""Needs and offers for tests of matching and of the plan: some written out, some drawn."""

import datetime
import itertools
from pathlib import Path

from hypothesis import strategies as st

from cpi1540.assistance.matching.sides import Asked, Ground, TrackRecord
from cpi1540.assistance.offers.offer import Capacity, Offer
from cpi1540.assistance.requests.request import Kind, Priority
from cpi1540.locales import CODES
from cpi1540.matrix.layout_json import parse_layout

SEED = Path(__file__).resolve().parents[2] / "seed" / "layouts"
LAYOUT = parse_layout((SEED / "2017.json").read_text("utf-8"), "2017.json")
ON = datetime.date(2026, 11, 24)
TRANSIT = "op3cd.transit.cw.framework"
GROUPS = {"XAA": frozenset({"african"}), "XAB": frozenset({"african"}), "XBA": frozenset({"grulac"})}
# Few fields, so that drawn needs and offers meet: two aspects, two domains, two rows, two sections, one lone row.
FIELDS = (
    "op1.npt",
    *(
        f"{row}.{domain}.{aspect}"
        for row, domain, aspect in itertools.product(
            ("op2.manufacture", "op3cd.transit", "op3cd.transshipment"), ("cw", "bw"), ("framework", "enforcement")
        )
    ),
)


def need(number: int = 1, **values: object) -> Asked:
    """A need of XAA for training on transit in French, with these values instead."""
    usual: dict[str, object] = {
        "kind": Kind.TRAINING,
        "fields": (TRANSIT,),
        "states": {"XAA": GROUPS["XAA"]},
        "languages": ("fr",),
    }
    return Asked(f"XR-2026-001/{number}", "XR-2026-001", **(usual | values))  # type: ignore[arg-type]


def offer(number: int = 1, provider: str = "XP-1", **values: object) -> Offer:
    """An offer of training on transit in French, open to all, with these values instead."""
    usual: dict[str, object] = {
        "kinds": frozenset({Kind.TRAINING}),
        "fields": (TRANSIT,),
        "languages": ("fr",),
        "last_confirmed": ON,
    }
    return Offer(f"XO-{number}", provider, "A course", **(usual | values))  # type: ignore[arg-type]


def ground(**values: object) -> Ground:
    """The day and the layout, and these values."""
    return Ground(ON, LAYOUT, **values)  # type: ignore[arg-type]


_FIELDS = st.lists(st.sampled_from(FIELDS), max_size=4, unique=True).map(tuple)
_NAMES = st.frozensets(st.sampled_from(("XAA", "XBA", "african", "grulac")), max_size=2)
_LANGUAGES = st.lists(st.sampled_from(CODES), max_size=2, unique=True).map(tuple)
_KINDS = st.sampled_from((Kind.TRAINING, Kind.EQUIPMENT, Kind.NOT_RECORDED))
_DAYS = st.none() | st.integers(-40, 400).map(lambda days: ON + datetime.timedelta(days=days))


@st.composite
def needs(draw: st.DrawFn) -> list[Asked]:
    """Up to five needs of one, two or no States."""
    found = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        states = {state: GROUPS[state] for state in draw(st.sets(st.sampled_from(sorted(GROUPS)), max_size=2))}
        fields = draw(_FIELDS)
        weights = {field: draw(st.floats(0, 1)) for field in fields if draw(st.booleans())}
        priority = draw(st.none() | st.sampled_from(Priority))
        found.append(
            Asked(
                f"XR-2026-001/{number}",
                "XR-2026-001",
                draw(_KINDS),
                fields,
                states,
                draw(_LANGUAGES),
                priority,
                weights,
            )
        )
    return found


@st.composite
def offers(draw: st.DrawFn) -> list[Offer]:
    """Up to eleven offers of three providers, so that XO-10 comes after XO-9."""
    found = []
    for number in range(1, draw(st.integers(1, 11)) + 1):
        found.append(
            Offer(
                f"XO-{number}",
                draw(st.sampled_from(("XP-1", "XP-2", "XP-3"))),
                "A course",
                draw(st.frozensets(st.sampled_from((Kind.TRAINING, Kind.EQUIPMENT)), min_size=1)),
                draw(_FIELDS),
                eligible=draw(_NAMES),
                excluded=draw(st.just(frozenset()) | _NAMES),
                languages=draw(_LANGUAGES),
                capacity=Capacity(draw(st.none() | st.integers(0, 7))),
                valid_from=draw(_DAYS),
                valid_to=draw(_DAYS),
                lead_days=draw(st.none() | st.integers(0, 90)),
                last_confirmed=draw(st.none() | st.just(ON)),
            )
        )
    return found


GROUND = ground(
    worked_in={"XP-1": frozenset({"XAA", "african"}), "XP-2": frozenset({"grulac"})},
    records={"XP-1": TrackRecord(3, 1), "XP-2": TrackRecord(0, 2)},
    left={"XO-1": 2, "XO-2": 0},
)
