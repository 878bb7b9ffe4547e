"""Expects a second argument, as a Lambda would give."""


def main(event, context):
    return {"outputFields": {}}
