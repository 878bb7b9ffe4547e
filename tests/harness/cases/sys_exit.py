"""Leaves by sys.exit."""

import sys


def main(event):
    sys.exit(3)
