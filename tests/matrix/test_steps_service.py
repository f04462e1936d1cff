"""A draft on its way: who takes which step, what stands in its way, the State's proposals, approval."""

import datetime

import pytest
from desk_people import BRIEFER, FOCAL, OFFICER, OTHER_FOCAL, REVIEWER, SECOND, person
from flask import Flask

from cpi1540.foundation import audit, notices
from cpi1540.foundation.access import NOBODY, Role
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale
from cpi1540.matrix.proposal import Decision, Wish
from cpi1540.matrix.record import Basis, Code, Entry, Handling, Origin, Source, Status, Version
from cpi1540.matrix.service import comments, drafts, proposals, quality, reading, saving, steps, versions
from cpi1540.matrix.service.steps import Papers
from cpi1540.matrix.workflow import Act
from cpi1540.states import service as states
from cpi1540.states.state import State

KEY, OTHER = "op2.use.cw.framework", "op2.use.nw.framework"
FOUND = Entry(Code.FOUND, Basis.REFERENCE, (Source("Penal Code, art. 5", "en"),), "seen", "en")
TOMORROW = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
BOTH = person("both", Role.DESK_OFFICER, Role.REVIEWER)


def drafted(who=OFFICER) -> State:  # type: ignore[no-untyped-def]
    france = states.find("FRA")
    with transaction():
        drafts.draft_of(france, who)
        saving.save(france, {KEY: lambda _entry: FOUND}, who)
    return france


def now_at(state: State) -> Version:
    found = drafts.open_version(state, REVIEWER)
    assert found is not None
    return found


def take(state: State, act: Act, who, **given) -> Version:  # type: ignore[no-untyped-def]
    with transaction():
        return steps.take(state, now_at(state), act, who, Papers(**given))


def with_state() -> State:
    france = drafted()
    take(france, Act.SUBMIT, OFFICER)
    take(france, Act.SEND, REVIEWER, due=TOMORROW)
    return france


def test_the_whole_way(app: Flask) -> None:
    with app.app_context():
        france = with_state()
        assert steps.due_dates([france.id]) == {"FRA": TOMORROW}
        take(france, Act.AGREE, REVIEWER)
        done = take(france, Act.APPROVE, REVIEWER, symbol=" S/AC.44/2026/1 ", approved_on=datetime.date(2026, 11, 2))
        assert (done.status, done.origin, done.handling) == (Status.APPROVED, Origin.COMMITTEE, Handling.PUBLIC)
        assert (done.symbol, done.approved_on) == ("S/AC.44/2026/1", datetime.date(2026, 11, 2))
        assert versions.effective([france], datetime.date(2026, 11, 2))["FRA"].number == done.number
        assert reading.matrix(done).entries[KEY] == FOUND
        taken = [(step.act, step.start, step.end) for step in steps.steps_of(done)]
        assert [act for act, _start, _end in taken] == [Act.SUBMIT, Act.SEND, Act.AGREE, Act.APPROVE]
        assert audit.first_break() is None
        told = [notice.kind for notice in notices.notices(OFFICER)]
        assert told == ["step-approve", "step-agree", "step-send"]


@pytest.mark.parametrize(
    ("act", "who", "error"),
    [
        (Act.SUBMIT, REVIEWER, NotAllowed),
        (Act.SUBMIT, BRIEFER, NotAllowed),
        (Act.SUBMIT, FOCAL, NotAllowed),
        (Act.SUBMIT, NOBODY, NotAllowed),
        (Act.APPROVE, REVIEWER, DomainError),
        (Act.AGREE, REVIEWER, DomainError),
    ],
)
def test_a_step_that_is_not_open(app: Flask, act: Act, who, error) -> None:  # type: ignore[no-untyped-def]
    with app.app_context():
        france = drafted()
        with pytest.raises(error):
            take(france, act, who)
        assert now_at(france).status is Status.DRAFT


def test_who_wrote_does_not_review(app: Flask) -> None:
    with app.app_context():
        france = drafted(BOTH)
        take(france, Act.SUBMIT, BOTH)
        with pytest.raises(DomainError, match="somebody else reviews it"):
            take(france, Act.SEND, BOTH)
        assert [str(each) for each in steps.possible(france, now_at(france), BOTH)[0].obstacles] == [
            "You wrote or submitted this draft: somebody else reviews it."
        ]
        take(france, Act.SEND, REVIEWER)


