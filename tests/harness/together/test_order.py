"""Does one seed give one history, whatever the machine does and however the runs are made?"""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from harness import Runtime
from harness.runtime.runs import Start
from tests.harness.together.conftest import COUNTS, STARTS, Nobody, Write, at_once


@pytest.fixture
def busy() -> Iterator[None]:
    """As many processes that do nothing but compute as there would be cores on a laptop."""
    hogs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(4)]
    yield
    for hog in hogs:
        hog.kill()
        hog.wait()


def test_one_seed_is_one_history(python: str, action: Write) -> None:
    """A hundred times the same seed is a hundred times the same steps, log, account and outcomes."""
    file = action(COUNTS)
    with Runtime(Nobody(), python=python, start="worker", seed=5) as runtime:
        first = at_once(runtime, file, seed=1)
        others = [number for number in range(2, 101) if at_once(runtime, file, seed=1) != first]
    assert others == []


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("start", STARTS)
def test_load_changes_nothing(python: str, action: Write, start: Start) -> None:
    """With more to compute than there are cores it stays the same, worker or fork."""
    file = action(COUNTS)
    with Runtime(Nobody(), python=python, start=start, seed=5) as runtime:
        first = at_once(runtime, file, seed=1)
        others = [number for number in range(2, 21) if at_once(runtime, file, seed=1) != first]
    assert others == []


def test_worker_and_fork_agree(python: str, action: Write) -> None:
    """Six runs at once leave the same in workers on a plain wire as in forks over TLS, seed by seed."""
    file = action(COUNTS)
    with (
        Runtime(Nobody(), python=python, start="worker", seed=5) as workers,
        Runtime(Nobody(), python=python, start="fork", seed=5) as forks,
    ):
        by_workers, by_forks = (
            [at_once(runtime, file, seed=seed, runs=6) for seed in range(8)] for runtime in (workers, forks)
        )
    assert by_workers == by_forks


def test_another_seed_is_another_history(python: str, action: Write) -> None:
    """Twenty seeds put the calls of three runs into twenty orders."""
    file = action(COUNTS)
    with Runtime(Nobody(), python=python, start="worker", seed=5) as runtime:
        orders = {tuple(at_once(runtime, file, seed=seed).steps) for seed in range(20)}
    assert len(orders) == 20


def test_an_order_in_which_both_read_first_is_found(python: str, action: Write) -> None:
    """Of two runs that read, then write what they read and more, some seeds lose what one wrote, and some do not."""
    file = action(COUNTS.replace("range(2)", "range(1)").replace("[0, 0, 0.25, 1]", "[0]"))
    with Runtime(Nobody(), python=python, start="worker", seed=5) as runtime:
        kept = {str(at_once(runtime, file, seed=seed, runs=2).content) for seed in range(20)}
    assert kept == {"- a", "- b", "- a b", "- b a"}
