"""Requests as JSON, as the command line prints them."""

from collections.abc import Iterable

from cpi1540.assistance.requests.agenda import Line


def list_json(lines: Iterable[Line]) -> dict[str, object]:
    """The document of ``assistance list``, by identifier."""
    return {"requests": [line_json(line) for line in sorted(lines, key=lambda line: line.request.id)]}


def line_json(line: Line) -> dict[str, object]:
    """One request with its step, the day its next act is due, and its needs.

    Several States are named one after the other: "XAA, XAB".
    """
    request, standing = line.request, line.standing
    requester = request.values.requester
    return {
        "request": request.id,
        "requester": requester.organization or ", ".join(requester.states),
        "date": str(request.values.date) if request.values.date else None,
        "formal": request.values.formal,
        "step": int(standing.step) if standing.step else None,
        "due": str(standing.due) if standing.due else None,
        "status": request.status.value,
        "needs": [
            {
                "need": need.id,
                "fields": list(need.values.fields),
                "kind": need.values.kind.value,
                "status": need.status.value,
            }
            for need in request.needs
        ],
    }
