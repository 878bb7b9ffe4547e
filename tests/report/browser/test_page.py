"""Does the page do in a browser what it promises to a manager? In Debian's Chromium."""

from dataclasses import replace
from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from report.analysis.findings import Findings
from report.show.page.page import page
from tests.report.browser.conftest import Visiting
from tests.report.show.made import NAMES, month, nothing_needed

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")

FINDINGS = {
    "drops": month(),
    "one drop, not final": replace(month(1, 0, 3), complete=False),
    "no drop": month(0, 0),
    "nothing needed": nothing_needed(),
}
each_kind = pytest.mark.parametrize("findings", FINDINGS.values(), ids=FINDINGS)

HOSTILE = "</script><script>window.harmed=1</script><img src=x onerror=window.harmed=1>\"'{{7*7}}"


def shown_rows(browser: Page) -> list[str]:
    """The conversations in the table that are seen."""
    return browser.locator("#chats tbody tr:visible td:nth-child(6) a").all_inner_texts()


def focused(browser: Page) -> str:
    """What has the focus: its address, its name, or its text."""
    told = browser.evaluate(
        "() => { const e = document.activeElement; return e === document.body ? '' : "
        "e.getAttribute('href') || e.name || e.getAttribute('aria-labelledby') || e.textContent.trim(); }"
    )
    return str(told)


@each_kind
def test_one_request(visit: Visiting, findings: Findings) -> None:
    """The browser asks for the page and for nothing else, and has no message for the console."""
    seen = visit(page(findings, NAMES))
    seen.page.wait_for_load_state("networkidle")
    assert (seen.asked, seen.requests, seen.said) == (["/report"], [seen.page.url], [])


@each_kind
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_accessible(visit: Visiting, findings: Findings, scheme: str, width: int) -> None:
    """Neither names, roles, order nor contrast break a rule, in both schemes, wide and on a phone, all tables open."""
    seen = visit(page(findings, NAMES), width=width, color_scheme=scheme)
    seen.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    seen.page.evaluate(AXE)
    found = seen.page.evaluate("axe.run()")
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found["violations"]] == []


@pytest.mark.parametrize("width", [1280, 768, 390, 320])
def test_no_sideways_scrolling(visit: Visiting, width: int) -> None:
    """The page is never wider than the window; wide tables scroll by themselves."""
    seen = visit(page(month(), NAMES), width=width)
    assert seen.page.evaluate("document.documentElement.scrollWidth") == width


def test_filter_by_keyboard(visit: Visiting) -> None:
    """Typed words and chosen values leave the rows that fit, and how many they are is announced."""
    seen = visit(page(month(), NAMES))
    status = seen.page.get_by_role("status")
    expect(status).to_have_text("12 of 12 chats shown")
    assert status.evaluate("(each) => each.getAttribute('aria-live') || each.getAttribute('role')") == "status"
    seen.page.get_by_label("Search").focus()
    seen.page.keyboard.type("NOBODY answered friday")
    expect(status).to_have_text("0 of 12 chats shown")
    seen.page.keyboard.press("ControlOrMeta+a")
    seen.page.keyboard.type("AGENT-3 fri")
    expected = [row.thread_id for row in month().closes if row.agent_id == "A-3" and row.day.weekday() == 4]
    expect(status).to_have_text(f"{len(expected)} of 12 chats shown")
    assert [text.split()[-1] for text in shown_rows(seen.page)] == expected
    seen.page.keyboard.press("Tab")
    assert focused(seen.page) == "status"
    seen.page.keyboard.type("Dropped")
    dropped = [row.thread_id for row in month().closes if row.thread_id in expected and row.status == "dropped"]
    expect(status).to_have_text(f"{len(dropped)} of 12 chats shown")
    assert [text.split()[-1] for text in shown_rows(seen.page)] == dropped


def test_choices(visit: Visiting) -> None:
    """Reason and inbox leave what has both, Enter sends nothing, and Clear brings all back."""
    seen = visit(page(month(), NAMES))
    status = seen.page.get_by_role("status")
    seen.page.get_by_role("combobox", name="Reason").select_option(label="Nobody answered")
    seen.page.get_by_role("combobox", name="Inbox").select_option(label="Shop")
    fits = [row.thread_id for row in month().closes if row.reason == "no_answer" and row.inbox_id == "1002"]
    expect(status).to_have_text(f"{len(fits)} of 12 chats shown")
    assert [text.split()[-1] for text in shown_rows(seen.page)] == fits
    seen.page.get_by_label("Search").press("Enter")
    seen.page.get_by_role("button", name="Clear").press("Enter")
    expect(status).to_have_text("12 of 12 chats shown")
    assert len(shown_rows(seen.page)) == 12
    assert (seen.asked, seen.said) == (["/report"], [])


