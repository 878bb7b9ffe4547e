"""What do the {{ tokens }} in an action's text stand for? A property of the record, or of one a data source finds.

Seen in others' flows: enrolled_object.PROPERTY and fetched_objects.NAME.PROPERTY. Any other is refused by name.
"""

import re
from collections.abc import Callable, Iterator

from harness.workflow.values import FETCHED, Surroundings
from harness.workflow.wording import amiss

TOKEN = re.compile(r"\{\{[^{}]*\}\}")
OWN = re.compile(r"\{\{ *enrolled_object\.(\w+) *\}\}")


def unsupported(text: str, around: Surroundings) -> Iterator[str]:
    """The tokens of a text that nothing can be put in the place of."""
    for token in TOKEN.findall(text):
        own, fetched = OWN.fullmatch(token), FETCHED.fullmatch(token)
        known = (own and own[1] in around.properties) or (fetched and fetched[2] in around.fetched.get(fetched[1], ()))
        if not known:
            yield amiss("a token {{ enrolled_object.PROPERTY }} or {{ fetched_objects.NAME.PROPERTY }}", token)


def filled(text: str, own: Callable[[str], str | None], fetch: Callable[[str, str], str | None]) -> str:
    """The text with what its tokens stand for; nothing where there is nothing."""

    def put(found: re.Match[str]) -> str:
        if mine := OWN.fullmatch(found[0]):
            return own(mine[1]) or ""
        fetched = FETCHED.fullmatch(found[0])
        return (fetch(fetched[1], fetched[2]) if fetched else None) or ""

    return TOKEN.sub(put, text)
