"""Leaves a declared output out."""

# /// script
# [tool.hubspot.outputs]
# count = { type = "number" }
# ///


def main(event):
    return {"outputFields": {}}
