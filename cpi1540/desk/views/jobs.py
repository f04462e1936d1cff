"""Background work: what one asked for, how far it is, what came of it."""

import mimetypes

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from cpi1540.desk.messages import JOB_STATUS_NAMES
from cpi1540.foundation.access import SIGNED_IN, can, current_actor, requires
from cpi1540.foundation.addresses import MEMBERS, PRACTICE, SiteBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import NotFound
from cpi1540.foundation.jobs import kinds, queue
from cpi1540.foundation.jobs.job import Job
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.whole_number import whole_number
from cpi1540.people.service import directory as people

bp: Blueprint = SiteBlueprint("jobs", __name__)

LOOK_AGAIN = 10  # seconds, for readers without script who ask for it
ANY = "application/octet-stream"


@bp.get("/jobs")
@requires(SIGNED_IN)
def listed() -> ResponseReturnValue:
    """One's own jobs, newest first; everybody's for administrators who ask for them."""
    actor = current_actor()
    everybody = request.args.get("everybody") == "1"
    before = request.args.get("before")
    found = queue.jobs(actor, everybody=everybody, before=_number(before) if before else None)
    return render_template(
        "desk/jobs.html",
        jobs=found,
        everybody=everybody,
        sees_all=can(actor, queue.SEE_ALL),
        before=before,
        older=found[-1].number if len(found) == queue.PAGE else None,
        **_words(found),
    )


@bp.get("/jobs/<number>")
@requires(SIGNED_IN)
def one(number: str) -> ResponseReturnValue:
    """One job. While it is under way the page tells how far it is: by script, or asked again every ten seconds."""
    found = queue.job(_number(number), current_actor())
    following = found.under_way and request.args.get("follow") == "1"
    page = render_template(
        "desk/job.html",
        job=found,
        own=found.asked_by == current_actor().id,
        following=following,
        stands_still=found.under_way and queue.stands_still(),
        **_words([found]),
    )
    answer = make_response(page)
    if following:
        answer.headers["Refresh"] = str(LOOK_AGAIN)
    return answer


@bp.post("/jobs/<number>/cancel")
@requires(SIGNED_IN)
def cancel(number: str) -> ResponseReturnValue:
    """End a job, now or at its next step."""
    with transaction():
        queue.cancel(_number(number), current_actor())
    return redirect(url("jobs.one", number=number))


@bp.post("/jobs/<number>/again")
@requires(SIGNED_IN)
def ask_again(number: str) -> ResponseReturnValue:
    """Let a job that came to nothing wait again."""
    with transaction():
        queue.ask_again(_number(number), current_actor())
    return redirect(url("jobs.one", number=number))


@bp.get("/jobs/<number>/files/<place>")
@requires(SIGNED_IN)
def file(number: str, place: str) -> ResponseReturnValue:
    """A file that a job made."""
    name, content = queue.file(_number(number), _number(place), current_actor())
    answer = Response(content, mimetype=mimetypes.guess_type(name)[0] or ANY)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _words(found: list[Job]) -> dict[str, object]:
    """What the templates say of jobs: names of kinds, of statuses and persons, addresses of the pages of results."""
    return {
        "titles": {name: kind.title for name, kind in kinds.registered().items()},
        "statuses": JOB_STATUS_NAMES,
        "names": people.names_of(sorted({job.asked_by for job in found})),
        "pages": {job.number: address for job in found if (address := _page(job))},
    }


def _page(job: Job) -> str | None:
    """The address of the page that shows what came of a job, in its record; None when there is none any more."""
    if job.page is None or job.page.endpoint not in current_app.view_functions:
        return None
    return url(job.page.endpoint, record=PRACTICE if job.practice else MEMBERS, **job.page.values)


def _number(text: str) -> int:
    """A number of an address; NotFound for anything else."""
    number = whole_number(text)
    if number is None:
        raise NotFound(sentence("There is no job %(number)s.", number=printable(text)))
    return number
