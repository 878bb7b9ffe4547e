"""Whom does TLS trust in a run? Only the harness's throw-away authority, whatever the client asks for.

The three methods replace, never add: a default bundle takes some 40 ms to parse per context, and clients make
many. No file and no environment variable is involved, so the action cannot see it.
"""

import ssl

_real_load = ssl.SSLContext.load_verify_locations


def install(authority):
    """Make every SSLContext load this certificate (PEM text) in place of what it is told to load."""

    def load_verify_locations(self, cafile=None, capath=None, cadata=None):
        _real_load(self, cadata=authority)

    def load_default_certs(self, purpose=ssl.Purpose.SERVER_AUTH):
        _real_load(self, cadata=authority)

    def set_default_verify_paths(self):
        _real_load(self, cadata=authority)

    ssl.SSLContext.load_verify_locations = load_verify_locations
    ssl.SSLContext.load_default_certs = load_default_certs
    ssl.SSLContext.set_default_verify_paths = set_default_verify_paths
