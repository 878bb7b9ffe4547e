"""Reads a secret that it does not declare."""

# /// script
# [tool.hubspot]
# secrets = ["TOKEN"]
#
# [tool.hubspot.outputs]
# found = { type = "boolean" }
# other = { type = "string" }
# ///

import os


def main(event):
    return {"outputFields": {"found": os.getenv("TOKEN") is not None, "other": os.getenv("OTHER_TOKEN")}}
