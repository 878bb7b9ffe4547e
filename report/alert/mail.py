"""How does a message reach a mailbox? Over a server whose certificate is checked; one mail for each addressee.

Each alone, so that one who is refused is told again and the others are not.
"""

import hashlib
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from report.alert.settings import MailSettings
from report.alert.undelivered import Undelivered
from report.alert.wording import Message

SECONDS = 20


class Mail:
    """One addressee."""

    def __init__(self, settings: MailSettings, password: str, to: str) -> None:
        self._settings, self._password, self._to = settings, password, to
        self.key = "mail-" + hashlib.sha256(to.encode()).hexdigest()[:12]  # the store keeps no address
        self.name = f"mail to {to}"

    def send(self, message: Message) -> None:
        """One attempt; the next run is the next."""
        trouble = ""
        try:
            self._send(message)
        except smtplib.SMTPAuthenticationError as no:
            trouble = f"was refused: user or password are wrong ({no.smtp_code})"
        except smtplib.SMTPRecipientsRefused as no:
            codes = ", ".join(str(code) for code, _ in no.recipients.values())
            trouble = f"was refused: the server does not take mail for this address ({codes})"
        except smtplib.SMTPResponseException as no:
            trouble = f"was refused by the server ({no.smtp_code})"
        except smtplib.SMTPNotSupportedError:
            trouble = "was not sent: the server offers no STARTTLS, or no way to log in"
        except ssl.SSLError:
            trouble = "was not sent: the server has no certificate that can be trusted"
        except TimeoutError:
            trouble = "was not sent: the server did not answer in time"
        except UnicodeError:
            trouble = "was not sent: host, user or password have letters that cannot be sent"
        except (smtplib.SMTPException, OSError):
            trouble = "was not sent: the server could not be reached"
        if trouble:
            raise Undelivered(trouble)

    def _send(self, message: Message) -> None:
        settings = self._settings
        trusted = ssl.create_default_context()
        server: smtplib.SMTP
        if settings.security == "ssl":
            server = smtplib.SMTP_SSL(settings.host, settings.port, timeout=SECONDS, context=trusted)
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=SECONDS)
        try:
            if settings.security == "starttls":
                server.starttls(context=trusted)
            if settings.user:
                server.login(settings.user, self._password)
            server.send_message(self._written(message))
            with suppress(smtplib.SMTPException, OSError):  # it has the mail, however it says goodbye
                server.quit()
        finally:
            server.close()

    def _written(self, message: Message) -> EmailMessage:
        """Its headers are refused by the library where they hold a line break; the texts hold none."""
        written = EmailMessage()
        written["From"], written["To"], written["Subject"] = self._settings.sender, self._to, message.subject
        written["Date"] = formatdate(localtime=False)
        written["Message-ID"] = make_msgid(domain=self._settings.sender.rpartition("@")[2])
        written["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answering machine answers
        written.set_content(message.text + "\n", cte="quoted-printable")  # plain ASCII for any server on the way
        return written
