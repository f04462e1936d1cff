"""Plans too large for a page: made in the background, and kept."""

from collections.abc import Sequence

from cpi1540.assistance.planning.actions import DECIDE_PLAN
from cpi1540.assistance.planning.service import kept_plans, plans
from cpi1540.assistance.planning.what_if import WhatIf, parse_what_if
from cpi1540.foundation.access import Actor
from cpi1540.foundation.jobs import queue
from cpi1540.foundation.jobs.job import JobKind, Page, Progress, Result, Task
from cpi1540.foundation.messages import N_, plural_sentence


def ask(practice: bool, actor: Actor, *, fairness: float, what_ifs: Sequence[WhatIf], note: str) -> int:
    """Put the making of a plan into the row of background work; the number of the job."""
    values = {"fairness": fairness, "what_ifs": [str(each) for each in what_ifs], "note": note}
    return queue.ask(LARGE_PLAN, values, actor, practice=practice)


def _run(task: Task, progress: Progress) -> Result:
    supposed = [parse_what_if(text) for text in task.values["what_ifs"]]
    planned = plans.plan(
        task.practice,
        task.actor,
        fairness=float(task.values["fairness"]),
        what_ifs=[each for each in supposed if each is not None],
        step=progress.step,
    )
    served = len(planned.plan.assignments)
    told = plural_sentence(
        "%(n)s need has an offer in the plan, of %(all)s.",
        "%(n)s needs have an offer in the plan, of %(all)s.",
        served,
        all=str(len(planned.needs)),
    )

    def write() -> Page:
        number = kept_plans.keep(planned, task.actor, note=task.values["note"], language=task.language)
        return Page("kept_plans.one", {"number": number})

    return Result(told=told, write=write)


LARGE_PLAN = JobKind("assistance.plan", N_("Plan over all open needs"), _run, DECIDE_PLAN)
KINDS = (LARGE_PLAN,)
