"""The register kept: recorded, changed, withdrawn, imported; read with the reference data; who may, and who reads what."""

import datetime

import pytest
from commitment_cases import made
from flask import Flask
from queries import counted

from cpi1540.foundation import audit, audit_history
from cpi1540.foundation.access import NOBODY, Actor, Grant, Role
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.states import commitment_records as register
from cpi1540.states import commitments_csv, service
from cpi1540.states.commitment import Commitment, Handling
from cpi1540.states.commitment_records import Unsound

OFFICER = Actor("p-1", "Officer", frozenset({Grant(Role.DESK_OFFICER, frozenset({"NAM", "FRA"}))}))
ADMINISTRATOR = Actor("p-2", "Administrator", frozenset({Grant(Role.ADMINISTRATOR)}))


@pytest.fixture
def lone_app(practice_app: Flask) -> Flask:
    """A database on SQLite alone: what is tried here is the same on both."""
    return practice_app


def test_record_change_withdraw(app: Flask) -> None:
    with app.app_context():
        namibia = service.find("NAM")
        with transaction():
            identifier = register.record(namibia, made(date="2004-05"), OFFICER)
        assert identifier == "NAM-C1"
        known = register.find(namibia, "NAM-C1", OFFICER)
        assert known == made(date="2004-05", id="NAM-C1")
        with transaction():
            register.change(namibia, made(date="2004-05-31", id="NAM-C1", note="x"), OFFICER)
        with pytest.raises(Stale), transaction():
            register.change(namibia, made(date="2003", id="NAM-C1"), OFFICER)
        changed = register.find(namibia, "NAM-C1", OFFICER)
        assert (changed.date, changed.note, changed.revision) == (PartialDate(2004, 5, 31), "x", 1)
        saved = register.last_saved(namibia, "NAM-C1")
        assert saved is not None and saved.by == "p-1"
        with pytest.raises(DomainError), transaction():
            register.withdraw(namibia, "NAM-C1", 1, "", OFFICER)
        with transaction():
            register.withdraw(namibia, "NAM-C1", 1, "a mistaken State", OFFICER)
        with pytest.raises(NotFound):
            register.find(namibia, "NAM-C1", OFFICER)
        with transaction():
            assert register.record(namibia, made(), OFFICER) == "NAM-C2"  # a number is never given again
        told = [event.action for event in audit_history.events(["state:NAM"]) if event.actor == "p-1"]
        assert told == ["commitment.record", "commitment.withdraw", "commitment.change", "commitment.record"]
        assert audit.first_break() is None


def test_what_is_wrong_is_refused_and_nothing_is_written(lone_app: Flask) -> None:
    with lone_app.app_context():
        namibia = service.find("NAM")
        with pytest.raises(Unsound) as refused, transaction():
            register.record(namibia, made(value="yes", url="ftp://x"), OFFICER)
        assert [problem.code for problem in refused.value.problems] == ["no-value-here", "no-address"]
        with transaction():
            register.record(namibia, made(date="2004"), OFFICER)
        with pytest.raises(Unsound) as refused, transaction():
            register.record(namibia, made(date="2010"), OFFICER)
        assert [problem.code for problem in refused.value.problems] == ["stands-already"]
        assert [each.id for each in register.register_of([namibia], OFFICER)["NAM"]] == ["NAM-C1"]


def test_what_is_revised_is_not_withdrawn(lone_app: Flask) -> None:
    with lone_app.app_context():
        namibia = service.find("NAM")
        with transaction():
            plan = register.record(namibia, made("action-plan", value="2014"), OFFICER)
            register.record(namibia, made("action-plan", value="2019", revises=plan), OFFICER)
        with pytest.raises(DomainError, match="NAM-C2"), transaction():
            register.withdraw(namibia, plan, 0, "reason", OFFICER)


@pytest.mark.parametrize("actor", [NOBODY, ADMINISTRATOR, Actor("p-3", "x", frozenset({Grant(Role.REVIEWER)}))])
def test_only_the_desk_officer_of_the_state(read_app: Flask, actor: Actor) -> None:
    with read_app.app_context():
        namibia = service.find("NAM")
        for act in (
            lambda: register.record(namibia, made(), actor),
            lambda: register.change(namibia, made(id="NAM-C1"), actor),
            lambda: register.withdraw(namibia, "NAM-C1", 0, "x", actor),
            lambda: register.compare_file(b"", actor, practice=False),
        ):
            with pytest.raises(NotAllowed):
                act()
        with pytest.raises(NotAllowed):
            register.record(service.find("USA"), made(), OFFICER)


def test_who_reads_what(lone_app: Flask) -> None:
    with lone_app.app_context():
        namibia = service.find("NAM")
        with transaction():
            register.record(namibia, made(handling=Handling.INTERNAL), OFFICER)
            register.record(namibia, made("contact-point", authority="Ministry", note="a number"), OFFICER)
        seen = {who.id: register.register_of([namibia], who)["NAM"] for who in (NOBODY, ADMINISTRATOR)}
        assert [each.id for each in seen["p-2"]] == ["NAM-C1", "NAM-C2"]
        assert [(each.id, each.authority, each.note) for each in seen["nobody"]] == [("NAM-C2", "", "")]
        with pytest.raises(NotFound):
            register.find(namibia, "NAM-C1", NOBODY)


