"""Imports what HubSpot does not have."""

import no_such_library


def main(event):
    return {"outputFields": {}}
