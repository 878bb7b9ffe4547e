"""Once per incident: begun, told, lasting, over."""

from datetime import UTC, datetime, timedelta

from report.alert.alarm import Alarm
from report.alert.counts import HOUR, Counts, Gathered, Hour, Tally
from report.alert.deciding import decide
from report.alert.delivery import Way
from report.alert.incidents import Incidents
from report.alert.settings import AlertSettings
from report.alert.undelivered import Undelivered
from report.alert.webhook import Webhook
from report.alert.wording import Message
from tests.report.alert.history import MINUTE, NOW, PORTAL, WEEK, History, at
from tests.report.alert.receivers import WebhookServer


class Deaf:
    """A way by which nothing arrives."""

    key = name = "deaf"

    def send(self, message: Message) -> None:
        raise Undelivered("is deaf")


def ended(alarm: Alarm) -> tuple[int, str]:
    return alarm.exit_code, alarm.decision.kind


def subjects(webhook: WebhookServer) -> list[str]:
    return [text.partition("\n")[0] for text in webhook.texts]


BEGUN = "Chat handoff example: chats are dropped (account 4711)."
OVER = "Chat handoff example: it is over (account 4711)."
SPIKE = "Chat handoff example: chats are dropped and many more chats than usual are dropped (account 4711)."


def test_an_account_without_drops_is_quiet(history: History, webhook: WebhookServer) -> None:
    """Nothing dropped, nothing sent, exit code 0."""
    history.gathered(NOW)
    history.closed(NOW - HOUR, served_at=NOW - HOUR + MINUTE)
    assert ended(history.look(Webhook(webhook.address))) == (0, "quiet")
    assert webhook.texts == []


def test_the_whole_message(history: History, webhook: WebhookServer) -> None:
    """It holds numbers, reasons, inbox ids and links, and is what --dry shows without sending or keeping it."""
    history.gathered(NOW)
    history.dropped(2, NOW - 2 * HOUR)
    history.closed(NOW - HOUR, inbox="102")
    history.closed(NOW - HOUR, served_at=NOW - 30 * MINUTE)
    shown = history.look(Webhook(webhook.address), dry=True)
    assert (webhook.texts, Incidents(history.store, PORTAL).unsettled()) == ([], [])
    history.look(Webhook(webhook.address))
    lines = (
        BEGUN,
        "3 of 4 chats that needed a ticket in the last 24 hours were dropped, which reaches the threshold of 3.",
        "By inbox: 101 2, 102 1.",
        "By reason:",
        "  3 no_answer: Nobody answered the visitor.",
        "Dropped, the latest first:",
        "  2026-11-02 14:20 UTC no_answer https://app.example.org/102/3",
        "  2026-11-02 13:20 UTC no_answer https://app.example.org/101/2",
        "  2026-11-02 13:20 UTC no_answer https://app.example.org/101/1",
        "All of them: python -m report drops --portal example",
    )
    text = "\n".join(lines)
    assert webhook.texts == [text]
    assert shown.message is not None
    assert shown.message.text == text


def test_an_incident_is_told_once_and_so_is_its_end(history: History, webhook: WebhookServer) -> None:
    """While it lasts every run ends with 3 and is silent; when it has been quiet for a while one notice says so."""
    way = Webhook(webhook.address)
    history.dropped(4, NOW - HOUR)
    codes = []
    for hours in range(30):
        history.gathered(NOW + hours * HOUR)
        codes.append(history.look(way, now=NOW + hours * HOUR).exit_code)
    assert codes == [3] * 24 + [0] * 6
    assert subjects(webhook) == [BEGUN, OVER]
    assert Incidents(history.store, PORTAL).unsettled() == []


def test_a_count_that_hovers_is_one_incident(history: History, webhook: WebhookServer) -> None:
    """Falling just below the threshold and reaching it again neither ends the incident nor begins another."""
    way = Webhook(webhook.address)
    for back in (23, 22, 2):
        history.closed(NOW - back * HOUR)
    codes = []
    for hours in range(4):
        history.gathered(NOW + hours * HOUR)
        codes.append(ended(history.look(way, now=NOW + hours * HOUR)))
        if hours == 2:
            history.dropped(2, NOW + 2 * HOUR + 30 * MINUTE)
    assert codes == [(3, "threshold"), (3, "threshold"), (3, "quiet"), (3, "threshold")]
    assert subjects(webhook) == [BEGUN]


