"""Is the page whole in itself, and does it show what was found? Without a browser; tests/report/browser has one."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from report.analysis.findings import Findings
from report.show.page.page import page
from tests.report.show.made import NAMES, month, nothing_needed, small


class Reader(HTMLParser):
    """What a page is made of: addresses, the cells of its chats, its ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.sources: list[str] = []
        self.styled: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and tag == "a":
                self.addresses.append(value or "")
            elif name in ("src", "srcset", "data", "xlink:href", "href"):
                self.sources.append(value or "")
            elif name == "style" or name.startswith("on"):
                self.styled.append(name)


each_kind = pytest.mark.parametrize(
    "findings",
    [small(), month(), month(1, 0, 3), month(0, 0), nothing_needed()],
    ids=["small", "7", "1", "0", "nothing"],
)


@each_kind
def test_whole_in_itself(findings: Findings) -> None:
    """It names no source but an empty icon, no style or handler in a tag, and no id twice."""
    read = Reader(page(findings, NAMES))
    assert (read.sources, read.styled, [each for each in read.ids if read.ids.count(each) > 1]) == (["data:,"], [], [])


def test_links() -> None:
    """It links to each conversation, ticket and contact."""
    addresses = Reader(page(small())).addresses
    at = "https://app.hubspot.com"
    assert addresses == [
        "#main", "#chats-title",
        f"{at}/live-messages/12345678/inbox/7001",
        f"{at}/live-messages/12345678/inbox/7002", f"{at}/contacts/12345678/ticket/9002",
        f"{at}/contacts/12345678/ticket/9003",
        f"{at}/contacts/12345678/contact/501",
        f"{at}/contacts/12345678/ticket/9010", f"{at}/contacts/12345678/ticket/9011",
    ]  # fmt: skip


def test_headline() -> None:
    """The number stands in the heading and in the title."""
    html = page(small())
    heading = re.sub(r"<[^>]+>", "", re.findall(r"<h1>(.*?)</h1>", html)[0])
    title = re.findall(r"<title>(.*?)</title>", html)[0]
    assert (heading, title) == (
        "1 of 9 chats that needed a ticket got none.",
        "1 of 9 chats that needed a ticket got none. – example",
    )


def test_same_findings_same_page() -> None:
    """Nothing in it is by chance: the same findings make the same file."""
    assert page(small(), NAMES) == page(small(), NAMES)


def test_rows_are_limited() -> None:
    """What is beyond the limit is counted, with what the analysis left out."""
    html = page(replace(month(), closes_left_out=30), rows=10)
    assert (html.count("<tr data-status"), re.findall(r"<p class=\"note\">(\d+) more are", html)) == (10, ["32"])
