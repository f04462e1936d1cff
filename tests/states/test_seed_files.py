"""The reference data as files: what they say, and how a broken one is refused."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from cpi1540 import paths
from cpi1540.locales import CODES
from cpi1540.states import seed_files
from cpi1540.states.dated_figures import read_figures
from cpi1540.states.instruments import ActionKind

DATA = seed_files.read(paths.SEED)


def test_the_193_with_names_in_six_languages() -> None:
    assert len(DATA.states) == 193
    assert all(set(state.names) == set(CODES) and all(state.names.values()) for state in DATA.states)
    assert not [state.code for state in DATA.states if "_" in "".join(state.names.values())]


@pytest.mark.parametrize(
    ("code", "arabic", "chinese"),
    [
        ("SGP", "سنغافورة", "新加坡"),
        ("MDV", "ملديف", "马尔代夫"),
        ("TUV", "توفالو", "图瓦卢"),
        ("NAM", "ناميبيا", "纳米比亚"),
    ],
)
def test_small_states_have_their_names(code: str, arabic: str, chinese: str) -> None:
    (state,) = [state for state in DATA.states if state.code == code]
    assert arabic in state.names["ar"]
    assert state.names["zh"] == chinese


def test_groups_on_the_electoral_basis() -> None:
    electoral = [each for each in DATA.memberships if each.basis == "electoral"]
    assert Counter(each.group for each in electoral) == {
        "african": 54,
        "asia-pacific": 54,
        "eastern-european": 23,
        "grulac": 33,
        "weog": 29,
    }
    of = {code: {(m.group, m.basis) for m in DATA.memberships if m.state == code} for code in ("TUR", "USA", "KIR")}
    assert of["TUR"] == {("asia-pacific", "full"), ("weog", "full"), ("weog", "electoral")}
    assert of["USA"] == {("weog", "observer"), ("weog", "electoral")}
    assert of["KIR"] == {("asia-pacific", "full"), ("asia-pacific", "electoral")}


def test_conflicting_report_dates_are_kept_with_their_sources() -> None:
    first = {
        str(report.date): report.source for report in DATA.reports if (report.state, report.kind) == ("USA", "first")
    }
    assert set(first) == {"2004-10-24", "2004-10-12"}
    assert len(set(first.values())) == 2


def test_published_figures_have_source_and_date_and_none_is_from_an_encyclopedia() -> None:
    figures = read_figures(paths.SEED)
    assert all(figure.source and figure.source != "same" for figure in figures)
    assert not [figure for figure in figures if "ikipedia" in figure.source]
    means = [(str(figure.date), figure.value) for figure in figures if figure.key == "mean-fields"]
    assert means == [("2008", 93), ("2011", 128)]
    assert [figure.value for figure in figures if figure.key == "first-reports" and figure.after] == [185]


def test_what_a_source_does_not_say_is_not_laid_at_its_door() -> None:
    """The data set names the groups only: who observes and where Türkiye is elected is from memory, and says so."""
    remembered = {(m.state, m.group, m.basis) for m in DATA.memberships if m.source.startswith("general knowledge")}
    assert remembered == {("TUR", "weog", "electoral"), ("USA", "weog", "observer")}


def test_where_two_tables_of_one_body_differ_the_listing_names_the_other() -> None:
    tables: dict[str, dict[str, set[str]]] = {}
    for act in DATA.actions:
        if act.kind is ActionKind.LISTED_MEMBER:
            tables.setdefault(act.instrument, {}).setdefault(act.source, set()).add(act.state)
    silent = {
        (act.state, act.instrument): other
        for act in DATA.actions
        if act.kind is ActionKind.LISTED_MEMBER
        for other, listed in tables[act.instrument].items()
        if act.state not in listed
    }
    assert set(silent) == {("ISR", "fatf"), ("MYS", "fatf"), ("SAU", "fatf"), ("NZL", "zangger")}
    noted = {(a.state, a.instrument): a.note for a in DATA.actions if a.kind is ActionKind.LISTED_MEMBER and a.note}
    assert set(noted) == set(silent)
    assert all(silent[place] in note for place, note in noted.items())


def test_chinese_names_sort_by_their_sound() -> None:
    sounds = {state.code: state.sort_names["zh"] for state in DATA.states}
    assert (sounds["CPV"], sounds["PER"], sounds["LAO"]) == (
        "fo de jiao",
        "bi lu",
        "lao wo ren min min zhu gong he guo",
    )
    assert all(sound.replace(" ", "").isascii() and sound.islower() for sound in sounds.values())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"qualifier": "after"', '"qualifier": "since"', "line 15: not a dated figure ('since')"),
        ('"what": "psi"', '"what": "pis"', "line 24: not a dated figure ('pis')"),
        ('"date": "2004-12-31"', '"date": "2020s"', "line 2: not a dated figure (not a date"),
        ('"source": "https://www.hcoc.at/"', '"source": ""', "line 23: not a dated figure (source is blank)"),
        ("[", "", "dated-figures.json, line 2: "),
    ],
)
def test_a_broken_figure_is_refused_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = (paths.SEED / "dated-figures.json").read_text("utf-8")
    assert old in text
    (tmp_path / "dated-figures.json").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(seed_files.SeedFault) as refused:
        read_figures(tmp_path)
    assert said in str(refused.value)


BREAKS = [
    ("states.csv", "iso3,iso2", "iso3,iso", "states.csv, line 1: the columns must be"),
    ("states.csv", "AGO,AO", "AFG,AO", "states.csv, line 3: AFG stands twice"),
    ("states.csv", "1946-11-19", "1946-19-11", "states.csv, line 2: '1946-19-11' is not a date"),
    ("states.csv", "阿富汗,أفغانستان", ",أفغانستان", "states.csv, line 2: name_zh of AFG is blank"),
    ("groups.csv", "AFG,asia-pacific,electoral", "AFG,asia,electoral", "groups.csv, line 3: unknown group 'asia'"),
    ("groups.csv", "AFG,asia-pacific,electoral", "AFG,asia-pacific,full", "AFG is in no group on the electoral basis"),
    ("treaty-actions.csv", "ratification", "ratified", "unknown kind 'ratified'"),
    ("treaty-actions.csv", "2026-08-22", "22.8.2026", "'22.8.2026' is not a date"),
    ("regime-actions.csv", "ARG,australia-group", "ARX,australia-group", "unknown State 'ARX'"),
    ("instruments.json", '"npt"', "npt", "instruments.json, line 2"),
    ("instruments.json", '"kind": "treaty"', '"kind": "pact"', "not a list of instruments"),
    ("instruments.json", '"code": "bwc"', '"code": "cwc"', "instrument cwc stands twice"),
    ("instruments.json", '"zh": "桑戈委员会"', '"zh": ""', "a name of zangger is blank"),
    (
        "groups.csv",
        "AFG,asia-pacific,full,countrygroups 0.17.0 (CC0)",
        "AFG,asia-pacific,full,",
        "line 2: source is blank",
    ),
    ("reports.csv", "2004-11-09", "2004-11-31", "reports.csv, line 13: day is out of range"),
    ("reports.csv", "first", "last", "unknown kind 'last'"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), BREAKS, ids=[said[:50] for *_rest, said in BREAKS])
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    for name in paths.SEED.iterdir():
        if name.is_file():
            shutil.copy(name, tmp_path)
    text = (tmp_path / file).read_text("utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(seed_files.SeedFault) as refused:
        seed_files.read(tmp_path)
    assert said in str(refused.value)
    assert str(refused.value).endswith("Nothing was loaded.")
