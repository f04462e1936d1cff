"""The address by which pages and files lead to a request."""

from flask import current_app

from cpi1540.foundation.addresses import url

PAGE = "requests.one"


def request_address(identifier: str) -> str:
    """The path of the request's page, "" where this installation has none."""
    return url(PAGE, request_id=identifier) if PAGE in current_app.view_functions else ""
