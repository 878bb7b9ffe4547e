"""What does a portal's TOML say: which account, which workflows, which settings, and where the token is?

One file per account, `deploy/portals/<name>.toml`. It never holds a secret: only the name of the variable that does.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from deploy.refusals import BadPortalFile

PACKAGE = Path(__file__).parents[1]
HUBSPOT = "https://api.hubapi.com"
FLOW_VERSIONS = ("v4", "2026-09-beta")
KINDS = ("production", "test")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_TOKEN = re.compile(rf"pat-[a-z0-9]+-[0-9a-f-]{{8,}}|{_UUID}", re.IGNORECASE)
_KEYS = {"portal_id", "kind", "ui_host", "api_host", "token_variable", "runtime", "flows_api", "workflows", "inputs"}
_WORKFLOW_KEYS = {"id", "enabled", "by_hand", "email"}


@dataclass(frozen=True, slots=True)
class Workflow:
    """One workflow of ours in this account."""

    name: str  # its file in deploy/workflows, without .json
    id: str = ""  # HubSpot's flow id; none: it is not there yet
    enabled: bool | None = None  # None: as it stands in HubSpot; a new one is off
    by_hand: bool = False  # put there by copy and paste: HubSpot's API does not have it
    email: str = ""  # the e-mail that HubSpot's own Send email sends, where the workflow has one


@dataclass(frozen=True, slots=True)
class PortalFile:
    """One account's file."""

    path: Path
    name: str
    portal_id: int
    kind: str
    ui_host: str = "app.hubspot.com"
    api_host: str = HUBSPOT
    token_variable: str = "HUBSPOT_DEPLOY_TOKEN"
    runtime: str = ""
    flows_api: str = "v4"
    workflows: dict[str, Workflow] = field(default_factory=dict)
    inputs: dict[str, Any] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """How errors name it."""
        return f"deploy/portals/{self.path.name}"

    @property
    def token(self) -> str:
        """The deploy key's token; a BadPortalFile says which variable lacks it."""
        token = os.environ.get(self.token_variable, "").strip()
        if not token:
            raise BadPortalFile(
                f"{self.where}, token_variable",
                expected=f"a token in the variable {self.token_variable}",
                found="none",
                remedy=f"Make a service key with the scope automation and export {self.token_variable}=...",
            )
        return token


def project() -> Path:
    """Whose portals and ledgers these are: those of the current folder, if it has any, else ours."""
    here = Path.cwd()
    return here if (here / "deploy" / "portals").is_dir() else PACKAGE


def workflow_files() -> dict[str, Path]:
    """Every workflow's file by its name: the project's own, and ours where the project has none of that name."""
    folders = (PACKAGE / "deploy" / "workflows", project() / "deploy" / "workflows")
    return {file.stem: file for folder in folders for file in sorted(folder.glob("*.json"))}


def read(name: str) -> PortalFile:
    """Read a portal's file by its name; a BadPortalFile names file and key."""
    folder = project() / "deploy" / "portals"
    path = folder / f"{name}.toml"
    where = f"deploy/portals/{path.name}"
    if not _NAME.fullmatch(name) or not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.toml"))) or "none"
        raise BadPortalFile(
            where,
            expected=f"a portal's file (there are: {known})",
            found="none",
            remedy="Copy example.toml and fill it in.",
        )
    try:
        text = path.read_text("utf-8-sig")
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as mistake:
        raise BadPortalFile(
            where, expected="TOML", found=f"a mistake: {mistake}", remedy="Correct this line."
        ) from None
    _no_secret(where, text)
    _only(where, table, _KEYS)
    return PortalFile(
        path=path,
        name=name,
        portal_id=_take(where, table, "portal_id", int),
        kind=_one_of(where, table, "kind", KINDS, ""),
        ui_host=_take(where, table, "ui_host", str, "app.hubspot.com"),
        api_host=_host(where, table),
        token_variable=_take(where, table, "token_variable", str, "HUBSPOT_DEPLOY_TOKEN"),
        runtime=_take(where, table, "runtime", str, ""),
        flows_api=_one_of(where, table, "flows_api", FLOW_VERSIONS, "v4"),
        workflows=_workflows(where, _take(where, table, "workflows", dict, {})),
        inputs=_take(where, table, "inputs", dict, {}),
    )


