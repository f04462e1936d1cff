"""A picture as a file: the same bytes for the same figure, every time."""

import html
import io
import re
import threading
import unicodedata
from collections.abc import Mapping
from typing import Any

import matplotlib
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patheffects import Normal
from matplotlib.text import Text

_SALT = "cpi1540"
# The settings that make ids are the process's own: one picture at a time.
_saving = threading.RLock()
# What matplotlib writes for the look of a shape, and for the ends of lines that set none.
_STYLE = re.compile(r' style="([^"]*)"')
_LINE_ENDS = re.compile(r"\s*<defs>\s*<style[^>]*>[^<]*</style>\s*</defs>")
_MARKED = re.compile(r'<g id="(value-\d+)">')


def to_png(figure: Figure, scale: float = 2) -> bytes:
    """The figure as a PNG, ``scale`` dots a pixel."""
    return _save(figure, "png", {"Software": None}, dpi=scale * figure.dpi)


def to_svg(figure: Figure, title: str, desc: str, values: Mapping[str, str] | None = None) -> bytes:
    """The figure as an SVG image, its text as outlines; ``title`` and ``desc`` are what is read aloud.

    Shapes whose id is in ``values`` carry that text as their own title. Looks are attributes, never styles, so
    that the image may stand inside a page whose policy allows no style of its own.
    """
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    drawn = _save(figure, "svg", nothing, dpi=72).decode("utf-8")
    head, tag, rest = drawn.partition("<svg ")
    attributes, end, body = rest.partition(">")
    said = f"\n <title>{_escaped(title)}</title>\n <desc>{_escaped(desc)}</desc>"
    body = _STYLE.sub(_as_attributes, _LINE_ENDS.sub("", body))
    if values:
        body = _MARKED.sub(lambda found: f"{found[0]}<title>{_escaped(values[found[1]])}</title>", body)
    ends = 'stroke-linejoin="round" stroke-linecap="butt" '
    return f'{head}{tag}role="img" {ends}{attributes}{end}{said}{body}'.encode()


def to_pdf(figure: Figure, title: str = "") -> bytes:
    """The figure as a PDF page of its size. Arabic is in outlines, all other text can be searched."""
    nothing = {"Creator": None, "Producer": None, "CreationDate": None}
    # matplotlib sets the pieces of a right-to-left line in a PDF apart or over each other; outlines stay in place.
    outlined = [text for text in figure.findobj(_is_right_to_left) if not text.get_path_effects()]
    with _saving:
        for text in outlined:
            text.set_path_effects([Normal()])
        try:
            return _save(figure, "pdf", {**nothing, "Title": title or None}, dpi=72)
        finally:
            for text in outlined:
                text.set_path_effects([])


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _as_attributes(style: re.Match[str]) -> str:
    """`` style="fill: #fff; stroke: none"`` as `` fill="#fff" stroke="none"``."""
    looks = (look.partition(":") for look in style[1].split(";") if look.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, _colon, value in looks)


def _is_right_to_left(artist: Artist) -> bool:
    return isinstance(artist, Text) and any(
        unicodedata.bidirectional(character) in ("R", "AL") for character in artist.get_text()
    )


def _save(figure: Figure, kind: str, metadata: dict[str, Any], dpi: float) -> bytes:
    file = io.BytesIO()
    with _saving, matplotlib.rc_context({"svg.hashsalt": _SALT, "svg.fonttype": "path"}):
        figure.savefig(file, format=kind, dpi=dpi, metadata=metadata)
    return file.getvalue()
