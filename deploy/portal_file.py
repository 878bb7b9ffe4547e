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

from deploy import no_secret, portal_values
from deploy.portal_values import kind_of, one_of, only, take
from deploy.refusals import BadPortalFile

PACKAGE = Path(__file__).parents[1]
HUBSPOT = "https://api.hubapi.com"
FLOW_VERSIONS = ("v4", "2026-09-beta")
KINDS = ("production", "test")
MOST_BYTES = 1_000_000
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_KEYS = {
    "portal_id",
    "kind",
    "ui_host",
    "api_host",
    "token_variable",
    "runtime",
    "flows_api",
    "workflows",
    "inputs",
    "report",
}
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
    report: dict[str, Any] = field(default_factory=dict)  # read by report/settings.py

    @property
    def where(self) -> str:
        """How errors name it."""
        return f"deploy/portals/{self.path.name}"

    @property
    def token(self) -> str:
        """The deploy key's token; a BadPortalFile says which variable lacks it."""
        return token_in(self.token_variable, f"{self.where}, token_variable", "automation")


def token_in(variable: str, where: str, *scopes: str) -> str:
    """A key's token, from the variable that a portal's file names; a BadPortalFile says what is missing there."""
    token = os.environ.get(variable, "").strip()
    if not token:
        raise BadPortalFile(
            where,
            expected=f"a token in the variable {variable}",
            found="none",
            remedy=f"Make a service key with {'the scope' if len(scopes) == 1 else 'the scopes'} {', '.join(scopes)} "
            f"and export {variable}=...",
        )
    if not no_secret.fits_a_header(token):
        raise BadPortalFile(
            where,
            expected=f"a token in the variable {variable}: letters, digits and hyphens on one line",
            found="another text",
            remedy=f"Copy the token once more and export {variable}=...",
        )
    return token


def project() -> Path:
    """Whose portals and ledgers these are: those of the current folder or the nearest above it, else ours.

    Above the person's own folder nobody looks: what stands there is somebody else's.
    """
    here = Path.cwd()
    home = Path(os.path.expanduser("~")).absolute()  # noqa: PTH111 (Path.home() fails where there is none)
    for folder in (here, *here.parents):
        if (folder / "deploy" / "portals").is_dir():
            return folder
        if folder == home:
            break
    return PACKAGE


def workflow_files() -> dict[str, Path]:
    """Every workflow's file by its name: the project's own, and ours where the project has none of that name."""
    folders = (PACKAGE / "deploy" / "workflows", project() / "deploy" / "workflows")
    return {file.stem: file for folder in folders for file in sorted(folder.glob("*.json"))}


def read(name: str) -> PortalFile:
    """Read a portal's file by its name; a BadPortalFile names file and key."""
    path = _path(name)
    where = f"deploy/portals/{path.name}"
    table = _table(where, path)
    only(where, table, _KEYS)
    return PortalFile(
        path=path,
        name=name,
        portal_id=portal_values.portal_id(where, table),
        kind=one_of(where, table, "kind", KINDS, ""),
        ui_host=portal_values.ui_host(where, table, "app.hubspot.com"),
        api_host=portal_values.api_host(where, table, HUBSPOT),
        token_variable=portal_values.token_variable(where, table, "HUBSPOT_DEPLOY_TOKEN"),
        runtime=portal_values.runtime(where, table),
        flows_api=one_of(where, table, "flows_api", FLOW_VERSIONS, "v4"),
        workflows=_workflows(where, take(where, table, "workflows", dict, {})),
        inputs=take(where, table, "inputs", dict, {}),
        report=take(where, table, "report", dict, {}),
    )


def _path(name: str) -> Path:
    folder = project() / "deploy" / "portals"
    path = folder / f"{name}.toml"
    if _NAME.fullmatch(name) and path.is_file():
        return path
    known = ", ".join(sorted(file.stem for file in folder.glob("*.toml"))) or "none"
    raise BadPortalFile(
        f"deploy/portals/{path.name}" if _NAME.fullmatch(name) else "--portal",
        expected=f"a portal's file in {folder} (there are: {known})",
        found="none" if _NAME.fullmatch(name) else repr(name[:100]),
        remedy="Copy example.toml and fill it in." if _NAME.fullmatch(name) else "Write its name, without .toml.",
    )


def _table(where: str, path: Path) -> dict[str, Any]:
    """The file as TOML; it is searched for secrets first, because what comes after may say what it found."""
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        found = f"more than {MOST_BYTES:,} bytes"
        raise BadPortalFile(where, expected="a portal's file", found=found, remedy="Shorten it.")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        no_secret.in_text(where, text)
        table = tomllib.loads(text)
    except RecursionError:
        raise BadPortalFile(
            where, expected="TOML", found="lists or tables nested too deep", remedy="Write it flatter."
        ) from None
    except ValueError as mistake:  # of TOML, of UTF-8, or a number with thousands of digits
        raise BadPortalFile(
            where, expected="TOML", found=f"a mistake: {mistake}", remedy="Correct this line."
        ) from None
    no_secret.in_values(where, table)
    return table


def _workflows(where: str, table: Mapping[str, Any]) -> dict[str, Workflow]:
    found = {}
    for name, entry in table.items():
        at = f"{where}, [workflows.{name}]"
        if name not in workflow_files():
            known = ", ".join(sorted(workflow_files()))
            raise BadPortalFile(at, expected=f"one of {known}", found=repr(name), remedy="Correct the name.")
        if not isinstance(entry, dict):
            raise BadPortalFile(at, expected="a table", found=kind_of(entry), remedy=f"Write [workflows.{name}].")
        only(at, entry, _WORKFLOW_KEYS)
        found[name] = Workflow(
            name,
            portal_values.flow_id(at, entry),
            take(at, entry, "enabled", bool, None),
            take(at, entry, "by_hand", bool, False),
            take(at, entry, "email", str, ""),
        )
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
