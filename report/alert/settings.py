"""When is somebody told, and where? The table [report.alert] of a portal's file.

It holds no secret: a webhook's address lets anybody write there, so it stands in a variable, as a password does.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deploy.portal_values import kind_of, one_of, only, take
from deploy.refusals import BadPortalFile

LOOPBACK = ("127.0.0.1", "localhost", "::1")
KEYS = {"threshold", "hours", "spike", "weeks", "chance", "quiet_hours", "blind_hours", "webhook_variable", "mail"}
MAIL_KEYS = {"host", "port", "security", "user", "password_variable", "from", "to"}
SECURITIES = ("starttls", "ssl", "none")
PORTS = {"starttls": 587, "ssl": 465, "none": 25}
MOST_TO = 20
MOST_WEEKS = 8  # that an hour is compared with
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|::1")


@dataclass(frozen=True)
class MailSettings:
    """By which server mail goes, from whom and to whom."""

    host: str
    port: int
    security: str
    user: str
    password_variable: str
    sender: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class AlertSettings:
    """What is alarming, and who hears of it."""

    threshold: int = 3  # dropped chats ...
    hours: int = 24  # ... in so many hours
    spike: bool = True
    weeks: int = 4  # of the past that a spike is measured against, at least
    chance: float = 0.001  # of an hour as bad as a spike, if it were an hour like those before
    quiet_hours: int = 6  # until an incident is over
    blind_hours: int = 2  # without a complete gathering
    webhook_variable: str = ""
    mail: MailSettings | None = None

    @classmethod
    def read(cls, where: str, table: Mapping[str, Any]) -> "AlertSettings":
        """The table as it stands in the file; a BadPortalFile names the key."""
        at = f"{where.removesuffix(', [report]')}, [report.alert]"
        only(at, table, KEYS)
        mail = take(at, table, "mail", dict, None)
        return cls(
            threshold=_whole(at, table, "threshold", cls.threshold, 1, 100_000),
            hours=_whole(at, table, "hours", cls.hours, 1, 168),
            spike=bool(take(at, table, "spike", bool, cls.spike)),
            weeks=_whole(at, table, "weeks", cls.weeks, 4, MOST_WEEKS),
            chance=_chance(at, table, cls.chance),
            quiet_hours=_whole(at, table, "quiet_hours", cls.quiet_hours, 1, 168),
            blind_hours=_whole(at, table, "blind_hours", cls.blind_hours, 1, 168),
            webhook_variable=_variable(at, table, "webhook_variable"),
            mail=None if mail is None else _mail(at.replace(".alert]", ".alert.mail]"), mail),
        )


def _mail(at: str, table: Mapping[str, Any]) -> MailSettings:
    only(at, table, MAIL_KEYS)
    security = one_of(at, table, "security", SECURITIES, "starttls")
    host = str(take(at, table, "host", str))
    if not _HOST.fullmatch(host):
        raise _wrong(at, "host", "a mail server's name alone, as smtp.example.org", host)
    if security == "none" and host not in LOOPBACK:
        raise _wrong(at, "security", "starttls or ssl; none is for a server on this machine", security)
    user, variable = str(take(at, table, "user", str, "")), _variable(at, table, "password_variable")
    if bool(user) != bool(variable):
        missing = "user" if variable else "password_variable"
        raise BadPortalFile(
            f"{at}, {missing}",
            expected="user and password_variable together, or neither",
            found="one of them",
            remedy=f"Add {missing} = ...",
        )
    if not user.isprintable():
        raise _wrong(at, "user", "a name on one line", user)
    return MailSettings(
        host=host,
        port=_whole(at, table, "port", PORTS[security], 1, 65_535),
        security=security,
        user=user,
        password_variable=variable,
        sender=_address(at, "from", take(at, table, "from", str)),
        to=_addresses(at, table),
    )


def _addresses(at: str, table: Mapping[str, Any]) -> tuple[str, ...]:
    given = take(at, table, "to", list, None) if isinstance(table.get("to"), list) else [take(at, table, "to", str)]
    if not 1 <= len(given) <= MOST_TO:
        raise BadPortalFile(
            f"{at}, to", expected=f"1 to {MOST_TO} addresses", found=str(len(given)), remedy="Correct the list."
        )
    return tuple(dict.fromkeys(_address(at, "to", each) for each in given))


def _address(at: str, key: str, value: Any) -> str:
    """A plain address; a line break in one would forge a header."""
    if not isinstance(value, str):
        raise _kind(at, key, "a mail address, as service-ops@example.org", value)
    if not _ADDRESS.fullmatch(value) or len(value) > 254:
        raise _wrong(at, key, "a mail address, as service-ops@example.org", value)
    return value


def _variable(at: str, table: Mapping[str, Any], key: str) -> str:
    """A variable's name, or none; what stands there instead is not repeated, because it may be the secret."""
    value = str(take(at, table, key, str, ""))
    if value and not _VARIABLE.fullmatch(value):
        raise BadPortalFile(
            f"{at}, {key}",
            expected="the name of a variable: letters, digits and _, no digit first",
            found="another text",
            remedy="Write the name alone, and put the secret into that variable.",
        )
    return value


def _whole(at: str, table: Mapping[str, Any], key: str, default: int, least: int, most: int) -> int:
    value = int(take(at, table, key, int, default))
    if not least <= value <= most:
        raise _wrong(at, key, f"a whole number from {least} to {most}", value)
    return value


def _chance(at: str, table: Mapping[str, Any], default: float) -> float:
    value = table.get("chance", default)
    if not isinstance(value, float):
        raise _kind(at, "chance", "a share such as 0.001", value)
    if not 1e-9 <= value <= 0.05:
        raise _wrong(at, "chance", "a share from 0.000000001 to 0.05", value)
    return value


def _wrong(at: str, key: str, expected: str, value: object) -> BadPortalFile:
    return BadPortalFile(f"{at}, {key}", expected=expected, found=repr(value)[:100], remedy="Correct the value.")


def _kind(at: str, key: str, expected: str, value: object) -> BadPortalFile:
    return BadPortalFile(f"{at}, {key}", expected=expected, found=kind_of(value), remedy="Correct the value.")
