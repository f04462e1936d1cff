"""The register on the command line: listed, written as a file, taken in."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from test_commands import read, run

KEYS = ["state", "id", "kind", "value", "date", "authority", "source", "url", "as_of", "note", "confidence"]
KEYS += ["ended", "revises", "stale"]


@pytest.fixture
def folder(practice_made: Path, tmp_path: Path) -> Path:
    shutil.copy(practice_made, tmp_path / "record.sqlite")
    return tmp_path


def test_list(folder: Path) -> None:
    listed = read(folder, "commitments", "list", "XAX")
    assert all(list(each) == KEYS for each in listed)
    by_id = {each["id"]: each for each in listed if each["id"]}
    (revision,) = [each for each in by_id.values() if each["revises"]]
    assert by_id[revision["revises"]]["kind"] == revision["kind"] == "action-plan"
    assert by_id[revision["revises"]]["stale"] is False  # what another took the place of does not age
    (left,) = [each for each in listed if each["ended"]]
    assert (left["id"], left["kind"], left["value"], left["ended"]) == (
        None,
        "regime-membership",
        "wassenaar",
        "2019-05-31",
    )
    reports = read(folder, "commitments", "list", "--all", "--kind", "report-1540")
    assert {each["state"] for each in reports} <= {each["code"] for each in read(folder, "states", "--all")}
    assert (
        run(folder, "commitments", "list", "NAM", "--kind", "psi-endorsement").stderr == "Recorded for 0 of 1 States.\n"
    )
    run(folder, "commitments", "list", "--kind", "nonsense", code=2)


def test_out_and_in(folder: Path) -> None:
    file = folder / "out.csv"
    run(folder, "commitments", "export", "--all", "--practice", "-o", str(file))
    assert read(folder, "commitments", "import", str(file), "--practice") == {
        "file": str(file),
        "changes": [],
        "problems": [],
        "applied": False,
    }
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    row = next(each for each in rows if each["kind"] == "designations") | {"value": "99"}
    changed = folder / "changed.csv"
    with changed.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(row), delimiter=";")
        writer.writeheader()
        writer.writerow(row)
    arguments = ("commitments", "import", str(changed), "--practice")
    expected = [{"state": row["state"], "id": row["id"], "kind": "designations", "new": False, "parts": ["value"]}]
    assert read(folder, *arguments, "--dry-run")["applied"] is False
    assert read(folder, *arguments)["changes"] == expected
    assert read(folder, *arguments)["changes"] == []
    listed = read(folder, "commitments", "list", row["state"])
    assert "99" in {each["value"] for each in listed if each["id"] == row["id"]}


def test_a_file_with_problems(folder: Path) -> None:
    file = folder / "wrong.csv"
    run(folder, "commitments", "export", "XAX", "-o", str(file))
    told = run(folder, "commitments", "import", str(file), code=1)
    assert "2, state  There is no State XAX in this record." in told.stderr
    run(folder, "commitments", "import", str(folder / "none.csv"), code=1)
    run(folder, "commitments", "export", "-o", str(file), code=2)
