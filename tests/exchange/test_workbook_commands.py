"""``matrix export``, ``matrix import`` and ``chart`` as acceptance checks call them."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from test_commands import run

from cpi1540 import paths

RETURNED = str(paths.SEED / "practice" / "returned.xlsx")


@pytest.fixture(scope="module")
def folder(practice_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("workbooks")
    shutil.copy(practice_made, made / "record.sqlite")
    return made


def read(folder: Path, *arguments: str, code: int = 0) -> Any:
    return json.loads(run(folder, *arguments, "--json", code=code).stdout)


def test_out_and_back_unchanged(folder: Path, tmp_path: Path) -> None:
    run(folder, "matrix", "export", "FRA", "--format", "xlsx", "--lang", "zh", "-o", str(tmp_path / "fra.xlsx"))
    found = read(folder, "matrix", "import", str(tmp_path / "fra.xlsx"))
    assert found["files"] == [
        {
            "file": str(tmp_path / "fra.xlsx"),
            "state": "FRA",
            "layout": "2017",
            "changes": [],
            "problems": [],
            "applied": False,
        }
    ]
    assert read(folder, "matrix", "show", "FRA")["version"] == 1


def test_several_into_a_folder_or_a_zip(folder: Path, tmp_path: Path) -> None:
    run(folder, "matrix", "export", "XAA", "XAC", "XAD", "-o", str(tmp_path / "out"))
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "practice-matrix-1540-XAA-v3-en.xlsx",
        "practice-matrix-1540-XAC-v3-en.xlsx",
    ]
    run(folder, "matrix", "export", "XAA", "XAC", "-o", str(tmp_path / "out.zip"))
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert len(archive.namelist()) == 2


def test_a_name_that_does_not_fit_is_a_mistake_and_no_folder(folder: Path, tmp_path: Path) -> None:
    for name in ("x.docx", "x.PDF", "x.json"):
        run(folder, "matrix", "export", "FRA", "-o", str(tmp_path / name), code=2)
    run(folder, "matrix", "export", "FRA", "ESP", "-o", str(tmp_path / "x.xlsx"), code=2)
    assert list(tmp_path.iterdir()) == []
    run(folder, "matrix", "export", "FRA", "-o", str(tmp_path / "deep" / "x.XLSX"))
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["x.XLSX"]
    (tmp_path / "taken").write_bytes(b"")
    run(folder, "matrix", "export", "FRA", "-o", str(tmp_path / "taken" / "x.xlsx"), code=1)


def test_a_dry_run_writes_nothing_and_an_import_writes_the_draft(folder: Path) -> None:
    dry = read(folder, "matrix", "import", RETURNED, "--practice", "--dry-run")["files"][0]
    assert [(change["field"], change["from"], change["to"]) for change in dry["changes"] if "part" not in change] == [
        ("op3cd.border-control.cw.framework", None, "?"),
        ("op3cd.border-technical-support.cw.framework", "", "X"),
    ]
    assert {change["part"] for change in dry["changes"] if "part" in change} == {"sources", "remarks"}
    assert dry["applied"] is False
    assert read(folder, "matrix", "show", "XAC")["version"] == 3
    assert read(folder, "matrix", "import", RETURNED, "--state", "XAC")["files"][0]["applied"] is True
    shown = read(folder, "matrix", "show", "XAC")
    assert (shown["version"], shown["status"], shown["origin"]) == (4, "draft", "office")
    assert shown["entries"]["op3cd.border-control.cw.framework"]["remarks"] == "a decree is being drafted"
    changes = read(folder, "matrix", "diff", "XAC", "3", "4")["changes"]
    assert len(changes) == 2
    again = read(folder, "matrix", "import", RETURNED, "--practice")["files"][0]
    assert again["changes"] == []
    assert read(folder, "data", "check")["ok"] is True


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([RETURNED], "other-record"),
        ([RETURNED, "--state", "XAH"], "other-state"),
    ],
)
def test_a_file_with_a_problem_is_not_applied(folder: Path, arguments: list[str], problem: str) -> None:
    found = read(folder, "matrix", "import", *arguments, code=1)["files"][0]
    assert [each["code"] for each in found["problems"]] == [problem]
    assert found["applied"] is False
    assert found["problems"][0]["message"]


def test_a_chart_in_each_format(folder: Path, tmp_path: Path) -> None:
    for form, start in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")):
        for _time in range(2):
            run(folder, "chart", "coverage", "XAC", "--lang", "ar", "-o", str(tmp_path / f"{_time}.{form}"))
        first, second = ((tmp_path / f"{time}.{form}").read_bytes() for time in range(2))
        assert first.startswith(start)
        assert first == second
    run(folder, "chart", "coverage", "--all", "--practice", "--by", "group", "-o", str(tmp_path / "g.svg"))
    assert "practice record" in (tmp_path / "g.svg").read_text("utf-8")
    listed = read(folder, "chart", "--list")
    assert len(listed) == 17
    assert listed[0] == {
        "name": "coverage",
        "title": "Coverage with its interval",
        "dates": 1,
        "formats": ["png", "svg", "pdf"],
    }
    assert [each["name"] for each in listed if each["dates"] == 2] == ["change", "trend", "status-table"]


def test_a_chart_needs_a_scope_and_a_file(folder: Path, tmp_path: Path) -> None:
    run(folder, "chart", "coverage", "-o", str(tmp_path / "x.png"), code=2)
    run(folder, "chart", "coverage", "FRA", code=2)
    run(folder, "chart", "coverage", "FRA", "-o", str(tmp_path / "x.gif"), code=2)
    run(folder, "chart", "coverage", "--all", "--by", "state", "-o", str(tmp_path / "x.png"), code=1)
