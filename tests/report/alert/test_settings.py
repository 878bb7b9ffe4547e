"""The table [report.alert]."""

import tomllib
from pathlib import Path

import pytest

from deploy.refusals import BadPortalFile
from report import settings
from report.alert.delivery import ways
from report.alert.settings import AlertSettings, MailSettings

WHERE = "deploy/portals/example.toml, [report]"
AT = "deploy/portals/example.toml, [report.alert"
MAIL = 'mail = {host = "smtp.example.org", from = "robot@example.org", to = "ops@example.org"%s}'


def read(text: str) -> AlertSettings:
    return AlertSettings.read(WHERE, tomllib.loads(text))


def test_an_empty_table() -> None:
    """Three dropped in a day, or a spike against at least four weeks; nobody is written to."""
    assert read("") == AlertSettings(3, 24, True, 4, 0.001, 6, 2, "", None)


def test_the_file_that_is_copied() -> None:
    """What example.toml writes out is what holds without it."""
    assert settings.read("example").alert == read("")


def test_no_spike_that_can_never_be_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weeks that are not kept so long are refused, when somebody asks for them; else the days alone decide."""
    file = tmp_path / "deploy" / "portals" / "shop.toml"
    file.parent.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    text = 'portal_id = 4711001\nkind = "test"\n[report]\nkeep_days = 28\n[report.alert]\n'
    file.write_text(text, "utf-8")
    assert settings.read("shop").keep_days == 28
    file.write_text(f"{text}weeks = 4\n", "utf-8")
    with pytest.raises(BadPortalFile) as caught:
        settings.read("shop")
    assert str(caught.value) == (
        "deploy/portals/shop.toml, [report], keep_days: expected at least 29 days: [report.alert] compares an hour "
        "with 4 weeks, found 28. Keep more days, compare with fewer weeks, or write spike = false."
    )


def test_a_full_table() -> None:
    """Every key is taken; one addressee may be written without brackets."""
    text = """
        threshold = 10
        hours = 2
        spike = false
        weeks = 5
        chance = 0.01
        quiet_hours = 3
        blind_hours = 4
        webhook_variable = "HOOK"
        [mail]
        host = "smtp.example.org"
        port = 2525
        security = "ssl"
        user = "robot"
        password_variable = "PASSWORD"
        from = "robot@example.org"
        to = ["ops@example.org", "lead@example.org", "ops@example.org"]
    """
    to = ("ops@example.org", "lead@example.org")
    mail = MailSettings("smtp.example.org", 2525, "ssl", "robot", "PASSWORD", "robot@example.org", to)
    assert read(text) == AlertSettings(10, 2, False, 5, 0.01, 3, 4, "HOOK", mail)
    plain = MailSettings("smtp.example.org", 587, "starttls", "", "", "robot@example.org", ("ops@example.org",))
    assert read(MAIL % "").mail == plain


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("treshold = 3", "], treshold: expected one of blind_hours, chance, hours, mail, quiet_hours, spike, "
         "threshold, webhook_variable, weeks, found 'treshold'. Correct the name."),
        ("threshold = 0", "], threshold: expected a whole number from 1 to 100000, found 0. Correct the value."),
        ("threshold = true", "], threshold: expected a whole number, found true or false. Correct the value."),
        ("weeks = 3", "], weeks: expected a whole number from 4 to 8, found 3. Correct the value."),
        ("weeks = 9", "], weeks: expected a whole number from 4 to 8, found 9. Correct the value."),
        ("chance = 1", "], chance: expected a share such as 0.001, found a number. Correct the value."),
        ("chance = 0.5", "], chance: expected a share from 0.000000001 to 0.05, found 0.5. Correct the value."),
        ("chance = nan", "], chance: expected a share from 0.000000001 to 0.05, found nan. Correct the value."),
        ('webhook_variable = "https://hooks.example.org/canary"', "], webhook_variable: expected the name of a "
         "variable: letters, digits and _, no digit first, found another text. Write the name alone, and put the "
         "secret into that variable."),
        (MAIL % ', security = "none"', ".mail], security: expected starttls or ssl; none is for a server on this "
         "machine, found 'none'. Correct the value."),
        (MAIL % ', user = "robot"', ".mail], password_variable: expected user and password_variable together, or "
         "neither, found one of them. Add password_variable = ..."),
        (MAIL.replace("ops@example.org", r"ops@example.org\r\nBcc: x@example.org") % "", ".mail], to: expected a mail "
         "address, as service-ops@example.org, found 'ops@example.org\\r\\nBcc: x@example.org'. Correct the value."),
        (MAIL.replace('"ops@example.org"', "[]") % "", ".mail], to: expected 1 to 20 addresses, found 0. Correct the "
         "list."),
        (MAIL.replace('"ops@example.org"', "[5]") % "", ".mail], to: expected a mail address, as "
         "service-ops@example.org, found a number. Correct the value."),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, said: str) -> None:
    """File, table, key, what was expected, what was found, and what to do."""
    with pytest.raises(BadPortalFile) as caught:
        read(text)
    assert str(caught.value) == AT + said


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "expected the webhook's address in the variable HOOK, found none. Export HOOK=..."),
        (
            {"HOOK": "http://hooks.example.org/canary"},
            "expected an address in the variable HOOK that begins with https://, or http:// of this machine, found "
            "another text. Copy the webhook's address once more; it is a secret, so it is not shown here.",
        ),
    ],
)
def test_a_way_that_cannot_work_is_refused_beforehand(environment: dict[str, str], said: str) -> None:
    """A secret that is missing or wrong is known with the first run, not with the first alarm, and is not shown."""
    with pytest.raises(BadPortalFile) as caught:
        ways("deploy/portals/example.toml", AlertSettings(webhook_variable="HOOK"), environment)
    assert str(caught.value) == f"{AT}], webhook_variable: {said}"
