"""Signing in and out, one's own account, and a form that waits for the one who filled it in to sign in again."""

from dataclasses import dataclass

from flask import Blueprint, Flask, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from cpi1540.foundation.access import ROLE_TASKS, SIGNED_IN, Role, current_actor, public, requires
from cpi1540.foundation.addresses import SiteBlueprint, url
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError, NotFound
from cpi1540.foundation.languages import say
from cpi1540.foundation.messages import sentence
from cpi1540.people.forms import ChangePasswordForm, SignInForm
from cpi1540.people.service import accounts, demo, sessions
from cpi1540.people.views.account_page import account_page
from cpi1540.people.views.doors import begin, safe

bp: Blueprint = SiteBlueprint("people", __name__)

CARRIED = "carried:"
MOST_CARRIED = 200_000  # bytes of names and values
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
NO_DEMO = sentence("There is no demo account for this role.")


@dataclass(frozen=True, slots=True)
class Carried:
    """A form that was sent by nobody: where to, what was typed, and what of it could not be kept."""

    address: str
    fields: tuple[tuple[str, str], ...]
    files: bool = False
    too_long: bool = False


def init_sign_in(app: Flask) -> None:
    """Find out, before anything else, who is signed in."""

    @app.before_request
    def find_actor() -> None:
        g.sign_in_address = lambda address: url("people.sign_in", next=address)
        g.sign_in_page = lambda: _page(SignInForm(formdata=None), _sent(), 401)
        token = session.get("token")
        if not token or request.endpoint == "static":
            return
        found = sessions.session_of(token)
        if found is None:
            return
        g.actor = found.actor
        if found.note_seen:
            with transaction():
                sessions.note_seen(token)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in with name and password."""
    form = SignInForm(data={"next": request.args.get("next", "")})
    if form.validate_on_submit():
        proof = sessions.prove(form.sign_in_name.data or "", form.password.data or "")
        with transaction():
            token = sessions.sign_in(proof)
        if token is not None:
            return _signed_in(token, form.next.data or "")
        form.password.errors = [say(sessions.WRONG)]
    return _page(form, _carried(), 422 if form.errors else 200)


@bp.post("/continue-as/<role>")
@public
def continue_as(role: str) -> ResponseReturnValue:
    """Sign in to a demo account with one click, on this machine only."""
    if role not in list(Role) or not _demo_roles():
        raise NotFound(NO_DEMO)
    with transaction():
        token = sessions.continue_as(Role(role))
    return _signed_in(token, request.form.get("next", ""))


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session."""
    token = session.pop("token", None)
    session.clear()
    if token:
        with transaction():
            sessions.sign_out(token, current_actor())
    return redirect(url("desk.home"))


@bp.route("/account", methods=["GET", "POST"])
@requires(SIGNED_IN)
def account() -> ResponseReturnValue:
    """Who one is here: name, roles, scopes; and a new password."""
    actor, form = current_actor(), ChangePasswordForm()
    own = accounts.own_account(actor)
    if form.validate_on_submit():
        try:
            kept = accounts.new_password(own.sign_in_name, form.password.data or "")
        except DomainError as error:
            form.password.errors = [say(error.sentence)]
        else:
            proof = sessions.prove(own.sign_in_name, form.old.data or "")
            with transaction():
                token = accounts.change_password(actor, proof, kept)
            if token is not None:
                begin(token)
                flash("password", "password")
                return redirect(url("people.account"))
            form.old.errors = [say(sentence("The old password is not right."))]
    return account_page(form=form)


def _page(form: SignInForm, carried: Carried | None, status: int) -> ResponseReturnValue:
    page = render_template(
        "people/sign-in.html",
        form=form,
        demo_roles=_demo_roles(),
        role_tasks=ROLE_TASKS,
        carried=carried,
        prefix=CARRIED,
    )
    return page, status


def _signed_in(token: str, address: str) -> ResponseReturnValue:
    carried = _carried()
    begin(token)
    if carried and not carried.too_long and safe(carried.address):
        return render_template("people/form-again.html", carried=carried)
    home = url_for("desk.home", lang=g.language, record="members")
    return redirect(address if safe(address) else home)


def _sent() -> Carried:
    """The form of this request, as far as it can be kept: no token, no password, no file."""
    fields = tuple(
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token" and "password" not in name.casefold()
    )
    size = sum(len(name.encode()) + len(value.encode()) for name, value in fields)
    address = request.full_path.rstrip("?")
    files = any(file.filename for _name, file in request.files.items(multi=True))
    return Carried(address, () if size > MOST_CARRIED else fields, files, size > MOST_CARRIED)


def _carried() -> Carried | None:
    """The form that the sign-in page carried, if it carried one."""
    address = request.form.get("carried-address", "")
    if not address:
        return None
    fields = tuple(
        (name.removeprefix(CARRIED), value)
        for name, value in request.form.items(multi=True)
        if name.startswith(CARRIED)
    )
    return Carried(address, fields, "carried-files" in request.form, "carried-too-long" in request.form)


def _demo_roles() -> list[Role]:
    """The roles one can continue as: those of a demo database, while the page is read on this very machine.

    What came through another server says so in its headers: then nobody knows who reads it.
    """
    host = request.host.rpartition(":")[0] if request.host.rpartition(":")[2].isdecimal() else request.host
    forwarded = any(name == "Forwarded" or name.startswith("X-Forwarded-") for name in request.headers.keys())  # noqa: SIM118
    here = request.remote_addr in ("127.0.0.1", "::1", None) and host in LOOPBACK
    if forwarded or not here or not demo.has_demo_accounts():
        return []
    return [role for role, _name, _scope in demo.DEMO_PEOPLE]
