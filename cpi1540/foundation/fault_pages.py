"""Errors as pages: a sentence in the reader's language, never a traceback."""

from flask import Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from cpi1540.foundation.access import NOBODY, current_actor, sign_in_first
from cpi1540.foundation.database import db
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale
from cpi1540.foundation.messages import sentence

PLAIN = "Something went wrong here. Nothing was saved. Go back and try again.\n"
SHOWN = (400, 403, 404, 405, 409, 413, 429, 500, 503)
STATUS_OF: dict[type[DomainError], int] = {NotFound: 404, NotAllowed: 403, Stale: 409}


def init_fault_pages(app: Flask) -> None:
    """Answer every error with a page of its own."""

    @app.errorhandler(DomainError)
    def refused(error: DomainError) -> ResponseReturnValue:
        if isinstance(error, NotAllowed) and current_actor() is NOBODY:
            return sign_in_first()
        status = next((status for kind, status in STATUS_OF.items() if isinstance(error, kind)), 400)
        return page(status, error.sentence)

    @app.errorhandler(IntegrityError)
    def collided(_error: IntegrityError) -> ResponseReturnValue:
        db.session.rollback()
        app.logger.warning("%s %s: two writers at the same moment", request.method, request.path)
        return page(409, sentence("Somebody else saved at the same moment. Nothing of yours was saved: send it again."))

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> ResponseReturnValue:
        if _session_is_over():
            return sign_in_first()
        return page(400, None, "stale-form")

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> ResponseReturnValue:
        if error.code is not None and error.code < 400:
            return error.get_response()
        answer = make_response(page(error.code if error.code in SHOWN else 400, None))
        if isinstance(error, MethodNotAllowed):
            answer.headers["Allow"] = ", ".join(error.valid_methods or ())
        return answer

    @app.errorhandler(Exception)
    def broken(_error: Exception) -> ResponseReturnValue:
        db.session.rollback()
        app.logger.exception("%s %s failed", request.method, request.path)
        try:
            return page(500, None)
        except Exception:
            # What broke the page may break its error page too: a plain sentence always comes out.
            app.logger.exception("the page for a fault failed")
            return PLAIN, 500, {"Content-Type": "text/plain; charset=utf-8"}


def _session_is_over() -> bool:
    """Whether a form of ours was sent after its session, and with it the form's token, had ended.

    Nothing is done by it: it waits on the sign-in page. The browser itself says that the form is ours.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if current_actor() is not NOBODY or getattr(view, "access", "public") == "public":
        return False
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return ours or request.headers.get("Origin") == request.host_url.rstrip("/")


def page(status: int, told: object, kind: str | None = None) -> ResponseReturnValue:
    """The page for a status: ``told`` when the refusal says more, else the words for that status."""
    return render_template("errors/error.html", status=status, sentence=told, kind=kind), status
