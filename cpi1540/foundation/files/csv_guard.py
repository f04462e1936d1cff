"""Cells of a CSV file that no spreadsheet program takes for a formula, and back to what they said."""

# What a spreadsheet program takes for the start of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "'"


def guarded(text: str) -> str:
    """``text`` as a cell: an apostrophe goes before what would start a formula, and before an apostrophe."""
    return f"{MARK}{text}" if text.startswith((*FORMULA, MARK)) else text


def unguarded(cell: str) -> str:
    """What a cell says: exactly what was guarded, and a cell that somebody typed as it stands."""
    return cell[1:] if cell.startswith(MARK) and cell[1:].startswith((*FORMULA, MARK)) else cell
