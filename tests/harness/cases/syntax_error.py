"""Has one brace too many."""


def main(event):
    return {"outputFields": {}}}
