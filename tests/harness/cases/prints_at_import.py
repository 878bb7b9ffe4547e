"""Prints while it is loaded, to both streams."""

import sys

print("loaded")
print("warned", file=sys.stderr)


def main(event):
    print("ran")
    return {"outputFields": {}}
