"""One request on its way through an area: its path's variables, its query, its body, the world it acts on."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from harness.portal import refusals
from harness.portal.versions import D09
from harness.portal.wire import Request

if TYPE_CHECKING:
    from harness.portal.world import World

Answer = tuple[int, Any]  # a status and what becomes JSON; None: no body
LARGEST_WHOLE = 2**31
LARGEST_BODY = 10_000_000  # bytes; guessed, HubSpot does not say


@dataclass(slots=True)
class Call:
    """What a handler is given."""

    world: "World"
    request: Request
    version: str
    path: dict[str, str]
    app_id: int
    paging: str = ""  # "stall" or "repeat": what the weather does to a list
    _body: Any = field(default=None)
    _read: bool = False

    @property
    def now(self) -> int:
        """This moment in epoch milliseconds."""
        return self.world.clock.millis()

    def one(self, name: str, default: str = "") -> str:
        """The first value of a query parameter."""
        return self.request.query.get(name, [default])[0] or default

    def many(self, name: str) -> list[str]:
        """A query parameter that may be repeated or separated by commas."""
        values = self.request.query.get(name, [])
        return [part.strip() for value in values for part in value.split(",") if part.strip()]

    def flag(self, name: str) -> bool:
        """A true or false query parameter."""
        value = self.one(name, "false").lower()
        if value not in ("true", "false"):
            raise refusals.bad_parameter(f"{name} must be true or false", name, value=value)
        return value == "true"

    def wholes(self, name: str) -> list[str]:
        """A query parameter that may be repeated, of ids that are whole numbers."""
        values = self.many(name)
        for value in values:
            if not (value.isascii() and value.isdigit() and int(value[:11]) < LARGEST_WHOLE):
                raise refusals.bad_parameter(f"{name} must be a whole number", name, value=value)
        return values

    def count(self, name: str, default: int, most: int) -> int:
        """A page size."""
        text = self.one(name)
        if not text:
            return default
        if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
            raise refusals.bad_parameter(f"{name} must be a whole number from 1 to {most}", name, value=text)
        return int(text)

    def body(self) -> dict[str, Any]:
        """The JSON object that was sent."""
        value = self.any_body()
        if not isinstance(value, dict):
            raise refusals.bad_json(f"expected an object, found {_kind(value)}")
        return value

    def any_body(self) -> Any:
        """The JSON that was sent, of whatever kind."""
        if not self._read:
            self._body = read_json(self.request)
            self._read = True
        return self._body

    def inputs(self, most: int) -> list[dict[str, Any]]:
        """The `inputs` of a batch, each an object."""
        inputs = self.list_of_inputs(most)
        for at, entry in enumerate(inputs):
            if not isinstance(entry, dict):
                raise refusals.bad_json(f"expected inputs[{at}] to be an object, found {_kind(entry)}")
        return inputs

    def list_of_inputs(self, most: int) -> list[Any]:
        """The `inputs` of a batch, within its limit."""
        body = self.body()
        if "inputs" not in body:
            raise refusals.missing_keys("the batch", ["inputs"])
        inputs = body["inputs"]
        if not isinstance(inputs, list):
            raise refusals.bad_json(f"expected inputs to be a list, found {_kind(inputs)}")
        if len(inputs) > most:
            raise refusals.validation(
                f"Batch size of {len(inputs)} exceeds the limit of {most}", inputs=[str(len(inputs))]
            )
        return inputs


def read_json(request: Request) -> Any:
    """The body as JSON, or HubSpot's 400."""
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise refusals.validation(f"Expected content type application/json, found {kind[:100]}")
    if len(request.body) > LARGEST_BODY:
        raise refusals.validation(f"The body is larger than {LARGEST_BODY} bytes")
    if not request.body:
        raise refusals.bad_json("the body is empty")
    try:
        return msgspec.json.decode(request.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise refusals.bad_json("the body is not JSON") from None
    except RecursionError:
        raise refusals.bad_json("the body is nested too deeply") from None


def require(call: Call, body: dict[str, Any], what: str, *names: str) -> None:
    """Keys that the specs require.

    Enforced in 2026-09 alone: that older versions still do without, as their clients always did, is guessed.
    """
    missing = [name for name in names if body.get(name) is None]
    if missing and call.version == D09:
        raise refusals.missing_keys(what, missing)


def text_of(entry: dict[str, Any], name: str, what: str) -> str:
    """A required key that holds text; numbers are taken as HubSpot takes them."""
    value = entry.get(name)
    if value is None:
        raise refusals.missing_keys(what, [name])
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise refusals.bad_json(f"expected {name} of {what} to be text, found {_kind(value)}")
    return str(value)


def optional_text(entry: dict[str, Any], name: str, what: str) -> str:
    """An optional key that holds text; "" where there is none."""
    return "" if entry.get(name) is None else text_of(entry, name, what)


def whole_of(entry: dict[str, Any], name: str, what: str) -> int | None:
    """An optional key that holds a whole number (documented: the specs' int32)."""
    value = entry.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise refusals.bad_json(f"expected {name} of {what} to be a whole number, found {_kind(value)}")
    if not -LARGEST_WHOLE <= value < LARGEST_WHOLE:
        raise refusals.bad_json(f"expected {name} of {what} to be a whole number of 32 bits, found a larger one")
    return value


def flag_of(entry: dict[str, Any], name: str, what: str) -> bool | None:
    """An optional key that holds true or false."""
    value = entry.get(name)
    if value is not None and not isinstance(value, bool):
        raise refusals.bad_json(f"expected {name} of {what} to be true or false, found {_kind(value)}")
    return value


def object_of(entry: dict[str, Any], name: str, what: str) -> dict[str, Any]:
    """A required key that holds an object."""
    value = entry.get(name)
    if value is None:
        raise refusals.missing_keys(what, [name])
    if not isinstance(value, dict):
        raise refusals.bad_json(f"expected {name} of {what} to be an object, found {_kind(value)}")
    return value


def list_of(entry: dict[str, Any], name: str, what: str) -> list[Any]:
    """An optional key that holds a list."""
    value = entry.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise refusals.bad_json(f"expected {name} of {what} to be a list, found {_kind(value)}")
    return value


def texts_of(entry: dict[str, Any], name: str, what: str) -> list[str]:
    """An optional key that holds a list of texts."""
    values = list_of(entry, name, what)
    if not all(isinstance(value, str) for value in values):
        raise refusals.bad_json(f"expected {name} of {what} to be a list of texts")
    return values


def _kind(value: object) -> str:
    names = {type(None): "nothing", dict: "an object", list: "a list", str: "text", bool: "true or false"}
    return names.get(type(value), "a number")
