"""Does a change of an action's code lie in its own text, or in a part it carries? Told from the parts' headings.

`python -m actions.parts` copies a part, everything after its imports, to under its heading, as far as the next heading
or the end of the file. Here only text is compared, so that code of any kind can be looked at.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

HEADING = re.compile(r"#\s*-+\s*part:\s*(.*?)[\s-]*")


@dataclass(frozen=True, slots=True)
class Placed:
    """Which parts a change touches, and what each part's file would become."""

    parts: dict[str, str] = field(default_factory=dict)
    refused: str = ""


def placed(before: str, after: str, part_file: Callable[[str], str | None]) -> Placed:
    """Compare section by section; `part_file` gives a part's file, None where there is none of that name."""
    olds, news = _sections(before), _sections(after)
    if [each.name for each in olds] != [each.name for each in news]:
        return Placed(refused=_headings(olds, news))
    parts = {}
    for old, new in zip(olds[1:], news[1:], strict=True):
        file = part_file(old.name)
        if old.code == new.code or file is None or _ends_with(file, new.code):
            continue
        if not _ends_with(file, old.code):
            return Placed(
                refused=f"part {old.name}, from line {new.line}: actions/parts/{old.name}.py is not what this copy was"
                " made from, so it was changed here too, or never fitted"
            )
        if new.code.startswith(old.code + "\n"):
            more = new.code[len(old.code) :]
            line = new.line + old.code.count("\n") + len(more) - len(more.lstrip("\n"))
            return Placed(
                refused=f"from line {line}: new code below the end of part {old.name} is the part's or the action's"
                " own, nobody can tell. Put it into actions/parts by hand, or above the first heading"
            )
        parts[old.name] = file.rstrip("\n")[: len(file.rstrip("\n")) - len(old.code)] + new.code + "\n"
    return Placed(parts)


def carried(text: str) -> list[str]:
    """The names of the parts that an action carries."""
    return [section.name for section in _sections(text)[1:]]


@dataclass(slots=True)
class _Section:
    name: str
    line: int  # of the first line below its heading
    lines: list[str] = field(default_factory=list)

    @property
    def code(self) -> str:
        return "\n".join(self.lines).strip("\n")


def _sections(text: str) -> list[_Section]:
    """The action's own text, under "", and what stands under each heading."""
    sections = [_Section("", 1)]
    for number, line in enumerate(text.split("\n"), 1):
        heading = HEADING.fullmatch(line)
        if heading:
            sections.append(_Section(heading[1], number + 1))
        else:
            sections[-1].lines.append(line)
    return sections


def _ends_with(file: str, code: str) -> bool:
    text = file.rstrip("\n")
    return text == code or text.endswith("\n" + code)


def _headings(olds: list[_Section], news: list[_Section]) -> str:
    for old, new in zip(olds[1:], news[1:], strict=False):
        if old.name != new.name:
            return (
                f"line {new.line - 1}: expected the heading of part {old.name}, found that of {new.name}, so where one"
                " part ends and the next begins is not clear. Take it over by hand"
            )
    more, where = (news, "an added") if len(news) > len(olds) else (olds, "a missing")
    odd = more[min(len(olds), len(news))]
    return f"{where} heading of part {odd.name}: where that part ends is not clear. Take it over by hand"
