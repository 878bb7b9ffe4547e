"""Calls itself without end."""


def main(event):
    return main(event)
