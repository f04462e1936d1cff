"""Packs as background work: made, and made again to be compared."""

import hashlib
from collections.abc import Mapping
from typing import Any

from cpi1540.briefing.packs.actions import MAKE_PACKS
from cpi1540.briefing.packs.messages import FORM_NAMES, KIND_NAMES
from cpi1540.briefing.packs.pack import Form
from cpi1540.briefing.packs.question import PackQuestion, from_values
from cpi1540.briefing.packs.shown_figures import figures_of
from cpi1540.foundation.jobs.job import JobKind, NewFile, Page, Progress, Result, Task
from cpi1540.foundation.languages import speaking
from cpi1540.foundation.messages import N_, Sentence, sentence
from cpi1540.locales import BY_CODE


def _make(task: Task, progress: Progress) -> Result:
    # Drawing takes a second to load, which a server that makes no pack should not wait for.
    from cpi1540.briefing.packs.service import making, templates
    from cpi1540.briefing.service import recipes

    question = from_values(task.values)
    languages, forms = task.values["languages"], [Form(form) for form in task.values["forms"]]
    own, digests = templates.contents(), templates.digests()
    files: list[NewFile] = []
    made = []
    of, done = len(languages) * len(forms), 0
    for code in languages:
        with speaking(code):
            progress.step(done, of, _writing(code, forms[0]))
            pack, recipe = making.make(question, task.actor, digests)
            written: dict[str, bytes] = {}
            for form in forms:
                progress.step(done, of, _writing(code, form))
                written[f"pack.{form}"] = content = making.written(pack, form, own)
                files.append(NewFile(f"{question.slug}-{code}.{form}", content))
                done += 1
            made.append((recipe, written, figures_of(pack)))

    def write() -> Page:
        for recipe, kept, figures in made:
            recipes.keep(recipe, kept, task.actor, figures)
        return Page("recipes.one", {"identifier": made[0][0].id})

    progress.step(of, of)
    return Result(tuple(files), write=write)


def _again(task: Task, progress: Progress) -> Result:
    from cpi1540.briefing.packs.service import making, templates
    from cpi1540.briefing.service import rebuilding, recipes

    kept = recipes.find(task.values["recipe"], task.actor)
    content: Mapping[str, Any] = kept.recipe.content
    question, code = from_values(content), content["lang"]
    files, same = [], {}
    with speaking(code):
        progress.step(0, len(kept.files), None)
        pack, recipe = making.make(question, task.actor, templates.digests())
        for done, (name, digest) in enumerate(sorted(kept.files.items())):
            form = Form(name.rpartition(".")[2])
            progress.step(done, len(kept.files), _writing(code, form))
            again = making.written(pack, form, templates.contents())
            same[name] = hashlib.sha256(again).hexdigest() == digest
            files.append(NewFile(f"{question.slug}-{code}.{form}", again))
        rebuilt = rebuilding.compared(kept, recipe, figures_of(pack), same)

    def write() -> None:
        rebuilding.keep(kept.recipe.id, rebuilt, task.actor)

    page = Page("recipes.one", {"identifier": kept.recipe.id})
    return Result(tuple(files), page, told(rebuilt.changed, same=all(same.values())), write)


def told(changed: Mapping[str, object], *, same: bool) -> Sentence:
    """What came of a pack made again: the same bytes, or what has changed since, by names of the recipe's parts."""
    if same and not changed:
        return sentence("The pack came out the same, byte for byte.")
    if not changed:
        return sentence("The pack came out from the same figures with other bytes: the wording or the writing changed.")
    if "figures" in changed and "rests_on" in changed:
        return sentence("The pack came out differently: versions or requests have come since, and figures changed.")
    if "figures" in changed:
        return sentence("The pack came out differently: figures changed, though the versions are the same.")
    if "rests_on" in changed:
        return sentence("The pack rests on other versions or requests now; its figures are the same.")
    if "templates" in changed:
        return sentence("The pack was written on another slide master or template; its figures are the same.")
    return sentence("The pack was made by another release of the software; its figures are the same.")


def _writing(code: str, form: Form) -> Sentence:
    return sentence(
        "Writing %(form)s in this language: %(language)s",
        form=Sentence(FORM_NAMES[form]),
        language=BY_CODE[code].own_name,
    )


def about(question: PackQuestion) -> Sentence:
    """What tells one pack from another in the list of background work: kind, scope, day."""
    kind = Sentence(KIND_NAMES[question.kind])
    if question.state or question.group:
        return sentence(
            "%(kind)s: %(of)s, as of %(date)s", kind=kind, of=question.state or question.group, date=question.on
        )
    return sentence("%(kind)s, as of %(date)s", kind=kind, date=question.on)


PACK = JobKind("briefing.pack", N_("Briefing pack"), _make, MAKE_PACKS)
PACK_AGAIN = JobKind("briefing.pack-again", N_("Briefing pack made again and compared"), _again, MAKE_PACKS)
KINDS = (PACK, PACK_AGAIN)
