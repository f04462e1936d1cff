"""The register of commitments of a whole record: read by kind and group, and as a CSV file out and in."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.foundation import attachments, files_shown
from cpi1540.foundation.access import current_actor, public, requires
from cpi1540.foundation.addresses import PRACTICE, RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import Stale
from cpi1540.foundation.languages import say, sorted_by_name
from cpi1540.foundation.templating import today
from cpi1540.states import commitment_records, commitments_csv, messages, pages
from cpi1540.states import service as states
from cpi1540.states.actions import RECORD_COMMITMENTS
from cpi1540.states.commitment_import import Comparison
from cpi1540.states.commitment_kind import RECORDED_KINDS
from cpi1540.states.commitment_records import Unsound
from cpi1540.states.forms import RegisterFileForm
from cpi1540.states.views.asked import group_asked, kind_asked

bp: Blueprint = RecordBlueprint("register", __name__)


@bp.get("/commitments")
@public
def whole() -> ResponseReturnValue:
    """The commitments of the record, by kind and group: for how many States each is recorded, and what."""
    group, kind, day = group_asked(), kind_asked(), today()
    by_group = states.by_group(states.states(practice=g.record == PRACTICE))
    members = [state for code, each in by_group.items() if group in (None, code) for state in each]
    records = commitment_records.commitments_of(members, current_actor())
    kinds = (kind,) if kind else ()
    shown = tuple(
        pages.state_commitments(state, records[state.code], day, kinds)
        for state in sorted_by_name(members, key=lambda state: state.sort_names)
    )
    sizes: dict[str | None, int] = {
        None: sum(map(len, by_group.values())),
        **{code: len(by_group[code]) for code in by_group},
    }
    page = pages.WholeRegister(
        kind,
        group,
        tuple(
            pages.Choice(
                code or "", url("register.whole", group=code, kind=kind.code if kind else None), n, group == code
            )
            for code, n in sizes.items()
        ),
        pages.counts(records, day),
        shown,
        sum(each.n_recorded > 0 for each in shown),
        day,
    )
    return render_template("states/register.html", page=page, instruments=states.instruments(), words=messages)


@bp.get("/commitments.csv")
@public
def download() -> ResponseReturnValue:
    """The register as a CSV file: what the reader may read, of one group and kind where they are named."""
    group, kind = group_asked(), kind_asked()
    members = states.states(practice=g.record == PRACTICE, group=group)
    records = commitment_records.register_of(members, current_actor())
    chosen = (each for listed in records.values() for each in listed if kind is None or each.kind == kind.code)
    answer = Response(commitments_csv.written(chosen), mimetype="text/csv; charset=utf-8")
    name = "-".join(part for part in ("commitments", g.record, group, kind and kind.code) if part)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.csv")
    return answer


@bp.route("/commitments/csv", methods=["GET", "POST"])
@requires(RECORD_COMMITMENTS)
def take_in() -> ResponseReturnValue:
    """Choose a CSV file, and see what it changes and every problem; nothing is written by it."""
    form = RegisterFileForm()
    if not form.validate_on_submit():
        page = render_template(
            "states/register-file.html",
            form=form,
            kinds=RECORDED_KINDS,
            columns=commitments_csv.COLUMNS,
            words=messages,
        )
        return page, 422 if form.errors else 200
    content, name = form.file.data.read(), form.file.data.filename or "?"
    comparison = commitment_records.compare_file(content, current_actor(), practice=g.record == PRACTICE)
    kept = ""
    if comparison.changes and not comparison.problems:
        kept = files_shown.keep(content, current_actor())
    return _preview(name, comparison, kept)


@bp.post("/commitments/csv/apply")
@requires(RECORD_COMMITMENTS)
def apply() -> ResponseReturnValue:
    """Write what a file changes, as it was shown."""
    content = files_shown.content(request.form.get("file", ""), current_actor())
    practice = g.record == PRACTICE
    name = request.form.get("name", "")[:200]
    try:
        with transaction():
            attachments.keep(content)
            done = commitment_records.import_file(
                content, request.form.get("against", ""), current_actor(), practice=practice
            )
    except (Stale, Unsound) as refused:
        flash(say(refused.sentence), "look-again")
        comparison = commitment_records.compare_file(content, current_actor(), practice=practice)
        return _preview(name, comparison, request.form.get("file", "")), 409
    flash(str(len(done.changes)), "applied")
    return redirect(url("register.whole"))


def _preview(name: str, comparison: Comparison, token: str) -> str:
    return render_template(
        "states/register-preview.html",
        name_of_file=name,
        comparison=comparison,
        token=token,
        names={state.code: state.names for state in states.states(practice=g.record == PRACTICE)},
        problem_sentence=messages.problem_sentence,
        words=messages,
    )
