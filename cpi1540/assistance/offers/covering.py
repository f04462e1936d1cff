"""Fields of the matrix said in few keys: a row where all of its fields are meant, else the fields themselves."""

from collections.abc import Iterable

from cpi1540.matrix.layout import Layout


def keys_of(fields: Iterable[str], layout: Layout) -> tuple[str, ...]:
    """The keys of rows and fields that stand for these fields, in printed order; unknown ones are left out."""
    taken = set(fields)
    rows: dict[str, list[str]] = {}
    for field in layout.fields:
        rows.setdefault(f"{field.section}.{field.row}", []).append(field.key)
    found: list[str] = []
    for row, keys in rows.items():
        found += [row] if taken.issuperset(keys) else [key for key in keys if key in taken]
    return tuple(found)
