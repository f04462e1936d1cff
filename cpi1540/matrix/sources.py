"""A source's text in the reader's language."""

from collections.abc import Callable, Mapping

from cpi1540.foundation.languages import current_language, name, say
from cpi1540.matrix.messages import statement_sentence
from cpi1540.matrix.record import Source
from cpi1540.states.instruments import Instrument

Titles = Mapping[str, Mapping[str, str]]


def source_speaker(
    instruments: Mapping[str, Instrument] | None = None, titles: Titles | None = None
) -> Callable[[Source], str]:
    """How to say a source: as recorded, as the sentence of a derived statement, or as the title of the measure
    it cites with the pinpoint.

    ``instruments`` (by code) name what a statement speaks of where a row is fed by several; ``titles`` are those
    of the State's measures (``service.measures.titles_of``). What is not given stands by its code.
    """

    def speak(source: Source) -> str:
        if source.statement is not None:
            told = say(statement_sentence(source.statement))
            code = source.statement.params.get("instrument")
            if code is None:
                return told
            return f"{name(instruments[code].names) if instruments and code in instruments else code}: {told}"
        if source.measure is None:
            return source.text
        known = (titles or {}).get(source.measure, {})
        title = known.get(current_language().code) or known.get("original") or source.measure
        return ", ".join(part for part in (title, source.pinpoint, source.text) if part)

    return speak
