"""The practice record in the database: whole, apart from the members', and made once."""

from flask import Flask

from cpi1540 import paths
from cpi1540.coverage.service import figures as coverage
from cpi1540.desk import installation
from cpi1540.desk.practice import loading
from cpi1540.foundation.access import SYSTEM
from cpi1540.matrix.service import measures, reading, versions
from cpi1540.states import service as states


def test_forty_states_beside_the_members(practice_app: Flask) -> None:
    with practice_app.app_context():
        assert states.counts() == {"members": 193, "practice": 40}
        assert {group: len(each) for group, each in states.by_group(states.states(practice=True)).items()} == {
            "african": 11,
            "asia-pacific": 11,
            "eastern-european": 5,
            "grulac": 7,
            "weog": 6,
        }
        assert all(check.ok for check in installation.checks())


def test_made_once(practice_app: Flask) -> None:
    with practice_app.app_context():
        assert loading.load(paths.SEED) is False
        assert states.counts()["practice"] == 40


def test_figures_of_the_practice_record(practice_app: Flask) -> None:
    with practice_app.app_context():
        members = states.states(practice=True)
        groups = {group: [state.code for state in each] for group, each in states.by_group(members).items()}
        found = coverage.coverage(members, coverage.Question(), SYSTEM, groups).figures
        points = {group: round(figures.total.point or 0, 2) for group, figures in found.groups.items()}
        assert points == {"african": 0.71, "asia-pacific": 0.69, "eastern-european": 0.66, "grulac": 0.75, "weog": 0.69}
        assert found.states["XAD"].total.low is None


def test_citations_keep_their_measures(practice_app: Flask) -> None:
    with practice_app.app_context():
        state = states.find("XAC")
        titles = measures.titles_of(state)
        matrix = reading.matrix(versions.newest([state], SYSTEM)["XAC"])
        cited = {source.measure for entry in matrix.entries.values() for source in entry.sources if source.measure}
        assert cited <= set(titles)
        assert len(cited) >= 10
        assert all("en" in each for each in titles.values())
