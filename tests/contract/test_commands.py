"""The command line as acceptance checks call it: exit status, JSON alone on standard output, one sentence on errors."""

import json
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cpi1540.cli import main
from cpi1540.foundation.command_line import GROUPS

SECTIONS = {"op1", "op2", "op3ab", "op3cd", "op678"}
SIZES = {"op1": 10, "op2": 66, "op3ab": 94, "op3cd": 156, "op678": 6}
FIGURE = {"fields", "counts", "low", "point", "high", "reviewed_share", "sufficient"}


@pytest.fixture(scope="module")
def folder(sqlite_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("commands")
    shutil.copy(sqlite_made, made / "record.sqlite")
    return made


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *arguments: str, code: int = 0, url: str = "") -> Done:
    """Run a command in this process, on the record in ``folder``, and hold it to its exit status."""
    environment = {"CPI1540_INSTANCE": str(folder), "CPI1540_DATABASE_URL": url}
    result = CliRunner().invoke(main, list(arguments), env=environment, prog_name="cpi1540")
    unforeseen = result.exception if not isinstance(result.exception, SystemExit) else None
    assert result.exit_code == code, (arguments, result.exit_code, result.stderr, unforeseen)
    assert unforeseen is None, arguments
    return Done(result.exit_code, result.stdout, result.stderr)


def run_apart(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
    environment = {**os.environ, "CPI1540_INSTANCE": str(folder), "CPI1540_DATABASE_URL": ""}
    command = [sys.executable, "-m", "cpi1540", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def read(folder: Path, *arguments: str) -> Any:
    return json.loads(run(folder, *arguments, "--json").stdout)


def test_states(folder: Path) -> None:
    listed = read(folder, "states", "--all")
    assert [state["code"] for state in listed] == sorted(state["code"] for state in listed)
    assert len(listed) == 193
    assert {state["group"] for state in listed} == set(GROUPS)
    (singapore,) = read(folder, "states", "sgp")
    assert singapore["names"]["zh"] == "新加坡"
    assert singapore["practice"] is False


def test_matrix_fields(folder: Path) -> None:
    fields = read(folder, "matrix", "fields")
    assert len(fields) == 350
    assert fields[0] | {"labels": None} == {
        "key": "op1.npt",
        "section": "op1",
        "row": "npt",
        "number": "1",
        "domain": None,
        "aspect": None,
        "role": "counted",
        "labels": None,
        "confidence": "seen",
    }
    assert len({field["key"] for field in fields}) == 350
    assert len(read(folder, "matrix", "fields", "--layout", "2013")) == 378


def test_matrix_show(folder: Path) -> None:
    shown = read(folder, "matrix", "show", "FRA")
    assert {key: shown[key] for key in ("state", "layout", "version", "origin", "status", "as_of", "practice")} == {
        "state": "FRA",
        "layout": "2017",
        "version": 1,
        "origin": "reference",
        "status": "reference",
        "as_of": "2026-08-22",
        "practice": False,
    }
    assert len(shown["entries"]) == 350
    assert shown["entries"]["op1.npt"]["code"] == "X"
    assert shown["entries"]["op1.npt"]["basis"] == "reference"
    assert shown["entries"]["op2.use.cw.framework"] == {"code": None, "basis": None, "sources": [], "remarks": ""}
    assert read(folder, "matrix", "diff", "FRA", "1", "1") == {"state": "FRA", "from": 1, "to": 1, "changes": []}


def test_coverage_of_all(folder: Path) -> None:
    found = read(folder, "coverage", "--all")
    assert len(found["states"]) == 193
    assert set(found["groups"]) == set(GROUPS)
    assert (found["profile"], set(found["all"]["sections"])) == ("equal/1", SECTIONS)
    everything = found["all"]
    assert (everything["fields"], everything["n_states"], everything["n_reviewed"]) == (193 * 316, 193, 0)
    assert everything["low"] is everything["point"] is everything["high"] is everything["mean_fields"] is None
    for state in found["states"]:
        assert set(state) == FIGURE | {"state", "sections"}
        assert state["low"] is None
        assert {code: figure["fields"] for code, figure in state["sections"].items()} == SIZES
        assert sum(state["counts"].values()) == state["fields"] == 316
    france = found["states"][[state["state"] for state in found["states"]].index("FRA")]
    assert (france["sections"]["op1"]["low"], france["sections"]["op1"]["point"]) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("options", "fields"),
    [
        (["--section", "op1"], 10),
        (["--section", "op678"], 6),
        (["--domain", "cw"], 22 + 30 + 52),
        (["--aspect", "framework"], 158),
        (["--section", "op2", "--domain", "nw", "--aspect", "enforcement"], 11),
        (["--section", "op1", "--domain", "nw"], 0),
    ],
)
def test_narrowing(folder: Path, options: list[str], fields: int) -> None:
    found = read(folder, "coverage", "FRA", "KEN", *options)
    assert [state["fields"] for state in found["states"]] == [fields, fields]
    assert found["all"]["fields"] == 2 * fields
    assert found["groups"] == {}
    assert set(found["all"]["sections"]) == ({options[1]} if options[0] == "--section" else SECTIONS)


def test_before_the_reference_data_there_is_no_figure(folder: Path) -> None:
    found = read(folder, "coverage", "--group", "weog", "--as-of", "2020-01-01")
    assert found["as_of"] == "2020-01-01"
    assert set(found["groups"]) == {"weog"}
    assert found["all"]["sections"]["op1"]["low"] is None
    assert found["all"]["n_states"] == 29


def test_gaps_of_a_state_with_op_1_alone(folder: Path) -> None:
    found = read(folder, "gaps", "FRA")
    assert found["gaps"] == []
    counted = {field["key"] for field in read(folder, "matrix", "fields") if field["role"] == "counted"}
    assert set(found["not_reviewed"]) == {key for key in counted if not key.startswith("op1.")}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["coverage"], 2, "give States"),
        (["coverage", "FRA", "--all"], 2, "either"),
        (["coverage", "--group", "moon"], 2, "moon"),
        (["coverage", "ZZZ"], 1, "There is no State with the code ZZZ."),
        (["coverage", "--all", "--profile", "none"], 1, "There is no profile none."),
        (["gaps", "ZZZ"], 1, "ZZZ"),
        (["matrix", "fields", "--layout", "1999"], 1, "There is no layout 1999. Loaded are: 2013, 2017."),
        (["matrix", "show", "FRA", "--version", "7"], 1, "FRA has no version 7."),
        (["matrix", "show", "FRA", "--version", "9" * 30], 1, "FRA has no version"),
        (["coverage", "--all", "--as-of", "yesterday"], 2, "YYYY-MM-DD"),
        (["matrix", "load-layout", "no-such-file.json"], 1, "no-such-file.json cannot be read"),
        (["states", "--practice", "FRA"], 1, "FRA"),
        (["chart", "coverage", "--all", "--practice", "-o", "no.svg"], 1, "There are no States in this record."),
    ],
)
def test_refusals_are_one_sentence(folder: Path, arguments: list[str], code: int, said: str) -> None:
    done = run(folder, *arguments, code=code)
    assert said in done.stderr
    assert done.stdout == ""


