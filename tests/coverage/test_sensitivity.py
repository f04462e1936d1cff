"""Indices against functions whose indices are known, and against SALib, which only tests know."""

import numpy as np
import numpy.typing as npt
import pytest
from figure_cases import CODE_NUMBERS, N_FIELDS, record
from SALib.analyze import sobol as salib  # type: ignore[import-untyped]
from uncertainty_cases import read

from cpi1540.coverage.scope import Narrowing
from cpi1540.coverage.uncertainty.bands import headline_draws
from cpi1540.coverage.uncertainty.sensitivity import FACTORS, Index, Model, coverage_model, sensitivity, sobol_indices
from cpi1540.matrix.record import BLANK, FOUND, INCOMPLETE

Numbers = npt.NDArray[np.float64]


def ishigami(points: Numbers) -> Numbers:
    x = (2 * points - 1) * np.pi
    found: Numbers = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    return found


def additive(points: Numbers) -> Numbers:
    found: Numbers = points @ np.array([3.0, 2.0, 1.0]) + 1000
    return found


def salib_indices(model: Model, k: int, n: int) -> tuple[Numbers, Numbers]:
    """SALib's estimates from the very runs that ours are made from."""
    runs: list[Numbers] = []

    def watched(points: Numbers) -> Numbers:
        runs.append(model(points))
        return runs[-1]

    sobol_indices(watched, k, n)
    f_a, f_b, *f_ab = runs[0].reshape(k + 2, n)
    in_order = np.stack([f_a, *f_ab, f_b], axis=1).ravel()
    problem = {"num_vars": k, "names": [str(factor) for factor in range(k)], "bounds": [[0, 1]] * k}
    found = salib.analyze(problem, in_order, calc_second_order=False, seed=1)
    return found["S1"], found["ST"]


def columns(found: list[Index]) -> tuple[list[float | None], list[float | None]]:
    return [each.first_order for each in found], [each.total for each in found]


def test_ishigami() -> None:
    first, total = columns(sobol_indices(ishigami, 3, 4096))
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.005)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.005)


def test_what_only_adds_up_has_equal_indices_that_sum_to_1() -> None:
    first, total = columns(sobol_indices(additive, 3))
    expected = [9 / 14, 4 / 14, 1 / 14]
    assert first == pytest.approx(expected, abs=0.003)
    assert total == pytest.approx(expected, abs=0.003)


@pytest.mark.parametrize("constant", [0.0, 0.7])
def test_what_does_not_move_has_no_index(constant: float) -> None:
    def still(points: Numbers) -> Numbers:
        return constant * (1 + 1e-15 * points[:, 0])

    assert sobol_indices(still, 2) == [Index(None, None)] * 2


@pytest.mark.parametrize("n", [0, 1000, -4])
def test_base_samples_are_a_power_of_two(n: int) -> None:
    with pytest.raises(ValueError, match="power of two"):
        sobol_indices(additive, 3, n)


def test_so_many_runs_are_made_and_the_seed_repeats_them() -> None:
    sizes = []

    def counted(points: Numbers) -> Numbers:
        sizes.append(points.shape)
        assert (points > 0).all() and (points < 1).all()
        return ishigami(points)

    once = sobol_indices(counted, 3, 64, seed=5)
    assert sizes == [(64 * 5, 3)]
    assert sobol_indices(counted, 3, 64, seed=5) == once != sobol_indices(counted, 3, 64, seed=6)


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("model", [ishigami, additive])
def test_salib_finds_the_same_in_the_same_runs(model: Model) -> None:
    first, total = columns(sobol_indices(model, 3, 512))
    their_first, their_total = salib_indices(model, 3, 512)
    assert first == pytest.approx(their_first, abs=1e-9)
    assert total == pytest.approx(their_total, abs=1e-9)


# The model of coverage


@pytest.mark.filterwarnings("default")
def test_salib_finds_the_same_of_coverage() -> None:
    codes = np.random.default_rng(7).choice(CODE_NUMBERS, (1, N_FIELDS)).astype(np.int8)
    model = coverage_model(read(codes), 50.0)
    first, total = columns(sobol_indices(model, len(FACTORS), 512))
    their_first, their_total = salib_indices(model, len(FACTORS), 512)
    assert first == pytest.approx(their_first, abs=1e-9)
    assert total == pytest.approx(their_total, abs=1e-9)


def test_the_model_is_the_one_that_bands_are_drawn_from() -> None:
    codes = np.random.default_rng(7).choice(CODE_NUMBERS, (1, N_FIELDS)).astype(np.int8)
    of, draws, seed = read(codes), 25, 11
    uniform = np.random.default_rng(seed).random((3, draws))
    readings = np.random.default_rng([seed, ord("A")]).random((2, draws))
    points = np.concatenate([uniform, readings]).T
    assert coverage_model(of, 50.0)(points) == pytest.approx(headline_draws(of, 50.0, draws, seed)[0])


def test_a_figure_hangs_on_what_it_is_made_of() -> None:
    found = sensitivity(read(record(op2=INCOMPLETE, op3ab=INCOMPLETE, op3cd=INCOMPLETE)), 50.0)
    assert found is not None and found.runs == 1024 * 7
    assert found.indices["incomplete"].first_order == pytest.approx(1, abs=0.01)
    assert [found.indices[name].total for name in FACTORS if name != "incomplete"] == pytest.approx([0] * 4, abs=1e-9)
    assert found.first_order_sum == pytest.approx(1, abs=0.01)


def test_weights_of_sections_that_say_different_things_are_what_matters() -> None:
    found = sensitivity(read(record(op2=FOUND, op3ab=BLANK, op3cd=BLANK)), 50.0)
    assert found is not None
    assert [found.indices[name].total for name in ("incomplete", "unreviewed")] == [0, 0]
    op2, op3ab, op3cd = (found.indices[name].total or 0 for name in ("op2", "op3ab", "op3cd"))
    assert op2 > op3ab > op3cd > 0  # the two blank sections share the rest of the weight: 8 and 6 fields


def test_a_figure_that_is_certain_has_no_index_and_no_figure_has_none_at_all() -> None:
    certain = sensitivity(read(record(op2=FOUND, op3ab=FOUND, op3cd=FOUND)), 50.0)
    assert certain is not None
    assert set(certain.indices.values()) == {Index(None, None)}
    assert certain.first_order_sum is None
    assert sensitivity(read(record(op1=FOUND)), 50.0) is None


def test_one_section_alone_hangs_on_its_readings() -> None:
    codes = record(op1=INCOMPLETE, op2=INCOMPLETE)
    for narrowing in (Narrowing("op1"), Narrowing("op2")):
        found = sensitivity(read(codes, narrowing=narrowing), 50.0)
        assert found is not None
        assert found.indices["op2"] == Index(0.0, 0.0)
        assert found.indices["incomplete"].total == pytest.approx(1, abs=0.01)
