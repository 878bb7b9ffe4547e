"""Forgets to return."""


def main(event):
    print("done")
