"""Calls its function something else."""


def handler(event):
    return {"outputFields": {}}
