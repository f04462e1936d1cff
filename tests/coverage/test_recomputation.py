"""The figures of every State, made again from ``matrix show --json`` by nothing but arithmetic."""

import json
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from flask import Flask

from cpi1540.coverage.commands import coverage as coverage_command
from cpi1540.matrix.commands import matrix

OWN = ("op2", "op3ab", "op3cd")
NAMES = {"X": "X", "?": "?", "NA": "NA", "": "blank", None: "unreviewed"}


def again(codes: Sequence[str | None]) -> dict[str, Any]:
    """What DOMAIN says of these codes, in whole numbers and fractions."""
    counts = Counter(NAMES[code] for code in codes)
    x, half, blank, unknown = (counts[name] for name in ("X", "?", "blank", "unreviewed"))
    applicable, reviewed = x + half + blank + unknown, x + half + blank
    made = {name: counts[name] for name in NAMES.values()}
    if not reviewed:
        return {"counts": made, "low": None, "point": None, "high": None}
    return {
        "counts": made,
        "low": float(Fraction(x, applicable)),
        "point": float((x + Fraction(half, 2)) / reviewed),
        "high": float(Fraction(x + half + unknown, applicable)),
    }


def printed(app: Flask, command: Any, *arguments: str) -> Any:
    result = app.test_cli_runner().invoke(command, [*arguments, "--json"])
    assert result.exit_code == 0, (arguments, result.stderr)
    return json.loads(result.stdout)


def shown(app: Flask, state: str) -> tuple[str, dict[str, str | None]]:
    """The layout of a State's newest version, and its codes; nothing reviewed where there is no version."""
    result = app.test_cli_runner().invoke(matrix, ["show", state, "--json"])
    if result.exit_code == 1:
        return "2017", {}
    version = json.loads(result.stdout)
    return version["layout"], {key: entry["code"] for key, entry in version["entries"].items()}


def hold(app: Flask, *scope: str) -> int:
    figures = printed(app, coverage_command, "--draft", *scope)
    counted = {
        layout: {
            each["key"]: each["section"]
            for each in printed(app, matrix, "fields", "--layout", layout)
            if each["role"] == "counted"
        }
        for layout in ("2013", "2017")
    }
    everything: list[str | None] = []
    for figure in figures["states"]:
        layout, codes = shown(app, figure["state"])
        by_section: dict[str, list[str | None]] = {}
        for key, section in counted[layout].items():
            by_section.setdefault(section, []).append(codes.get(key))
        for section, those in by_section.items():
            check(figure["sections"][section], again(those))
        own = [code for section in OWN for code in by_section[section]]
        check(figure, again(own))
        everything += own
    check(figures["all"], again(everything))
    return len(figures["states"])


def check(figure: dict[str, Any], expected: dict[str, Any]) -> None:
    assert figure["counts"] == expected["counts"]
    for number in ("low", "point", "high"):
        assert figure[number] == (None if expected[number] is None else pytest.approx(expected[number], abs=1e-12))


def test_every_state_of_the_practice_record(practice_app: Flask) -> None:
    assert hold(practice_app, "--all", "--practice") == 40


def test_every_member_state(read_app: Flask) -> None:
    assert hold(read_app, "--all") == 193
