"""What does HubSpot allow one run? The documented limits, and the caps that protect this machine.

Documented: developers.hubspot.com, custom code actions (20 s, 128 MB, 50 inputs, 1,000 characters of secrets,
65,000 of an output). Documented by AWS: 6 MB of answer, 512 MB of temporary files.
"""

import sys

TIMEOUT_S = 20.0
MEMORY_MB = 128
INPUTS = 50
SECRET_CHARACTERS = 1_000
OUTPUT_CHARACTERS = 65_000
ANSWER_BYTES = 6 * 1024 * 1024

LOG_CAP = 1024 * 1024
REPORT_CAP = ANSWER_BYTES + 1024 * 1024
RESOURCES = {"RLIMIT_FSIZE": 512 * 1024**2, "RLIMIT_CORE": 0}
if sys.platform != "linux":  # there nobody looks on while it grows; it would be a MemoryError, which main may catch
    RESOURCES["RLIMIT_DATA"] = 2 * 1024**3