def test_tab_reaches_all(visit: Visiting) -> None:
    """The Tab key comes by every link, table, switch and control, in the order in which they stand."""
    seen = visit(page(month(), NAMES))
    wanted = seen.page.evaluate(
        "() => Array.from(document.querySelectorAll('a, input, select, button, summary, [tabindex=\"0\"]'), (e) => "
        "e.getAttribute('href') || e.name || e.getAttribute('aria-labelledby') || e.textContent.trim())"
    )
    reached = []
    for _ in range(len(wanted)):
        seen.page.keyboard.press("Tab")
        reached.append(focused(seen.page))
    assert reached == wanted
    rows = month().closes
    links = [row.link for row in rows] + [f"/ticket/{row.ticket_id}" for row in rows if row.ticket_id]
    assert [link for link in links if not any(each.endswith(link) for each in reached)] == []


def test_focus_is_seen(visit: Visiting) -> None:
    """Whatever has the focus by keyboard has a thick outline, and the first stop leads past the head."""
    seen = visit(page(month(), NAMES))
    seen.page.keyboard.press("Tab")
    assert focused(seen.page) == "#main"
    for _ in range(12):
        assert seen.page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
        seen.page.keyboard.press("Tab")
    seen.page.get_by_role("link", name="Skip to the result").press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "main"


def test_print(visit: Visiting) -> None:
    """On paper there are no controls, the colours are the light ones, and every chat is there."""
    seen = visit(page(month(), NAMES), color_scheme="dark")
    seen.page.emulate_media(media="print")
    hidden = ("#filter", ".skip", "details >> nth=0", ".jump")
    assert [name for name in hidden if seen.page.locator(name).is_visible()] == []
    colours = seen.page.evaluate(
        "['--paper', '--ink'].map((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim())"
    )
    assert colours == ["#ffffff", "#1c2024"]
    assert len(shown_rows(seen.page)) == 12


def test_charts_follow_the_scheme(visit: Visiting) -> None:
    """A bar has another colour in the dark than in the light: the page's."""
    fills = []
    for scheme in ("light", "dark"):
        seen = visit(page(month(), NAMES), color_scheme=scheme)
        bar = seen.page.locator('.wide [fill="var(--dropped)"]').first
        fills.append(bar.evaluate("(each) => getComputedStyle(each).fill"))
    assert fills == ["rgb(180, 35, 26)", "rgb(255, 128, 115)"]


def test_without_script(visit: Visiting) -> None:
    """Without JavaScript every chat and every link is there, and no control that would do nothing."""
    seen = visit(page(month(), NAMES), java_script_enabled=False)
    assert len(shown_rows(seen.page)) == 12
    assert not seen.page.locator("#filter").is_visible()


def test_hostile_names(visit: Visiting) -> None:
    """Names and reasons that are markup, script or template are shown as they are, and do nothing."""
    names = {"inboxes": {"1001": HOSTILE}, "agents": {"A-3": HOSTILE}}
    rows = tuple(replace(row, reason=HOSTILE, link="javascript:window.harmed=1") for row in month().closes)
    found = replace(month(), closes=rows, name=HOSTILE, reasons=(replace(month().reasons[0], key=HOSTILE),))
    seen = visit(page(found, names))
    assert (seen.page.evaluate("window.harmed"), seen.requests, seen.said) == (None, [seen.page.url], [])
    assert seen.page.locator("#chats tbody td:nth-child(3)").first.inner_text() == HOSTILE
    assert seen.page.locator("#chats a[href^=javascript]").count() == 0


def test_thousands_of_chats(visit: Visiting) -> None:
    """Of 3,200 chats the page holds 2,000, says so, and filters them."""
    seen = visit(page(month(2300, 900, 6000)))
    status = seen.page.get_by_role("status")
    expect(status).to_have_text("2,000 of 2,000 chats shown")
    expect(seen.page.get_by_text("1,200 more are not on this page")).to_be_visible()
    seen.page.get_by_label("Search").fill(month(2300, 900, 6000).closes[5].thread_id)
    expect(status).to_have_text("1 of 2,000 chats shown")
