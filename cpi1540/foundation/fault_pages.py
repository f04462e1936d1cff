"""Errors as pages: a sentence in the reader's language, never a traceback."""

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from cpi1540.foundation.database import db
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound, Stale

SHOWN = (400, 403, 404, 405, 409, 413, 429, 500, 503)
STATUS_OF: dict[type[DomainError], int] = {NotFound: 404, NotAllowed: 403, Stale: 409}


def init_fault_pages(app: Flask) -> None:
    """Answer every error with a page of its own."""

    @app.errorhandler(DomainError)
    def refused(error: DomainError) -> ResponseReturnValue:
        status = next((status for kind, status in STATUS_OF.items() if isinstance(error, kind)), 400)
        return page(status, error.sentence)

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> ResponseReturnValue:
        return page(400, None, "stale-form")

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> ResponseReturnValue:
        if error.code is not None and error.code < 400:
            return error.get_response()
        return page(error.code if error.code in SHOWN else 400, None)

    @app.errorhandler(Exception)
    def broken(_error: Exception) -> ResponseReturnValue:
        db.session.rollback()
        app.logger.exception("%s %s failed", request.method, request.path)
        return page(500, None)


def page(status: int, sentence: object, kind: str | None = None) -> ResponseReturnValue:
    """The page for a status: ``sentence`` when the refusal has one, else the words for that status."""
    return render_template("errors/error.html", status=status, sentence=sentence, kind=kind), status
