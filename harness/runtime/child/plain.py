"""How does a client that insists on TLS speak plainly? Its context encrypts nothing and says that all is well.

The door on the other side is this machine's own, reached with the run's token. The clients stay as they are: the
socket they get back answers what they ask a TLS socket. wrap_bio (asyncio) stays real, so it fails here.
"""

import socket
import ssl

from .patience import Patient

_CIPHER = ("TLS_AES_256_GCM_SHA384", "TLSv1.3", 256)


class Posing(Patient, socket.socket):
    """A socket whose other side is vouched for, and nothing more."""

    context = server_hostname = session = None
    server_side = session_reused = False

    def getpeercert(self, binary_form=False):
        name = self.server_hostname or ""
        return b"" if binary_form else {"subject": ((("commonName", name),),), "subjectAltName": (("DNS", name),)}

    def version(self):
        return "TLSv1.3"

    def cipher(self):
        return _CIPHER

    def shared_ciphers(self):
        return [_CIPHER]

    def compression(self):
        return None

    selected_alpn_protocol = selected_npn_protocol = compression

    def pending(self):
        return 0

    def do_handshake(self, block=False):
        return None

    def unwrap(self):
        return self

    def read(self, len=1024, buffer=None):
        return self.recv(len) if buffer is None else self.recv_into(buffer, len)

    def write(self, data):
        return self.send(data)


def install():
    """Make every SSLContext wrap like this, and load no certificates."""
    ssl.SSLContext.wrap_socket = _wrap_socket
    for name in ("load_verify_locations", "load_default_certs", "set_default_verify_paths"):
        setattr(ssl.SSLContext, name, _load_nothing)


def _wrap_socket(
    self,
    sock,
    server_side=False,
    do_handshake_on_connect=True,
    suppress_ragged_eofs=True,
    server_hostname=None,
    session=None,
):
    if self.check_hostname and not server_hostname:
        raise ValueError("check_hostname requires server_hostname")
    timeout = sock.gettimeout()
    posing = Posing(sock.family, sock.type, sock.proto, fileno=sock.detach())
    posing.settimeout(timeout)
    posing.context, posing.server_hostname, posing.server_side = self, server_hostname, server_side
    return posing


def _load_nothing(self, *arguments, **more):
    return None