def test_put_right_it_is_over_after_the_quiet_hours(history: History, webhook: WebhookServer) -> None:
    """Tickets made for all of them end the incident, but not before its quiet hours are over."""
    way = Webhook(webhook.address)
    history.dropped(3, NOW - HOUR)
    history.gathered(NOW)
    history.look(way)
    history.store.change("UPDATE closes SET served_at = $1", NOW)
    codes = []
    for hours in (1, 5, 6):
        history.gathered(NOW + hours * HOUR)
        codes.append(history.look(way, now=NOW + hours * HOUR).exit_code)
    assert codes == [3, 3, 0]
    assert subjects(webhook) == [BEGUN, OVER]


def test_what_was_not_delivered_is_told_again(history: History, webhook: WebhookServer) -> None:
    """A webhook that fails is reported with exit code 1, and gets the message with the next run, once."""
    way = Webhook(webhook.address)
    history.dropped(3, NOW - HOUR)
    history.gathered(NOW)
    webhook.answer = 500
    first = history.look(way)
    assert (first.exit_code, first.failed, first.delivered) == (1, ("the webhook: answered 500",), ())
    webhook.answer = 200
    assert [history.look(way, now=NOW + MINUTE * each).exit_code for each in (1, 2)] == [3, 3]
    assert subjects(webhook) == [BEGUN]


def test_only_who_does_not_have_it_is_told_again(history: History, webhook: WebhookServer) -> None:
    """Of two ways one fails: the other gets the message once, however often it is tried."""
    ways: list[Way] = [Webhook(webhook.address), Deaf()]
    history.dropped(3, NOW - HOUR)
    history.gathered(NOW)
    assert [history.look(*ways, now=NOW + each).exit_code for each in range(3)] == [1, 1, 1]
    assert subjects(webhook) == [BEGUN]
    assert history.look(ways[0]).exit_code == 3
    assert history.store.ask("SELECT name FROM marks WHERE portal_id = $1", PORTAL) == []


def test_an_incident_that_nobody_heard_of_is_told_in_the_past(history: History, webhook: WebhookServer) -> None:
    """Begun and over while nothing could be delivered: one message says both."""
    history.dropped(3, NOW - HOUR)
    for hours in (0, 25):
        history.gathered(NOW + hours * HOUR)
        history.look(Deaf(), now=NOW + hours * HOUR)
    assert history.look(Webhook(webhook.address), now=NOW + 25 * HOUR).exit_code == 0
    assert history.look(Webhook(webhook.address), now=NOW + 25 * HOUR).exit_code == 0
    assert webhook.texts == [
        f"{BEGUN}\nOver: few chats are dropped now. It began 2026-11-02 15:20 UTC, at its worst with 3 dropped, "
        "and could not be told before."
    ]


def test_two_alarms_at_once_are_one_message(history: History, webhook: WebhookServer) -> None:
    """A spike that reaches the threshold too is told with both reasons."""
    history.gathered(NOW, since=NOW - 50 * WEEK)
    history.closed(at("2026-10-26 14:10"))
    history.dropped(5, at("2026-11-02 14:10"))
    assert ended(history.look(Webhook(webhook.address))) == (3, "threshold")
    assert webhook.texts[0].splitlines()[:3] == [
        SPIKE,
        "5 of 5 chats that needed a ticket in the last 24 hours were dropped, which reaches the threshold of 3.",
        "5 dropped between 14:00 and 15:00; the six Mondays before had 0 to 1 "
        "(by chance that happens in one such hour of 6,000).",
    ]
    assert len(webhook.texts) == 1


