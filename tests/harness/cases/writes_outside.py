"""Writes inside the temporary folder, then outside it."""

import os
import tempfile


def main(event):
    with tempfile.NamedTemporaryFile("w") as file:
        file.write("inside")
    found = []
    for attempt in (lambda: open("/var/outside.txt", "w"), lambda: os.mkdir("/var/outside"), lambda: open("here.txt", "a")):
        try:
            attempt()
        except OSError as error:
            found.append(error.strerror)
    return {"outputFields": {"refused": "; ".join(found)}}
