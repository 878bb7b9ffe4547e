"""What HubSpot really sends as inputs, coerced and checked before the first request.

Numbers, dates and booleans arrive as text, a missing value as None, as empty text or not at all (guessed: HubSpot
shows only the first in its Python sample). A wrong value ends in `BadInput`: one line with the input's name, what was
expected, an example, and where in HubSpot to put it right. What was found is quoted only where it cannot be personal.
"""

import difflib
import json
import os
import re

from .moments import iso, millis


class BadInput(ValueError):
    """An input, secret or setting that an operator has to put right."""


class Inputs:
    """The event's input fields of one action, read by name and type."""

    def __init__(self, action, event):
        self.action = action
        fields = event.get("inputFields") if isinstance(event, dict) else None
        self.fields = fields if isinstance(fields, dict) else {}

    def wrong(self, name, expected, found, where="this action's side panel in the workflow editor"):
        return BadInput(
            "{}: input '{}': expected {}, found {}. Correct it in {}.".format(self.action, name, expected, found, where)
        )

    def text(self, name, default=""):
        """The value as trimmed text; the default where HubSpot sent nothing."""
        value = self.fields.get(name)
        if value is None:
            return default
        if isinstance(value, bool):
            value = "true" if value else "false"
        elif isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value).strip() or default

    def record_id(self, name, what, required=False):
        """The id of a HubSpot record: digits."""
        value = self.text(name)
        if value.isascii() and value.isdigit():
            return value
        if value or required:
            found = "text of {} characters that is not an id".format(len(value)) if value else "nothing"
            raise self.wrong(name, "{} (digits, for example 5391823)".format(what), found)
        return ""

    def choice(self, name, options, default):
        """One of `options`, upper and lower case alike."""
        value = self.text(name, default).lower()
        if value in options:
            return value
        raise self.wrong(name, "one of {}".format(", ".join(filter(None, options))), shown(value, options))

    def flag(self, name, default=False):
        """Yes or no."""
        value = self.text(name, "true" if default else "false").lower()
        if value in ("true", "yes", "1", "on"):
            return True
        if value in ("false", "no", "0", "off"):
            return False
        raise self.wrong(name, "true or false", shown(value, ("true", "false")))

    def number(self, name, default, lowest=0.0, highest=1e9):
        """A number within bounds."""
        value = self.text(name)
        if not value:
            return default
        try:
            number = float(value) if re.fullmatch(r"[-+0-9.]{1,20}", value) else None
        except ValueError:
            number = None
        if number is None or not lowest <= number <= highest:
            raise self.wrong(name, "a number from {:g} to {:g}".format(lowest, highest), shown(value))
        return number

    def moment(self, name):
        """Epoch milliseconds; None where HubSpot sent nothing."""
        value = self.text(name)
        moment = millis(value) if value else None
        if value and moment is None:
            raise self.wrong(name, "a date and time as epoch milliseconds or ISO text", shown(value))
        return moment

    def names(self, name, default=""):
        """A list written as text, parted by commas, semicolons or line ends."""
        return [item.strip() for item in re.split(r"[,;\n]", self.text(name, default)) if item.strip()]

    def ids(self, name, default=""):
        """A list of HubSpot's ids: digits, not names."""
        found = self.names(name, default)
        if not all(item.isascii() and item.isdigit() for item in found):
            raise self.wrong(name, "ids, not names, parted by commas (digits, for example 5391823)", "something else")
        return found

    def codes(self, name, default=""):
        """A list of ids of pipelines or stages: no blanks in them, as their labels have."""
        found = self.names(name, default)
        if not all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", item) for item in found):
            raise self.wrong(name, "ids, not labels, parted by commas (for example 0, 94837)", "something else")
        return found

    def json(self, name, kind, example):
        """JSON text of the given kind (dict or list); an empty one where nothing was given."""
        value = self.fields.get(name)
        if isinstance(value, kind):
            return value
        text = self.text(name)
        if not text:
            return kind()
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            where = " at character {}".format(error.pos) if isinstance(error, json.JSONDecodeError) else ""
            raise self.wrong(name, "JSON text like {}".format(example), "broken JSON" + where) from None
        if not isinstance(found, kind):
            raise self.wrong(name, "JSON text like {}".format(example), "a JSON {}".format(type(found).__name__))
        return found


def shown(value, options=()):
    """A wrong value by its length alone, because a wrongly chosen property may be personal; the option it may mean."""
    meant = difflib.get_close_matches(value, list(options), 1, 0.5)
    hint = " (did you mean {}?)".format(meant[0]) if meant else ""
    return "text of {} characters{}".format(len(value), hint)


def secret(action, name):
    """The value of a secret that the workflow's editor hands to this action as an environment variable."""
    value = (os.environ.get(name) or "").strip()
    if not value:
        raise BadInput(
            "{}: secret '{}' is not here. Create it under Secrets in the custom code editor with the value of a "
            "service key, and tick it for this action.".format(action, name)
        )
    return value


def say(action, **facts):
    """One line of JSON in HubSpot's action log: ids, verdicts, counts and times, never a person's words."""
    told = {name: iso(value) if name.endswith("_at") and value else value for name, value in facts.items()}
    print(json.dumps(dict({"action": action}, **told), ensure_ascii=False, default=str))
