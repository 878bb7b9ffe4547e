"""What is said in one sitting, and is somebody waiting at its end? Lines with their times, and the label."""

import random

from tests.report.oracle import talks
from tests.report.oracle.talks import Talk
from tests.report.oracle.words import LANGUAGES, Words
from tests.simulation.events import CLOSE, MINUTE, REOPEN, SECOND, VISITOR, Label, Line

HALF_AN_HOUR = 30 * MINUTE


def sitting(dice: random.Random, *, first: bool) -> tuple[tuple[Line, ...], Label]:
    """A sitting; only a chat's first may be one in which nothing is asked."""
    say = LANGUAGES[dice.choice(list(LANGUAGES))]
    drawn = dice.random()
    if drawn < 0.08 and first:
        return _said(dice, talks.nothing(say)[0]), "skipped"
    talk = dice.choice(talks.unresolved(say) if drawn < 0.58 else talks.resolved(say))
    label: Label = "unresolved" if talk.label == talks.UNRESOLVED else "resolved"
    lines = _said(dice, talk)
    drawn = dice.random()
    if drawn < 0.07:
        lines = _closed_by_mistake(dice, lines)
    elif drawn < 0.14:
        lines = _added_line(dice, say)
        label = "unresolved" if lines[-2].text == say.insists else "resolved"
    return lines, label


def _said(dice: random.Random, talk: Talk) -> tuple[Line, ...]:
    """Its lines, and the close."""
    after, lines = 0, []
    for who, text in talk.lines:
        lines.append(Line(after, who, text))
        after += dice.randint(5, 240) * SECOND
    pause = dice.choice((0, 0, 0, 6 * MINUTE, 5 * 60 * MINUTE))  # an agent forgets to close it
    return (*lines, Line(after + pause, CLOSE))


def _closed_by_mistake(dice: random.Random, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """An agent opens it again and closes it within minutes."""
    close = lines[-1].after
    again = close + dice.randint(2, 300) * SECOND
    return (*lines, Line(again, REOPEN), Line(again + dice.randint(1, 300) * SECOND, CLOSE))


def _added_line(dice: random.Random, say: Words) -> tuple[Line, ...]:
    """The visitor adds a line less than half an hour after the close, which is still the same sitting."""
    begun, end = dice.choice(((talks.unresolved(say)[2], say.insists), (talks.resolved(say)[0], say.thanks)))
    lines = _said(dice, begun)
    added = lines[-1].after + dice.randint(SECOND, HALF_AN_HOUR - 1) // SECOND * SECOND
    return (*lines, Line(added, VISITOR, end), Line(added + dice.randint(1, 300) * SECOND, CLOSE))
