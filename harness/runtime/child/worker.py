"""How does one process make many runs? As a warm Lambda does: job by job, coming back to its beginning in between."""

import json
import os
import socket

from . import memory, prepare
from .act import act, knows
from .anew import Beginning, left_running
from .channel import Report, receive
from .page import SharedPage


def work(warm, line_fd, page_fd):
    """Take jobs from the line, tell all that comes of them on it, until it ends."""
    line = socket.socket(fileno=line_fd)
    page = SharedPage(page_fd)
    os.close(page_fd)
    page.mapped_kb = memory.field_kb("self", b"RssFile:") or 0
    beginning = Beginning()
    while True:
        message = receive(line)
        if message is None:
            return
        job = json.loads(message)
        report = Report(line_fd, job)
        page.tell_begun()
        warm.surround(job, report, page, line_fd)
        act(job, report, warm.setup["answer_limit"], hold=True)
        prepare.flush()
        report.tell("over", left=left_running(), knows=knows(job["digest"]))
        if not beginning.come_back(warm.setup["writable"]):
            return  # the harness finds nobody here for its next job, and has another worker forked
