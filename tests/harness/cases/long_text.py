"""Returns one character more than an output may have."""


def main(event):
    return {"outputFields": {"transcript": "x" * 65001}}
