"""Comment sheets out to a State and back, and the differences between versions as files."""

from collections.abc import Sequence

from cpi1540.exchange.comment_sheet import NO_CHANGE, AskSheet, Proposed, SheetReading, sheet_head, sheet_name
from cpi1540.exchange.comment_sheet_in_docx import read_comment_sheet_docx
from cpi1540.exchange.comment_sheet_in_xlsx import read_comment_sheet_xlsx
from cpi1540.exchange.comment_sheet_out_docx import write_comment_sheet_docx
from cpi1540.exchange.comment_sheet_out_xlsx import write_comment_sheet_xlsx
from cpi1540.exchange.differences import DifferencesHead, difference_rows, differences_name
from cpi1540.exchange.differences_out_docx import write_differences_docx
from cpi1540.exchange.differences_out_xlsx import write_differences_xlsx
from cpi1540.exchange.service.workbooks import office_notice, wording
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import now
from cpi1540.foundation.languages import day, name, say, speaking
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.actions import READ_VERSION
from cpi1540.matrix.comparison import Difference
from cpi1540.matrix.messages import STATUS_NAMES
from cpi1540.matrix.proposal import Wish
from cpi1540.matrix.record import Version
from cpi1540.matrix.service import layouts, measures, proposals, reading, steps
from cpi1540.matrix.sources import source_speaker
from cpi1540.states import service as states
from cpi1540.states.state import State

FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def comment_sheet(
    state: State, version: Version, form: str, language: str, office: str, actor: Actor
) -> tuple[str, bytes]:
    """(file name, file) of the sheet on which the State comments on a draft; ``form`` is xlsx or docx."""
    ensure(actor, READ_VERSION, version)
    matrix, layout = reading.matrix(version), layouts.layout(version.layout)
    words = wording(source_speaker(states.instruments(), measures.titles_of(state)), language)
    due = steps.due_dates([state.id]).get(state.code)
    with speaking(language):
        facts = ((say(sentence("Answer asked for by")), day(due)),) if due else ()
        head = sheet_head(version, name(state.names), say(office_notice(office)), now(), language, facts)
        write = write_comment_sheet_xlsx if form == "xlsx" else write_comment_sheet_docx
        return sheet_name(head, form), write(matrix, layout, head, words)


def read_sheet(state: State, version: Version, file: str, content: bytes) -> SheetReading:
    """What the State proposes in a sheet that came back; nothing is written."""
    ask = AskSheet(state.code, layouts.layout(version.layout), state.practice)
    # A document says so in its name; whatever it is, the readers look inside before they believe it.
    read = read_comment_sheet_docx if file.lower().endswith(".docx") else read_comment_sheet_xlsx
    return read(content, file, ask)


def take_in(state: State, version: Version, found: SheetReading, actor: Actor) -> int:
    """Record what a sheet proposes, all of it; returns how many proposals. Nothing while it has a problem."""
    if found.problems:
        return 0
    wishes = [_wish(each) for each in found.proposed]
    language = found.language or state.language or "en"
    return proposals.propose(state, version, wishes, actor, language=language, channel="sheet")


def differences_file(
    state: State,
    versions: tuple[Version, Version],
    found: Sequence[Difference],
    chosen: str,
    form: str,
    language: str,
    office: str,
    actor: Actor,
) -> tuple[str, bytes]:
    """(file name, file) of the differences between two versions; ``chosen`` says by what they were narrowed."""
    for version in versions:
        ensure(actor, READ_VERSION, version)
    before, after = versions
    words = wording(source_speaker(states.instruments(), measures.titles_of(state)), language)
    with speaking(language):
        notice = say(office_notice(office))
        told = (_version_words(before), _version_words(after))
        head = DifferencesHead(
            state.code, name(state.names), *told, now(), notice, len(found), chosen, practice=state.practice
        )
        rows = difference_rows(found, (layouts.layout(after.layout), layouts.layout(before.layout)), words)
        write = write_differences_xlsx if form == "xlsx" else write_differences_docx
        return differences_name(head, (before.number, after.number), language, form), write(head, rows, words)


def _version_words(version: Version) -> str:
    date = version.approved_on or version.as_of
    status = say(STATUS_NAMES[version.status])
    if date is None:
        return say(sentence("Version %(n)s (%(status)s)", n=str(version.number), status=status))
    return say(sentence("Version %(n)s (%(status)s, %(date)s)", n=str(version.number), status=status, date=date))


def _wish(found: Proposed) -> Wish:
    changes = found.code is not NO_CHANGE
    code = found.code if found.code is not NO_CHANGE else None
    return Wish(found.field, changes, code, found.sources or "", found.remarks or "", found.comment or "")
