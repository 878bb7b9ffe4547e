"""Webhook and mail, to real servers."""

import email
import email.policy
import threading
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from report.alert.delivery import send, ways
from report.alert.mail import Mail
from report.alert.settings import AlertSettings, MailSettings
from report.alert.undelivered import Undelivered
from report.alert.webhook import Webhook, fits
from report.alert.wording import Message
from tests.report.alert.receivers import AUTHORITY, MailServer, WebhookServer

SAID = Message("Chat handoff example: chats are dropped", "3 of 4 <!channel> & so on\nÄußerst viele")


@pytest.fixture(autouse=True)
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail server's authority is one that this machine trusts."""
    AUTHORITY.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


def mail_settings(server: MailServer, **changes: object) -> MailSettings:
    to = ("ops@example.org", "lead@example.org")
    password = "REPORT_MAIL_PASSWORD"
    settings = MailSettings("localhost", server.port, "starttls", server.USER, password, "robot@example.org", to)
    return replace(settings, **changes)  # type: ignore[arg-type]


def trouble(way: Webhook | Mail) -> str:
    with pytest.raises(Undelivered) as caught:
        way.send(SAID)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)  # they quote the address
    return str(caught.value)


def test_what_a_webhook_gets(webhook: WebhookServer) -> None:
    """JSON with the text, in which nothing calls a channel or makes a link of its own."""
    Webhook(webhook.address).send(SAID)
    assert webhook.texts == ["3 of 4 &lt;!channel&gt; &amp; so on\nÄußerst viele"]
    assert webhook.types == ["application/json"]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(webhook: WebhookServer, status: int) -> None:
    """The message goes to the address that was given, or nowhere."""
    webhook.answer, webhook.location = status, webhook.address
    assert trouble(Webhook(webhook.address)) == f"answered {status}, a redirect, which is not followed"
    assert webhook.texts == []


def test_a_webhook_that_fails_is_told_of_without_its_address(webhook: WebhookServer) -> None:
    """What came back, or that nothing did, and no word of where to."""
    webhook.answer = 404
    said = [trouble(Webhook(webhook.address))]
    said.append(trouble(Webhook("http://127.0.0.1:1/canary-secret")))
    said.append(trouble(Webhook(f"https://127.0.0.1:{webhook.port}/canary-secret")))
    assert said == ["answered 404", "could not be reached", "has no certificate that can be trusted"]
    assert "canary" not in repr(Webhook(webhook.address))


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://hooks.example.org/services/T0", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://localhost/x", True),
        ("http://hooks.example.org/x", False),
        ("http://127.0.0.1.example.org/x", False),
        ("http://localhost@example.org/x", False),
        ("ftp://127.0.0.1/x", False),
        ("https://", False),
        ("https://example.org:99999/x", False),
        ("https://example.org\\@127.0.0.1/", False),
        ("https://example.org/a b", False),
        ("hooks.example.org/x", False),
    ],
)
def test_where_a_webhook_may_be(address: str, may: bool) -> None:
    """Https, or http of this machine."""
    assert fits(address) is may


def test_a_mail_arrives(mail: MailServer) -> None:
    """Over STARTTLS, for the right password, to one addressee, as plain text."""
    Mail(mail_settings(mail), mail.PASSWORD, "ops@example.org").send(SAID)
    ((sender, to, content),) = mail.mails
    written = email.message_from_string(content, policy=email.policy.default)
    assert (sender, to) == ("robot@example.org", ["ops@example.org"])
    assert [written[name] for name in ("From", "To", "Subject", "Auto-Submitted")] == [
        "robot@example.org",
        "ops@example.org",
        SAID.subject,
        "auto-generated",
    ]
    assert written.get_content().replace("\r\n", "\n") == SAID.text + "\n"


def test_a_mail_that_was_taken_has_arrived(mail: MailServer) -> None:
    """Whatever the server says when it is left: told again it would come twice."""
    mail.hurries = True
    Mail(mail_settings(mail), mail.PASSWORD, "ops@example.org").send(SAID)
    assert len(mail.mails) == 1


def test_a_line_break_forges_no_header(mail: MailServer) -> None:
    """A subject with one is not sent."""
    way = Mail(mail_settings(mail), mail.PASSWORD, "ops@example.org")
    with pytest.raises(ValueError, match="linefeed"):
        way.send(Message("a\r\nBcc: everybody@example.org", "text"))
    assert mail.mails == []


def test_how_mail_fails(mail: MailServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Wrong password, no such mailbox, no server, no TLS to trust: each in words, without the password."""
    mail.refuses = {"lead@example.org"}
    settings = mail_settings(mail)
    said = [
        trouble(Mail(settings, "canary-wrong", "ops@example.org")),
        trouble(Mail(settings, "canary-wröng", "ops@example.org")),
        trouble(Mail(settings, mail.PASSWORD, "lead@example.org")),
        trouble(Mail(replace(settings, port=1), mail.PASSWORD, "ops@example.org")),
        trouble(Mail(replace(settings, security="none"), mail.PASSWORD, "ops@example.org")),
    ]
    trustme.CA().cert_pem.write_to_path(tmp_path / "other.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "other.pem"))
    said.append(trouble(Mail(settings, mail.PASSWORD, "ops@example.org")))
    assert said == [
        "was refused: user or password are wrong (535)",
        "was not sent: host, user or password have letters that cannot be sent",
        "was refused: the server does not take mail for this address (550)",
        "was not sent: the server could not be reached",
        "was not sent: the server offers no STARTTLS, or no way to log in",
        "was not sent: the server has no certificate that can be trusted",
    ]
    assert mail.mails == []


def test_a_receiver_without_an_end_is_left() -> None:
    """One that never ends its answer holds up nobody."""
    ends = threading.Event()

    class Endless:
        key = name = "endless"

        def send(self, message: Message) -> None:
            ends.wait()

    with pytest.raises(Undelivered, match="did not take it in time"):
        send(Endless(), SAID, longest=0.01)
    ends.set()


def test_all_ways_that_are_set(webhook: WebhookServer, mail: MailServer) -> None:
    """A webhook and two addressees are three ways; the store knows them by what tells no address."""
    settings = AlertSettings(webhook_variable="HOOK", mail=mail_settings(mail))
    found = ways("example.toml", settings, {"HOOK": webhook.address, "REPORT_MAIL_PASSWORD": mail.PASSWORD})
    for way in found:
        way.send(SAID)
    assert [way.name for way in found] == ["the webhook", "mail to ops@example.org", "mail to lead@example.org"]
    assert (len(webhook.texts), [to for _, to, _ in mail.mails]) == (1, [["ops@example.org"], ["lead@example.org"]])
    assert [way.key.partition("-")[0] for way in found] == ["webhook", "mail", "mail"]
    assert "@" not in "".join(way.key for way in found)
