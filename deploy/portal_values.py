"""Can this be the value of a key in a portal's file? Each answer names file, key, expected and found."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from deploy.refusals import BadPortalFile

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_DIGITS = 18  # of an id
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_RUNTIME = re.compile(r"PYTHON[0-9]+|NODE[0-9]+X", re.ASCII)  # HubSpot has these two languages (documented)
_WORDS: dict[type, str] = {int: "a whole number", str: "text", bool: "true or false", dict: "a table"}


def only(where: str, table: Mapping[str, Any], known: set[str]) -> None:
    """No key that nobody reads."""
    unknown = sorted(table.keys() - known)
    if unknown:
        raise BadPortalFile(
            f"{where}, {unknown[0]}",
            expected=f"one of {', '.join(sorted(known))}",
            found=f"{unknown[0]!r}",
            remedy="Correct the name.",
        )


def take(where: str, table: Mapping[str, Any], key: str, kind: type, default: Any = ...) -> Any:
    """A value of this kind; without a default it has to be there."""
    value = table.get(key, default)
    if value is ...:
        raise BadPortalFile(f"{where}, {key}", expected=_WORDS[kind], found="no such key", remedy=f"Add {key} = ...")
    if value is not default and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
        raise BadPortalFile(f"{where}, {key}", expected=_WORDS[kind], found=kind_of(value), remedy="Correct the value.")
    return value


def one_of(where: str, table: Mapping[str, Any], key: str, known: tuple[str, ...], default: str) -> str:
    """One of a few words."""
    value = take(where, table, key, str, default or ...)
    if value not in known:
        raise _wrong(where, key, f"one of {', '.join(known)}", value)
    return str(value)


def portal_id(where: str, table: Mapping[str, Any]) -> int:
    """The account's number."""
    value = take(where, table, "portal_id", int)
    if not 0 < value < 10**MOST_DIGITS:
        raise _wrong(where, "portal_id", "the account's Hub ID, a number above 0", value)
    return int(value)


def flow_id(where: str, table: Mapping[str, Any]) -> str:
    """A workflow's number; "" where it has none yet."""
    value = take(where, table, "id", str, "")
    if value and not (value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS):
        raise BadPortalFile(
            f"{where}, id",
            expected="a flow id, digits in quotes",
            found=repr(value[:100]),
            remedy="It stands in the editor's address.",
        )
    return str(value)


def ui_host(where: str, table: Mapping[str, Any], default: str) -> str:
    """The host that links begin with, and nothing but the host."""
    value = take(where, table, "ui_host", str, default)
    if not _HOST.fullmatch(value):
        raise _wrong(where, "ui_host", f"a host's name alone, as {default}", value)
    return str(value)


def api_host(where: str, table: Mapping[str, Any], default: str) -> str:
    """Where requests go. A token goes there, so it has to be https, or this machine."""
    host = str(take(where, table, "api_host", str, default)).rstrip("/")
    try:
        parts = urlsplit(host)
        whole = bool(parts.hostname) and parts.port != 0 and parts.username is None and host.isprintable()
    except ValueError:  # brackets, or a port above 65535
        whole, parts = False, urlsplit("")
    if not whole or parts.query or parts.fragment or " " in host or ".." in parts.path:
        shown = repr(host.partition("@")[2] or host)[:100]  # what stands before an @ may be a password
        raise BadPortalFile(
            f"{where}, api_host",
            expected=f"an address of host and perhaps port, as {default}",
            found=shown,
            remedy="Correct the value.",
        )
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return host
    raise BadPortalFile(
        f"{where}, api_host",
        expected="an address that begins with https://, or http:// of this machine",
        found=repr(host[:100]),
        remedy="A token must not travel in the clear.",
    )


def token_variable(where: str, table: Mapping[str, Any], default: str, key: str = "token_variable") -> str:
    """A variable's name; what stands there instead is not repeated, because it may be the token."""
    value = take(where, table, key, str, default)
    if not _VARIABLE.fullmatch(value):
        raise BadPortalFile(
            f"{where}, {key}",
            expected="the name of a variable: letters, digits and _, no digit first",
            found="nothing" if not value else "another text",
            remedy=f"Write the name alone, as {default}.",
        )
    return str(value)


def runtime(where: str, table: Mapping[str, Any]) -> str:
    """What the code shall run on; "" where each action says it itself."""
    value = take(where, table, "runtime", str, "")
    if value and not _RUNTIME.fullmatch(value):
        raise _wrong(where, "runtime", "a runtime as HubSpot writes it, such as PYTHON39 or NODE20X", value)
    return str(value)


def kind_of(value: object) -> str:
    """What a TOML value is, in words."""
    words = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "a table"}
    return words.get(type(value), "a date or time")


def _wrong(where: str, key: str, expected: str, value: object) -> BadPortalFile:
    return BadPortalFile(f"{where}, {key}", expected=expected, found=repr(value)[:100], remedy="Correct the value.")
