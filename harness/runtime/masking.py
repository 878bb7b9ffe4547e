"""How do secrets stay out of what a run leaves behind? Each becomes ***, in the spellings it travels in.

A secret is recognised whole, by its first half, or one line of it where it has several. What else an action itself cuts
out of one, or turns it into (a hash, its letters one by one), is not.
"""

import base64
import json
import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import quote, quote_plus, unquote

HIDDEN = "***"
_TELLING = 8
"""From so many characters on a secret's derived spellings are nothing else by chance."""


@lru_cache(maxsize=16)
def mask_of(secrets: frozenset[str]) -> "Mask":
    """The mask of these secrets, which are mostly those of the run before."""
    return Mask(secrets)


class Mask:
    """Hides these secrets in texts and in plain data."""

    def __init__(self, secrets: Iterable[str]) -> None:
        values = [secret for secret in secrets if secret.strip()]
        self._values = frozenset(values)
        self._spellings = sorted({spelling for secret in values for spelling in _spellings(secret)}, key=len)
        self.longest = max((len(spelling) for spelling in self._spellings), default=0)
        halves = [len(value) // 2 for value in values if len(value) // 2 >= _TELLING]
        self._shortest = min((*halves, *map(len, self._spellings)), default=math.inf)

    def text(self, text: str) -> str:
        """The text without the secrets."""
        return self.shorten(text, len(text))

    def shorten(self, text: str, limit: int) -> str:
        """At most so much of the text, without the secrets, and without the beginning of one that would be cut."""
        if len(text) < self._shortest:
            return text[:limit]
        shown, at = [], 0
        for begin, end in self._places(text):
            if begin >= limit:
                break
            shown += [text[at:begin], HIDDEN if end <= limit else ""]
            at = end
        return "".join((*shown, text[at:limit]))

    def path(self, path: str) -> str:
        """A path without the secrets, however its sender has quoted them."""
        masked = self.text(path)
        plain = unquote(masked)
        return masked if self.text(plain) == plain else self.text(plain)

    def data(self, value: Any) -> Any:
        """The same plain data without the secrets: its texts, keys, and numbers that are one."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(key): self.data(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.data(item) for item in value]
        if isinstance(value, int | float) and not isinstance(value, bool) and str(value) in self._values:
            return HIDDEN
        return value

    def _places(self, text: str) -> list[tuple[int, int]]:
        """Where secrets stand, in order; those that overlap are one place."""
        found: list[tuple[int, int]] = list(self._beginnings(text))
        for spelling in self._spellings:
            at = text.find(spelling)
            while at >= 0:
                if found and found[-1][0] <= at <= found[-1][1]:
                    found[-1] = (found[-1][0], max(found[-1][1], at + len(spelling)))
                else:
                    found.append((at, at + len(spelling)))
                at = text.find(spelling, at + 1)
        merged: list[tuple[int, int]] = []
        for begin, end in sorted(found):
            if merged and begin < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((begin, end))
        return merged

    def _beginnings(self, text: str) -> Iterator[tuple[int, int]]:
        """Where half of a secret or more stands."""
        for value in self._values:
            half = len(value) // 2
            if half >= _TELLING:
                at = text.find(value[:half])
                while at >= 0:
                    end = at + next(
                        (n for n in range(half, len(value)) if text[at + n : at + n + 1] != value[n]), len(value)
                    )
                    yield at, end
                    at = text.find(value[:half], end)


def _spellings(secret: str) -> set[str]:
    """As itself, inside JSON and reprs, in a URL, in base64, as a host's name, by lines."""
    lines = [line for line in secret.splitlines() if len(line.strip()) >= _TELLING]
    spellings: set[str] = set()
    for value in {secret, *lines}:
        escaped = json.dumps(value)[1:-1]
        quoted = {quote(value, safe=safe) for safe in ("", "/", "/~", "!#$%&'()*+,/:;=?@[]~")}
        spellings |= {value, escaped, json.dumps(escaped)[1:-1], repr(value)[1:-1], quote_plus(value), *quoted}
        spellings |= {ascii(value)[1:-1], repr(value.encode())[2:-1]}
        if len(value) >= _TELLING:
            spellings |= {
                value.lower(),
                value.upper(),
                re.sub(r"\W", "_", value),
                value.encode().hex(),
                *_in_base64(value.encode()),
            }
        else:
            spellings.add(base64.b64encode(value.encode()).decode())
    return {spelling for spelling in spellings if spelling.strip()}


def _in_base64(value: bytes) -> set[str]:
    """By itself, or inside something longer: what of it then does not depend on its neighbours."""
    found = {base64.b64encode(value).decode()}
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + value).decode().rstrip("=")
        core = encoded[(0, 2, 3)[before] : len(encoded) if (before + len(value)) % 3 == 0 else -1]
        found.add(core)
    return found | {each.replace("+", "-").replace("/", "_") for each in found}
