"""``make bench``: every measurement in one table; exit status 1 when a bar is not met.

Names of modules (``workbook_bench``) measure only those.
"""

import logging
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "support")]

from catalogues import compile_all
from installed import close, make_app, set_up

from tests.bench import (
    assistance_bench,
    chart_bench,
    coverage_bench,
    desk_bench,
    matching_bench,
    pack_bench,
    page_bench,
    planning_bench,
    statistics_bench,
    uncertainty_bench,
    workbook_bench,
)
from tests.bench.measuring import table


def main() -> int:
    # The last four fill the record.
    every = (matching_bench, page_bench, chart_bench, pack_bench, workbook_bench, desk_bench, uncertainty_bench)
    every += (assistance_bench, coverage_bench, statistics_bench, planning_bench)
    modules = [each for each in every if not sys.argv[1:] or each.__name__.split(".")[-1] in sys.argv[1:]]
    logging.disable(logging.WARNING)
    compile_all()
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder), f"sqlite:///{folder}/record.sqlite")
        set_up(app)
        rows = [row for module in modules for row in module.measure(app)]
        close(app)
    sys.stdout.write(table(rows) + "\n")
    return 0 if all(row.passed for row in rows) else 1


sys.exit(main())
