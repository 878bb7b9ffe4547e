"""What did a run report? Read as strictly as it must be: an action can reach its own report and write into it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harness.runtime import limits
from harness.runtime.child.channel import CUTS, frames
from harness.runtime.facts import Facts
from harness.runtime.masking import Mask

_TEXT, _WHOLE, _NUMBER, _NOTHING = str, int, (int, float), type(None)
_SHAPES: Mapping[str, Mapping[str, Any]] = {
    "unsealed": {"found": _TEXT},
    "begun": {},
    "compiled": {"code": _TEXT},
    "env": {"name": _TEXT},
    "refused": {"what": _TEXT, "name": _TEXT},
    "more": {"what": _TEXT, "count": _WHOLE},
    "odd_name": {"name": _TEXT, "found": _TEXT},
    "slept_out": {},
    "patterns": {"found": list},
    "sleeps": {"seconds": _NUMBER},
    "over": {"left": list, "knows": bool},
    "returned": {"value": object},
    "raised": {
        "phase": _TEXT,
        "type": _TEXT,
        "ancestry": list,
        "message": _TEXT,
        "status": (_WHOLE, _NOTHING),
        "line": (_WHOLE, _NOTHING),
        "traceback": _TEXT,
    },
    "left": {"code": _WHOLE, "type": _TEXT, "traceback": _TEXT},
    "no_main": {"found": _TEXT},
    "unmarshalled": {"message": _TEXT},
    "too_large": {"size": _WHOLE},
    "measured": {"peak_kb": (_WHOLE, _NOTHING), "took": _NUMBER},
}
_DEEPEST = 150


def read_report(received: bytes, nonce: bytes) -> tuple[dict[str, Any], ...]:
    """The report from the run's channel; bytes that the action wrote there itself are not in it."""
    return tuple(_read(frame) for frame in frames(received, nonce))


class Reading:
    """The same, read while it is written."""

    def __init__(self, nonce: bytes, cap: int = limits.REPORT_CAP) -> None:
        self._nonce = nonce
        self._cap = cap
        self._received = bytearray()
        self._read = 0
        self.told: list[dict[str, Any]] = []

    def feed(self, part: bytes) -> list[dict[str, Any]]:
        """What is told with this part, if anything."""
        if len(self._received) < self._cap:
            self._received += part
        found = frames(self._received, self._nonce)[self._read :]
        self._read += len(found)
        new = [_read(bytes(frame)) for frame in found]
        self.told += new
        return new


def _read(frame: bytes) -> dict[str, Any]:
    try:
        fact = json.loads(frame)
        shape = _SHAPES[fact["kind"]]
        if not all(isinstance(fact[name], kind) for name, kind in shape.items()):
            return _unreadable("it is not what the runtime reports")
    except RecursionError:
        return _unreadable(f"it is nested more than {_DEEPEST} deep")
    except (ValueError, KeyError, TypeError) as error:
        return _unreadable(str(error) if isinstance(error, ValueError) else "it is not what the runtime reports")
    if fact["kind"] == "returned" and _is_deeper(fact["value"], _DEEPEST):
        return _unreadable(f"it is nested more than {_DEEPEST} deep")
    found: dict[str, Any] = fact
    return found


def _unreadable(why: str) -> dict[str, Any]:
    return {"kind": "unreadable", "message": why}


def _is_deeper(value: Any, levels: int) -> bool:
    """Level by level, not by recursion, which such a value would break."""
    layer = [value]
    for _ in range(levels):
        layer = [item for each in layer if isinstance(each, dict | list) for item in _items(each)]
        if not layer:
            return False
    return True


def _items(value: dict[str, Any] | list[Any]) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value


def without_secrets(facts: Facts, mask: Mask) -> Facts:
    """The same facts, their texts masked and then cut to what is shown; what main returned is judged as it is."""
    return replace(
        facts, told=tuple({name: _shown(name, value, mask) for name, value in fact.items()} for fact in facts.told)
    )


def _shown(name: str, value: Any, mask: Mask) -> Any:
    return mask.shorten(value, CUTS[name]) if name in CUTS and isinstance(value, str) else value
