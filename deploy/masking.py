"""What looks like a token, where does one stand, and how is it hidden? Asked of everything that is shown or kept."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

TOKEN = re.compile(
    r"(?:(?<![a-z0-9])|(?=pat-[a-z0-9]+-[0-9a-f]{8}-[0-9a-f]{4}-))pat-[a-z0-9]+-[0-9a-f-]{8,}", re.IGNORECASE
)
"""A service key's or a private app's (seen): a region, and a UUID or as much of one as somebody copied."""
MASK = "pat-..."


def masked(text: str) -> str:
    """Without anything that looks like a token."""
    return TOKEN.sub(MASK, text)


def masked_lines(lines: Iterable[str]) -> tuple[str, ...]:
    """Each of them."""
    return tuple(masked(line) for line in lines)


def token_line(text: str) -> int:
    """The number of the first line that has something that looks like a token; 0 when none has."""
    found = TOKEN.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def holds_token(definition: Any) -> str:
    """Where in a workflow's definition a token stands, as a person finds it; "" when nowhere."""
    if isinstance(definition, Mapping):
        actions = definition.get("actions")
        for raw in actions if isinstance(actions, list) else []:
            found = next(_found(raw, ""), "")
            if found:
                id = raw.get("actionId") if isinstance(raw, Mapping) else None
                return masked(f"action {id}, {found}")
        definition = {name: value for name, value in definition.items() if name != "actions"}
    return masked(next(_found(definition, ""), ""))


def _found(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, str):
        line = token_line(value)
        if line:
            yield f"{path}, line {line}" if "\n" in value else path or "the text"
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if TOKEN.search(str(name)):
                yield f"{path}, a name in it".removeprefix(", ")
            yield from _found(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            name = inner.get("name") if isinstance(inner, Mapping) else None
            yield from _found(inner, f"{path} {name}" if isinstance(name, str) else f"{path}[{number}]")
