"""Whole numbers as addresses and forms bring them."""


def whole_number(text: str, digits: int = 9) -> int | None:
    """The number that ``text`` writes in Western digits, ``digits`` of them at most; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= digits else None
