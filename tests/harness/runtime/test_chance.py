"""What does an action draw by chance in a runtime that has a seed?"""

from typing import Any

import pytest

from harness.runtime.runs import Runtime, Start
from tests.harness.runtime.conftest import Action

DRAWS = """
import os, random, secrets, tempfile, uuid
def main(event):
    return {"outputFields": {
        "random": random.random(), "own": random.Random().random(), "system": random.SystemRandom().random(),
        "urandom": os.urandom(8).hex(), "secrets": secrets.token_hex(8), "uuid1": uuid.uuid1().hex[16:],
        "uuid4": str(uuid.uuid4()), "file": os.path.basename(tempfile.mktemp()), "set": str({"a", "b", "c", "d"}),
    }}
"""


def drawn(python: str, start: Start, action: Action, seed: int | None) -> list[dict[str, Any]]:
    """What two runs in a new runtime draw."""
    with Runtime(python=python, start=start, seed=seed) as runtime:
        return [dict(runtime.run(action(DRAWS), {"inputFields": {}}).output_fields or {}) for _ in range(2)]


def test_a_seed_draws_the_same_again(action_python: str, start: Start, action: Action) -> None:
    """Two runtimes with one seed draw the same in each run, whatever it is drawn with."""
    assert drawn(action_python, start, action, 7) == drawn(action_python, start, action, 7)


@pytest.mark.parametrize("name", ["random", "own", "system", "urandom", "secrets", "uuid1", "uuid4", "file"])
def test_each_run_and_seed_draws_its_own(action_python: str, action: Action, name: str) -> None:
    """The next run draws something else, and so does another seed."""
    both = drawn(action_python, "spawn", action, 7) + drawn(action_python, "spawn", action, 8)
    assert len({each[name] for each in both}) == 4


def test_ways_of_starting_draw_the_same(action_python: str, start: Start, action: Action) -> None:
    """A seed is the same however the runs are started."""
    assert drawn(action_python, start, action, 7) == drawn(action_python, "spawn", action, 7)


def test_without_a_seed_nothing_is_the_same(action_python: str, start: Start, action: Action) -> None:
    """Without one, each run draws for itself; of a uuid1 the machine's own part stays."""
    (one, two), (three, four) = (drawn(action_python, start, action, None) for _ in range(2))
    for name in set(one) - {"set", "uuid1"}:
        assert len({each[name] for each in (one, two, three, four)}) == 4, name
