"""How does a client ask and hear the same in fewer steps? What its libraries work out anew for each call is shortened.

Where nothing is encrypted, that is most of what a call costs. Only functions whose answer depends on what they are
given alone, and only for what is plain: anything else goes to the library's own.
"""

import http.client
import re
import socket
import ssl
import sys

from .plain import Posing

_PLAIN = re.compile(rb"(?:[!-9;-~]+:[^\r\n]*\r\n)*\r\n")
_OTHER_BODY = re.compile(rb"(?i)\ncontent-type:[ \t]*(?:multipart|message)")
_read, _parse = getattr(http.client, "_read_headers", None), http.client.parse_headers


def install(network):
    """In the warm process, for all that have been loaded."""
    if _read is not None:
        http.client.parse_headers = _parse_headers
    if hasattr(http.client.HTTPConnection, "_send_output"):
        http.client.HTTPConnection._send_output = _sending(http.client.HTTPConnection._send_output)
    module = sys.modules.get("urllib3.util.url")
    if hasattr(module, "_encode_invalid_chars"):
        module._encode_invalid_chars = _encoding(module._encode_invalid_chars)
    module = sys.modules.get("urllib3.connection")
    if module is not None and sys.modules["urllib3"].__version__.startswith("1.26."):
        module.HTTPSConnection.connect = _connecting(module, network)


def _sending(real):
    """Head and body in one piece: each piece wakes who reads it, and that costs more than to join them."""

    def send_output(self, message_body=None, encode_chunked=False):
        if type(message_body) is not bytes or encode_chunked:
            real(self, message_body, encode_chunked=encode_chunked)
            return
        head = b"\r\n".join((*self._buffer, b"", b""))
        del self._buffer[:]
        self.send(head + message_body)

    return send_output


def _parse_headers(fp, _class=http.client.HTTPMessage):
    """As the mail parser does it, which looks for much more than HTTP has."""
    lines = _read(fp)
    text = b"".join(lines)
    if _PLAIN.fullmatch(text) is None or _OTHER_BODY.search(b"\n" + text) is not None:
        return _parse(_Lines(lines), _class)
    message = _class()
    message._headers = [_field(line) for line in text.decode("iso-8859-1").split("\r\n")[:-2]]
    message._payload = ""
    return message


def _field(line):
    name, _, value = line.partition(":")
    return name, value.lstrip(" \t")


class _Lines:
    """Lines that have been read, to be read again."""

    def __init__(self, lines):
        self._lines = iter(lines)

    def readline(self, limit=-1):
        return next(self._lines, b"")


def _encoding(real):
    """Nothing is to be encoded where every sign is allowed and none is a percent sign."""

    def encode(component, allowed_chars, *encoding):  # which urllib3 2 does not take
        plain = type(component) is str and component.isascii() and "%" not in component
        if plain and isinstance(allowed_chars, (set, frozenset)) and allowed_chars.issuperset(component):
            return component
        return real(component, allowed_chars, *encoding)

    return encode


def _connecting(module, network):
    """To the door without a context that encrypts nothing, where nothing but that would be asked of it."""
    real = module.HTTPSConnection.connect

    def connect(self):
        if not _as_usual(self) or not network.answers((self.host, self.port)) or today() < module.RECENT_DATE:
            return real(self)
        sock = Posing(socket.AF_INET, socket.SOCK_STREAM)
        try:
            sock.settimeout(self.timeout)
            network.reach_door(sock)
        except Exception:  # it comes again, under the client's own name for it
            sock.close()
            return real(self)
        sock.server_hostname = self.host
        self.sock, self.is_verified = sock, True
        return None

    def today():
        return module.datetime.date.today()

    return connect


def _as_usual(connection):
    """Is the other side's certificate to be verified, and are all other settings left as they are?"""
    names = ("ssl_context", "proxy", "source_address", "server_hostname", "assert_hostname", "assert_fingerprint")
    return connection.cert_reqs in (ssl.CERT_REQUIRED, "CERT_REQUIRED") and all(
        getattr(connection, name, None) is None for name in (*names, "cert_file", "key_file", "ssl_version")
    )
