"""What of the regular expressions that an action compiles does a later run inherit?"""

import sys
from collections.abc import Iterator

import pytest

from harness.runtime.runs import Runtime
from tests.harness.runtime.conftest import Action

if sys.platform != "linux":
    pytest.skip("nothing is inherited where nothing is forked", allow_module_level=True)

COMPILES = """
import re
def main(event):
    before = [key[1] for key in re._cache]
    re.search("kettle|teapot", "a kettle")
    re.search("from " + event["inputFields"]["name"], "")
    return {"outputFields": {"own": "kettle|teapot" in before, "others": any("visitor" in str(one) for one in before)}}
"""


DIES = COMPILES.replace(
    "    return", "    if event['inputFields'].get('dies'): os.kill(os.getpid(), 9)\n    return"
).replace("import re", "import os\nimport re")

MANY = """
import os, re
def main(event):
    own = any(key[1] == "a teapot of 7" for key in re._cache)
    if event["inputFields"].get("dies"): os.kill(os.getpid(), 9)
    for number in range(20): re.search("a teapot of %d" % number, "")
    return {"outputFields": {"own": own, "pid": os.getpid()}}
"""


@pytest.fixture
def forks(action_python: str) -> Iterator[Runtime]:
    """The strict way of making runs."""
    with Runtime(python=action_python, start="fork") as runtime:
        yield runtime


def test_what_two_runs_compiled_is_inherited(forks: Runtime, action: Action) -> None:
    """Some runs later the file's own expression is there at the start; what was made of an event never is."""
    file = action(COMPILES)
    found = [forks.run(file, {"inputFields": {"name": f"visitor-{number}"}}).output_fields or {} for number in range(8)]
    assert [each["own"] for each in found] == [False] * 4 + [True] * 4
    assert [each["others"] for each in found] == [False] * 8


def test_what_one_event_compiles_again_and_again_is_not(forks: Runtime, action: Action) -> None:
    """Runs with one and the same event say nothing about what is the file's own."""
    file = action(COMPILES)
    found = [forks.run(file, {"inputFields": {"name": "visitor-12"}}).output_fields or {} for _ in range(8)]
    assert [(each["own"], each["others"]) for each in found] == [(False, False)] * 8


def test_a_worker_inherits_what_two_others_compiled(action_python: str, action: Action) -> None:
    """The third of a file's workers finds its expression compiled, and nothing that was made of an event."""
    file = action(DIES)
    found = []
    with Runtime(python=action_python, start="worker") as workers:
        for number in range(3):
            event = {"inputFields": {"name": f"visitor-{number}"}}
            found.append(workers.run(file, event).output_fields)
            workers.run(file, {"inputFields": {"name": f"visitor-{number}", "dies": True}})

    assert found == [{"own": own, "others": False} for own in (False, False, True)]


def test_a_worker_that_lacks_much_is_renewed(action_python: str, action: Action) -> None:
    """Once enough is known of a file, a worker from before gives way to one that inherits it, and that one stays."""
    file = action(MANY)
    with Runtime(python=action_python, start="worker") as workers:
        workers.run(file, {"inputFields": {"name": "visitor-1"}})
        workers.run(file, {"inputFields": {"name": "visitor-2", "dies": True}})
        found = [
            workers.run(file, {"inputFields": {"name": f"visitor-{number}"}}).output_fields or {}
            for number in range(3, 6)
        ]

    pids = [each["pid"] for each in found]
    assert [each["own"] for each in found] == [False, True, True]
    assert (pids[0] != pids[1], pids[1] == pids[2]) == (True, True)
