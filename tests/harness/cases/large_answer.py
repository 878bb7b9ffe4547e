"""Returns more than Lambda carries."""


def main(event):
    return {"outputFields": {"part_%d" % n: "x" * 60000 for n in range(120)}}
