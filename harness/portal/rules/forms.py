"""Which values a property's rules take.

Rule types: documented (spec of property-validations). What each takes as arguments: documented for ALPHANUMERIC,
the durations and the limits (guide), guessed for the rest. Times are in UTC, not in the account's zone (guessed).
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from harness.portal import patterns
from harness.portal.moments import iso, read_datetime
from harness.portal.rules.state import Form

Holds = Callable[[str, Sequence[str], int], bool]  # a value, the rule's arguments, and the moment
PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
EXPRESSIONS = ("FORMAT", "REGEX")
LETTERS = {
    "ALPHANUMERIC": re.compile(r"[^\W_]*"),
    "ALPHA_ONLY": re.compile(r"[^\W\d_]*"),
    "NUMERIC_ONLY": re.compile(r"\d*"),
}
URL = re.compile(r"(?:https?://)?([\w-]+(?:\.[\w-]+)+)(?:[/?#:].*)?")


def problem(form: Form, value: str, now: int) -> str | None:
    """What is wrong with a value, if something is."""
    text = value.strip() if form.normalised else value
    try:
        holds = FORMS[form.rule_type](text, form.arguments, now)
    except (ValueError, IndexError, KeyError, re.error, OverflowError):
        return None  # arguments that say nothing forbid nothing
    if holds:
        return None
    return f"{value[:100]} does not meet the rule {form.rule_type} {list(form.arguments)}"


def refused(rule_type: str, arguments: Sequence[str]) -> str:
    """What is wrong with a rule's arguments before any value is there; "" for nothing."""
    wrong = patterns.problem(arguments[0]) if rule_type in EXPRESSIONS and arguments else ""
    return f"ruleArguments of {rule_type}: expected {wrong}" if wrong else ""


def _domain(text: str) -> str:
    found = URL.fullmatch(text.rpartition("@")[2])
    return found[1].lower() if found else ""


def _among(text: str, domains: Sequence[str]) -> bool:
    return _domain(text) in [domain.lower() for domain in domains]


def _day(text: str) -> int:
    millis = read_datetime(text)
    if millis is None:
        raise ValueError(text)
    return millis


def _later(now: int, period: str, sign: int) -> int:
    found = PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(period)
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    whole = timedelta(years * 365 + months * 30 + weeks * 7 + days, seconds, 0, 0, minutes, hours)
    return now + sign * int(whole.total_seconds() * 1000)


def _weekday(text: str) -> str:
    return DAYS[datetime.fromisoformat(iso(_day(text))).astimezone(UTC).weekday()]


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


def _none_of(pattern: str) -> Holds:
    return lambda text, arguments, now: re.search(pattern, text) is None


def _in_order(text: str, pattern: str) -> bool:
    return len(text) <= patterns.LONGEST_TEXT and re.fullmatch(pattern, text) is not None


FORMS: dict[str, Holds] = {
    "AFTER_DATETIME_DURATION": lambda text, args, now: _day(text) >= _later(now, args[0], 1),
    "AFTER_DURATION": lambda text, args, now: _day(text) >= _later(now, args[0], 1),
    "ALPHANUMERIC": lambda text, args, now: LETTERS[args[0]].fullmatch(text) is not None,
    "BEFORE_DATETIME_DURATION": lambda text, args, now: _day(text) <= _later(now, args[0], -1),
    "BEFORE_DURATION": lambda text, args, now: _day(text) <= _later(now, args[0], -1),
    "DAYS_OF_WEEK": lambda text, args, now: _weekday(text) in [day.upper() for day in args],
    "DECIMAL": lambda text, args, now: _decimals(text) <= int(args[0]),
    "DOMAIN": lambda text, args, now: _domain(text) == text.lower(),
    "EMAIL": lambda text, args, now: "@" in text and _domain(text) != "",
    "EMAIL_ALLOWED_DOMAINS": lambda text, args, now: _among(text, args),
    "EMAIL_BLOCKED_DOMAINS": lambda text, args, now: not _among(text, args),
    "END_DATE": lambda text, args, now: _day(text) <= _day(args[0]),
    "END_DATETIME": lambda text, args, now: _day(text) <= _day(args[0]),
    "FORMAT": lambda text, args, now: _in_order(text, args[0]),
    "MAX_LENGTH": lambda text, args, now: len(text) <= int(args[0]),
    "MAX_NUMBER": lambda text, args, now: float(text) <= float(args[0]),
    "MIN_LENGTH": lambda text, args, now: len(text) >= int(args[0]),
    "MIN_NUMBER": lambda text, args, now: float(text) >= float(args[0]),
    "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE": lambda text, args, now: text.startswith("+"),
    "REGEX": lambda text, args, now: _in_order(text, args[0]),
    "SPECIAL_CHARACTERS": _none_of(r"[^\w\s]"),
    "START_DATE": lambda text, args, now: _day(text) >= _day(args[0]),
    "START_DATETIME": lambda text, args, now: _day(text) >= _day(args[0]),
    "URL": lambda text, args, now: URL.fullmatch(text) is not None,
    "URL_ALLOWED_DOMAINS": lambda text, args, now: _among(text, args),
    "URL_BLOCKED_DOMAINS": lambda text, args, now: not _among(text, args),
    "WHITESPACE": _none_of(r"\s"),
}
