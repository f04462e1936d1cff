"""A full pack of the global status in six languages, as slides, Word documents and PDF papers: time and memory."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flask import Flask

from tests.bench.measuring import Measured

FORMS = ("pptx", "docx", "pdf")
SECONDS, MEGABYTES = 120.0, 700.0


def measure(app: Flask) -> list[Measured]:
    """By the command, as people run it: what a program of its own takes is all counted."""
    environ = {
        **os.environ,
        "CPI1540_INSTANCE": app.instance_path,
        "CPI1540_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "PYTHONPATH": str(Path.cwd()),
    }
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        forms = [word for form in FORMS for word in ("--format", form)]
        arguments = ["briefing", "--all", "--all-languages", *forms, "-o", folder]
        subprocess.run([sys.executable, "-m", "cpi1540", *arguments], env=environ, check=True, capture_output=True)
        seconds = time.perf_counter() - start
        files = len(list(Path(folder).iterdir()))
    assert files == 6 * len(FORMS)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        Measured("global pack in six languages, three forms, s", seconds, f"{files} files", SECONDS),
        Measured("memory of this command, MB", most, "the most it held", MEGABYTES),
    ]
