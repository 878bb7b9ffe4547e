"""Prints five million characters."""


def main(event):
    for _ in range(50000):
        print("x" * 99)
    return {"outputFields": {}}
