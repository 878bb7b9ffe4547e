"""Does the command say who noticed? With an action of a few lines and its own stories."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mutation.__main__ import main
from tests.mutation.plan import Plan
from tests.mutation.targets import ROOT, Targets

ACTION = """
def main(event):
    number = int(event["inputFields"]["number"])
    while number > 100:
        number -= 100
    size = "small" if number <= 5 else "large"
    if number == 77:
        size = "lucky"
    return {"outputFields": {"size": size}}
"""
CONFTEST = """
import pytest


@pytest.fixture(scope="session")
def switchboard():
    return None


@pytest.fixture(scope="session")
def runtime(switchboard):
    return None  # ours takes its place
"""
STORIES = """
from pathlib import Path

import pytest

FILE = Path(__file__).parent / "tiny.py"


@pytest.mark.parametrize(("number", "size"), [("3", "small"), ("9", "large"), ("203", "small")])
def test_sizes(runtime, number, size):
    outcome = runtime.run(FILE, {"inputFields": {"number": number}, "object": {}})
    assert outcome.output_fields == {"size": size}
"""
DRIVER = """
import sys
from pathlib import Path
from tests.mutation.test_command import desk
from harness.ending import watched
from tests.mutation.__main__ import main
folder = Path(sys.argv[1])
arguments = ["--jobs", "1"], desk(folder), folder / "kept", folder / "survivors.toml"
sys.exit(watched(lambda: main(*arguments), "mutate", lasting=True))
"""


def desk(folder: Path, patience: float = 30.0) -> Plan:
    """The action and its stories, judged by them alone."""
    stories = (folder / "test_tiny.py",)
    return Plan(Targets(folder, ("tiny",)), stories, folder, longest=1.0, patience=patience, prover=False, seeds=0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"tiny.py": ACTION, "conftest.py": CONFTEST, "test_tiny.py": STORIES}.items():
        (tmp_path / name).write_text(text.lstrip(), encoding="utf-8")
    (tmp_path / "survivors.toml").write_text("", encoding="utf-8")
    return tmp_path


def run(folder: Path, *arguments: str) -> int:
    """The command on this folder."""
    return main(["--jobs", "1", *arguments], desk(folder), folder / "kept", folder / "survivors.toml")


def told(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[tuple[str, str], str]:
    """Who noticed each mistake, by what stood there and what instead."""
    run(folder, "--json")
    mutants = json.loads(capsys.readouterr().out)["mutants"]
    return {(one["before"].strip(), one["after"].strip()): one["judge"] for one in mutants}


def test_each_mistake_is_found_or_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a story sees is found, also where it never ends; a line that no story comes by, and an edge, are told."""
    found = told(folder, capsys)

    assert found["<=", "<"] == "nobody"
    assert found["5", "6"] == "nobody"
    assert found['"large"', '"large_"'] == "stories"
    assert found["number -= 100", "pass"] == "stories"
    assert found['"lucky"', '"lucky_"'] == "not reached"


def test_survivors_need_a_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without one the exit code is 1; each is told with its line, and what could be written into the list."""
    assert run(folder, "--propose") == 1
    out = capsys.readouterr().out
    assert "actions/tiny.py:5: <= → < (comparison; met 3 stories)" in out
    proposed = "[[survivor]]" + out.partition("[[survivor]]")[2]
    (folder / "survivors.toml").write_text(proposed.replace('why = ""', 'why = "it is planted"'), encoding="utf-8")

    run(folder)

    out = capsys.readouterr().out
    assert "no reason in survivors.toml" not in out
    assert "    gap: it is planted" in out


def test_a_run_goes_on_where_the_last_one_ended(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A verdict is kept, one that stands in half a line is not, and a changed file has none."""
    before = told(folder, capsys)
    file = folder / "kept/verdicts.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-1]) + lines[-1][:20])

    assert told(folder, capsys) == before
    assert len(file.read_bytes().splitlines()) == len(lines)
    (folder / "tiny.py").write_text(ACTION.lstrip().replace("<= 5", "<= 3"), encoding="utf-8")
    assert told(folder, capsys)["<=", "<"] == "stories"


def test_a_reason_too_many_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a mistake that is found, and of one that is gone."""
    entry = '[[survivor]]\nfile = "tiny"\nfunction = "main"\nkind = "gap"\nwhy = "?"\n'
    code = "code = '''{}'''\nchanges = [['''{}''', '''{}''']]\n"
    killed = entry + code.format('size = "small" if number <= 5 else "large"', '"large"', '"large_"')
    gone = entry + code.format("size = 1", "1", "2")
    (folder / "survivors.toml").write_text(killed + gone, encoding="utf-8")

    run(folder)

    out = [line for line in capsys.readouterr().out.splitlines() if line.startswith("a reason too many")]
    assert [line.partition(" is ")[2].partition(":")[0] for line in out] == ["found by the stories", "gone"]


def test_a_story_that_fails_by_itself_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is judged by a story that does not hold before anything is changed."""
    (folder / "tiny.py").write_text(ACTION.replace('"large"', '"huge"'), encoding="utf-8")

    assert run(folder) == 1
    assert capsys.readouterr().err.startswith("test_tiny.py::test_sizes[9-large]: expected a story that holds")


