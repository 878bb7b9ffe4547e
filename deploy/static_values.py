"""How do a portal's settings become what HubSpot stores: text, one static value for each input of an action?

A list of words becomes words with commas; whatever an action takes as JSON becomes JSON; the rest becomes its text.
"""

import datetime as dt
import difflib
import json
import math
from collections.abc import Iterator, Mapping
from typing import Any

from contract.action import Action
from contract.flow import EVERY_ACTION, Flow
from contract.schema import disagreement
from contract.table import Input
from deploy.portal_file import PortalFile, workflow_files
from deploy.refusals import BadPortalFile

UI_HOST = "ui_domain"
"""The input that links are built with. The portal's file says it once, as ui_host."""
LONGEST = 65_536  # of a text in HubSpot; whether a static value may be so long is not known (guessed)


def contracts() -> dict[str, Action]:
    """Every action that a workflow here has, by its name."""
    files = [
        flow.path.parent / raw["sourceFile"]
        for file in workflow_files().values()
        for flow in [Flow.read(file)]
        for raw in flow.definition["actions"]
        if raw.get("sourceFile")
    ]
    return {file.stem: Action.read(file) for file in dict.fromkeys(files)}


def static_values(portal: PortalFile) -> dict[str, dict[str, str]]:
    """Action ("*": each that has such an input) to input to static value; a BadPortalFile names the key."""
    actions = contracts()
    shared, own = _parted(portal, actions)
    values: dict[str, dict[str, str]] = {}
    hosts = [given for action in actions.values() for given in _inputs(action) if given.name == UI_HOST]
    if hosts and portal.ui_host != hosts[0].default:
        values[EVERY_ACTION] = {UI_HOST: portal.ui_host}
    for name, value in shared.items():
        declaring = [given for action in actions.values() for given in _inputs(action) if given.name == name]
        at = f"{portal.where}, [inputs], {name}"
        if not declaring:
            raise _unknown(at, name, {given.name for action in actions.values() for given in _inputs(action)})
        values.setdefault(EVERY_ACTION, {})[name] = _text(at, declaring[0], value)
    for action, table in own.items():
        known = {given.name: given for given in _inputs(actions[action])}
        for name, value in table.items():
            at = f"{portal.where}, [inputs.{action}], {name}"
            if name not in known:
                raise _unknown(at, name, set(known))
            values.setdefault(action, {})[name] = _text(at, known[name], value)
    _live_needs_inboxes(portal, values)
    return values


def as_text(at: str, given: Input, value: Any) -> str:
    """What HubSpot stores for one setting; a BadPortalFile says why it cannot be the input's value."""
    return _text(at, given, value)


def _parted(portal: PortalFile, actions: Mapping[str, Action]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    shared = {name: value for name, value in portal.inputs.items() if name not in actions}
    own = {name: value for name, value in portal.inputs.items() if name in actions}
    for name, value in own.items():
        if not isinstance(value, dict):
            at = f"{portal.where}, [inputs], {name}"
            raise BadPortalFile(at, expected="a table", found="another value", remedy=f"Write [inputs.{name}].")
    return shared, own


def _inputs(action: Action) -> tuple[Input, ...]:
    return action.contract.inputs if action.contract else ()


def _text(at: str, given: Input, value: Any) -> str:
    text = "".join(_written(at, given, value))
    if len(text) > LONGEST:
        raise BadPortalFile(
            at, expected=f"at most {LONGEST:,} characters", found=f"{len(text):,}", remedy="Shorten it."
        )
    return text


def _written(at: str, given: Input, value: Any) -> Iterator[str]:
    if given.schema is not None:
        yield _json(at, given, value)
    elif given.type == "boolean":
        yield str(_is(at, value, isinstance(value, bool), "true or false")).lower()
    elif given.type == "number":
        fits = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        yield str(_is(at, value, fits, "a number"))
    elif given.type == "enumeration":
        yield str(_is(at, value, value in given.options, f"one of {', '.join(given.options)}"))
    elif isinstance(value, list):
        yield ", ".join(_word(at, part) for part in value)
    else:
        yield str(_is(at, value, isinstance(value, str | dt.date), "text, or a list of texts"))


def _word(at: str, part: Any) -> str:
    """One of a list. Commas part words, so that none can have one; an empty one would be none."""
    plain = isinstance(part, str | int | dt.date) and not isinstance(part, bool)
    word = str(_is(at, part, plain, "a list of texts")).strip()
    _is(at, word, bool(word), "a list without empty texts")
    return str(_is(at, word, "," not in word, "words without a comma in them"))


def _json(at: str, given: Input, value: Any) -> str:
    try:
        plain = json.loads(value) if isinstance(value, str) else value
        text = json.dumps(plain, ensure_ascii=False, separators=(", ", ": "))
    except (TypeError, ValueError, RecursionError):
        raise BadPortalFile(
            at, expected="a table, a list or JSON text", found="something else", remedy=f"For example {_example(given)}"
        ) from None
    wrong = disagreement(plain, given.schema or {})
    if wrong:
        expected, _, found = wrong.removeprefix("expected ").partition(", found ")
        raise BadPortalFile(
            at, expected=expected, found=found or "something else", remedy=f"For example {_example(given)}"
        )
    return text


def _example(given: Input) -> str:
    return json.dumps(given.example if given.example is not None else given.default, ensure_ascii=False)


def _is(at: str, value: Any, fits: bool, expected: str) -> Any:
    if not fits:
        raise BadPortalFile(at, expected=expected, found=repr(value)[:100], remedy="Correct the value.")
    return value


def _unknown(at: str, name: str, known: set[str]) -> BadPortalFile:
    near = difflib.get_close_matches(name, known, 1)
    remedy = f"Did you mean {near[0]}?" if near else "Correct the name."
    return BadPortalFile(at, expected=f"one of {', '.join(sorted(known))}", found=repr(name), remedy=remedy)


def _live_needs_inboxes(portal: PortalFile, values: Mapping[str, Mapping[str, str]]) -> None:
    """create_ticket refuses to go live otherwise, chat by chat; better said here, once."""
    everywhere, create = values.get(EVERY_ACTION, {}), values.get("create_ticket", {})
    mode = create.get("mode", everywhere.get("mode", "dry"))
    if mode == "live" and not create.get("inboxes", everywhere.get("inboxes", "")).strip(" ,"):
        raise BadPortalFile(
            f"{portal.where}, [inputs], inboxes",
            expected="the inboxes named whose chats become tickets, for mode is live",
            found="none",
            remedy='Add inboxes = ["..."]; `python -m deploy doctor` lists them.',
        )
