"""Runs twenty threads at once."""

import threading


def main(event):
    together = threading.Barrier(20)
    threads = [threading.Thread(target=together.wait) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"outputFields": {}}
