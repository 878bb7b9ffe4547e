"""Do the actions carry their parts word for word? `python -m actions.parts` fits them, `--check` only looks.

A part is a file of this folder: docstring, imports, code. Its code, which is everything after its imports,
stands at the end of each action that carries it, under the heading `# --- part: <name> ---` and as far as the
next heading or the end of the file. To carry a part, write its heading. What a part imports the action has to
import itself: the linter's rule about undefined names (F821) sees what is missing.
"""

from __future__ import annotations

import ast
import difflib
import re
import sys
from pathlib import Path

ACTIONS = Path(__file__).resolve().parent.parent
HEADING = "# --- part: {} ---"
LIKE_A_HEADING = re.compile(r"#\s*-+\s*part:\s*(.*?)[\s-]*")
ALMOST_A_HEADING = re.compile(r"#\s*-+\s*(?:parts?|par|prat)\s*[:=]\s*\S.*", re.IGNORECASE)


class PartError(Exception):
    """A part that cannot be fitted: where, what is wrong, what to do."""


def main(arguments: list[str], actions: Path = ACTIONS) -> int:
    """Fit, or with `--check` compare; 1 when a copy has drifted or cannot be fitted, 2 for a wrong call."""
    if arguments not in ([], ["--check"]):
        print(f"usage: python -m actions.parts [--check], found {' '.join(arguments)}", file=sys.stderr)
        return 2
    try:
        parts = {path.stem: code_of(path) for path in files(actions / "parts")}
        fitted = {path: fit(path, parts) for path in files(actions)}
    except PartError as mistake:
        print(mistake, file=sys.stderr)
        return 1
    drifted = {path: text for path, text in fitted.items() if text != read(path)}
    for path, text in drifted.items():
        if arguments:
            print(difference(path, text), end="")
        else:
            names = [name for name, code in split(path, read(path))[1:] if code != parts[name]]
            gone = sorted(defined(parse(path, read(path))) - defined(parse(path, text)))
            path.write_bytes(text.encode("utf-8"))
            without = f", which took away {', '.join(gone)}" if gone else ""
            print(f"{shown(path)}: replaced {', '.join(names) or 'a heading'}{without}")
    what = "drifted: run python -m actions.parts" if arguments and drifted else "in step with their parts"
    print(f"{len(drifted) if arguments and drifted else len(fitted)} of {len(fitted)} actions {what}")
    return 1 if arguments and drifted else 0


def files(folder: Path) -> list[Path]:
    """Return the modules in a folder; a folder is none, whatever it is called."""
    return [path for path in sorted(folder.glob("[!_]*.py")) if path.is_file()]


def code_of(path: Path) -> str:
    """Return what is copied of a part: everything after its last import."""
    text = read(path)
    body = parse(path, text).body
    imports = [node for node in body if isinstance(node, (ast.Import, ast.ImportFrom))]
    first = 1 if ast.get_docstring(ast.Module(body, [])) is not None else 0
    for node in body[first : first + len(imports)]:
        if node not in imports:
            raise PartError(
                f"{shown(path)}:{node.lineno}: expected imports first, found code before an import. Move it."
            )
    last = (body[first + len(imports) - 1].end_lineno or 0) if first + len(imports) else 0
    return "\n".join(text.split("\n")[last:]).strip("\n")


def fit(path: Path, parts: dict[str, str]) -> str:
    """Return the text of an action with the code of each part under its heading."""
    text = read(path)
    (_, own), *carried = split(path, text)
    if not carried:
        return text
    for name, _ in carried:
        if name not in parts:
            known = ", ".join(parts) or "none"
            raise PartError(f"{shown(path)}: expected a part out of {known}, found '{name}'. Correct its heading.")
    sections = {"the action": own, **{f"part {name}": parts[name] for name, _ in carried}}
    if len(sections) <= len(carried):
        raise PartError(f"{shown(path)}: expected each part once, found one twice. Remove a heading.")
    refuse_clashes(path, sections)
    for name, code in carried:
        refuse_code_below(path, name, code, parts[name])
    return "\n\n\n".join([own, *(HEADING.format(name) + "\n" + parts[name] for name, _ in carried)]) + "\n"


def split(path: Path, text: str) -> list[tuple[str, str]]:
    """Return the action's own text under "", then each part's name and what stands under its heading."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    for line in text.split("\n"):
        heading = LIKE_A_HEADING.fullmatch(line)
        if heading:
            sections.append((heading[1], []))
        elif ALMOST_A_HEADING.fullmatch(line):
            raise PartError(
                f"{shown(path)}: expected '{HEADING.format('<name>')}', found '{line}'. Correct the heading."
            )
        else:
            sections[-1][1].append(line)
    own, *carried = [(name, "\n".join(lines).rstrip("\n")) for name, lines in sections]
    return [own, *((name, code.lstrip("\n")) for name, code in carried)]


def refuse_code_below(path: Path, name: str, found: str, part: str) -> None:
    """Refuse what the action's author has written below a part: fitting would take it away without a word."""
    more = sorted(defined(parse(path, found)) - defined(parse(path, part)))
    if found.startswith(part + "\n") and found[len(part) :].strip():
        raise PartError(
            f"{shown(path)}: expected nothing of its own below part {name}, found {', '.join(more) or 'more code'}."
            " Move it above the first heading."
        )


def refuse_clashes(path: Path, sections: dict[str, str]) -> None:
    """Refuse a name defined twice: in the action the later would silently serve the earlier's callers."""
    owner: dict[str, str] = {}
    for section, code in sections.items():
        for name in sorted(defined(parse(path, code))):
            if name in owner:
                raise PartError(
                    f"{shown(path)}: expected '{name}' to be defined once,"
                    f" found it in {owner[name]} and in {section}. Rename one."
                )
            owner[name] = section


def defined(tree: ast.Module) -> set[str]:
    """Return the names that the top level of a file defines."""
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        for target in getattr(node, "targets", [getattr(node, "target", None)]):
            names |= {each.id for each in ast.walk(target) if isinstance(each, ast.Name)} if target else set()
    return names


def parse(path: Path, text: str) -> ast.Module:
    """Return the tree of a piece of code, or say where it is no Python."""
    try:
        return ast.parse(text)
    except SyntaxError as mistake:
        raise PartError(f"{shown(path)}:{mistake.lineno}: expected Python, found: {mistake.msg}.") from None


def read(path: Path) -> str:
    """Return a file's text as the hash sees it: LF alone, no byte order mark."""
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as mistake:
        raise PartError(f"{shown(path)}: expected UTF-8, found another encoding ({mistake.reason}).") from None


def difference(path: Path, text: str) -> str:
    """Return what fitting would change, as a unified diff."""
    before, after = read(path).splitlines(keepends=True), text.splitlines(keepends=True)
    return "".join(difflib.unified_diff(before, after, shown(path), f"{shown(path)}, fitted"))


def shown(path: Path) -> str:
    """Return a path as a person in the repository types it."""
    return path.relative_to(path.parents[2 if path.parent.name == "parts" else 1]).as_posix()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
