"""What does the action find in its environment? What it is given; a name it looks up in vain is recorded."""

import os
import sys
import time

_real_lookup = os._Environ.__getitem__


def clear(settings):
    """Start from these variables alone. The process itself was started with an empty environment."""
    for name in set(os.environ) - set(settings):
        del os.environ[name]
    os.environ.update(settings)
    if hasattr(time, "tzset"):
        time.tzset()


def watch(report, file_name):
    """Record each name that the action's own text (not a library) looks up and does not find."""

    def lookup(self, key):
        try:
            return _real_lookup(self, key)
        except KeyError:
            if _asked_by(file_name):
                report.tell_once("env", name=str(key))
            raise

    os._Environ.__getitem__ = lookup


def _asked_by(file_name):
    """Does the first frame outside os and collections.abc belong to the action?"""
    frame = sys._getframe(2)
    while frame is not None and frame.f_globals.get("__name__") in (
        "os",
        "_collections_abc",
        "collections.abc",
    ):
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename == file_name
