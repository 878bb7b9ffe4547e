"""The day file as a file: what is no YAML, or no text, is refused with what to do."""

from pathlib import Path

from harness.day.source import load
from tests.harness.day.conftest import refusal_of, written


def test_no_yaml(tmp_path: Path) -> None:
    """A file that is no YAML is refused with the place."""
    file = written(tmp_path, "- [", head="day: 2026-03-02")

    assert refusal_of(file) == (
        "line 3, column 4: expected YAML, found a mistake in it: expected the node content, but found '<stream end>'. "
        "Correct it there."
    )


def test_no_file(tmp_path: Path) -> None:
    """A missing file is refused by its path."""
    file = tmp_path / "tuesday.yaml"

    assert refusal_of(file) == "the file: expected a day in YAML, found no file. Correct the path."


def test_folder(tmp_path: Path) -> None:
    """A folder is no day."""
    assert refusal_of(tmp_path) == "the file: expected a day in YAML, found Is a directory. Correct the path."


def test_no_utf_8(tmp_path: Path) -> None:
    """A file in another encoding is refused at its byte: the path is right."""
    file = tmp_path / "day.yaml"
    file.write_bytes(b"day: \xe4")

    assert refusal_of(file) == (
        "the file: expected UTF-8 text, found the byte 0xe4 at place 5. Save the file as UTF-8."
    )


def test_nested(tmp_path: Path) -> None:
    """Lists within lists without end are refused before they exhaust anything."""
    file = written(tmp_path, f"- {'[' * 5000}")

    assert refusal_of(file) == (
        "the file: expected at most a few hundred lists or maps within each other, found more. Write it flatter."
    )


def test_value_that_is_none(tmp_path: Path) -> None:
    """A value that its own tag does not fit is refused like any other mistake in the YAML."""
    file = written(tmp_path, "- !!int lots")

    assert refusal_of(file) == (
        "the file: expected YAML, found a mistake in it: invalid literal for int() with base 10: 'lots'. "
        "Correct it there."
    )


def test_dates_stay_texts(tmp_path: Path) -> None:
    """What looks like a date is text, so that whoever reads it can say where it is wrong."""
    file = tmp_path / "day.yaml"
    file.write_text("{day: 2026-02-30, times: 3, on: 2026-03-02 10:00:00}", encoding="utf-8")

    assert load(file) == {"day": "2026-02-30", "times": 3, True: "2026-03-02 10:00:00"}


def test_text_alone(tmp_path: Path) -> None:
    """A file that is YAML but no map is told what a day has."""
    file = tmp_path / "day.yaml"
    file.write_text("Monday", encoding="utf-8")

    assert refusal_of(file) == (
        "the file: expected a map, found a text. It has day, served_inboxes, agents, confirmations, chats, and if "
        "wanted other_inboxes, canaries, tickets, weather."
    )
