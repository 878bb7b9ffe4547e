"""Returns a NaN."""

# /// script
# [tool.hubspot.outputs]
# count = { type = "number" }
# ///


def main(event):
    return {"outputFields": {"count": float("nan")}}