def test_a_story_that_never_ends_by_itself_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says for how long the story went on, which is ten times what one may take that meets a mistake."""
    (folder / "test_tiny.py").write_text("def test_on_and_on():\n    while True:\n        pass\n", encoding="utf-8")

    code = main(["--jobs", "1"], desk(folder, patience=0.1), folder / "kept", folder / "survivors.toml")

    assert (code, capsys.readouterr().err) == (
        1,
        "test_tiny.py::test_on_and_on: expected a story that holds before anything is changed, "
        "found: it goes on for more than 1 s\n",
    )


def test_a_number_that_is_none_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, with what was expected and what was found."""
    with pytest.raises(SystemExit) as ended:
        run(folder, "--sample", "many")

    assert (ended.value.code, capsys.readouterr().err.splitlines()[-1]) == (
        2,
        "nox -s mutate --: error: argument --sample: expected a whole number of 1 or more, found 'many'",
    )


def test_a_list_that_cannot_be_read_is_an_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """File, place, expected and found."""
    (folder / "survivors.toml").write_text("[[survivor]]\nfile = 3\n", encoding="utf-8")

    assert run(folder) == 1
    assert capsys.readouterr().err == "survivors.toml: Expected `str`, got `int` - at `$.survivor[0].file`\n"


def test_a_story_that_names_what_the_line_names_is_met(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Although there is place for two of three, and the two others come by fewer lines."""
    stories = """
from pathlib import Path

FILE = Path(__file__).parent / "tiny.py"


def test_three(runtime):
    runtime.run(FILE, {"inputFields": {"number": "3"}, "object": {}})


def test_nine(runtime):
    runtime.run(FILE, {"inputFields": {"number": "9"}, "object": {}})


def test_what_is_large(runtime):
    outcome = runtime.run(FILE, {"inputFields": {"number": "209"}, "object": {}})
    assert outcome.output_fields == {"size": "large"}
"""
    (folder / "test_tiny.py").write_text(stories, encoding="utf-8")
    plan = replace(desk(folder), most_stories=2)

    main(["--jobs", "1", "--json"], plan, folder / "kept", folder / "survivors.toml")

    mutants = json.loads(capsys.readouterr().out)["mutants"]
    assert {one["judge"] for one in mutants if one["before"] == '"large"'} == {"stories"}


def test_a_slow_machine_finds_nobody(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A story that takes too long with nothing changed has not noticed anything."""
    slow = """
import signal
from pathlib import Path

import pytest


@pytest.mark.parametrize("name", ["one", "two"])
def test_slow(runtime, name):
    played = Path(__file__).parent / name
    with played.open("a") as file:
        file.write(".")
    if len(played.read_text()) > 2:
        signal.pause()
    runtime.run(Path(__file__).parent / "tiny.py", {"inputFields": {"number": "6"}, "object": {}})
"""
    (folder / "test_tiny.py").write_text(slow, encoding="utf-8")
    (folder / "tiny.py").write_text("def main(event):\n    return {'outputFields': {'number': 1 + 1}}\n", "utf-8")

    plan = desk(folder, patience=0.5)
    main(["--jobs", "1", "--json", "--sample", "1"], plan, folder / "kept", folder / "survivors.toml")

    judged = {one["judge"] for one in json.loads(capsys.readouterr().out)["mutants"]}
    assert judged == {"nobody"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_end_from_outside_leaves_nothing_running(folder: Path, number: int) -> None:
    """In the middle of a story: the exit code says why, and the process that played it is gone."""
    os.mkfifo(folder / "begun")
    waits = (
        "import os\n\n\ndef test_waits():\n    (begun := open(%r, 'w')).write(str(os.getpid()))\n    begun.close()\n"
    )
    waits = waits % str(folder / "begun") + "    import signal\n    signal.pause()\n"
    (folder / "test_tiny.py").write_text(waits, encoding="utf-8")
    command = [sys.executable, "-c", DRIVER, str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    player = int((folder / "begun").read_text())

    process.send_signal(number)

    _, said = process.communicate()
    assert (process.returncode, said.splitlines()) == (
        128 + number,
        [
            "what was judged is kept: the same command goes on",
            "mutate: interrupted; what was running has been ended.",
        ],
    )
    with pytest.raises(ProcessLookupError):
        os.kill(player, 0)