def test_a_way_back_needs_a_reason(app: Flask) -> None:
    with app.app_context():
        france = drafted()
        take(france, Act.SUBMIT, OFFICER)
        with pytest.raises(DomainError, match="Give a reason"):
            take(france, Act.RETURN, REVIEWER, reason="  ")
        take(france, Act.RETURN, REVIEWER, reason="The articles are missing.")
        assert (now_at(france).status, steps.steps_of(now_at(france))[-1].reason) == (
            Status.DRAFT,
            "The articles are missing.",
        )


def test_nothing_is_written_under_review(app: Flask) -> None:
    with app.app_context():
        france = drafted()
        take(france, Act.SUBMIT, OFFICER)
        with pytest.raises(DomainError, match="no draft that can be changed"), transaction():
            saving.save(france, {KEY: lambda _entry: Entry()}, OFFICER)


def test_an_error_stands_in_the_way_and_a_warning_until_it_is_explained(app: Flask) -> None:
    with app.app_context():
        france = drafted()
        with transaction():
            saving.save(france, {OTHER: lambda _entry: Entry(Code.FOUND, Basis.REFERENCE)}, OFFICER)
        with pytest.raises(DomainError, match="1 error must be mended"):
            take(france, Act.SUBMIT, OFFICER)
        enforcement = "op2.acquire.cw.enforcement"
        with transaction():
            saving.save(france, {OTHER: lambda _entry: Entry(), enforcement: lambda _entry: FOUND}, OFFICER)
        with pytest.raises(DomainError, match="1 warning needs a word of reason"):
            take(france, Act.SUBMIT, OFFICER)
        with transaction():
            quality.explain(
                france, now_at(france), {("enforcement-without-framework", enforcement): "Case law"}, OFFICER
            )
        assert take(france, Act.SUBMIT, OFFICER).status is Status.IN_REVIEW


def test_approval_needs_its_document(app: Flask) -> None:
    with app.app_context():
        france = with_state()
        take(france, Act.AGREE, REVIEWER)
        for papers in (
            {},
            {"symbol": "S/1"},
            {"approved_on": datetime.date(2026, 1, 1)},
            {"symbol": "S/1", "approved_on": TOMORROW},
        ):
            with pytest.raises(DomainError):
                take(france, Act.APPROVE, REVIEWER, **papers)
        assert now_at(france).status is Status.AGREED


def test_a_version_that_moved_on_is_not_moved_again(app: Flask) -> None:
    with app.app_context():
        france = drafted()
        seen = now_at(france)
        with transaction():
            saving.save(france, {OTHER: lambda _entry: FOUND}, SECOND)
        with pytest.raises(Stale), transaction():
            steps.take(france, seen, Act.SUBMIT, OFFICER, Papers())


def propose(state: State, *wishes: Wish, who=FOCAL, channel="portal") -> int:  # type: ignore[no-untyped-def]
    with transaction():
        return proposals.propose(state, now_at(state), wishes, who, language="fr", channel=channel)


def test_a_proposal_blocks_agreement_until_it_is_answered(app: Flask) -> None:
    with app.app_context():
        france = with_state()
        wish = Wish(OTHER, True, Code.FOUND, "Loi 5")
        assert propose(france, wish, Wish(KEY, comment="Merci"), Wish("op2.use.bw.framework")) == 2
        with pytest.raises(DomainError, match="2 proposals of the State have no answer"):
            take(france, Act.AGREE, REVIEWER)
        first, second = proposals.proposals(france, now_at(france), OFFICER)
        with transaction():
            proposals.answer(france, first.id, Decision.ACCEPTED, "", OFFICER)
        with pytest.raises(DomainError, match="Give a reason"), transaction():
            proposals.answer(france, second.id, Decision.DECLINED, " ", OFFICER)
        with transaction():
            proposals.answer(france, second.id, Decision.DECLINED, "Not about this field", OFFICER)
        entries = reading.matrix(now_at(france)).entries
        assert entries[OTHER] == Entry(Code.FOUND, Basis.ASSERTED, (Source("Loi 5", "fr"),))
        assert entries[KEY] == FOUND
        take(france, Act.AGREE, REVIEWER)


