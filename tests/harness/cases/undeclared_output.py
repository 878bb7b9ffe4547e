"""Returns an output that it does not declare."""

# /// script
# [tool.hubspot.outputs]
# count = { type = "number" }
# ///


def main(event):
    return {"outputFields": {"count": 1, "colour": "blue"}}
