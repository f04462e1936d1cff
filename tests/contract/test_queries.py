"""Queries have a budget: the same number however much there is to show."""

import pytest
from queries import counted
from strict_client import StrictClient

from cpi1540.matrix.layout import SECTION_CODES


@pytest.mark.parametrize("section", SECTION_CODES)
def test_a_section_of_a_matrix(reader: StrictClient, section: str) -> None:
    reader.get(f"/en/states/FRA/matrix/{section}")
    with counted(reader.app) as statements:
        reader.get(f"/en/states/FRA/matrix/{section}")
    assert len(statements) <= 8, statements


@pytest.mark.parametrize("many", ["/en/states", "/en/states?group=african"])
def test_a_list_of_states_asks_no_more_than_a_short_one(reader: StrictClient, many: str) -> None:
    reader.get("/en/states?q=singapore")
    with counted(reader.app) as few_statements:
        reader.get("/en/states?q=singapore")
    with counted(reader.app) as statements:
        reader.get(many)
    assert len(statements) == len(few_statements)
