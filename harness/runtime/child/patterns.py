"""Which regular expressions does an action compile? In a fork each run would compile them again, some for 0.1 s.

What two runs of one file have both compiled is the file's own, whatever they were given. The warm process compiles it
too, into `re`'s own cache, which every later fork inherits. An action notices nothing but the time.
"""

import contextlib
import sys


def compiled():
    """What is in the cache of `re`, as far as anybody has imported it: its keys are (type, text, flags)."""
    return set(getattr(sys.modules.get("re"), "_cache", ()))


def since(before):
    """The texts and flags of what has been compiled since."""
    return [[key[1], int(key[2])] for key in compiled() - before if isinstance(key[1], str)]


def compile_all(patterns):
    """Put them into the cache; what does not compile here, or is too much for it, comes again in the run."""
    import re

    for pattern, flags in patterns:
        with contextlib.suppress(Exception):
            re.compile(pattern, flags)
