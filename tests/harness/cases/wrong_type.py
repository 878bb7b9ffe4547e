"""Returns text where it declares a number."""

# /// script
# [tool.hubspot.outputs]
# count = { type = "number" }
# ///


def main(event):
    return {"outputFields": {"count": "three"}}