def test_a_refusal_in_the_reader_s_language(folder: Path) -> None:
    english = run(folder, "gaps", "ZZZ", code=1).stderr
    for lang in ("ar", "es", "fr", "ru", "zh"):
        assert run(folder, "gaps", "ZZZ", "--lang", lang, code=1).stderr != english


def test_a_further_layout_is_loaded_and_a_broken_one_is_not(folder: Path, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "seed/layouts/2017.json").read_text("utf-8")
    further = tmp_path / "further.json"
    further.write_text(text.replace('"code": "2017"', '"code": "2022"', 1), "utf-8")
    run(folder, "matrix", "load-layout", str(further))
    assert len(read(folder, "matrix", "fields", "--layout", "2022")) == 350
    run(folder, "matrix", "load-layout", str(further))
    further.write_text(text.replace('"role": "counted"', '"role": "binding"', 1), "utf-8")
    assert "rows[0]" in run(folder, "matrix", "load-layout", str(further), code=1).stderr


def test_data_check(folder: Path) -> None:
    checked = read(folder, "data", "check")
    assert checked["ok"] is True
    assert {entry["name"] for entry in checked["checks"]} == {"audit", "versions", "groups"}


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    done = run(blocked / "inside", "init", code=1)
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize("arguments", [["serve"], ["coverage", "--all"], ["states"], ["chart", "--list"]])
def test_a_database_that_is_not_set_up(tmp_path: Path, arguments: list[str]) -> None:
    assert "Run: cpi1540 init" in run(tmp_path, *arguments, code=1).stderr


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").write_text("something else entirely, and long enough to be read as a page of one" * 20)
    assert "The database cannot be opened" in run(tmp_path, "init", code=1).stderr


def test_an_address_that_is_no_database(tmp_path: Path) -> None:
    assert "CPI1540_DATABASE_URL cannot be used" in run(tmp_path, "init", code=1, url="nonsense").stderr


def test_a_port_in_use(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port}" in run(folder, "serve", "--port", str(port), code=1).stderr


def test_demo_accounts_are_served_on_this_machine_only(folder: Path) -> None:
    assert "demo accounts" in run(folder, "serve", "--host", "0.0.0.0", code=1).stderr


def test_a_process_of_its_own_keeps_the_two_streams_apart(folder: Path) -> None:
    done = run_apart(folder, "gaps", "FRA", "--json")
    assert (done.returncode, json.loads(done.stdout)["state"], done.stderr) == (0, "FRA", "")
    refused = run_apart(folder, "gaps", "ZZZ", "--json")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "There is no State with the code ZZZ.\n"


def test_status_table(folder: Path) -> None:
    told = json.loads(run(folder, "status-table", "2020-01-01", "2026-11-24", "--all", "--json").stdout)
    assert (told["from"], told["to"], told["states"], told["left_out"]) == ("2020-01-01", "2026-11-24", 193, 0)
    rows = {(row["section"], row["row"], row["domain"]): row for row in told["rows"]}
    assert rows["op1", "npt", None]["framework"]["from"] == {"x": 0, "reviewed": 0}
    assert rows["op1", "npt", None]["framework"]["to"]["x"] == 189
    assert rows["op1", "npt", None]["enforcement"] is None
    assert rows["op3cd", "transit", "cw"]["enforcement"]["to"] == {"x": 0, "reviewed": 0}
    assert sum(1 + (row["enforcement"] is not None) for row in told["rows"]) == 350
    run(folder, "status-table", "2020-01-01", "2026-11-24", code=2)
    run(folder, "status-table", "2020", "2026-11-24", "--all", code=2)
    assert "op1.npt" in run(folder, "status-table", "2020-01-01", "2026-11-24", "FRA", "--section", "op1").stdout
