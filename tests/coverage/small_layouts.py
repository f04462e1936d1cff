"""Hand-made layouts, small enough to count on fingers."""

from collections.abc import Mapping

from cpi1540.matrix.layout import Confidence, Domain, Layout, Role, Row, Section, Shape

WORDS = {"en": "Words"}
EVERY_DOMAIN: Mapping[Domain | None, str] = dict.fromkeys(Domain, "1")


def row(section: str, key: str, numbers: Mapping[Domain | None, str] | None = None, counted: bool = True) -> Row:
    role = Role.COUNTED if counted else Role.INFORMATION
    return Row(key, section, WORDS, role, Confidence.SEEN, numbers or {None: "1"})


def section(code: str, shape: Shape, *rows: Row) -> Section:
    return Section(code, shape, WORDS, WORDS, Confidence.SEEN, rows)


def layout(*sections: Section) -> Layout:
    return Layout("small", WORDS, Confidence.SEEN, "made by hand", sections)


# Counted fields: op1 2, op2 12, op3ab 8, op3cd 6, op678 2; headline 26. With 9 for information: 39.
SMALL = layout(
    section("op1", Shape.SINGLE, row("op1", "npt"), row("op1", "cwc"), row("op1", "membership", counted=False)),
    section("op2", Shape.DOMAINS, row("op2", "manufacture"), row("op2", "finance")),
    section(
        "op3ab",
        Shape.TABLES,
        row("op3ab", "licensing", EVERY_DOMAIN),
        row("op3ab", "itdb", {Domain.NW: "2"}),
        row("op3ab", "other", {Domain.NW: "3"}, counted=False),
    ),
    section("op3cd", Shape.DOMAINS, row("op3cd", "transit"), row("op3cd", "other", counted=False)),
    section("op678", Shape.SINGLE, row("op678", "contact-point"), row("op678", "action-plan")),
)
