"""Where are the tables when they have outgrown a laptop? A TOML says which warehouse, and what they are called there.

backend = "snowflake"               # any backend of Ibis that is installed
catalog = "service"                 # optional: where the tables are
schema = "chats"

[connection]                        # handed to the backend's connect
user = "report"

[secrets]                           # the same, but each value is the name of a variable that holds it
password = "WAREHOUSE_PASSWORD"

[tables]                            # ours = theirs; those not named have our names
closes = "chat_closes"
"""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ibis

from deploy.masking import TOKEN
from report.analysis.tables import COLUMNS, CannotRead, Tables, of_backend

MOST_BYTES = 100_000
_KEYS = ("backend", "catalog", "schema", "connection", "secrets", "tables")
_SECRET = re.compile(r"passw|token|secret|private|api_?key|access_?key|credential|passphrase", re.IGNORECASE)


def read(path: Path) -> Tables:
    """Connect as the file says and find the tables; a CannotRead names file and key."""
    said = _said(path)
    backend = _connected(path.name, said)
    names = {name: said["tables"].get(name, name) for name in COLUMNS}
    place = tuple(said[key] for key in ("catalog", "schema") if key in said)

    def table(name: str) -> Any:
        try:
            return backend.table(names[name], database=(place[0] if len(place) == 1 else place) or None)
        except Exception as problem:  # noqa: BLE001 (each backend has its own)
            expected = f"a table {'.'.join((*place, names[name]))} that can be read"
            remedy = "Correct the name, catalog and schema, or grant SELECT on it."
            where = f"{path.name}, tables.{name}"
            raise CannotRead(where, expected=expected, found=type(problem).__name__, remedy=remedy) from None

    return of_backend(table, lambda name: f"{path.name}, tables.{name}")


def _said(path: Path) -> dict[str, Any]:
    """The file's keys, each of its type; tables that are not there are empty."""
    said = _toml(path)
    unknown = sorted(set(said) - set(_KEYS))
    if unknown:
        expected = f"only the keys {', '.join(_KEYS)}"
        raise CannotRead(f"{path.name}, {unknown[0]}", expected=expected, found="another", remedy="Take it out.")
    for key, value in said.items():
        kind: type = dict if key in ("connection", "secrets", "tables") else str
        _of_kind(f"{path.name}, {key}", value, kind)
    for key in ("secrets", "tables"):
        for name, value in said.setdefault(key, {}).items():
            _of_kind(f"{path.name}, {key}.{name}", value, str)
    _only_ours(path.name, said)
    return {"connection": {}} | said


def _only_ours(file: str, said: dict[str, Any]) -> None:
    """What is asked for exists, and no secret stands in the file."""
    for name in sorted(set(said["tables"]) - set(COLUMNS)):
        expected = f"only {', '.join(COLUMNS)}"
        raise CannotRead(f"{file}, tables.{name}", expected=expected, found="another", remedy="Take it out.")
    for name in said.get("connection", {}):
        if _SECRET.search(name) or name in said["secrets"]:
            remedy = f'Export it as a variable and write {name} = "ITS_NAME" below [secrets].'
            raise CannotRead(f"{file}, connection.{name}", expected="no secret", found="one", remedy=remedy)
    if "backend" not in said:
        raise CannotRead(f"{file}, backend", expected="a backend of Ibis", found="none", remedy="Name one.")
    if "catalog" in said and "schema" not in said:
        raise CannotRead(f"{file}, schema", expected="one beside the catalog", found="none", remedy="Name it.")


def _toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES).decode("utf-8-sig")
        if TOKEN.search(text):
            remedy = "Take it out, and make a new key in HubSpot."
            raise CannotRead(path.name, expected="no secret", found="what looks like HubSpot's token", remedy=remedy)
        return tomllib.loads(text)
    except FileNotFoundError:
        found, remedy = "none", "Write one; the docs show it."
    except OSError as problem:
        found, remedy = problem.strerror or type(problem).__name__, "See to it that it can be read."
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as problem:
        found, remedy = str(problem).partition("\n")[0][:200], "Correct it."
    raise CannotRead(path.name or str(path), expected="a warehouse's TOML file", found=found, remedy=remedy)


def _of_kind(where: str, value: Any, kind: type) -> None:
    if not isinstance(value, kind) or (kind is str and not value):
        expected = "a table" if kind is dict else "a text"
        found = "an empty text" if value == "" else type(value).__name__
        raise CannotRead(where, expected=expected, found=found, remedy="Correct it.")


def _connected(file: str, said: dict[str, Any]) -> Any:
    name, known = said["backend"], sorted(entry.name for entry in ibis.util.backend_entry_points())
    if name not in known:
        remedy = f"There are {', '.join(known)}."
        raise CannotRead(f"{file}, backend", expected="a backend of Ibis", found=repr(name[:40]), remedy=remedy)
    secrets = {key: _secret(file, key, variable) for key, variable in said["secrets"].items()}
    try:
        return getattr(ibis, name).connect(**said["connection"], **secrets)
    except ImportError as problem:
        where, expected, found = f"{file}, backend", f"the libraries of {name}", f"no {problem.name}"
        remedy = f"Install them: pip install 'ibis-framework[{name}]'."
    except Exception as problem:  # noqa: BLE001 (each backend has its own)
        where, expected = f"{file}, connection", f"what ibis.{name}.connect takes and {name} lets in"
        found, remedy = _said_by(problem, secrets), "Correct it, or the variables named in secrets."
    raise CannotRead(where, expected=expected, found=found, remedy=remedy)


def _said_by(problem: Exception, secrets: Mapping[str, str]) -> str:
    """Its first line, without what we gave it to keep for itself."""
    text = str(problem)
    for value in sorted(secrets.values(), key=len, reverse=True):
        text = text.replace(value, "***")
    return f"{type(problem).__name__}: {text.strip().partition(chr(10))[0][:200]}"


def _secret(file: str, name: str, variable: str) -> str:
    value = os.environ.get(variable, "")
    if not value:
        expected = f"a value in the variable {variable}"
        remedy = f"Export {variable}=..."
        raise CannotRead(f"{file}, secrets.{name}", expected=expected, found="none", remedy=remedy)
    return value
