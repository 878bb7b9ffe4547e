"""Does nothing."""


def main(event):
    return {"outputFields": {}}
