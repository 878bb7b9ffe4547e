"""Who decides whether the interpreter may do something? One audit hook, armed when a run begins."""

import sys

_handlers = {}
_armed = []


def on(event, handler):
    """Let `handler(*args)` look at this audit event; it refuses by raising."""
    _handlers[event] = handler


def arm():
    """From here on the handlers are asked. Cannot be undone: a worker stays armed between its runs."""
    _armed[:] = [True]


def install():
    """Hang the hook in once per process; it stays silent until armed."""
    sys.addaudithook(_hook)


def _hook(event, args):
    if _armed:
        handler = _handlers.get(event)
        if handler is not None:
            handler(*args)
