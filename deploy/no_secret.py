"""Does a portal's file hold a secret, and can what the variable holds be a token at all?

HubSpot's tokens of private apps and service keys are pat-<region>-<uuid> (documented); an API key of earlier years and
an app's client secret are a bare UUID (documented). The text of the file is searched, and for the first also the values
that it makes: a text in several lines is one value.
"""

import re
from collections.abc import Iterator
from typing import Any

from deploy.masking import TOKEN, masked
from deploy.refusals import BadPortalFile

MOST = 4096  # characters of a token: a header line takes no more everywhere
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_AGAIN = "Take it out, make a new key in HubSpot, and name its variable in token_variable."


def in_text(where: str, text: str) -> None:
    """A BadPortalFile that names the first line with something that may be a secret, and what it was taken for."""
    for number, line in enumerate(text.splitlines(), 1):
        if TOKEN.search(line):
            raise _looks(f"{where}, line {number}")
        if _UUID.search(line):
            raise BadPortalFile(
                f"{where}, line {number}",
                expected="no secret in a file",
                found="a UUID, which may be an API key or an app's client secret",
                remedy=f"{_AGAIN} If it is a harmless id, write its first hyphen as \\u002D, in double quotes.",
            )


def in_values(where: str, table: dict[str, Any]) -> None:
    """The same of a token that stands in several lines, or with escapes."""
    for path, text in _texts(table, ""):
        if TOKEN.search(text):
            raise _looks(masked(f"{where}, {path}"))


def fits_a_header(token: str) -> bool:
    """Whether it can be sent: no blanks inside, no line ends, nothing that is not ASCII."""
    return token.isascii() and token.isprintable() and " " not in token and len(token) <= MOST


def _looks(at: str) -> BadPortalFile:
    found = "something that looks like a token of a service key or private app (pat-...)"
    return BadPortalFile(at, expected="no secret in a file", found=found, remedy=_AGAIN)


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Every text with its place; without recursion, because a table may be nested as deep as TOML allows."""
    left = [(path, value)]
    while left:
        at, each = left.pop()
        if isinstance(each, str):
            yield at, each
        elif isinstance(each, dict):
            left += [(at, key) for key in each]
            left += [(f"{at}.{key}" if at else key, inner) for key, inner in each.items()]
        elif isinstance(each, list):
            left += [(at, inner) for inner in each]
