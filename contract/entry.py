"""Is what stands under a key of the contract of the right kind? If not: refused, on its line.

The seven types are those HubSpot offers for outputs (documented, its page about custom code actions). That a
name is letters, digits and underscores is guessed from every example seen.
"""

import difflib
import json
import math
import re
from datetime import date, datetime
from typing import Any

from contract.block import Block, ContractError

TYPES = ("string", "number", "boolean", "datetime", "date", "enumeration", "phone_number")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
RESERVED = frozenset(
    # Documented by AWS ("Reserved environment variables"), and what would change the interpreter itself.
    "_HANDLER _X_AMZN_TRACE_ID AWS_ACCESS_KEY AWS_ACCESS_KEY_ID AWS_DEFAULT_REGION AWS_EXECUTION_ENV AWS_REGION "
    "AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN LAMBDA_RUNTIME_DIR LAMBDA_TASK_ROOT "
    "HOME LANG LD_LIBRARY_PATH LD_PRELOAD PATH PYTHONHOME PYTHONPATH TEMP TMP TMPDIR TZ".split()
)


def is_reserved(name: str) -> bool:
    """Is this variable of the environment one that Lambda sets itself?"""
    return name in RESERVED or name.startswith("AWS_LAMBDA_")


def show(value: object) -> str:
    """Return a value as TOML spells it, short enough for a sentence."""
    spelled = json.dumps(value, ensure_ascii=False, default=str)
    return spelled if len(spelled) <= 60 else spelled[:57] + "..."


class Entry:
    """One table of the contract, asked key by key; an answer of the wrong kind is refused at its line."""

    def __init__(self, block: Block, keys: tuple[str, ...], known: tuple[str, ...]) -> None:
        self.block = block
        self.keys = keys
        found: Any = block.data
        for key in keys:
            found = found[key]
        self.table: dict[str, Any] = self._tables(found, *keys)
        for key in self.table:
            if key not in known:
                close = difflib.get_close_matches(key, known, n=1)
                raise self.refuse(
                    key,
                    expected=f"one of {', '.join(known)}",
                    found=f"'{key}'",
                    remedy=f"Did you mean '{close[0]}'?" if close else "Remove it.",
                )

    def refuse(self, *keys: str, expected: str, found: str, remedy: str) -> ContractError:
        where = self.block.line_of(*self.keys, *keys)
        return ContractError(self.block.file, where, expected=expected, found=found, remedy=remedy)

    def names(self, key: str) -> tuple[str, ...]:
        """Return the names of the tables under `key`, each fit to be a variable in HubSpot."""
        named = self._tables(self.table.get(key, {}), *self.keys, key)
        for name in named:
            if not NAME.fullmatch(name):
                raise self.refuse(
                    key,
                    name,
                    expected="a name of letters, digits and underscores",
                    found=show(name),
                    remedy="Rename it here, in the code and in the workflow.",
                )
        return tuple(named)

    def type(self) -> str:
        kind = self.table.get("type")
        if kind not in TYPES:
            raise self.refuse(
                "type",
                expected=f"a type out of {', '.join(TYPES)}",
                found="none" if kind is None else show(kind),
                remedy="Use HubSpot's own name of the type.",
            )
        return str(kind)

    def options(self, kind: str) -> tuple[str, ...]:
        options = self.texts("options")
        if kind == "enumeration" and not options:
            raise self.refuse(
                "options",
                expected="the options of an enumeration",
                found="none",
                remedy='Add options = ["...", "..."].',
            )
        if kind != "enumeration" and "options" in self.table:
            raise self.refuse(
                "options",
                expected=f"no options for a {kind}",
                found=show(list(options)),
                remedy='Remove them, or say type = "enumeration".',
            )
        return options

    def text(self, key: str) -> str:
        value = self.table.get(key, "")
        if not isinstance(value, str):
            raise self.refuse(key, expected="a text", found=show(value), remedy='Put it in "...".')
        return value

    def flag(self, key: str) -> bool:
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            raise self.refuse(key, expected="true or false", found=show(value), remedy="Write it bare.")
        return value

    def texts(self, key: str, shape: re.Pattern[str] | None = None) -> tuple[str, ...]:
        """Return a list of different texts, each of the shape of a name when one is asked for."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            raise self.refuse(key, expected="a list of texts", found=show(value), remedy='Write ["...", "..."].')
        for each in value:
            if shape and not shape.fullmatch(each):
                raise self.refuse(
                    key,
                    expected="names of letters, digits and underscores",
                    found=show(each),
                    remedy="HubSpot makes an environment variable of it: rename it.",
                )
            if value.count(each) > 1:
                raise self.refuse(key, expected="each only once", found=f"{show(each)} twice", remedy="Remove one.")
        return tuple(value)

    def secrets(self) -> tuple[str, ...]:
        """Return the names of secrets, none of which Lambda sets itself."""
        names = self.texts("secrets", shape=NAME)
        for name in filter(is_reserved, names):
            raise self.refuse(
                "secrets",
                expected="names that are free",
                found=f"{show(name)}, which Lambda sets itself",
                remedy="Rename the secret.",
            )
        return names

    def json(self, key: str, kind: str) -> object:
        """Return what the JSON text under `key` says, None when there is no such key."""
        if key not in self.table:
            return None
        if kind != "string":
            raise self.refuse(
                key,
                expected='type = "string" for an input that is JSON text',
                found=show(kind),
                remedy=f"Remove '{key}' or change the type.",
            )
        try:
            parsed: object = json.loads(self.text(key), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as mistake:
            what = "one nested too deep" if isinstance(mistake, RecursionError) else f"a mistake in it: {mistake}"
            raise self.refuse(key, expected="JSON text", found=what, remedy="Correct it.") from None
        return parsed

    def check_default(self, kind: str, options: tuple[str, ...]) -> None:
        value = self.table["default"]
        good, expected = {
            "number": (_is_number(value), "a bare number"),
            "boolean": (isinstance(value, bool), "true or false"),
            "datetime": (_is_moment(value), "a TOML date and time with its zone (2026-03-02T08:00:00Z)"),
            "date": (type(value) is date, "a TOML date (2026-03-02)"),
            "enumeration": (value in options, f"one of {', '.join(options)}"),
        }.get(kind, (isinstance(value, str), "a text"))
        if not good:
            raise self.refuse(
                "default",
                expected=f"{expected} as default (type {kind})",
                found=show(value),
                remedy="Correct it, or remove it.",
            )

    def _tables(self, found: Any, *keys: str) -> dict[str, Any]:
        if not isinstance(found, dict):
            where = self.block.line_of(*keys)
            raise ContractError(
                self.block.file,
                where,
                expected=f"a table [{'.'.join(keys)}]",
                found=show(found),
                remedy="Write its keys under that heading.",
            )
        return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_moment(value: object) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")
