"""What can a run draw by chance? Where it is given a seed, the same numbers each time.

That is `random`, os.urandom and so `secrets`, uuid1 and uuid4, and the names of temporary files. What libssl and the
kernel draw for themselves stays theirs.
"""

import os
import random
import sys
import uuid

_real_urandom, _real_seed = os.urandom, random.Random.seed
_UUID1 = {name: getattr(uuid, name) for name in ("_generate_time_safe", "_node", "_last_timestamp")}
_NODE = 0x02_00_00_00_00_01  # a locally administered address, nobody's


def install(seed):
    """From here on everything is drawn from this seed (a text)."""
    drawn = random.Random()
    _real_seed(drawn, seed)

    def urandom(size):
        return drawn.getrandbits(8 * size).to_bytes(size, "big") if size else b""

    def seeded(self, a=None, version=2):
        _real_seed(self, urandom(32) if a is None else a, version)

    _put(urandom, seeded)
    uuid._generate_time_safe, uuid._node, uuid._last_timestamp = None, _NODE, None
    if "tempfile" in sys.modules:
        sys.modules["tempfile"]._name_sequence = None


def remove():
    """A run without a seed draws what the machine gives."""
    if os.urandom is not _real_urandom:
        _put(_real_urandom, _real_seed)
        for name, value in _UUID1.items():
            setattr(uuid, name, value)
    else:
        random.seed()


def _put(urandom, seed):
    os.urandom = random._urandom = urandom
    random.Random.seed = seed
    random.seed = random._inst.seed  # bound to the class's at import
    random.seed()
