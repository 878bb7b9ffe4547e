"""How a list is cut into pages: an opaque cursor says where the next one begins."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any, TypeVar

from harness.portal import refusals

T = TypeVar("T")
POSITION = re.compile(r"at:[0-9:-]{1,60}", re.ASCII)


def cut(items: Sequence[T], limit: int, after: str) -> tuple[Sequence[T], dict[str, Any] | None]:
    """One page of a list that does not change between pages, and its `paging` if more follows."""
    start = number(after) if after else 0
    page = items[start : start + limit]
    more = start + limit < len(items)
    return page, paging(str(start + limit)) if more else None


def paging(position: str) -> dict[str, Any]:
    """The `paging` of an answer that has a next page."""
    return {"next": {"after": closed(position)}}


def closed(position: str) -> str:
    """A position as a cursor."""
    return urlsafe_b64encode(f"at:{position}".encode()).decode().rstrip("=")


def opened(cursor: str) -> str:
    """The position in a cursor; a 400 for a cursor that this portal did not make."""
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError:
        text = ""
    if not POSITION.fullmatch(text):
        raise _not_ours(cursor)
    return text[3:]


def number(cursor: str) -> int:
    """The position in a cursor, where that is a number."""
    position = opened(cursor)
    if not position.isdigit():
        raise _not_ours(cursor)
    return int(position)


def _not_ours(cursor: str) -> refusals.Refusal:
    return refusals.bad_parameter("The paging cursor is not valid", "after", value=cursor)
