"""A full pack of the global status in six languages, as slides, Word documents and PDF papers: time and memory."""

import os
import resource
import subprocess
import sys
import tempfile
import time

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
        "PYTHONPATH": os.getcwd(),
    }
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        for form in FORMS:
            arguments = ["briefing", "--all", "--all-languages", "--format", form, "-o", folder]
            subprocess.run([sys.executable, "-m", "cpi1540", *arguments], env=environ, check=True, capture_output=True)
        seconds = time.perf_counter() - start
        files = len(os.listdir(folder))
    assert files == 6 * len(FORMS)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        Measured("global pack in six languages, three forms, s", seconds, f"{files} files", SECONDS),
        Measured("memory of these commands, MB", most, "the most one of them held", MEGABYTES),
    ]
