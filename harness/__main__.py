"""What does `python -m harness` do? The same as `chat-handoff harness`."""

import sys

from harness.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
