"""A source's text in the reader's language."""

from cpi1540.foundation.languages import name, say
from cpi1540.matrix.messages import statement_sentence
from cpi1540.matrix.record import Source
from cpi1540.states.instruments import Instrument


def say_source(source: Source, instruments: dict[str, Instrument] | None = None) -> str:
    """The text as recorded, or the sentence of a derived statement, led by its instrument's name.

    ``instruments`` are needed where a row is fed by several; without them the code stands for the name.
    """
    if source.statement is None:
        return source.text
    told = say(statement_sentence(source.statement))
    code = source.statement.params.get("instrument")
    if code is None:
        return told
    return f"{name(instruments[code].names) if instruments and code in instruments else code}: {told}"
