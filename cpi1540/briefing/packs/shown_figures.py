"""The figures of a pack as its pages show them, by names in its language: what a pack made again is held against."""

from collections.abc import Iterator

from cpi1540.briefing.packs.pack import CountChart, Pack, Page, Table, Text
from cpi1540.briefing.recipe import shown_figures


def figures_of(pack: Pack) -> dict[str, str]:
    """Every number in its tables, the bars of charts that no table says again, and the sentences that count. Empty
    where there are more than can be kept.
    """
    return shown_figures(figure for page in pack.pages for figure in _page(page))


def _page(page: Page) -> Iterator[tuple[str, str]]:
    tables = [block for block in page.blocks if isinstance(block, Table)]
    for table in tables:
        yield from _table(table)
    for block in page.blocks:
        if isinstance(block, CountChart) and not tables:
            for category, values in zip(block.categories, block.values, strict=True):
                for name, value in zip(block.names, values, strict=True):
                    yield f"{category} · {name}", str(value)
        elif isinstance(block, Text) and block.look in ("plain", "item") and _counts(block.text):
            yield page.title, block.text


def _table(table: Table) -> Iterator[tuple[str, str]]:
    for row in table.rows:
        cells = list(zip(table.columns, row, strict=True))
        numbers = [(column, cell) for column, cell in cells if column.align == "number"]
        texts = [cell for column, cell in cells if column.align != "number" and cell]
        if numbers:
            for column, cell in numbers:
                yield f"{', '.join(texts)} · {column.head.replace(chr(10), ', ')}", cell
        elif texts:
            yield f"{table.columns[0].head} · {texts[0]}", ", ".join(texts[1:])


def _counts(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
