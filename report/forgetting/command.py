"""`report forget`: take out everything that was gathered of one contact or one chat."""

from typing import Annotated

import typer

from deploy.refusals import Refused
from report.settings import read
from report.store.forgetting import forget as taken_out
from report.store.store import Store


def forget(
    id: Annotated[str, typer.Argument(help="The contact's record id, or the chat's thread id.")],
    *,
    portal: Annotated[str, typer.Option(help="A file in deploy/portals, without .toml.")],
) -> None:
    """Forget a contact or a chat: every row of theirs leaves the file, and the file is written anew.

    It asks HubSpot nothing. What HubSpot itself still has, the next run gathers again: delete it there first. Example:

    python -m report forget 101 --portal example
    """
    settings = read(portal)
    if not (id.isascii() and id.isdigit()):
        raise Refused("CONTACT|THREAD", expected="an id of digits", found=repr(id[:30]), remedy="Copy it from HubSpot.")
    with Store.open(settings.name) as store:
        taken = taken_out(store, id)
    counted = ", ".join(f"{rows} of {table}" for table, rows in taken.items() if rows)
    print(f"Forgotten: {counted}." if counted else "Nothing of it was here.")
