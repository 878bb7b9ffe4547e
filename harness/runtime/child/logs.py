"""What becomes of `logging` in a run? Lambda's root handler: level, moment, request and message, by tabs.

Taken from Lambda's own runtime for Python, whose source is public; its level stays at WARNING.
"""

import logging
import sys
import time

_FORM = "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n"


class _Handler(logging.Handler):
    def __init__(self, request_id):
        super().__init__()
        self._request_id = request_id

    def emit(self, record):
        record.aws_request_id = self._request_id
        sys.stdout.write(self.format(record))


def install(request_id):
    """Hang it in. An action's own basicConfig then does nothing, as on Lambda."""
    formatter = logging.Formatter(_FORM, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler = _Handler(request_id)
    handler.setFormatter(formatter)
    logging.getLogger().addHandler(handler)
