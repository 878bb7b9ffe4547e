"""When does a client give up on an answer that is late by the portal's clock? At its own timeout, by that clock.

The run's page tells the harness, with each request, how long the client is ready to wait. Where the answer comes later,
the harness closes the connection at that moment instead, and the socket says that its time is up.
"""

import socket
import ssl

_pages = []


class Patient:
    """What a socket does besides in a run that takes turns."""

    def send(self, *arguments):
        self._say()
        return super().send(*arguments)

    def sendall(self, *arguments):
        self._say()
        return super().sendall(*arguments)

    def recv(self, *arguments):
        return self._unless_late(super().recv, arguments)

    def recv_into(self, *arguments):
        return self._unless_late(super().recv_into, arguments)

    def _say(self):
        for page in _pages:
            page.patience = self.gettimeout() or 0.0

    def _unless_late(self, receive, arguments):
        found = receive(*arguments)
        if not found:
            for page in _pages:
                if page.time_is_up():
                    raise socket.timeout("The read operation timed out")
        return found


class _PatientTLS(Patient, ssl.SSLSocket):
    """The same over TLS."""


def begin(page):
    """From here on, for one run."""
    _pages[:] = [page]
    ssl.SSLContext.sslsocket_class = _PatientTLS


def end():
    """A run that is alone waits by the machine's time."""
    _pages.clear()
    ssl.SSLContext.sslsocket_class = ssl.SSLSocket
