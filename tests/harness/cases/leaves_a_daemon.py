"""Starts a process that leaves the process group and changes parents."""

import os
import time


def main(event):
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.setsid()
        pid = os.fork()
        if pid == 0:
            time.sleep(300)
        os.write(writing, str(pid).encode())
        os._exit(0)
    return {"outputFields": {"pid": int(os.read(reading, 20))}}
