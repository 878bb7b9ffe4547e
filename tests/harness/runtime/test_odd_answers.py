"""What comes of an action that answers, fails or ends in a way that nobody expects?"""

from typing import Any

import pytest

from harness.runtime.imports import Imports, imports_of
from harness.runtime.outcome import ActionError
from harness.runtime.runs import Runtime
from tests.harness.runtime.case_table import SILENT_END
from tests.harness.runtime.conftest import Action

EVENT: dict[str, Any] = {"inputFields": {}}
OK = 'return {"outputFields": {"ok": "yes"}}'

HARMLESS = {
    "json.dumps made to return something else": f"import json\ndef main(e):\n json.dumps = lambda *a: 'x'\n {OK}",
    "json.dumps gone": f"import json\ndef main(e):\n json.dumps = None\n {OK}",
    "os.write gone": f"import os\ndef main(e):\n os.write = None\n {OK}",
    "os._exit gone": f"import os\ndef main(e):\n os._exit = None\n {OK}",
    "no modules left": f"import sys\ndef main(e):\n sys.modules.clear()\n {OK}",
    "a report forged in front": (
        "import gc\ndef main(e):\n"
        " for each in gc.get_objects():\n"
        "  if type(each).__name__ == 'Report': each.tell('returned'); each.tell('odd'); each.tell_text('[')\n " + OK
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_an_action_does_to_its_own_process_is_its_own_affair(runtime: Runtime, action: Action, name: str) -> None:
    """The answer arrives, whatever the action has replaced or forged."""
    outcome = runtime.run(action(HARMLESS[name]), EVENT)
    assert (outcome.status, outcome.output_fields, outcome.problems) == ("succeeded", {"ok": "yes"}, ())


FAILING = {
    "a forked copy comes back from main in its place": (
        "import os\ndef main(e):\n if os.fork() == 0: return {'outputFields': {}}\n os.wait()\n os._exit(0)",
        SILENT_END,
    ),
    "deep nesting": (
        "import sys\ndef main(e):\n sys.setrecursionlimit(10**6)\n x = 1\n for _ in range(900): x = [x]\n"
        " return {'outputFields': {'x': x}}",
        ("Runtime.MarshalError", "Unable to marshal response: it is nested more than 150 deep"),
    ),
    "a forged end": (
        "import gc, os\ndef main(e):\n for each in gc.get_objects():\n"
        "  if type(each).__name__ == 'Report': each.tell('returned')\n os._exit(0)",
        ("Runtime.MarshalError", "Unable to marshal response: it is not what the runtime reports"),
    ),
    "an exception that answers no question": (
        "class Hostile(Exception):\n def __getattr__(self, n): raise KeyError(n)\ndef main(e): raise Hostile('x')",
        ("Hostile", "main raised it at action.py:3: x"),
    ),
    "an exception whose text ends the process": (
        "class Hostile(Exception):\n def __str__(self): raise SystemExit\ndef main(e): raise Hostile",
        ("Hostile", "main raised it at action.py:3: (its text could not be made)"),
    ),
    "an interrupt": (
        "def main(e): raise KeyboardInterrupt",
        (
            "Runtime.ExitError",
            "Runtime exited with error: signal: interrupt: "
            "the action let out KeyboardInterrupt, which is no Exception.",
        ),
    ),
    "something that is no Exception": (
        "def main(e): raise GeneratorExit",
        (
            "Runtime.ExitError",
            "Runtime exited with error: exit status 1: the action let out GeneratorExit, which is no Exception.",
        ),
    ),
    "a NUL in the text": (
        "x = '\0'\ndef main(e): pass",
        (
            "Runtime.UserCodeSyntaxError",
            "Syntax error in module 'action': source code cannot contain null bytes",
        ),
    ),
}


@pytest.mark.parametrize("name", FAILING)
def test_each_has_its_name(runtime: Runtime, action: Action, name: str) -> None:
    """A named failure, the same on every Python and however started; the harness itself never breaks."""
    source, error = FAILING[name]
    outcome = runtime.run(action(source), EVENT)
    assert (outcome.status, outcome.error) == ("failed", ActionError(*error))


def test_a_number_of_thousands_of_digits_has_its_name(runtime: Runtime, action: Action) -> None:
    """It cannot be read back, which is a MarshalError."""
    outcome = runtime.run(
        action(
            "import sys\ndef main(e):\n"
            " if hasattr(sys, 'set_int_max_str_digits'): sys.set_int_max_str_digits(0)\n"
            " return {'outputFields': {'n': 10**6000}}"
        ),
        EVENT,
    )
    assert (outcome.status, outcome.error and outcome.error.name) == ("failed", "Runtime.MarshalError")


def test_an_http_error_without_an_answer_keeps_its_status(runtime: Runtime, action: Action) -> None:
    """The error of urllib asks its missing file for every unknown attribute, which on 3.9 fails."""
    outcome = runtime.run(
        action("import urllib.error\ndef main(e): raise urllib.error.HTTPError('u', 503, 'm', {}, None)"), EVENT
    )
    assert (outcome.status, outcome.error) == (
        "unknown",
        ActionError("HTTPError", "main raised it at action.py:2: HTTP Error 503: m"),
    )


def test_a_decimal_is_a_number(runtime: Runtime, action: Action) -> None:
    """Lambda's marshaller takes it as one."""
    outcome = runtime.run(
        action(
            "from decimal import Decimal\n"
            "def main(e): return {'outputFields': {'a': Decimal('1.5'), 'b': Decimal('20')}}"
        ),
        EVENT,
    )
    assert outcome.output_fields == {"a": 1.5, "b": 20}


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ("{1: 'a', '1': 'b'}", "output 1: expected text as its name, found int. JSON makes text of it: return text."),
        (
            "{'n': [1, float('nan')]}",
            "output n: expected a number, found nan, which is no JSON. Return None for no value.",
        ),
        (
            "{'n': 10**20}",
            "output n: expected a number of at most 64 bits, found 100000000000000000000. Return it as text.",
        ),
    ],
)
def test_without_a_contract_an_odd_output_is_seen(runtime: Runtime, action: Action, answer: str, problem: str) -> None:
    """Names that are no text, NaN inside a list, a number that few readers keep."""
    outcome = runtime.run(action(f"def main(e): return {{'outputFields': {answer}}}"), EVENT)
    assert outcome.problems == (problem,)


def test_many_refusals_do_not_crowd_out_the_answer(runtime: Runtime, action: Action) -> None:
    """Of thousands of refused look-ups a hundred are named, then the rest in one sentence."""
    outcome = runtime.run(
        action(
            "import socket\ndef main(e):\n"
            " for n in range(3_000):\n  for _ in range(3):\n"
            "   try: socket.gethostbyname('h%d.example.com' % n)\n"
            "   except OSError: pass\n " + OK
        ),
        EVENT,
    )
    assert (outcome.status, len(outcome.problems)) == ("succeeded", 101)
    assert outcome.problems[-1] == "expected few refusals, found more than 100 different ones; the rest is not named."


def test_a_long_row_of_elifs_is_read() -> None:
    """Each elif is an if inside the one before; the imports are found all the same."""
    elifs = "".join(f"elif x == {n}: y = {n}\n" for n in range(1_500))
    assert imports_of(f"import abc\nif x: y = 0\n{elifs}else:\n import csv\n") == Imports(("abc", "csv"))
