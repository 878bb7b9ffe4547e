"""Starts a process and does not wait for it."""

import subprocess
import sys


def main(event):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    return {"outputFields": {"pid": child.pid}}
