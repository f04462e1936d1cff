"""A source's text in the reader's language."""

from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import Sentence
from cpi1540.matrix.messages import statement_sentence
from cpi1540.matrix.record import Source


def say_source(source: Source) -> str:
    """The text as recorded, or the sentence of a derived statement."""
    if source.statement is None:
        return source.text
    told: Sentence = statement_sentence(source.statement)
    return say(told)
