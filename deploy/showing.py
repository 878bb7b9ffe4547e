"""How is a text that others wrote shown? So that it forges no line, hides nothing, and lets what differs be seen."""

import html
import re
import unicodedata
from collections.abc import Iterable

from deploy.masking import masked

SHOWN = 120  # characters of a value
AROUND = 30  # of them, before what differs
JOINERS = "\u200c\u200d"  # some scripts and emoji are written with them
UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def printable(text: str) -> str:
    r"""On one line and in plain sight: control and direction characters as \x1b or \u2028; a tab stays."""
    if text.isascii() and text.replace("\t", "").isprintable():
        return text
    return "".join(map(_plain, text))


def shown(text: str) -> str:
    """Printable, and without tokens."""
    return printable(masked(text))


def exact(text: str) -> str:
    """Printable, and different for different texts: their own backslashes and tabs are told from ours."""
    return printable(text.replace("\\", "\\\\").replace("\t", "\\t"))


def short(text: str) -> str:
    """Its beginning."""
    said = shown(text)
    return said if len(said) <= SHOWN else f"{said[: SHOWN - 1]}…"


def beside(before: str, after: str) -> tuple[str, str]:
    """Two texts as they are shown beside one another: where they are too long, the part in which they differ."""
    one, two = shown(before), shown(after)
    if one == two and before != after:
        one, two = exact(before), exact(after)
    if max(len(one), len(two)) <= SHOWN:
        return one, two
    pairs = zip(one, two, strict=False)
    at = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(two)))
    start = at - AROUND if at > SHOWN - AROUND else 0
    return _window(one, start), _window(two, start)


def fence(lines: Iterable[str]) -> str:
    """A fence of Markdown that none of these lines closes."""
    longest = max((len(run) for line in lines for run in re.findall(r"`+", line)), default=0)
    return "`" * max(3, longest + 1)


def in_summary(text: str) -> str:
    """For a summary of HTML in Markdown: as code, in which nothing is a tag, a link or a mention."""
    return f"<code>{html.escape(shown(text))}</code>"


def _plain(character: str) -> str:
    if character in JOINERS or character == "\t" or unicodedata.category(character) not in UNSEEN:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _window(text: str, start: int) -> str:
    room = SHOWN - 2
    return ("…" if start else "") + text[start : start + room] + ("…" if len(text) > start + room else "")
