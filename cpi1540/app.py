"""The application: the only place, with ``cli.py``, where the wings are wired together."""

import os
from typing import Any

from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from werkzeug.middleware.proxy_fix import ProxyFix

from cpi1540 import config as settings
from cpi1540 import paths
from cpi1540.assistance import actions as assistance_actions
from cpi1540.assistance.letters.views import letter_templates as letter_template_views
from cpi1540.assistance.letters.views import letters as letter_views
from cpi1540.assistance.matching import actions as matching_actions
from cpi1540.assistance.matching.views import match_weights as match_weight_views
from cpi1540.assistance.matching.views import matching as matching_views
from cpi1540.assistance.offers import actions as offer_actions
from cpi1540.assistance.offers.views import offer_lists as offer_list_views
from cpi1540.assistance.offers.views import offer_workbooks as offer_workbook_views
from cpi1540.assistance.offers.views import offers as offer_views
from cpi1540.assistance.offers.views import providers as provider_views
from cpi1540.assistance.outcomes import actions as outcome_actions
from cpi1540.assistance.outcomes.views import answers as answer_views
from cpi1540.assistance.outcomes.views import match_page as match_page_views
from cpi1540.assistance.outcomes.views import matches as match_views
from cpi1540.assistance.outcomes.views import outcomes as outcome_views
from cpi1540.assistance.outcomes.views import reports as report_views
from cpi1540.assistance.outcomes.views import state_outcomes as state_outcome_views
from cpi1540.assistance.planning import actions as planning_actions
from cpi1540.assistance.planning.service import large_plans
from cpi1540.assistance.planning.views import kept_plans as kept_plan_views
from cpi1540.assistance.planning.views import planning as planning_views
from cpi1540.assistance.requests.views import agendas as agenda_views
from cpi1540.assistance.requests.views import due_dates as due_date_views
from cpi1540.assistance.requests.views import request_acts as request_act_views
from cpi1540.assistance.requests.views import request_lists as request_list_views
from cpi1540.assistance.requests.views import request_needs as request_need_views
from cpi1540.assistance.requests.views import request_templates as request_template_views
from cpi1540.assistance.requests.views import requests as request_views
from cpi1540.assistance.requests.views import state_requests as state_request_views
from cpi1540.briefing.packs import actions as pack_actions
from cpi1540.briefing.packs.service import pack_jobs
from cpi1540.briefing.packs.views import pack_templates as pack_template_views
from cpi1540.briefing.packs.views import packs as pack_views
from cpi1540.briefing.views import gallery as chart_views
from cpi1540.briefing.views import recipes as recipe_views
from cpi1540.briefing.views import state_pictures as state_picture_views
from cpi1540.config import Config
from cpi1540.coverage import actions as coverage_actions
from cpi1540.coverage.views import beside as beside_views
from cpi1540.coverage.views import figures as figure_views
from cpi1540.coverage.views import gaps as gap_views
from cpi1540.coverage.views import lens_forms as lens_form_views
from cpi1540.coverage.views import lenses as lens_views
from cpi1540.coverage.views import profiles as profile_views
from cpi1540.coverage.views import statistics as statistics_views
from cpi1540.coverage.views import uncertainty as uncertainty_views
from cpi1540.coverage.views import what_if as what_if_views
from cpi1540.desk import actions as desk_actions
from cpi1540.desk import navigation
from cpi1540.desk.views import history as history_views
from cpi1540.desk.views import jobs as job_views
from cpi1540.desk.views import pages as desk_views
from cpi1540.desk.views import worklist as worklist_views
from cpi1540.exchange.views import sheets as sheet_views
from cpi1540.exchange.views import workbooks as exchange_views
from cpi1540.foundation import access, addresses, fault_pages, languages, security, templating
from cpi1540.foundation.database import db, prepare_sqlite
from cpi1540.foundation.errors import Misconfigured
from cpi1540.foundation.jobs import kinds, queue, working
from cpi1540.foundation.messages import sentence
from cpi1540.matrix import actions as matrix_actions
from cpi1540.matrix.views import comments as comment_views
from cpi1540.matrix.views import differences as difference_views
from cpi1540.matrix.views import editing as draft_views
from cpi1540.matrix.views import field as field_views
from cpi1540.matrix.views import many as many_views
from cpi1540.matrix.views import measures as measure_views
from cpi1540.matrix.views import reading as matrix_views
from cpi1540.matrix.views import round as round_views
from cpi1540.matrix.views import workflow as workflow_views
from cpi1540.matrix.word_differences import compare
from cpi1540.people import actions as people_actions
from cpi1540.people.service import directory
from cpi1540.people.views import administration as administration_views
from cpi1540.people.views import invitation as invitation_views
from cpi1540.people.views import reminders as reminder_views
from cpi1540.people.views import sign_in as people_views
from cpi1540.states import actions as state_actions
from cpi1540.states.views import commitments as commitment_views
from cpi1540.states.views import register as register_views


