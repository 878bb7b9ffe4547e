"""Lets an exception out."""


def main(event):
    raise ValueError("stage 7 is not in pipeline 0")
