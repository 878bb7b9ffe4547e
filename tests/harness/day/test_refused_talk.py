"""A chat's talk: what would hang, get lost or contradict itself is refused before the day."""

from pathlib import Path

import pytest

from tests.harness.day.conftest import GOOD, refusal_of, written

REPEAT = "{times: 2, every: 10, talk:"
CLOSE = "expected close: unresolved or close: resolved as the last line, found"


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        (
            "2 min",
            "99999999999 h",
            "chat kettle: expected a span of at most 24 h, such as \"3 min\", found '99999999999 h'. "
            "Units are s, min and h.",
        ),
        (
            "2 min",
            "25 h",
            "chat kettle: expected a span of at most 24 h, such as \"3 min\", found '25 h'. Units are s, min and h.",
        ),
        (
            "2 min",
            "15 h",
            "chat kettle: expected every line on the day itself, found one on 2026-03-03 at 00:00:40. "
            "Correct its talk.",
        ),
        (
            REPEAT,
            "{times: 100000000, talk:",
            "chat kettle: expected repeat: times from 1 to 10,000, found 100000000. Correct its talk.",
        ),
        (
            REPEAT,
            "{times: -5, talk:",
            "chat kettle: expected repeat: times from 1 to 10,000, found -5. Correct its talk.",
        ),
        (
            REPEAT,
            "{times: 2, every: .nan, talk:",
            "chat kettle: expected repeat: every from 0 to 3600 seconds, found nan. Correct its talk.",
        ),
        (
            REPEAT,
            "{times: 2, every: -1, talk:",
            "chat kettle: expected repeat: every from 0 to 3600 seconds, found -1.0. Correct its talk.",
        ),
        (
            '[{visitor: "line {n}"}]',
            "[]",
            "chat kettle: expected repeat: at least one line as talk, found none. Correct its talk.",
        ),
        (
            '[{visitor: "line {n}"}]',
            "[{repeat: {times: 9999, every: 0, talk: [{visitor: hello}]}}]",
            "chat kettle: expected at most 10,000 lines in one chat, found more. Correct its talk.",
        ),
        (
            "- repeat: {times: 2",
            "- &again\n      repeat: {times: 1, talk: [*again]}\n    - repeat: {times: 2",
            "chat kettle: expected at most 5 repeats within each other, found more. Correct its talk.",
        ),
        (
            "close: resolved",
            "close: again",
            f"chat kettle: {CLOSE} close: again. Say how it was closed for good.",
        ),
    ],
)
def test_refused(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    """A talk that cannot be played to a close within its day is refused with its chat."""
    assert right in GOOD

    assert refusal_of(written(tmp_path, GOOD.replace(right, wrong))) == says


def test_no_talk(tmp_path: Path) -> None:
    """A chat without a line has no end."""
    chat = '- {name: kettle, at: "09:00", from: visitor-1, talk: [], expected: nothing}'

    assert refusal_of(written(tmp_path, chat)) == f"chat kettle: {CLOSE} nothing. Say how it was closed for good."
