"""Waits for longer than it may."""

import time


def main(event):
    for _ in range(100):
        time.sleep(1)
