"""Returns what it was asked for, of every type."""

# /// script
# [tool.hubspot.inputs.name]
# type = "string"
# required = true
#
# [tool.hubspot.outputs]
# count = { type = "number" }
# share = { type = "number" }
# name = { type = "string" }
# reached = { type = "boolean" }
# closed_at = { type = "datetime" }
# closed_on = { type = "date" }
# resolution = { type = "enumeration", options = ["resolved", "unresolved"] }
# phone = { type = "phone_number" }
# nothing = { type = "string" }
# ///


def main(event):
    asked = event["inputFields"]
    print("asked for", ", ".join(sorted(asked)))
    return {
        "outputFields": {
            "count": 3,
            "share": 0.5,
            "name": asked["name"],
            "reached": True,
            "closed_at": 1772438400000,
            "closed_on": 1772409600000,
            "resolution": "resolved",
            "phone": "+49 30 1234",
            "nothing": None,
        }
    }
