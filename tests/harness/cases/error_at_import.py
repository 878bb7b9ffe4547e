"""Breaks while it is loaded."""

SETTING = {}["missing"]


def main(event):
    return {"outputFields": {}}
