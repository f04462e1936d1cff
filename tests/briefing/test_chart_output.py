"""Pictures as files: the same bytes every time, and no trace of when they were made."""

import struct
import xml.etree.ElementTree as ET
import zlib

import pytest
from chart_cases import chart, words

from cpi1540.briefing.charts import drawing, fonts, output
from cpi1540.locales import BY_CODE, CODES

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> fonts.Typefaces:
    return fonts.load(tmp_path_factory.mktemp("typefaces"))


def files(code: str, faces: fonts.Typefaces) -> tuple[bytes, bytes, bytes]:
    spoken = words(code)
    figure = drawing.draw(chart(code), BY_CODE[code], spoken, faces).figure
    title, desc = drawing.describe(chart(code), spoken)
    return output.to_png(figure), output.to_svg(figure, title, desc), output.to_pdf(figure, title)


@pytest.mark.parametrize("code", CODES)
def test_bytes_are_equal_over_two_runs(code: str, faces: fonts.Typefaces) -> None:
    assert files(code, faces) == files(code, faces)


@pytest.mark.parametrize("code", ["ar", "en"])
def test_one_figure_gives_the_same_bytes_again(code: str, faces: fonts.Typefaces) -> None:
    figure = drawing.draw(chart(code), BY_CODE[code], words(code), faces).figure
    first = output.to_png(figure), output.to_svg(figure, "t", "d"), output.to_pdf(figure)
    assert first == (output.to_png(figure), output.to_svg(figure, "t", "d"), output.to_pdf(figure))


def test_a_png_has_two_dots_a_pixel(faces: fonts.Typefaces) -> None:
    figure = drawing.draw(chart("en"), BY_CODE["en"], words("en"), faces).figure
    width, height = struct.unpack(">II", output.to_png(figure)[16:24])
    assert width == 2160
    assert height == pytest.approx(2 * 100 * figure.get_figheight(), abs=1)
    assert struct.unpack(">I", output.to_png(figure, scale=1)[16:20]) == (1080,)


def test_an_svg_can_be_read_aloud(faces: fonts.Typefaces) -> None:
    figure = drawing.draw(chart("en"), BY_CODE["en"], words("en"), faces).figure
    root = ET.fromstring(output.to_svg(figure, "A < B & C", "One\nTwo"))
    assert root.get("role") == "img"
    assert [child.tag for child in list(root)[:2]] == [f"{SVG}title", f"{SVG}desc"]
    assert root.findtext(f"{SVG}title") == "A < B & C"
    assert root.findtext(f"{SVG}desc") == "One\nTwo"
    assert root.find(f".//{SVG}text") is None


def test_files_do_not_say_when_or_by_what_they_were_made(faces: fonts.Typefaces) -> None:
    png, svg, pdf = files("en", faces)
    for file in (png, svg, pdf):
        assert b"Matplotlib" not in file.replace(b"matplotlib.org", b"")
    assert b"<dc:date>" not in svg
    assert b"CreationDate" not in pdf
    assert pdf.startswith(b"%PDF-")


def test_a_pdf_holds_arabic_as_outlines(faces: fonts.Typefaces) -> None:
    # As text, the pieces of a line came out apart and over each other.
    assert b"BT\n" not in streams(files("ar", faces)[2])
    assert b"BT\n" in streams(files("en", faces)[2])


def streams(pdf: bytes) -> bytes:
    found = b""
    for part in pdf.split(b"stream\n")[1::2]:
        try:
            found += zlib.decompressobj().decompress(part)
        except zlib.error:
            continue
    return found
