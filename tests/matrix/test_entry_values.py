"""An entry survives being kept with a save, and being one choice of a control."""

import json

import pytest
from desk_people import entries
from hypothesis import given

from cpi1540.matrix import stored_entry_json
from cpi1540.matrix.gap import is_gap
from cpi1540.matrix.layout import Aspect, Confidence, Domain, Field, Role
from cpi1540.matrix.record import OPTIONS, Code, Entry, option_of, read_option


@given(entries())
def test_what_was_kept_with_a_save_comes_back(entry: Entry) -> None:
    assert stored_entry_json.read(json.loads(json.dumps(stored_entry_json.written(entry)))) == entry


@given(entries())
def test_a_choice_says_code_and_basis(entry: Entry) -> None:
    option = option_of(entry)
    assert option in OPTIONS
    code, basis = read_option(option)
    assert code == entry.code
    if entry.code is Code.FOUND and entry.basis is not None:
        assert basis == entry.basis


@pytest.mark.parametrize("text", ["x", "XX", "na", "0", " "])
def test_another_choice_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a valid"):
        read_option(text)


def field(key: str, role: Role = Role.COUNTED) -> Field:
    section, row, *_rest = key.split(".")
    return Field(key, section, row, "1", Domain.NW, Aspect.FRAMEWORK, role, {}, Confidence.SEEN)


@pytest.mark.parametrize(
    ("key", "role", "code", "gap"),
    [
        ("op2.use.nw.framework", Role.COUNTED, Code.BLANK, True),
        ("op2.use.nw.framework", Role.COUNTED, Code.INCOMPLETE, True),
        ("op2.use.nw.framework", Role.COUNTED, Code.FOUND, False),
        ("op2.use.nw.framework", Role.COUNTED, Code.NOT_APPLICABLE, False),
        ("op2.use.nw.framework", Role.COUNTED, None, False),
        ("op2.other.nw.framework", Role.INFORMATION, Code.BLANK, False),
        ("op1.npt", Role.COUNTED, Code.BLANK, False),
        ("op678.action-plan", Role.COUNTED, Code.BLANK, False),
        ("op678.contact-point", Role.COUNTED, Code.BLANK, True),
    ],
)
def test_what_a_gap_is(key: str, role: Role, code: Code | None, gap: bool) -> None:
    assert is_gap(field(key, role), code) is gap
