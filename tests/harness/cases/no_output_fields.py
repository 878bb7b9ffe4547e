"""Returns its outputs bare."""


def main(event):
    return {"resolution": "unresolved"}
