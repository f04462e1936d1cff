"""What stands in the cells of one printed row, and the mark by which the row is known to be unchanged."""

from collections.abc import Collection, Mapping, Sequence

from cpi1540.exchange.cell_text import compose, compose_one, fold_leader, plain, source_text, token
from cpi1540.exchange.code_spelling import spell
from cpi1540.exchange.messages import REMARK_LEADERS
from cpi1540.exchange.printed_form import Column, Content, Place, PrintedRow
from cpi1540.exchange.wording import Wording
from cpi1540.matrix.messages import DOMAIN_SHORT
from cpi1540.matrix.record import NOT_REVIEWED, Entry

BETWEEN = "|"


class RowWriting:
    """Renders cells in one language. The leaders are said once, then kept."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self._domains = {domain: wording.say(text) for domain, text in DOMAIN_SHORT.items()}
        self._folded: dict[tuple[Content, int], frozenset[str]] = {}
        self._remarks = {which: wording.say(text) for which, text in REMARK_LEADERS.items()}

    def leader(self, place: Place, content: Content, alone: bool) -> str | None:
        """What leads a field's paragraphs in a cell; None where the cell speaks of one field ``alone``."""
        if alone:
            return None
        if content is Content.REMARKS and place.aspect:
            return self._remarks[place.domain, place.aspect]
        return self._domains[place.domain] if place.domain else None

    def leaders(self, places: Sequence[Place], content: Content) -> dict[str, str]:
        """Every leader a reader of the cell knows, folded -> its field; the English ones are always known."""
        found: dict[str, str] = {}
        for place in places:
            said = self.leader(place, content, alone=False)
            if content is Content.REMARKS and place.aspect:
                english = REMARK_LEADERS[place.domain, place.aspect]
            else:
                english = DOMAIN_SHORT[place.domain] if place.domain else ""
            found |= {fold_leader(leader): place.field for leader in (english, said) if leader}
        return found

    def _known_leaders(self, places: Sequence[Place], content: Content) -> Collection[str]:
        """The folded leaders of cells of that form, which are the same in every row."""
        form = (content, len(places))
        if form not in self._folded:
            self._folded[form] = frozenset(self.leaders(places, content))
        return self._folded[form]

    def sources(self, entry: Entry) -> list[str]:
        """The text of each source of an entry that has one."""
        texts = (source_text(source, self.wording.say_source) for source in entry.sources)
        return [text for text in texts if text]

    def cell(self, row: PrintedRow, column: Column, entries: Mapping[str, Entry]) -> str:
        """The text of a cell that holds codes, sources or remarks."""
        places = row.places(column)
        if column.content is Content.CODE:
            return spell(entries.get(places[0].field, NOT_REVIEWED))
        found = [entries.get(place.field, NOT_REVIEWED) for place in places]
        alone = len(places) == 1
        if column.content is Content.REMARKS:
            if alone:
                return compose_one(plain(found[0].remarks))
            if not any(entry.remarks for entry in found):
                return ""
            texts = [[remark] if (remark := plain(entry.remarks)) else [] for entry in found]
        else:
            if not any(entry.sources for entry in found):
                return ""
            texts = [self.sources(entry) for entry in found]
        return compose(
            [
                (self.leader(place, column.content, alone), of_field)
                for place, of_field in zip(places, texts, strict=True)
            ],
            () if alone else self._known_leaders(places, column.content),
        )


def cell_token(content: Content, text: str) -> str:
    """The mark of one cell: a code itself, a digest of a text."""
    return text if content is Content.CODE else token(text)


def row_mark(tokens: list[str]) -> str:
    """The marks of a row's cells in printed order, as one text; ``read_row_mark`` takes it apart."""
    return BETWEEN.join(tokens)


def read_row_mark(mark: str, length: int) -> list[str] | None:
    """The marks of ``length`` cells; None when the text is no such mark."""
    tokens = mark.split(BETWEEN)
    return tokens if len(tokens) == length else None
