"""Where does a changed static value go? Into the portal's file: as a table, a list or a word, as it stood there.

A file of ours carries no account's values, so a value that somebody typed in HubSpot's editor is this account's.
"""

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import tomlkit

from contract.table import Input
from deploy.masking import TOKEN
from deploy.portal_file import PortalFile
from deploy.pull.pieces import Piece
from deploy.pull.texts import Texts, shown
from deploy.refusals import BadPortalFile
from deploy.showing import short
from deploy.static_values import as_text


@dataclass(frozen=True, slots=True)
class Carrier:
    """One input of one action of ours, in one workflow of the account."""

    workflow: str
    id: str  # of the action
    action: str  # its file's name, without its ending
    given: Input
    shipped: str | None  # what we last shipped; None: nothing, or nothing static
    before: str | None  # what HubSpot had after that
    now: str | None  # what HubSpot has
    wanted: str | None  # what our files say

    @property
    def name(self) -> str:
        """The input's name."""
        return self.given.name

    @property
    def changed(self) -> bool:
        """Whether somebody typed another value in HubSpot, which our files do not say."""
        return self.now not in (self.before, self.wanted)


def taken(chosen: Iterable[Carrier], every: list[Carrier], portal: PortalFile, texts: Texts) -> list[Piece]:
    """A piece for each changed value of the chosen; equal ones of one action are one entry of the portal's file."""
    return [_one(each, every, portal, texts) for each in chosen if each.changed]


def table_of(portal: PortalFile, carrier: Carrier, every: Iterable[Carrier]) -> str:
    """Which table says it, or is to say it: "" for [inputs], else the action's."""
    own = portal.inputs.get(carrier.action)
    if isinstance(own, dict) and carrier.name in own:
        return carrier.action
    alike = all(each.now == carrier.now for each in every if each.name == carrier.name)
    return "" if carrier.name in portal.inputs and alike else carrier.action


def _one(carrier: Carrier, every: list[Carrier], portal: PortalFile, texts: Texts) -> Piece:
    table = table_of(portal, carrier, every)
    heading = f"[inputs.{table}]" if table else "[inputs]"
    current = (portal.inputs.get(table, {}) if table else portal.inputs).get(carrier.name)
    value, refused = _value(carrier, current, f"{portal.where}, {heading}, {carrier.name}")
    refused = _refused(carrier, every, table) or refused or texts.writable(portal.path)
    note = ""
    if not refused:
        text, refused = _with(texts.read(portal.path) or "", table, carrier.name, value)
        note = f"{heading} {carrier.name} = {toml(value).as_string()}"
        if refused:
            refused = f"{refused}: {note}"
        else:
            texts.put(portal.path, text)
    return Piece(
        workflow=carrier.workflow,
        where=f"action {carrier.id} {carrier.action}",
        what=f"input {carrier.name}",
        before=_said(carrier.before),
        after=_said(carrier.now),
        into=shown(portal.path),
        refused=refused,
        note="" if refused else note,
    )


def _said(value: str | None) -> str:
    return "none" if value is None else value or '""'


def _refused(carrier: Carrier, every: list[Carrier], table: str) -> str:
    if carrier.now is None:
        return f"it was removed in HubSpot: take {carrier.name} out of the portal's file by hand, or put ours back"
    if TOKEN.search(carrier.now):
        return "something in it looks like a token: make a secret of it in HubSpot, and a new key"
    if carrier.shipped != carrier.wanted and carrier.before is not None:
        return f"our files say {short(_said(carrier.wanted))}, which is not what was shipped either: decide by hand"
    for other in every:
        if (other.action, other.name) == (carrier.action, carrier.name) and table and other.now != carrier.now:
            return (
                f"{other.workflow}, action {other.id} {other.action} has {short(_said(other.now))} there, and the"
                " portal's file says one value for both: make them equal in HubSpot"
            )
    return ""


def _value(carrier: Carrier, current: Any, at: str) -> tuple[Any, str]:
    """The value as TOML has it, of the kind that stood there; it must come out as the very text HubSpot has."""
    why = ""
    for value in _readings(carrier.given, current, carrier.now or ""):
        try:
            if _same(as_text(at, carrier.given, value), carrier.now or ""):
                return value, ""
        except BadPortalFile as no:
            why = why or str(no)
    return carrier.now, why or "no value in the portal's file comes out as this text"


def _readings(given: Input, current: Any, text: str) -> Iterable[Any]:
    if given.schema is not None or given.type in ("boolean", "number"):
        with contextlib.suppress(ValueError):
            value = json.loads(text)
            if not _has_null(value):  # which TOML cannot say, so that the text itself stands there
                yield value
    elif isinstance(current, list):
        yield [word.strip() for word in text.split(",") if word.strip()]
    yield text


def _same(one: str, other: str) -> bool:
    """Whether two texts mean the same: also when they are JSON, differently spaced."""
    if one == other:
        return True
    try:
        return one.startswith(("[", "{")) and bool(json.loads(one) == json.loads(other))
    except ValueError:
        return False


def _with(text: str, table: str, name: str, value: Any) -> tuple[str, str]:
    """The portal's file with this in it, everything else as it is, comments too; or why it cannot be written."""
    document: Any = tomlkit.parse(text)
    expected = document.unwrap()
    inner = expected.setdefault("inputs", {})
    (inner.setdefault(table, {}) if table else inner)[name] = value
    try:
        holder = document.setdefault("inputs", tomlkit.table())
        if table:
            holder = holder.setdefault(table, tomlkit.table())
        holder[name] = toml(value)
        written = tomlkit.dumps(document)
        same = tomlkit.parse(written).unwrap() == expected
    except (ValueError, TypeError, KeyError):
        same = False
    return (written, "") if same else (text, "it cannot be put there without disturbing the rest: write it by hand")


def toml(value: Any) -> Any:
    """A value as TOML writes it: lists and tables inline, a list of tables one to a line."""
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        for name, inner in value.items():
            table[name] = toml(inner)
        return table
    if isinstance(value, list):
        array = tomlkit.array()
        for inner in value:
            array.append(toml(inner))
        return array.multiline(len(value) > 1 and all(isinstance(inner, Mapping) for inner in value))
    return tomlkit.item(value)


def _has_null(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_has_null(inner) for inner in value.values())
    return any(_has_null(inner) for inner in value) if isinstance(value, list) else value is None
