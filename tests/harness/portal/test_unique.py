"""Unique values: exactly one live record holds each, whoever asks and however many at once."""

from concurrent.futures import ThreadPoolExecutor

from harness.portal import Portal
from tests.harness.portal.app import App


def test_of_many_at_once_exactly_one_wins(portal: Portal, app: App) -> None:
    """Thirty-two POSTs with one unique value leave one ticket."""
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda _: app.make_ticket(chat_thread_id="8000000001").status, range(32)))
    assert (sorted(answers), len(portal.records("tickets"))) == ([201] + [400] * 31, 1)
