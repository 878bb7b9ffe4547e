"""Looks for variables of the machine it runs on, in its own environment and in its parent's."""

import os


def main(event):
    names = ",".join(sorted(os.environ))
    try:
        with open("/proc/%d/environ" % os.getppid()) as file:
            parent = file.read()
    except OSError as error:
        parent = type(error).__name__
    return {"outputFields": {"names": names, "parent": parent}}