def test_reference_data_stands_beside_the_register(read_app: Flask) -> None:
    with read_app.app_context():
        states = [service.find(code) for code in ("RUS", "USA", "TUV")]
        found = register.commitments_of(states, NOBODY)
        suspended = [each for each in found["RUS"] if each.suspended]
        assert [(each.kind, each.value, str(each.suspended)) for each in suspended] == [
            ("body-membership", "fatf", "2023-02-24")
        ]
        assert {each.value for each in found["USA"] if each.kind == "regime-membership"} == {
            "nsg",
            "australia-group",
            "mtcr",
            "wassenaar",
            "zangger",
        }
        reports = register.commitments_of(states, NOBODY, ["report-1540"])["USA"]
        assert ("first", "2004-10-24") in {(each.value, str(each.date)) for each in reports}
        assert {each.kind for each in reports} == {"report-1540"}


def test_the_number_of_queries_is_the_same_for_one_and_for_all(read_app: Flask) -> None:
    with read_app.app_context():
        everyone = service.states(practice=False)
        lengths = []
        for chosen in (everyone[:1], everyone):
            with counted(read_app) as statements:
                found = register.commitments_of(chosen, NOBODY)
            assert len(found) == len(chosen)
            lengths.append(len(statements))
    assert lengths[0] == lengths[1] <= 5


def test_acts_of_practice_states_stay_out_of_the_members(practice_app: Flask) -> None:
    with practice_app.app_context():
        assert "XAX" not in service.all_actions()
        assert {as_of for _code, source, as_of, _n in service.source_ages() if "practice" in source} == set()
        found = register.commitments_of([service.find("XAX", practice=True)], NOBODY)["XAX"]
        memberships = {each.value: each for each in found if each.actions}
        assert str(memberships["eag"].suspended) == "2024-02-23"
        assert str(memberships["wassenaar"].ended) == "2019-05-31"
        assert memberships["wassenaar"].date == PartialDate(1999)


def test_the_practice_register_is_sound_and_comes_back_unchanged(practice_app: Flask) -> None:
    with practice_app.app_context():
        members = service.states(practice=True)
        officer = Actor("p-9", "x", frozenset({Grant(Role.DESK_OFFICER)}))
        records = [each for listed in register.register_of(members, officer).values() for each in listed]
        comparison = register.compare_file(commitments_csv.written(records).encode(), officer, practice=True)
        assert (comparison.lines, comparison.changes, comparison.problems) == (len(records), (), ())
        assert len({each.kind for each in records}) == 10
        day = datetime.date(2026, 11, 24)
        assert any(each.stale(day) for each in records) and not all(each.stale(day) for each in records)
        assert any(each.ended for each in records)
        assert {each.kind for each in records if each.revises} >= {"action-plan", "mutual-evaluation-r7"}


def _file(*records: Commitment) -> bytes:
    return commitments_csv.written(records).encode()


def test_a_file_is_written_whole_or_not_at_all(app: Flask) -> None:
    with app.app_context():
        namibia, france = service.find("NAM"), service.find("FRA")
        with transaction():
            register.record(namibia, made(), OFFICER)
        content = _file(made(date="2004", id="NAM-C1"), made(state="FRA"), made("action-plan", state="FRA", value="1"))
        seen = register.compare_file(content, OFFICER, practice=False)
        assert seen.states == ("FRA", "NAM")
        with transaction():
            register.change(namibia, made(id="NAM-C1", note="meanwhile"), OFFICER)
        with pytest.raises(Stale), transaction():
            register.import_file(content, seen.against, OFFICER, practice=False)
        assert register.register_of([france], OFFICER)["FRA"] == ()
        again = register.compare_file(content, OFFICER, practice=False)
        with transaction():
            register.import_file(content, again.against, OFFICER, practice=False)
        found = register.register_of([namibia, france], OFFICER)
        assert [(each.id, each.kind) for each in found["FRA"]] == [
            ("FRA-C1", "psi-endorsement"),
            ("FRA-C2", "action-plan"),
        ]
        assert (found["NAM"][0].date, found["NAM"][0].note) == (PartialDate(2004), "")
        (event,) = [each for each in audit_history.events(["state:FRA"]) if each.action == "commitment.import"]
        assert set(event.subjects) >= {"state:NAM", "commitment:FRA-C2"}


def test_a_file_with_states_of_others_is_refused(lone_app: Flask) -> None:
    with lone_app.app_context():
        content = _file(made(), made(state="USA"))
        seen = register.compare_file(content, OFFICER, practice=False)
        assert [(problem.code, problem.where) for problem in seen.problems] == [("not-yours", "3, state")]
        with pytest.raises(NotAllowed), transaction():
            register.import_file(content, None, OFFICER, practice=False)
        assert register.register_of([service.find("NAM")], OFFICER)["NAM"] == ()
        with pytest.raises(Unsound), transaction():
            register.import_file(_file(made(state="XAA")), None, OFFICER, practice=False)


def test_who_keeps_no_register_is_told_nothing_of_a_file(lone_app: Flask) -> None:
    with lone_app.app_context():
        for content in (_file(), _file(made(id="NAM-C999999"))):
            with pytest.raises(NotAllowed), transaction():
                register.import_file(content, None, ADMINISTRATOR, practice=False)


def test_a_file_never_uses_up_the_numbers(lone_app: Flask) -> None:
    """The record that follows the largest number a file can name has an identifier like any other."""
    with lone_app.app_context():
        namibia = service.find("NAM")
        with pytest.raises(Unsound), transaction():
            register.import_file(_file(made(id="NAM-C999999")), None, OFFICER, practice=False)
        with transaction():
            register.import_file(_file(made(id="NAM-C99999")), None, OFFICER, practice=False)
            assert register.record(namibia, made("contact-point"), OFFICER) == "NAM-C100000"
        assert register.find(namibia, "NAM-C100000", OFFICER).kind == "contact-point"
