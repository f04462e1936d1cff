"""A process that is killed leaves nothing half-done."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "CPI1540_INSTANCE": str(folder), "CPI1540_DATABASE_URL": ""}
    command = [sys.executable, "-m", "cpi1540", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(folder: Path, *arguments: str) -> str:
    process = start(folder, *arguments)
    said, complained = process.communicate(timeout=120)
    assert process.returncode == 0, complained
    return said


@pytest.mark.long
@pytest.mark.parametrize("wait", [0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2])
def test_init_after_a_killed_init(tmp_path: Path, wait: float) -> None:
    """Wherever ``init`` is killed, what it finds afterwards is whole, and the next ``init`` completes it."""
    process = start(tmp_path, "init")
    try:
        process.communicate(timeout=wait)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
    finished(tmp_path, "init")
    checked = json.loads(finished(tmp_path, "data", "check", "--json"))
    assert checked["ok"] is True, checked
    assert len(json.loads(finished(tmp_path, "states", "--all", "--json"))) == 193
    shown = json.loads(finished(tmp_path, "matrix", "show", "FRA", "--json"))
    assert (shown["version"], shown["entries"]["op1.npt"]["code"]) == (1, "X")
