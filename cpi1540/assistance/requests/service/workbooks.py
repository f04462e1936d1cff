"""The assistance template as a workbook, made and read."""

from collections.abc import Sequence

from cpi1540.assistance.requests import request_template
from cpi1540.assistance.requests.request import Prefilled
from cpi1540.assistance.requests.request_in_xlsx import read_template
from cpi1540.assistance.requests.request_out_xlsx import write_template
from cpi1540.assistance.requests.request_template import AskTemplate, TemplateReading
from cpi1540.exchange import messages as exchange_messages
from cpi1540.exchange.wording import Wording
from cpi1540.foundation.database import now
from cpi1540.foundation.languages import day, say, speaking
from cpi1540.foundation.messages import Sentence
from cpi1540.foundation.problems import Problem
from cpi1540.foundation.search_text import normalise
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states


def template(language: str, prefilled: Sequence[Prefilled] = (), *, practice: bool) -> bytes:
    """The template in one of the six languages, with a sheet for each request to begin with, or one empty sheet."""
    with speaking(language):
        wording = Wording(language, say, lambda source: source.text, day)
        return write_template(prefilled, wording, made_at=now(), practice=practice)


def read(data: bytes, name: str, *, practice: bool, language: str) -> TemplateReading:
    """The requests in a filled template, ready to be registered; ``language`` is meant where a sheet names none."""
    spelled: dict[str, str] = {}
    for state in states.states(practice=practice):
        for text in (state.code, *state.names.values(), state.formal_name):
            spelled.setdefault(normalise(text), state.code)
    return read_template(data, name, AskTemplate(spelled, layouts.layout(), practice, language))


def problem_sentence(problem: Problem) -> Sentence:
    """What a problem of a filled template says; ``where`` stands beside it."""
    text = request_template.PROBLEMS.get(problem.code)
    return Sentence(text, problem.params) if text else exchange_messages.problem_sentence(problem)
