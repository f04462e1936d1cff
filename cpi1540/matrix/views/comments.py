"""Comments on a State's matrix: all of them, a new one or a reply, settled or open again."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.foundation.access import Role, current_actor, requires
from cpi1540.foundation.addresses import RecordBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import current_language
from cpi1540.foundation.messages import sentence
from cpi1540.matrix import messages
from cpi1540.matrix.actions import TAKE_PART, WORK_ON_MATRIX
from cpi1540.matrix.forms import CommentForm
from cpi1540.matrix.service import comments, drafts, layouts
from cpi1540.matrix.views.asked import field_asked, state_asked, state_code
from cpi1540.people.service import directory as people

bp: Blueprint = RecordBlueprint("comments", __name__)


@bp.get("/states/<state>/comments")
@requires(TAKE_PART, subject=state_code)
def listed(state: str) -> ResponseReturnValue:
    """The threads on a State's matrix; those that are settled only when asked for."""
    found, actor = state_asked(state), current_actor()
    everything = request.args.get("show") == "all"
    threads = comments.threads(found, actor, open_only=not everything)
    named = {each.actor for thread in threads for each in (thread.head, *thread.replies)}
    named |= {thread.resolved_by for thread in threads if thread.resolved_by}
    version = drafts.worked_on(found, actor)
    return render_template(
        "matrix/comments.html",
        state=found,
        page={"threads": threads, "names": people.names_of(sorted(named))},
        everything=everything,
        layout=layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT),
        version=version,
        words=messages,
    )


@bp.post("/states/<state>/comments/on/<field>")
@requires(TAKE_PART, subject=state_code)
def write(state: str, field: str) -> ResponseReturnValue:
    """Write a comment or a reply; those who work on the State and those mentioned are told."""
    found, actor = state_asked(state), current_actor()
    version = drafts.worked_on(found, actor)
    field_asked(layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT), field)
    form = CommentForm()
    if not form.validate_on_submit():
        raise DomainError(sentence("Write a comment first."))
    text = form.text.data or ""
    mentioned = people.actors_named(comments.names_mentioned(text))
    workers = {each.actor for each in people.people_for(Role.DESK_OFFICER, found.code)}
    if form.shared.data and actor.of_the_office:
        workers |= {each.actor for each in people.people_for(Role.FOCAL_POINT, found.code)}
    with transaction():
        number = comments.write(
            found,
            field,
            text,
            actor,
            language=current_language().code,
            shared=bool(form.shared.data),
            reply_to=int(form.reply_to.data) if form.reply_to.data else None,
            mentioned=mentioned,
            told=workers,
        )
    return redirect(url("field.page", state=found.code, field=field) + f"#comment-{number}")


@bp.post("/states/<state>/comments/<int:number>/settle")
@requires(WORK_ON_MATRIX, subject=state_code)
def settle(state: str, number: int) -> ResponseReturnValue:
    """Settle a thread, or open it again."""
    found = state_asked(state)
    with transaction():
        field = comments.resolve(found, number, current_actor(), settled="open" not in request.form)
    return redirect(url("field.page", state=found.code, field=field) + f"#comment-{number}")
