"""Where do the action's connections go? One host to the harness's door, everything else nowhere."""

import errno
import socket
import threading

from . import guard

# From the documentation range (RFC 5737): never a real machine, so it is recognised on connecting.
STAND_IN = "192.0.2.1"
_CONNECT_SECONDS = 10
_MORE = getattr(socket, "MSG_MORE", 0)  # the client speaks first here: one piece wakes the door once

_real_connect = socket.socket.connect
_real_getaddrinfo = socket.getaddrinfo
_real_gethostbyname = socket.gethostbyname


class Network:
    """The redirect of one host, and the refusal of all others, recorded on the run's channel."""

    def __init__(self, host):
        self.host = host
        self.door = None
        self.token = b""
        self.report = None
        self._at_the_door = threading.local()

    def install(self):
        """Replace what clients resolve and connect with; they keep using their own sockets."""
        network = self

        def connect(self, address):
            if network.answers(address):
                return network.reach_door(self)
            return _real_connect(self, address)

        def connect_ex(self, address):
            try:
                connect(self, address)
            except socket.timeout:
                return errno.EAGAIN
            except OSError as error:
                return error.errno or errno.ECONNREFUSED
            return 0

        socket.socket.connect = connect
        socket.socket.connect_ex = connect_ex
        socket.getaddrinfo = self.getaddrinfo
        socket.gethostbyname = self.gethostbyname
        for event, handler in self._refusals().items():
            guard.on(event, handler)

    def answers(self, address):
        """Is this the one host and port that the harness answers for?"""
        return isinstance(address, tuple) and self._is_here(address[0]) and address[1] == 443

    def _is_here(self, host):
        return _text(host).lower() in (self.host, STAND_IN) if isinstance(host, (str, bytes)) else False

    def reach_door(self, sock):
        """Connect to the door and say which run is calling, before the client starts its TLS."""
        if self.door is None:
            self.refuse("%s:443" % self.host)
        timeout = sock.gettimeout()
        sock.settimeout(_CONNECT_SECONDS)
        self._at_the_door.open = True
        try:
            _real_connect(sock, self.door)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else TLS waits 40 ms behind these bytes
            sock.sendall(self.token, _MORE)
        finally:
            self._at_the_door.open = False
        sock.settimeout(timeout)

    def getaddrinfo(self, host, port, family=0, type=0, proto=0, flags=0):
        """Answer for the one host without asking any name server."""
        if self._is_here(host) and family in (0, socket.AF_INET):
            number = _number(port)
            kind = type or socket.SOCK_STREAM
            return [(socket.AF_INET, kind, proto or socket.IPPROTO_TCP, "", (STAND_IN, number))]
        return _real_getaddrinfo(host, port, family, type, proto, flags)

    def gethostbyname(self, host):
        return STAND_IN if self._is_here(host) else _real_gethostbyname(host)

    def refuse(self, name):
        """Record the attempt first: clients wrap, retry and swallow what is raised here."""
        name = self._named(name)
        self.report.tell_once("refused", what="host", name=name)
        raise ConnectionRefusedError(errno.ECONNREFUSED, "%s is not answered here, only %s:443" % (name, self.host))

    def refuse_name(self, name):
        name = self._named(name)
        self.report.tell_once("refused", what="host", name=name)
        raise socket.gaierror(socket.EAI_NONAME, "%s is not answered here, only %s" % (name, self.host))

    def _named(self, name):
        """The stand-in's address is nothing that anybody has written."""
        host, colon, port = name.rpartition(":")
        return self.host + colon + port if host == STAND_IN else name

    def _refusals(self):
        def connecting(sock, address):
            if not getattr(self._at_the_door, "open", False):
                self.refuse(_spelled(address))

        def sending(sock, address):
            if address is not None:
                self.refuse(_spelled(address))

        def resolving(host, port, *rest):
            if host is not None:
                self.refuse_name(_spelled((host, port)))

        def naming(host, *rest):
            self.refuse_name(_spelled(host))

        return {
            "socket.connect": connecting,
            "socket.sendto": sending,
            "socket.sendmsg": sending,
            "socket.getaddrinfo": resolving,
            "socket.gethostbyname": naming,
            "socket.gethostbyaddr": naming,
            "socket.getnameinfo": naming,
        }


def _number(port):
    """The port of a service as getaddrinfo takes it: a number, its digits, a name, None."""
    if isinstance(port, int):
        return port
    text = _text(port) or "0"
    return int(text) if text.isdigit() else {"https": 443, "http": 80}.get(text, 0)


def _text(value):
    return value.decode("ascii", "replace") if isinstance(value, bytes) else value


def _spelled(address):
    """host:port for a person, whatever the address family."""
    if isinstance(address, tuple) and len(address) >= 2:
        host, port = _text(address[0]), _text(address[1])
        return "%s:%s" % (host, port) if port else str(host)
    return str(_text(address))