def test_a_proposal_is_amended(app: Flask) -> None:
    with app.app_context():
        france = with_state()
        propose(france, Wish(OTHER, True, Code.FOUND, "Loi 5"))
        (made,) = proposals.proposals(france, now_at(france), OFFICER)
        amended = Wish(OTHER, True, Code.INCOMPLETE, "Loi 5, art. 2")
        with transaction():
            answered = proposals.answer(france, made.id, Decision.AMENDED, "The article", OFFICER, amended=amended)
        assert (answered.decision, answered.reason) == (Decision.AMENDED, "The article")
        assert reading.matrix(now_at(france)).entries[OTHER].code is Code.INCOMPLETE
        with pytest.raises(Stale), transaction():
            proposals.answer(france, made.id, Decision.ACCEPTED, "", OFFICER)


def test_a_later_proposal_replaces_the_one_without_an_answer(app: Flask) -> None:
    with app.app_context():
        france = with_state()
        propose(france, Wish(OTHER, comment="one"))
        propose(france, Wish(OTHER, comment="two"), who=OFFICER, channel="sheet")
        decisions = [each.decision for each in proposals.proposals(france, now_at(france), OFFICER)]
        assert decisions == [Decision.REPLACED, None]
        assert proposals.unanswered(now_at(france)) == 1


def test_who_may_propose_and_when(app: Flask) -> None:
    with app.app_context():
        france = drafted()
        with pytest.raises(DomainError, match="not with the State"):
            propose(france, Wish(OTHER, comment="early"))
        take(france, Act.SUBMIT, OFFICER)
        take(france, Act.SEND, REVIEWER)
        for who in (OTHER_FOCAL, BRIEFER, NOBODY):
            with pytest.raises(NotAllowed):
                propose(france, Wish(OTHER, comment="x"), who=who)
        with pytest.raises(NotFound):
            propose(france, Wish("op2.nothing", comment="x"))


def test_the_focal_point_sees_the_draft_once_it_is_sent(app: Flask) -> None:
    with app.app_context():
        france = drafted()
        assert drafts.open_version(france, FOCAL) is None
        take(france, Act.SUBMIT, OFFICER)
        assert drafts.open_version(france, FOCAL) is None
        take(france, Act.SEND, REVIEWER)
        assert drafts.open_version(france, FOCAL) is not None
        assert drafts.open_version(france, OTHER_FOCAL) is None


def test_a_thread_internal_and_shared(app: Flask) -> None:
    with app.app_context():
        france = drafted()
        with transaction():
            comments.write(france, KEY, "Ask them", OFFICER, language="en", shared=False, mentioned=["reviewer"])
            comments.write(france, KEY, "Which law?", OFFICER, language="en", shared=True, told=["focal", "officer"])
            comments.write(france, OTHER, "Loi 5", FOCAL, language="fr", shared=False, reply_to=2)
        assert [thread.head.number for thread in comments.threads(france, OFFICER)] == [2, 1]
        (seen,) = comments.threads(france, FOCAL)
        assert [(each.number, each.field, each.shared) for each in (seen.head, *seen.replies)] == [
            (2, KEY, True),
            (3, KEY, True),
        ]
        with pytest.raises(NotFound), transaction():
            comments.write(france, KEY, "x", FOCAL, language="fr", shared=True, reply_to=1)
        with pytest.raises(NotAllowed):
            comments.threads(france, OTHER_FOCAL)
        assert comments.open_counts(france, OFFICER) == {KEY: 2}
        assert comments.open_counts(france, FOCAL) == {KEY: 1}
        assert [notice.kind for notice in notices.notices(REVIEWER)] == ["mention"]
        assert [notice.kind for notice in notices.notices(FOCAL)] == ["comment"]
        assert notices.unread(OFFICER) == 1, "the reply of the focal point"
        with transaction():
            assert comments.resolve(france, 2, OFFICER) == KEY
        assert comments.open_counts(france, OFFICER) == {KEY: 1}
        with transaction():
            comments.write(france, KEY, "And the decree?", OFFICER, language="en", shared=False, reply_to=2)
        assert comments.open_counts(france, OFFICER) == {KEY: 2}, "a reply opens the thread again"


def test_names_in_a_text() -> None:
    assert comments.names_mentioned("@T.Abena, please; mail a@b.org or @reviewer.") == {"t.abena", "b.org", "reviewer"}
