"""Returns no dict."""


def main(event):
    return ["unresolved"]
