"""People and their roles, for administrators."""

from collections.abc import Callable

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from cpi1540.foundation.access import Role, current_actor, requires
from cpi1540.foundation.addresses import SiteBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotAllowed, NotFound
from cpi1540.foundation.languages import current_language, say
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.people import messages
from cpi1540.people.account import Account
from cpi1540.people.actions import MANAGE_PEOPLE
from cpi1540.people.forms import InviteForm, RoleForm
from cpi1540.people.service import accounts, invitations
from cpi1540.people.service.invitations import Link
from cpi1540.people.views.doors import scopes

bp: Blueprint = SiteBlueprint("administration", __name__)


@bp.get("/people")
@requires(MANAGE_PEOPLE)
def people() -> ResponseReturnValue:
    """Every account: roles and scopes, how it stands, when the person was last seen."""
    listed = accounts.people(current_actor())
    return render_template("people/people.html", people=listed, scopes=scopes().names, words=messages)


@bp.route("/people/invite", methods=["GET", "POST"])
@requires(MANAGE_PEOPLE)
def invite() -> ResponseReturnValue:
    """Make an account and the link that opens it; the link is shown once."""
    form, offered = InviteForm(), scopes()
    if form.validate_on_submit():
        actor = current_actor()
        role, scope = Role(form.role.data or ""), form.scope.data or ""
        try:
            accounts.scope_of(role, scope)
        except DomainError as error:
            form.scope.errors = [say(error.sentence)]
        else:
            try:
                with transaction():
                    link = invitations.invite(
                        form.sign_in_name.data or "", form.name.data or "", [(role, scope)], actor
                    )
            except DomainError as error:
                form.sign_in_name.errors = [say(error.sentence)]
            else:
                return _link_page(link)
    return render_template("people/invite.html", form=form, offered=offered), 422 if form.errors else 200


@bp.get("/people/<person>")
@requires(MANAGE_PEOPLE)
def person(person: str) -> ResponseReturnValue:
    """One account: its roles, and what can be done with it."""
    return _person_page(accounts.account(person, current_actor()), RoleForm(formdata=None))


@bp.post("/people/<person>/roles")
@requires(MANAGE_PEOPLE)
def add_role(person: str) -> ResponseReturnValue:
    """Give the person a role in a scope."""
    found, form = accounts.account(person, current_actor()), RoleForm()
    if not form.validate_on_submit():
        return _person_page(found, form, status=422)
    try:
        with transaction():
            accounts.grant(found.actor, Role(form.role.data or ""), form.scope.data or "", current_actor())
    except DomainError as error:
        form.scope.errors = [say(error.sentence)]
        return _person_page(found, form, status=422)
    return redirect(url("administration.person", person=found.actor))


@bp.post("/people/<person>/roles/remove")
@requires(MANAGE_PEOPLE)
def remove_role(person: str) -> ResponseReturnValue:
    """Take a role in a scope from the person."""
    role, _bar, scope = request.form.get("held", "").partition("|")
    if role not in list(Role):
        raise DomainError(sentence("This person does not hold this role there."))
    return _change(person, lambda actor: accounts.revoke(actor, Role(role), scope, current_actor()))


@bp.post("/people/<person>/disable")
@requires(MANAGE_PEOPLE)
def disable(person: str) -> ResponseReturnValue:
    """Switch the account off."""
    return _change(person, lambda actor: accounts.disable(actor, current_actor()))


@bp.post("/people/<person>/enable")
@requires(MANAGE_PEOPLE)
def enable(person: str) -> ResponseReturnValue:
    """Switch the account on again."""
    return _change(person, lambda actor: accounts.enable(actor, current_actor()))


@bp.post("/people/<person>/link")
@requires(MANAGE_PEOPLE)
def make_link(person: str) -> ResponseReturnValue:
    """Make a link for a new password; it is shown once."""
    found = accounts.account(person, current_actor())
    try:
        with transaction():
            link = invitations.new_link(found.actor, current_actor())
    except DomainError as error:
        return _person_page(found, RoleForm(formdata=None), error.sentence, 409)
    return _link_page(link)


def _change(person: str, act: Callable[[str], None]) -> ResponseReturnValue:
    found = accounts.account(person, current_actor())
    try:
        with transaction():
            act(found.actor)
    except (NotAllowed, NotFound):
        raise
    except DomainError as error:
        return _person_page(found, RoleForm(formdata=None), error.sentence, 409)
    return redirect(url("administration.person", person=found.actor))


def _person_page(
    account: Account, form: RoleForm, refusal: Sentence | None = None, status: int = 200
) -> ResponseReturnValue:
    page = render_template(
        "people/person.html", person=account, form=form, offered=scopes(), refusal=refusal, words=messages
    )
    return page, status


def _link_page(link: Link) -> ResponseReturnValue:
    address = url_for("invitation.page", lang=current_language().code, token=link.token, _external=True)
    person = accounts.account(link.actor, current_actor())
    page = render_template("people/link.html", person=person, address=address, expires_at=link.expires_at)
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer
