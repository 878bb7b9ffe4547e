"""Sends a signal (0: it would hurt nobody) to every process it may reach, then to its parent."""

import os


def main(event):
    found = []
    for pid in (-1, os.getppid()):
        try:
            os.kill(pid, 0)
        except OSError as error:
            found.append(error.strerror)
    return {"outputFields": {"refused": "; ".join(found)}}
