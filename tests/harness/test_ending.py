"""How do `prove` and `enrol` end when something is wrong with what they are given, or they are told to?"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
QUICK = "def main(event):\n    return {'outputFields': {'order': event['inputFields']['order']}}\n"
CODE = {
    "type": "CUSTOM_CODE",
    "actionId": "1",
    "secretNames": [],
    "sourceFile": "action.py",
    "runtime": "PYTHON39",
    "inputFields": [],
    "outputFields": [],
}
FLOW = {
    "name": "Nothing",
    "objectTypeId": "0-5",
    "startActionId": "1",
    "actions": [CODE],
    "enrollmentCriteria": {"type": "MANUAL", "shouldReEnroll": True},
}
DEEP = "[" * 100_000 + "]" * 100_000
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
PROVE = ("prove", "action.py", "--event", "event.json")
ENROL = ("enrol", "flow.json")
ASKS = """
import urllib.request
def main(event):
    try:
        urllib.request.urlopen("https://api.hubapi.com/a/rather/long/path/to/ask/for")
    except OSError:
        pass
    return {"outputFields": {}}
"""
Said = tuple[int, str, str]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with an action, an event and a flow, and one for temporary files."""
    (tmp_path / "action.py").write_text(QUICK)
    (tmp_path / "event.json").write_text(json.dumps({"inputFields": {"order": "4711"}}))
    (tmp_path / "flow.json").write_text(json.dumps(FLOW))
    (tmp_path / "folder").mkdir()
    (tmp_path / "tmp").mkdir()
    return tmp_path


def started(here: Path, *words: str, **more: Any) -> "subprocess.Popen[str]":
    """The command, its temporary files in a folder of their own."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "300", "TMPDIR": str(here / "tmp"), **more.pop("env", {})}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
    return subprocess.Popen([sys.executable, "-m", "harness", *words], cwd=here, env=env, text=True, **pipes)


def typed(here: Path, *words: str, **more: Any) -> Said:
    """How the command ended and what it said, and nothing temporary is left."""
    ran = started(here, *words, **more)
    stdout, stderr = ran.communicate(timeout=100)
    assert list((here / "tmp").iterdir()) == []
    return ran.returncode, stdout, stderr


@pytest.mark.parametrize("command", [PROVE, ENROL])
@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (None, "the file: expected YAML or JSON in UTF-8, found no file."),
        (
            b"\xff",
            "the file: expected YAML or JSON in UTF-8, found 'utf-8' codec can't decode byte 0xff in position 0: ",
        ),
        ("tickets: }", "line 1: expected YAML, found "),
        (b"tickts: []", "the file: expected a key that docs/seed.md knows, found tickts."),
        (
            "\n".join(f"kind{n}: []" for n in range(1000)),
            "the file: expected a key that docs/seed.md knows, found kind0.",
        ),
        (BOMB, "the file: expected no aliases (*name), found one."),
        (DEEP, "the file: expected a seed, found something nested too deeply."),
        ("5", "the file: expected object, found int."),
    ],
)
def test_a_seed_that_is_none(here: Path, command: tuple[str, ...], text: str | bytes | None, refusal: str) -> None:
    """Both commands name the file, the place, what was expected and what was found, and end with 1."""
    seed = here / "portal.yaml"
    if text is not None:
        seed.write_bytes(text.encode() if isinstance(text, str) else text)
    code, stdout, stderr = typed(here, *command, "--seed", "portal.yaml")
    assert (code, stdout, stderr.startswith(f"portal.yaml: {refusal}"), len(stderr.splitlines())) == (1, "", True, 1)


@pytest.mark.parametrize(
    ("words", "code", "refusal"),
    [
        (("prove", "none.py", "--event", "event.json"), 2, "FILE: expected an action's file, found no file none.py."),
        (("prove", "folder", "--event", "event.json"), 2, "FILE: expected an action's file, found no file folder."),
        (("enrol", "none.json"), 2, "FLOW: expected a flow's file, found no file none.json."),
        (("enrol", "folder"), 2, "FLOW: expected a flow's file, found no file folder."),
        (
            (*PROVE, "--secret", "TOKEN=a", "--secret", "TOKEN=b"),
            2,
            "--secret TOKEN: expected each name once, found it twice. Leave one out.",
        ),
        (
            (*ENROL, "--secret", "NOBODYS"),
            2,
            "--secret NOBODYS: expected a value, found no NOBODYS in the environment.",
        ),
        (
            ("prove", "action.py", "--event", "action.py"),
            2,
            "--event action.py: expected JSON, found something else (Expecting value: line 1 column 1 (char 0)).",
        ),
        (("enrol", "deep.json"), 1, "deep.json: the flow: expected JSON, found one nested too deep to be read. "),
        (("enrol", "event.json"), 1, "event.json: the flow: expected a list as 'actions', found nothing. "),
    ],
)
def test_data_is_refused_as_data(here: Path, words: tuple[str, ...], code: int, refusal: str) -> None:
    """With --json the sentence on standard error is an object on standard output, too."""
    (here / "deep.json").write_text(DEEP)
    found, stdout, stderr = typed(here, *words, "--json")
    said = json.loads(stdout)["error"]
    assert (found, refusal in said, stderr) == (code, True, f"{said}\n")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file that cannot be read even by root is Linux's")
@pytest.mark.parametrize("words", [("prove", "/proc/self/mem", "--event", "event.json"), ("enrol", "/proc/self/mem")])
def test_a_file_that_cannot_be_read(here: Path, words: tuple[str, ...]) -> None:
    """It is named with the system's reason."""
    code, stdout, stderr = typed(here, *words)
    assert (code, stdout, "found none that can be read ([Errno 5] Input/output error)." in stderr) == (2, "", True)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("print(", "Runtime.UserCodeSyntaxError: Syntax error in module 'action': "),
        ("", "Runtime.HandlerNotFound: Handler 'main' missing on module 'action': "),
        ("def main(event): return {1}", "Runtime.MarshalError: Unable to marshal response: "),
        ("def main(event): return 5", 'expected main to return {"outputFields": {...}}, found: main returned an int. '),
        ("import time\ndef main(event): time.sleep(1e6)", "Sandbox.Timedout: Task timed out after 20.00 seconds"),
        ("def main(event): return event['inputFields']['size']", "KeyError: main raised it at action.py:1: 'size'"),
    ],
)
def test_an_action_that_is_none(here: Path, source: str, said: str) -> None:
    """Its own error is the second line, for there is nothing to compare with."""
    (here / "action.py").write_text(source)
    code, stdout, stderr = typed(here, *PROVE)
    second = stdout.splitlines()[1]
    assert (code, second.startswith("Nothing to compare with: without trouble it ends as "), stderr) == (1, True, "")
    assert said in second


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the full disk is Linux's")
@pytest.mark.parametrize("command", [PROVE, (*PROVE, "--json"), ENROL, (*ENROL, "--json"), (*PROVE, "--orders", "x")])
def test_a_full_disk(here: Path, command: tuple[str, ...]) -> None:
    """What takes no output is said in a line; what was typed wrong is wrong whoever listens."""
    with Path("/dev/full").open("w") as full:
        code, _, stderr = typed(here, *command, stdout=full)
    if "x" in command:
        assert code == 2
    else:
        assert (code, stderr) == (1, "harness: the outcome could not be printed: No space left on device.\n")


