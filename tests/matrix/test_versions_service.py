"""Versions in the record: which one counts, drafts, and who may read them."""

import datetime
from dataclasses import replace

import pytest
from flask import Flask

from cpi1540.foundation import audit
from cpi1540.foundation.access import NOBODY, SYSTEM, Actor, Grant, Role
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import NotAllowed, NotFound, Stale
from cpi1540.matrix.record import (
    Basis,
    Code,
    Entry,
    Handling,
    Matrix,
    Origin,
    Source,
    Statement,
    Status,
    differences,
)
from cpi1540.matrix.service import drafts, layouts, reading, recording, reference, versions
from cpi1540.states import service as states
from cpi1540.states.state import State

OFFICER = Actor("officer", "An officer", frozenset({Grant(Role.DESK_OFFICER)}))
FOUND = Entry(Code.FOUND, Basis.REFERENCE, (Source("Penal Code, art. 5", "en"),), "seen", "en")
DAY = datetime.date(2026, 11, 24)


def approve(state: State, on: datetime.date, entries: dict[str, Entry]) -> int:
    new = recording.NewVersion(Origin.COMMITTEE, Status.APPROVED, Handling.PUBLIC, approved_on=on, symbol="S/AC.44/1")
    with transaction():
        return recording.write(state, layouts.layout(), new, entries, SYSTEM.id)


def test_the_committee_s_latest_counts_before_the_reference_version(app: Flask) -> None:
    with app.app_context():
        france = states.find("FRA")
        approve(france, datetime.date(2020, 5, 1), {"op2.use.cw.framework": FOUND})
        approve(france, datetime.date(2019, 5, 1), {})
        effective = {
            day: versions.effective([france], datetime.date.fromisoformat(day))
            for day in ("2018-01-01", "2019-06-01", "2020-04-30", "2020-05-01", "2026-11-24")
        }
        numbers = {day: found["FRA"].number if found else None for day, found in effective.items()}
        assert numbers == {"2018-01-01": None, "2019-06-01": 3, "2020-04-30": 3, "2020-05-01": 2, "2026-11-24": 2}


def test_what_is_written_comes_back(app: Flask) -> None:
    with app.app_context():
        kenya = states.find("KEN")
        statement = Source(statement=Statement("party", {"source": "a list", "as_of": "2026-01-01"}), as_of=DAY)
        entries = {
            "op2.use.cw.framework": FOUND,
            "op1.npt": Entry(Code.FOUND, Basis.ASSERTED, (statement, Source("二", "zh", url="https://example.org/"))),
            "op3cd.transit.nw.enforcement": Entry(Code.BLANK),
            "op678.other": Entry(Code.NOT_APPLICABLE, remarks="لا ينطبق", remarks_language="ar"),
        }
        number = approve(kenya, DAY, entries)
        read = reading.matrix(versions.find(kenya, number, SYSTEM))
        assert len(read.entries) == len(layouts.layout().fields)
        assert {key: entry for key, entry in read.entries.items() if entry != Entry()} == entries
        section = reading.section(read.version, layouts.layout(), "op2").entries
        assert section == {key: entry for key, entry in read.entries.items() if key.startswith("op2.")}
        (block,) = reading.codes([read.version])
        assert block.numbers.sum() == sum([3, 3, 1, 4])


def test_an_unknown_field_is_refused_and_nothing_is_written(app: Flask) -> None:
    with app.app_context():
        kenya = states.find("KEN")
        with pytest.raises(KeyError):
            approve(kenya, DAY, {"op2.invented.cw.framework": FOUND})
        assert [version.number for version in versions.versions_of(kenya, SYSTEM)] == [1]


def test_a_draft_starts_from_the_effective_version_and_keeps_what_is_not_changed(app: Flask) -> None:
    with app.app_context():
        france = states.find("FRA")
        before = reading.matrix(versions.find(france, 1, SYSTEM))
        with transaction():
            draft = drafts.draft_of(france, OFFICER)
            drafts.write(france, draft, {"op2.use.cw.framework": FOUND}, OFFICER)
        after = reading.matrix(versions.find(france, draft.number, SYSTEM))
        assert (draft.number, draft.status, draft.origin, draft.handling) == (
            2,
            Status.DRAFT,
            Origin.OFFICE,
            Handling.RESTRICTED,
        )
        assert [change.field for change in differences(before.entries, after.entries)] == ["op2.use.cw.framework"]
        assert after.entries["op2.use.cw.framework"] == FOUND
        assert versions.effective([france], DAY)["FRA"].number == 1
        assert audit.first_break() is None


def test_a_stale_save_is_refused_and_changes_nothing(app: Flask) -> None:
    with app.app_context():
        france = states.find("FRA")
        with transaction():
            draft = drafts.draft_of(france, OFFICER)
            drafts.write(france, draft, {"op2.use.cw.framework": FOUND}, OFFICER)
        with pytest.raises(Stale), transaction():
            drafts.write(france, draft, {"op2.use.cw.framework": Entry(Code.BLANK)}, OFFICER)
        read: Matrix = reading.matrix(versions.find(france, draft.number, SYSTEM))
        assert read.entries["op2.use.cw.framework"] == FOUND


@pytest.mark.parametrize(
    "actor",
    [
        NOBODY,
        Actor("r", "", frozenset({Grant(Role.REVIEWER)})),
        replace(OFFICER, grants=frozenset({Grant(Role.DESK_OFFICER, frozenset({"KEN"}))})),
    ],
    ids=["nobody", "reviewer", "officer of another State"],
)
def test_only_the_State_s_officer_writes(app: Flask, actor: Actor) -> None:
    with app.app_context():
        france = states.find("FRA")
        with pytest.raises(NotAllowed), transaction():
            drafts.draft_of(france, actor)
        assert [version.number for version in versions.versions_of(france, SYSTEM)] == [1]


def test_drafts_are_seen_by_the_office_and_the_State_s_focal_point(app: Flask) -> None:
    with app.app_context():
        france = states.find("FRA")
        with transaction():
            drafts.draft_of(france, OFFICER)
        focal = Actor("f", "", frozenset({Grant(Role.FOCAL_POINT, frozenset({"FRA"}))}))
        other = replace(focal, grants=frozenset({Grant(Role.FOCAL_POINT, frozenset({"KEN"}))}))
        seen = {who: [v.number for v in versions.versions_of(france, who)] for who in (OFFICER, focal, other, NOBODY)}
        assert seen == {OFFICER: [2, 1], focal: [1], other: [1], NOBODY: [1]}
        with pytest.raises(NotFound):
            versions.find(france, 2, NOBODY)


def test_the_same_data_twice_makes_no_new_version(app: Flask) -> None:
    with app.app_context():
        with transaction():
            assert reference.make(SYSTEM.id) == 0
        assert len(versions.newest(states.states(practice=False), SYSTEM)) == 193


def test_an_open_draft_stays_the_newest_when_reference_data_is_loaded(app: Flask) -> None:
    with app.app_context():
        france = states.find("FRA")
        with transaction():
            draft = drafts.draft_of(france, OFFICER)
            drafts.write(france, draft, {"op2.use.cw.framework": FOUND}, OFFICER)
        newer = recording.NewVersion(Origin.REFERENCE, Status.REFERENCE, Handling.PUBLIC, as_of=DAY)
        with transaction():
            assert recording.write(france, layouts.layout(), newer, {}, SYSTEM.id) == 3
        assert versions.newest([france], SYSTEM)["FRA"].number == 2
        assert versions.newest([france], NOBODY)["FRA"].number == 3
        with transaction():
            assert drafts.draft_of(france, OFFICER).number == 2
