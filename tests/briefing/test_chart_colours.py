"""The colours of charts: letters stand out from their ground by as much as WCAG 2.2 AA asks (1.4.3 and 1.4.11)."""

import pytest

from cpi1540.briefing.charts import canvas, shading


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance")."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize(
    ("letters", "ground"),
    [
        *[
            (ink, ground)
            for ink in (canvas.INK, canvas.INK_2, canvas.INK_3)
            for ground in (canvas.PAPER, canvas.SUNKEN)
        ],
        (canvas.ACCENT, canvas.PAPER),
        (canvas.ACCENT, canvas.ACCENT_SOFT),
        (canvas.CAUTION, canvas.PAPER),
        (canvas.CAUTION, canvas.CAUTION_SOFT),
        *[(ink, ground) for ground, ink in shading.STEPS],
    ],
)
def test_letters_stand_out_from_their_ground(letters: str, ground: str) -> None:
    assert contrast(letters, ground) >= 4.5


@pytest.mark.parametrize("shape", [canvas.EDGE, canvas.ACCENT, canvas.ACCENT_LINE, canvas.INK_3])
def test_shapes_that_mean_something_stand_out_from_the_paper(shape: str) -> None:
    assert contrast(shape, canvas.PAPER) >= 3
