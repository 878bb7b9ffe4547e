"""How do secrets stay out of what a run leaves behind? Each becomes ***, in the spellings it travels in."""

import base64
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, quote_plus

HIDDEN = "***"


class Mask:
    """Hides these secrets in texts and in plain data."""

    def __init__(self, secrets: Iterable[str]) -> None:
        values = [secret for secret in secrets if secret.strip()]
        spellings = {spelling for secret in values for spelling in _spellings(secret)}
        self._spellings = sorted(spellings, key=len, reverse=True)
        self.longest = max((len(spelling) for spelling in self._spellings), default=0)

    def text(self, text: str) -> str:
        """The text without the secrets."""
        for spelling in self._spellings:
            text = text.replace(spelling, HIDDEN)
        return text

    def data(self, value: Any) -> Any:
        """The same plain data, its texts and keys without the secrets."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(key): self.data(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.data(item) for item in value]
        return value


def _spellings(secret: str) -> set[str]:
    """As itself, inside JSON and reprs, in a URL, in base64."""
    escaped = json.dumps(secret)[1:-1]
    encoded = base64.b64encode(secret.encode()).decode()
    return {secret, escaped, repr(secret)[1:-1], quote(secret, safe=""), quote_plus(secret), encoded}
