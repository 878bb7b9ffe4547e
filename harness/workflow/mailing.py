"""How does a workflow send one of the account's e-mails (0-4)? To the contact of the record."""

from collections.abc import Iterator

from harness.workflow.steps import Around, Done, Fields, Scene, no_text, others


class SendEmail:
    """0-4: an e-mail by its content id."""

    def unsupported(self, fields: Fields, around: Around) -> Iterator[str]:
        """Which e-mail."""
        yield from others(fields, "content_id")
        yield from no_text(fields, "content_id")

    def do(self, fields: Fields, scene: Scene) -> Done:
        """Send it."""
        return Done("e-mail", scene.record.send(scene.record_id, str(fields["content_id"])))
