"""Ends its process without a word."""

import os


def main(event):
    os._exit(0)