def test_a_blind_report_is_an_alarm(history: History, webhook: WebhookServer) -> None:
    """No complete gathering, an old one or a refused key is told once; to see again is told at once."""
    way = Webhook(webhook.address)
    runs = [history.look(way)]
    history.gathered(NOW)
    runs.append(history.look(way))
    runs.append(history.look(way, now=NOW + 3 * HOUR))
    history.gathered(NOW + 4 * HOUR)
    runs.append(history.look(way, now=NOW + 4 * HOUR, refused="key: expected a key, found 401. Make a new one."))
    runs.append(history.look(way, now=NOW + 4 * HOUR))
    assert [ended(each) for each in runs] == [(3, "blind"), (0, "quiet"), (3, "blind"), (3, "blind"), (0, "quiet")]
    blind, sees = "Chat handoff example: the report cannot see (account 4711).", "The report sees again. It began "
    assert webhook.texts == [
        f"{blind}\nNo gathering has been complete yet, so nobody knows what is dropped.",
        f"{OVER}\n{sees}2026-11-02 15:20 UTC.",
        f"{blind}\nThe last complete gathering ended 3.0 hours ago, so nobody knows what has been dropped since.",
        f"{OVER}\n{sees}2026-11-02 18:20 UTC.",
    ]


def test_blindness_ends_no_incident(history: History, webhook: WebhookServer) -> None:
    """While nothing new is gathered the drops are not taken for over."""
    history.dropped(3, NOW - HOUR)
    history.gathered(NOW)
    history.look(Webhook(webhook.address))
    later = history.look(Webhook(webhook.address), now=NOW + 100 * HOUR)
    assert [one.kind for one in later.lasting] == ["threshold", "blind"]


def test_without_a_receiver_the_terminal_is_told(history: History) -> None:
    """Where no way is set the message is for who sees the command's output, once."""
    history.dropped(3, NOW - HOUR)
    history.gathered(NOW)
    first, second = history.look(), history.look()
    assert (first.exit_code, first.message is None) == (3, False)
    assert (second.exit_code, second.message is None) == (3, True)


def test_a_spike_ends_when_the_hours_are_usual_again(history: History, webhook: WebhookServer) -> None:
    """Six hours without another one, it is over; below the threshold it was a spike alone."""
    way = Webhook(webhook.address)
    history.dropped(5, at("2026-11-02 14:10"))
    codes = []
    for hours in range(8):
        history.gathered(NOW + hours * HOUR, since=NOW - 50 * WEEK)
        codes.append(ended(history.look(way, now=NOW + hours * HOUR, threshold=50)))
    assert codes == [(3, "spike")] * 2 + [(3, "quiet")] * 4 + [(0, "quiet")] * 2
    assert subjects(webhook) == ["Chat handoff example: many more chats than usual are dropped (account 4711).", OVER]


def test_more_than_chance_can_say_is_a_spike() -> None:
    """An hour whose chance is too small for a number is told of as any other."""
    begins = datetime(2026, 11, 2, 14, tzinfo=UTC)
    hour = Hour(begins, begins + timedelta(hours=1), Tally(5000, 5000), (0, 0, 0, 0))
    decision = decide(Counts(Gathered(NOW, NOW), hours=(hour,)), AlertSettings(), now=NOW)
    assert (decision.kind, decision.why) == (
        "spike",
        "5000 dropped between 14:00 and 15:00; the four Mondays before each had 0 "
        "(by chance that happens in one such hour of 1,000,000,000).",
    )


def test_what_is_decided_while_it_is_quiet(history: History) -> None:
    """It says how: against the threshold, and whether there are weeks enough to look for spikes."""
    history.dropped(2, NOW - HOUR)
    few = "2 of 2 chats that needed a ticket in the last 24 hours were dropped, below the threshold of 9."
    said = []
    for weeks, spike in ((3, True), (4, True), (4, False)):
        history.gathered(NOW, since=NOW - weeks * WEEK - 3 * HOUR)
        said.append(history.look(threshold=9, spike=spike).decision.why)
    assert said == [
        f"{few} Spikes are not looked for: 3 of 4 weeks are gathered.",
        f"{few} The last hours are like the same hours of the weeks before.",
        few,
    ]
