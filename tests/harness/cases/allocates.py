"""Uses as many MB as it is asked to, for a moment."""


def main(event):
    size = int(event["inputFields"]["megabytes"]) * 1024 * 1024
    block = b"x" * size
    del block
    return {"outputFields": {}}
