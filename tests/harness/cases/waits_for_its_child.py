"""Ignores SIGTERM and waits for a child process that would wait for minutes."""

import signal
import subprocess
import sys


def main(event):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    print(child.pid)
    child.wait()
