"""How are the files put into a folder that may have other things in it? Only over what was put there before.

`.export.json` names the files that were written and their hashes. A file it does not name, or that was changed since
(a ticked checklist!), stops the export before anything is written, unless it is told to go on.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from deploy.refusals import Refused

MANIFEST = ".export.json"


def fill(out: Path, files: Mapping[str, bytes], below: str, *, force: bool) -> None:
    """Write the files; what an earlier export left below that folder ("": anywhere) and is no more goes."""
    before = _manifest(out)
    in_the_way = _in_the_way(out, before, files, below)
    if in_the_way and not force:
        raise Refused(
            str(out),
            expected="a new folder, or one as `export` left it",
            found=in_the_way,
            remedy="Nothing was written. Take another folder with --out, or --force: it writes over its own files"
            " only, and leaves all others alone.",
        )
    gone = {name for name in before if name.startswith(below) and name not in files}
    for name in sorted(gone):
        if _hash(out / name) == before[name]:
            (out / name).unlink()
    for name, content in sorted(files.items()):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    hashes = {name: known for name, known in before.items() if name not in gone}
    hashes |= {name: sha256(content).hexdigest() for name, content in files.items()}
    text = json.dumps({"files": hashes}, indent=2, sort_keys=True) + "\n"
    (out / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def _in_the_way(out: Path, before: Mapping[str, str], files: Mapping[str, bytes], below: str) -> str:
    """The first thing that would be lost or mixed up; "" when there is none."""
    if out.exists() and not out.is_dir():
        return "a file"
    there = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir())
    for name in there:
        if name != MANIFEST and name not in before:
            return f"{name}, which no export wrote"
        ours = name in before and (name in files or name.startswith(below))
        if ours and _hash(out / name) not in (before[name], sha256(files.get(name, b"")).hexdigest()):
            return f"{name}, which was changed since"
    return ""


def _manifest(out: Path) -> dict[str, str]:
    try:
        files = json.loads((out / MANIFEST).read_text("utf-8"))["files"]
        return {str(name): str(known) for name, known in files.items() if ".." not in Path(str(name)).parts}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
