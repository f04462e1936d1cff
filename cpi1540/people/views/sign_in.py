"""Signing in and out, and one's own account."""

from flask import Blueprint, Flask, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from cpi1540.foundation.access import ROLE_TASKS, SIGNED_IN, Role, current_actor, public, requires
from cpi1540.foundation.addresses import SiteBlueprint, url
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import sentence
from cpi1540.people import service
from cpi1540.people.forms import SignInForm

bp: Blueprint = SiteBlueprint("people", __name__)


def init_sign_in(app: Flask) -> None:
    """Find out, before each request, who is signed in."""

    @app.before_request
    def find_actor() -> None:
        token = session.get("token")
        if token and request.endpoint != "static":
            g.actor = service.actor_of(token)
        g.sign_in_address = lambda address: url("people.sign_in", next=address)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in with name and password."""
    form = SignInForm(data={"next": request.args.get("next", "")})
    if form.validate_on_submit():
        try:
            token = service.sign_in(form.sign_in_name.data or "", form.password.data or "")
        except DomainError as error:
            form.password.errors = [say(error.sentence)]
        else:
            return _signed_in(token, form.next.data or "")
    status = 422 if form.errors else 200
    return render_template("people/sign-in.html", form=form, demo_roles=_demo_roles(), role_tasks=ROLE_TASKS), status


@bp.post("/continue-as/<role>")
@public
def continue_as(role: str) -> ResponseReturnValue:
    """Sign in to a demo account with one click, on this machine only."""
    if role not in list(Role) or not _demo_roles():
        raise NotFound(sentence("There is no demo account for this role."))
    return _signed_in(service.continue_as(Role(role)), request.form.get("next", ""))


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session."""
    token = session.pop("token", None)
    session.clear()
    if token:
        service.sign_out(token, current_actor())
    return redirect(url("desk.home"))


@bp.get("/account")
@requires(SIGNED_IN)
def account() -> ResponseReturnValue:
    """Who one is here: name, roles, scope."""
    return render_template("people/account.html", person=current_actor())


def _signed_in(token: str, address: str) -> ResponseReturnValue:
    session.clear()
    session["token"] = token
    # Only a path of ours: browsers drop tabs and line ends, and read a backslash as a slash.
    safe = address.isprintable() and address.startswith("/") and not address.startswith("//") and "\\" not in address
    return redirect(address if safe else url_for("desk.home", lang=g.language, record="members"))


def _demo_roles() -> list[Role]:
    """The roles one can continue as: those of a demo database, while the page is read on this machine."""
    local = request.host.rpartition(":")[0] in ("127.0.0.1", "localhost") or request.host in (
        "127.0.0.1",
        "localhost",
    )
    if not local or request.remote_addr not in ("127.0.0.1", "::1", None) or not service.has_demo_accounts():
        return []
    return [role for role, _name, _scope in service.DEMO_PEOPLE]
