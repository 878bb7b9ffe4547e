"""How values of one property compare: numbers and moments as such, text without case, options as they are."""

from collections.abc import Callable

from harness.portal.moments import read_datetime
from harness.portal.objects.indexes import Key
from harness.portal.properties.definitions import Definition


def key_of(definition: Definition) -> Callable[[str], Key | None]:
    """From a stored value to what is compared; None for text that is no such value."""
    return _KEYS.get(definition.type, str)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


_KEYS: dict[str, Callable[[str], Key | None]] = {
    "number": _number,
    "datetime": read_datetime,
    "date": read_datetime,
    "string": str.lower,  # documented: text compares without case
    "phone_number": str.lower,
}