@pytest.mark.parametrize("command", [PROVE, ENROL])
def test_nobody_reads(here: Path, command: tuple[str, ...]) -> None:
    """A reader that has gone, as head does, is said in a line."""
    read, write = os.pipe()
    os.close(read)
    code, _, stderr = typed(here, *command, stdout=write)
    os.close(write)
    assert (code, stderr) == (1, "harness: the outcome could not be printed: Broken pipe.\n")


def test_a_narrow_terminal_without_letters(here: Path) -> None:
    """In 40 columns of ASCII nothing is cut off, and nothing breaks."""
    (here / "action.py").write_text(ASKS)
    narrow = {"COLUMNS": "40", "PYTHONIOENCODING": "ascii"}
    assert typed(here, *PROVE, "--orders", "0", env=narrow) == (
        0,
        """\
action.py: 1 call when nothing goes wrong
what happens            | what it leaves
------------------------+---------------
any fault at call 1,    | the same      
GET                     |               
/a/rather/long/path/to/ |               
ask/for                 |               
run twice               | the same      
All 8 trials left the same behind.
""",  # noqa: W291 (as it is printed)
        "",
    )


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("command", ["prove", "enrol"])
def test_told_to_end(here: Path, name: str, command: str, told: Callable[[], Path]) -> None:
    """A signal while an action loops for ever ends all of it, once and for all, with the code that shells expect."""
    file = told()
    words = [*PROVE] if command == "prove" else [*ENROL, "--seed", "portal.yaml", "--record", "90000001"]
    ran = started(here, *words, "--json", start_new_session=True)
    pid = written(file)
    for _ in range(2):
        os.kill(ran.pid, getattr(signal, name))
    stdout, stderr = ran.communicate(timeout=60)
    sentence = "harness: interrupted; what was running has been ended."
    assert (ran.returncode, stderr) == (128 + getattr(signal, name), f"{sentence}\n")
    assert json.loads(stdout) == {"error": sentence}
    assert (list((here / "tmp").iterdir()), Path(f"/proc/{pid}").exists()) == ([], False)


@pytest.fixture
def told(here: Path) -> Callable[[], Path]:
    """An action that says that it is there and loops, in a flow too; where it says so."""

    def write() -> Path:
        file = here / "pid"
        says = f"    open({str(file)!r}, 'w').write(f'{{os.getpid()}}.')\n"
        (here / "action.py").write_text(f"import os\ndef main(event):\n{says}    while True: pass\n")
        (here / "portal.yaml").write_text("tickets: [{subject: Leaking kettle}]")
        return file

    return write


def written(file: Path) -> str:
    """What is in a file, once its last letter is."""
    waits = threading.Event()
    while not file.exists() or not file.read_text().endswith("."):
        waits.wait(0.01)
    return file.read_text().rstrip(".")
