"""Words that do not belong here: this machine's folders, a registry's name, unfinished work, another promise."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KINDS = {".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".cfg", ".json", ".csv", ".po", ".pot", ".mako", ".in"}
LEFT_OUT = {"build", "dist", "__pycache__"}


def _is_ours(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    hidden = any(part.startswith(".") and part != ".ci" for part in parts)
    return path.is_file() and not hidden and not LEFT_OUT & set(parts) and (path.suffix in KINDS or not path.suffix)


TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in ROOT.rglob("*") if _is_ours(path)}


def found(pattern: str) -> list[str]:
    return [
        f"{name}: {match.group(0)}"
        for name, text in sorted(TEXTS.items())
        for match in re.finditer(pattern, text, re.MULTILINE)
    ]


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"(?<![\w.}*])/(work|root|home/[a-z]+|tmp/[a-z]+)/", id="a folder of somebody's machine"),
        pytest.param(r"(?i)py[p]i\.org|python[h]osted|registry\.np[m]js|crates\.i[o]\b", id="a registry"),
        pytest.param(r"\b(TO[D]O|FI[X]ME|HA[C]K)\b", id="unfinished"),
        pytest.param(r"(?i)generated (by|with) an? [a-z]+|co-authored[-]by", id="whose pen"),
    ],
)
def test_nothing_of_the_workshop_is_left(pattern: str) -> None:
    assert len(TEXTS) > 100
    assert found(pattern) == []


def test_the_word_stands_only_where_it_is_denied() -> None:
    wrong = found(r"(?i)(?<!measure of )\bcomplianc[e]\b")
    assert [hit for hit in wrong if not hit.startswith("LICENSE:")] == []
