"""Returns a datetime in place of epoch milliseconds."""

import datetime


def main(event):
    return {"outputFields": {"closed_at": datetime.datetime(2026, 3, 2, 8, 0)}}
