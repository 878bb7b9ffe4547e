"""Which files hold claims? Importing this one knows them all."""

from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
NO_CLAIMS = {"areas", "claim", "coverage", "emulation", "hub", "live", "local"}

AREAS = sorted(
    file.stem for file in HERE.glob("*.py") if file.stem not in NO_CLAIMS and not file.stem.startswith("test_")
)
for _name in AREAS:
    import_module(f"tests.claims.{_name}")
