"""Does the command say what was found, by exit code too?"""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.planted import PLANTS
from tests.simulation.stage import ROOT

COMMAND = [sys.executable, "-m", "tests.simulation", "--strict-every", "0"]
CHOSEN = {"CHAT_HANDOFF_PYTHON": sys.executable} | os.environ
"""Or each process says which interpreter it found."""
PROBE, TRIAGE = (str(ROOT / "actions" / f"{name}.py") for name in ("probe", "triage_chat"))
NEVER_READ = next(plant for plant in PLANTS if plant.name == "now instead of the close")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own."""
    return subprocess.run([*COMMAND, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, env=CHOSEN)


def test_good_seeds_end_with_0_and_figures() -> None:
    """One line for each seed, then what happened in all of them together."""
    done = run("--seeds", "2", "--chats", "5")

    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(line.split()[:2] for line in lines[:2]) == [["seed", "1"], ["seed", "2"]]
    assert lines[2].split() == ["chats", "10"]
    assert lines[-2].split() == ["broken", "0"]


def test_a_broken_promise_ends_with_1_and_a_story(tmp_path: Path) -> None:
    """The line of the seed names promise, chat and moment, and the command that plays it again; the story follows."""
    (file,) = NEVER_READ.planted_in(tmp_path).values()

    done = run("--seeds", "1", "--chats", "5", "--action", str(file), "--story")

    again = f"again: nox -s simulate -- --seeds 1 --chats 5 --first-seed 1 --action {file} --story"
    assert done.returncode == 1, done.stdout + done.stderr
    assert "  right closes: chat-" in done.stdout
    assert [line.strip() for line in done.stdout.splitlines() if "again:" in line] == [again, again]
    assert "cut down in" in done.stdout


def test_one_seed_has_one_history_however_often_it_is_played() -> None:
    """One line says how often each history was found; by several processes side by side, too."""
    once = json.loads(run("--seeds", "1", "--chats", "6", "--json").stdout)

    done = run("--seeds", "1", "--chats", "6", "--repeat", "6")

    assert (done.returncode, done.stdout) == (0, f"seed 1  {once['seeds'][0]['digest']}  6 times\n"), done.stderr


def test_a_second_history_ends_with_1(tmp_path: Path) -> None:
    """An action that says what the machine, and not its seed, has drawn has another history each time."""
    file = tmp_path / "triage_chat.py"
    text = (ROOT / "actions/triage_chat.py").read_text("utf-8")
    file.write_text(
        f"{text}\n\nimport time\n\n\ndef main(event):\n    raise ValueError(time.process_time_ns())\n", "utf-8"
    )

    done = run("--seeds", "1", "--chats", "3", "--repeat", "2", "--action", str(file))

    lines = done.stdout.splitlines()
    assert (done.returncode, len({line.split()[2] for line in lines})) == (1, 2), done.stdout + done.stderr
    assert [line.split()[3:5] for line in lines] == [["1", "times,"]] * 2


def test_json_is_one_object(tmp_path: Path) -> None:
    """The same as data, with a digest and figures for each seed."""
    done = run("--seeds", "2", "--chats", "4", "--json")

    told = json.loads(done.stdout)
    assert (done.returncode, told["good"], [one["seed"] for one in told["seeds"]]) == (0, True, [1, 2])
    assert all(len(one["digest"]) == 16 and one["figures"]["chats"] == 4 for one in told["seeds"])


def test_a_file_of_another_name_is_refused(tmp_path: Path) -> None:
    """Only a file named as one of our actions can take the place of one."""
    other = tmp_path / "other.py"
    other.touch()

    done = run("--action", str(other))

    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "nox -s simulate --: error: argument --action: expected a file named as an action of our flows, found "
        + str(other),
    )


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("--seeds", "x"), "argument --seeds: expected a whole number from 1 to 1000000, found 'x'"),
        (("--seeds", "9" * 5000), f"argument --seeds: expected a whole number from 1 to 1000000, found '{'9' * 39}"),
        (("--strict-every", "-1"), "argument --strict-every: expected a whole number from 0 to 1000000, found '-1'"),
        (("--jobs", "0"), "argument --jobs: expected a whole number from 1 to 256, found '0'"),
        (("--patience", "nan"), "argument --patience: expected seconds, 0 or more, found 'nan'"),
        (("--action", "none.py"), "argument --action: expected a file named as an action of our flows, found none.py"),
        (("--action", PROBE), f"argument --action: expected a file named as an action of our flows, found {PROBE}"),
        (("--action", TRIAGE, "--action", TRIAGE), "argument --action: expected each name once, found one twice"),
    ],
)
def test_what_cannot_be_played_is_refused_as_data(words: tuple[str, ...], refusal: str) -> None:
    """With --json the sentence on standard error is an object on standard output, too, and nothing is played."""
    done = run("--json", *words)

    said = f"nox -s simulate --: error: {refusal}"
    assert (done.returncode, json.loads(done.stdout), done.stderr.splitlines()[-1]) == (2, {"error": said}, said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the full disk is Linux's")
def test_a_full_disk_ends_it() -> None:
    """The first line that is not taken is the last, and says so; what was still to be played is not."""
    with Path("/dev/full").open("w") as full:
        command = [*COMMAND, "--seeds", "500", "--chats", "2"]
        done = subprocess.run(
            command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=CHOSEN
        )

    said = "simulate: the outcome could not be printed: No space left on device.\n"
    assert (done.returncode, done.stderr) == (1, said)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_ends_everything(name: str) -> None:
    """A Ctrl-C after the first seed, and the like, ends all processes of the session; nothing is left of it."""
    command = [*COMMAND, "--seeds", "200", "--chats", "3"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=CHOSEN,
    )
    assert process.stdout is not None
    process.stdout.readline()
    os.killpg(process.pid, getattr(signal, name))
    _, said = process.communicate()

    assert (process.returncode, said) == (
        128 + getattr(signal, name),
        "simulate: interrupted; what was running has been ended.\n",
    )
    assert _session(process.pid) == []


def _session(leader: int) -> list[str]:
    """The processes of a session, by what the system says of each."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            command = (folder / "cmdline").read_text()
        except OSError:
            continue
        if int(session) == leader and state != "Z" and command:  # without a command it is in its last moment
            found.append(command)
    return found
