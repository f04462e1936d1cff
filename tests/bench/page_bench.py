"""A section page of a matrix: the whole request against rendering its template from values in memory."""

from flask import Flask, g, render_template
from sqlalchemy import event

from cpi1540.foundation.database import db
from tests.bench.measuring import Measured, ratio

ADDRESS = "/en/states/FRA/matrix/op3cd"


def measure(app: Flask) -> list[Measured]:
    kept: dict[str, object] = {}

    def keep(_app: Flask, template: object, context: dict[str, object]) -> None:
        kept.update(context)

    from flask import template_rendered

    client = app.test_client()
    with template_rendered.connected_to(keep, app):
        client.get(ADDRESS)
    values = {key: kept[key] for key in ("state", "page", "words", "as_of")}
    queries = 0

    def count(*_arguments: object) -> None:
        nonlocal queries
        queries += 1

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
        client.get(ADDRESS)
        event.remove(db.engine, "before_cursor_execute", count)

    def floor() -> object:
        with app.test_request_context(ADDRESS):
            app.preprocess_request()
            g.language = "en"
            return render_template("matrix/section.html", **values)

    found, mine, bare = ratio(lambda: client.get(ADDRESS), floor)
    return [
        Measured(
            "matrix section page, 156 fields", found, f"template alone, {bare:.1f} ms", 2.0, f"(ours {mine:.1f} ms)"
        ),
        Measured("queries of a section page", float(queries), "statements counted", 8.0),
    ]