def _workflows(where: str, table: Mapping[str, Any]) -> dict[str, Workflow]:
    found = {}
    for name, entry in table.items():
        at = f"{where}, [workflows.{name}]"
        if name not in workflow_files():
            known = ", ".join(sorted(workflow_files()))
            raise BadPortalFile(at, expected=f"one of {known}", found=repr(name), remedy="Correct the name.")
        if not isinstance(entry, dict):
            raise BadPortalFile(at, expected="a table", found=_kind(entry), remedy=f"Write [workflows.{name}].")
        _only(at, entry, _WORKFLOW_KEYS)
        enabled = _take(at, entry, "enabled", bool, None)
        id = _take(at, entry, "id", str, "")
        if id and not id.isdigit():
            raise BadPortalFile(
                f"{at}, id",
                expected="a flow id, digits in quotes",
                found=repr(id),
                remedy="It stands in the editor's address.",
            )
        by_hand, email = _take(at, entry, "by_hand", bool, False), _take(at, entry, "email", str, "")
        found[name] = Workflow(name, id, enabled, by_hand, email)
    _each_once(where, found)
    return found


def _each_once(where: str, workflows: Mapping[str, Workflow]) -> None:
    owners: dict[str, str] = {}
    for each in workflows.values():
        if each.id and each.id in owners:
            raise BadPortalFile(
                f"{where}, [workflows.{each.name}], id",
                expected="each workflow to have an id of its own",
                found=f"{each.id}, which is also that of {owners[each.id]}",
                remedy="Correct one of the two.",
            )
        owners[each.id] = each.name


def _host(where: str, table: Mapping[str, Any]) -> str:
    host = _take(where, table, "api_host", str, HUBSPOT).rstrip("/")
    parts = urlsplit(host)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK):
        return str(host)
    raise BadPortalFile(
        f"{where}, api_host",
        expected="an address that begins with https://, or http:// of this machine",
        found=repr(host[:100]),
        remedy="A token must not travel in the clear.",
    )


def _no_secret(where: str, text: str) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        if _TOKEN.search(line):
            raise BadPortalFile(
                f"{where}, line {number}",
                expected="no secret in a file",
                found="something that looks like a token",
                remedy="Take it out, make a new key in HubSpot, and name its variable in token_variable.",
            )


def _only(where: str, table: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(table.keys() - known)
    if unknown:
        raise BadPortalFile(
            f"{where}, {unknown[0]}",
            expected=f"one of {', '.join(sorted(known))}",
            found=f"{unknown[0]!r}",
            remedy="Correct the name.",
        )


def _take(where: str, table: Mapping[str, Any], key: str, kind: type, default: Any = ...) -> Any:
    value = table.get(key, default)
    if value is ...:
        raise BadPortalFile(f"{where}, {key}", expected=_WORDS[kind], found="no such key", remedy=f"Add {key} = ...")
    if value is not default and (not isinstance(value, kind) or (kind is int and isinstance(value, bool))):
        raise BadPortalFile(f"{where}, {key}", expected=_WORDS[kind], found=_kind(value), remedy="Correct the value.")
    return value


def _one_of(where: str, table: Mapping[str, Any], key: str, known: tuple[str, ...], default: str) -> str:
    value = _take(where, table, key, str, default or ...)
    if value not in known:
        raise BadPortalFile(
            f"{where}, {key}",
            expected=f"one of {', '.join(known)}",
            found=repr(value[:100]),
            remedy="Correct the value.",
        )
    return str(value)


_WORDS: dict[type, str] = {int: "a whole number", str: "text", bool: "true or false", dict: "a table"}


def _kind(value: object) -> str:
    words = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "a table"}
    return words.get(type(value), "a date or time")