def create_app(config: Config | None = None, **overrides: Any) -> Flask:
    """The application on the settings of the environment, or on ``config``.

    ``overrides`` go into Flask's own settings, for tests. Misconfigured when it cannot run so.
    """
    config = config or settings.read_config(os.environ)
    app = Flask(
        __name__,
        static_folder=str(paths.STATIC),
        template_folder=str(paths.TEMPLATES),
        instance_path=str(config.instance),
    )
    app.config["CPI1540"] = config
    app.config["SECRET_KEY"] = settings.secret_key(config)
    app.config["SQLALCHEMY_DATABASE_URI"] = _usable(config)
    # Values stay out of error messages and logs: a password hash is one of them.
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True, "pool_pre_ping": not config.uses_sqlite}
    app.config["SESSION_COOKIE_SECURE"] = config.secure_cookies
    app.config.update(overrides)
    if config.proxies:
        trusted = config.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)  # type: ignore[method-assign]

    db.init_app(app)
    with app.app_context():
        if config.uses_sqlite:
            prepare_sqlite(db.engine)
    people_views.init_sign_in(app)  # first: a refusal depends on who asks
    security.init_security(app)
    languages.init_languages(app)
    addresses.init_addresses(app)
    templating.init_templating(app)
    fault_pages.init_fault_pages(app)
    navigation.init_navigation(app)
    app.jinja_env.globals["word_differences"] = compare
    access.register(
        access.SIGNED_IN,
        *state_actions.ACTIONS,
        *people_actions.ACTIONS,
        *matrix_actions.ACTIONS,
        *coverage_actions.ACTIONS,
        *desk_actions.ACTIONS,
    )
    access.register(*assistance_actions.ACTIONS, *offer_actions.ACTIONS, *queue.ACTIONS)
    access.register(*outcome_actions.ACTIONS)
    access.register(*matching_actions.ACTIONS, *planning_actions.ACTIONS)
    kinds.register(*large_plans.KINDS)
    access.register(*pack_actions.ACTIONS)
    kinds.register(*pack_jobs.KINDS)
    working.init_jobs(app, directory.acting)
    for blueprint in (
        people_views.bp,
        reminder_views.bp,
        invitation_views.bp,
        administration_views.bp,
        desk_views.bp,
        desk_views.site,
        worklist_views.bp,
        history_views.bp,
        history_views.site,
        job_views.bp,
        commitment_views.bp,
        register_views.bp,
        matrix_views.bp,
        draft_views.bp,
        field_views.bp,
        many_views.bp,
        workflow_views.bp,
        measure_views.bp,
        comment_views.bp,
        round_views.bp,
        difference_views.bp,
        figure_views.bp,
        profile_views.bp,
        gap_views.bp,
        statistics_views.bp,
        lens_views.bp,
        lens_form_views.bp,
        what_if_views.bp,
        uncertainty_views.bp,
        beside_views.bp,
        exchange_views.bp,
        sheet_views.bp,
        request_list_views.bp,
        agenda_views.bp,
        offer_list_views.bp,
        offer_workbook_views.bp,
        offer_views.bp,
        provider_views.bp,
        match_views.bp,
        match_page_views.bp,
        answer_views.bp,
        outcome_views.bp,
        report_views.bp,
        state_outcome_views.bp,
        request_views.bp,
        request_act_views.bp,
        request_need_views.bp,
        request_template_views.bp,
        state_request_views.bp,
        letter_views.bp,
        letter_template_views.bp,
        due_date_views.bp,
        matching_views.bp,
        match_weight_views.bp,
        planning_views.bp,
        kept_plan_views.bp,
        state_picture_views.bp,
        chart_views.bp,
        recipe_views.bp,
        pack_views.bp,
        pack_template_views.bp,
    ):
        app.register_blueprint(blueprint)
    access.public(app.view_functions["static"])  # type: ignore[arg-type]
    return app


def _usable(config: Config) -> str:
    """The database's address, once it is known that it can be used: a readable address, a driver, a folder."""
    try:
        url = make_url(config.database_url)
        create_engine(url).dispose()
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise Misconfigured(
            sentence(
                "CPI1540_DATABASE_URL cannot be used (%(reason)s). SQLite and PostgreSQL are supported.",
                reason=str(error).splitlines()[0],
            )
        ) from error
    if config.uses_sqlite and url.database == str(config.instance / "record.sqlite"):
        settings.make_instance(config)
    return config.database_url
