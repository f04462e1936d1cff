"""Charts and made-up translations for the tests of pictures: long sentences, every shape of row."""

import datetime
import gettext
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import babel.dates
import babel.lists
import babel.numbers

from cpi1540.briefing.charts.chart import Ground
from cpi1540.briefing.charts.coverage import CoverageChart
from cpi1540.briefing.charts.coverage_words import Row
from cpi1540.briefing.charts.frame import Words
from cpi1540.foundation.messages import Sentence
from cpi1540.locales import BY_CODE
from cpi1540.matrix.layout_json import parse_layout
from cpi1540.paths import SEED

SENTENCES = json.loads(Path(__file__).with_name("chart_sentences.json").read_text("utf-8"))
LAYOUT = parse_layout((SEED / "layouts" / "2017.json").read_text("utf-8"), "2017.json")
PLURALS = {
    "ar": "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
    "en": "(n != 1)",
    "es": "(n != 1)",
    "fr": "(n > 1)",
    "ru": "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2)",
    "zh": "0",
}
STATES = {
    "ar": "موروِيزي",
    "en": "Morwezi",
    "es": "Morwezi",
    "fr": "Morwezi",
    "ru": "Морвези",
    "zh": "莫尔韦齐",
}
LONG_GROUPS = {
    "ar": "دول أمريكا اللاتينية ومنطقة البحر الكاريبي",
    "en": "Latin American and Caribbean States",
    "es": "Estados de América Latina y el Caribe",
    "fr": "États d’Amérique latine et des Caraïbes",
    "ru": "Государства Латинской Америки и Карибского бассейна",
    "zh": "拉丁美洲和加勒比国家",
}
DAY = datetime.date(2026, 11, 24)
NOTHING = {"X": 0, "?": 0, "NA": 0, "blank": 0, "unreviewed": 0}


def words(language: str) -> Words:
    """As the portal speaks, with the translations of the file beside this one."""
    locale = BY_CODE[language].locale

    def number(value: int) -> str:
        return babel.numbers.format_decimal(value, locale=locale, numbering_system="latn")

    def share(value: float) -> str:
        return babel.numbers.format_decimal(value, format="0.00", locale=locale, numbering_system="latn")

    def percent(value: float) -> str:
        return babel.numbers.format_percent(value, locale=locale, numbering_system="latn")

    def listed(items: Iterable[str]) -> str:
        return babel.lists.format_list(list(items), locale=locale)

    def day(value: datetime.date) -> str:
        text = babel.dates.format_date(value, "long", locale=locale)
        return text.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))

    def filled(value: object) -> object:
        if isinstance(value, Sentence):
            return translate(value)
        if isinstance(value, str) and language == "ar":
            return f"\u2068{value}\u2069"
        return value

    def translate(told: Sentence) -> str:
        found = told.text if language == "en" else SENTENCES[told.text][language]
        params = {name: filled(value) for name, value in told.params.items()}
        if told.plural is not None:
            n = told.params["n"]
            assert isinstance(n, int)
            forms = [told.text, told.plural] if language == "en" else found
            found = forms[gettext.c2py(PLURALS[language])(n)]  # type: ignore[attr-defined]
            params["n"] = number(n)
        return str(found % params) if params else str(found)

    return Words(translate, number, share, day, percent, listed)


def row(label: str, counts: Mapping[str, int]) -> Row:
    """A row with the figures that ``counts`` define, weights equal and half to be reviewed."""
    counts = {**NOTHING, **counts}
    reviewed = counts["X"] + counts["?"] + counts["blank"]
    applicable = reviewed + counts["unreviewed"]
    if not reviewed:
        return Row(label, None, None, None, False, 0, applicable, counts)
    return Row(
        label,
        counts["X"] / applicable,
        (counts["X"] + counts["?"] / 2) / reviewed,
        (counts["X"] + counts["?"] + counts["unreviewed"]) / applicable,
        reviewed >= applicable / 2,
        reviewed,
        applicable,
        counts,
    )


def label(section: str, language: str) -> str:
    if section == "total":
        return words(language).translate(Sentence("OP 2 and OP 3 together"))
    return LAYOUT.section(section).short_titles[language]


def rows_of(language: str, counts: Mapping[str, Mapping[str, int]]) -> dict[str, Row]:
    return {section: row(label(section, language), of_section) for section, of_section in counts.items()}


FULL = {
    "op2": {"X": 38, "?": 9, "blank": 13, "unreviewed": 6},
    "op3ab": {"X": 31, "?": 12, "NA": 8, "blank": 23, "unreviewed": 20},
    "op3cd": {"X": 52, "?": 14, "blank": 41, "unreviewed": 49},
    "total": {"X": 121, "?": 35, "NA": 8, "blank": 77, "unreviewed": 75},
    "op1": {"X": 7, "?": 1, "unreviewed": 2},
    "op678": {"X": 1, "blank": 1, "unreviewed": 4},
}
ONLY_TREATIES = {
    "op2": {"unreviewed": 66},
    "op3ab": {"NA": 94},
    "op3cd": {"unreviewed": 156},
    "total": {"unreviewed": 222, "NA": 94},
    "op1": {"X": 5, "?": 1, "unreviewed": 4},
    "op678": {"unreviewed": 6},
}
THIN = {**FULL, "total": {"X": 41, "?": 15, "NA": 8, "blank": 7, "unreviewed": 245}}
UNSEEN = {section: {"unreviewed": 10} for section in FULL}


def chart(language: str, counts: Mapping[str, Mapping[str, int]] = FULL, *, practice: bool = True) -> CoverageChart:
    """The chart by section of one State."""
    rows = rows_of(language, counts)
    return CoverageChart(
        Ground(
            scope_name=STATES[language],
            code="XAH",
            practice=practice,
            days=(DAY,),
            layouts="2017",
            profile="equal/1",
            n_states=1,
            n_reviewed=int(any(each.low is not None for each in rows.values())),
        ),
        rows=(rows["op2"], rows["op3ab"], rows["op3cd"]),
        total=rows["total"],
        own=(rows["op1"], rows["op678"]),
    )


def group_chart(language: str) -> CoverageChart:
    """A chart by group, with long names and large numbers."""
    every = {name: count * 33 for name, count in FULL["total"].items()}
    names = [LONG_GROUPS[language]] * 4
    return CoverageChart(
        Ground(
            scope_name=LONG_GROUPS[language],
            practice=False,
            days=(DAY,),
            layouts="2017",
            profile="equal/1",
            n_states=193,
            n_reviewed=33,
        ),
        rows=(
            row(names[0], every),
            row(names[1], {**every, "unreviewed": 43_210}),
            row(names[2], {"unreviewed": 17_064}),
            row(names[3], {"X": 10, "?": 2}),
        ),
        total=row(names[0], {**every, "unreviewed": 50_000}),
        by="group",
        min_reviewed=0.6,
    )


CASES = {
    "full": chart,
    "only-treaties": lambda language: chart(language, ONLY_TREATIES, practice=False),
    "thin": lambda language: chart(language, THIN),
    "unseen": lambda language: chart(language, UNSEEN, practice=False),
    "group": group_chart,
}
