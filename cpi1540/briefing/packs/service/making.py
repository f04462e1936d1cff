"""A pack made from the record: its pages, and the recipe that its identifier follows from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from flask import current_app

from cpi1540.briefing.packs import deck_pptx, pack_docx, pack_pdf, typefaces_pdf
from cpi1540.briefing.packs.actions import MAKE_PACKS
from cpi1540.briefing.packs.messages import TITLES
from cpi1540.briefing.packs.pack import Foot, Form, Kind, Labels, Pack, Page
from cpi1540.briefing.packs.question import PackQuestion, as_values
from cpi1540.briefing.packs.service import assistance_pages, lens_pages, record_pages, review_pages, state_sheet
from cpi1540.briefing.packs.service.asked import Asked, joined, told, whose
from cpi1540.briefing.recipe import Recipe, figures_hash
from cpi1540.briefing.service.recipes import software
from cpi1540.coverage.service import lenses, profiles
from cpi1540.exchange.messages import PRACTICE_NOTICE
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.languages import current_language, day, name
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.foundation.templating import today

PAGES: Mapping[Kind, Callable[[Asked], Iterator[Page]]] = {
    Kind.GLOBAL: record_pages.global_pages,
    Kind.GROUP: record_pages.group_pages,
    Kind.STATE: state_sheet.state_pages,
    Kind.LENS: lens_pages.lens_pages,
    Kind.ASSISTANCE: assistance_pages.assistance_pages,
    Kind.REVIEW: review_pages.review_pages,
}
_LIBRARIES = ("python-pptx", "python-docx", "fpdf2")


def make(question: PackQuestion, actor: Actor, templates: Mapping[str, str] | None = None) -> tuple[Pack, Recipe]:
    """The pack in the language spoken, with its recipe. ``templates`` are the SHA-256 of the office's own master and
    template, where there are any: they decide about bytes too.

    DomainError says why there is none.
    """
    ensure(actor, MAKE_PACKS)
    question.check(today())
    # A version of the weights, so that made again it has the same, though another version has come since.
    question = replace(question, profile=profiles.named(question.profile).label)
    asked = Asked(question, actor)
    pages = tuple(PAGES[question.kind](asked))
    content = {
        **as_values(question),
        "lang": current_language().code,
        "software": ", ".join((software(), *(f"{library} {version(library)}" for library in _LIBRARIES))),
        "rests_on": sorted(asked.rests_on),
        "figures": figures_hash(dict(asked.figures)),
        **({"templates": dict(templates)} if templates else {}),
    }
    recipe = Recipe("pack", content)
    strong, why, office = whose(question.practice)
    as_of = told(sentence("As of %(date)s", date=day(question.on)))
    handling = (
        sentence("For the public: only what everybody may read.")
        if question.public
        else sentence("For the office: may hold what is not public.")
    )
    made = Pack(
        kind=question.kind,
        title=told(_title(question, asked)),
        subtitle=f"{asked.scope_name} · {joined((sentence('As of %(date)s.', date=day(question.on)), handling))}",
        language=current_language().code,
        dated=question.on,
        pages=pages,
        foot=Foot(
            recipe.id,
            as_of,
            (strong, why, office, told(handling)),
            told(PRACTICE_NOTICE) if question.practice else "",
        ),
        labels=Labels(
            told(sentence("Page")),
            told(sentence("(continued)")),
            told(sentence("Method")),
            told(sentence("Sources")),
        ),
        figures=dict(asked.figures),
        one_page=question.kind is Kind.STATE,
    )
    return made, recipe


def written(pack: Pack, form: Form, templates: Mapping[Form, bytes] | None = None) -> bytes:
    """The pack as a file; on the office's own master or template where ``templates`` has one."""
    own = (templates or {}).get(form)
    if form is Form.PPTX:
        return deck_pptx.write_deck(pack, own)
    if form is Form.DOCX:
        return pack_docx.write_document(pack, own)
    folder = Path(current_app.config["CPI1540"].instance) / "typefaces"
    folder.mkdir(parents=True, exist_ok=True)
    return pack_pdf.write_paper(pack, typefaces_pdf.load(folder))


def _title(question: PackQuestion, asked: Asked) -> Sentence:
    scope = asked.scope_name if not question.state else f"{asked.scope_name} ({question.state})"
    values: dict[str, object] = {"scope": scope}
    if question.lens:
        values["lens"] = name(lenses.find(question.lens).names)
    return Sentence(TITLES[question.kind], values)
