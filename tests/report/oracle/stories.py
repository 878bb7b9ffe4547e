"""What happens to one visitor? Each story plays around the moment of one close and writes down what comes of it."""

from __future__ import annotations

from tests.report.oracle import services, talks
from tests.report.oracle.scene import SILENCE, Scene
from tests.report.oracle.stage import DAY, HOUR, MINUTE, Stage
from tests.report.oracle.talks import Talk
from tests.report.oracle.ticket import Ticket
from tests.report.oracle.words import LANGUAGES

Scenes = list[Scene]
NOTHING_SAID = Talk(talks.SKIPPED, frozenset(), ())


def waiting(stage: Stage) -> Talk:
    """A talk that leaves somebody waiting."""
    return stage.pick(talks.unresolved(stage.pick(LANGUAGES.values())))  # type: ignore[no-any-return]


def settled(stage: Stage) -> Talk:
    """A talk that is over."""
    return stage.pick(talks.resolved(stage.pick(LANGUAGES.values())))  # type: ignore[no-any-return]


def scene(stage: Stage, inbox: str = "", channel: str = "1000") -> Scene:
    """A chat with a contact, or with somebody HubSpot does not know."""
    contact = stage.contact() if stage.dice.random() < 0.75 else None
    return Scene(stage, inbox or stage.pick(stage.inboxes), contact, channel)


def one_close(stage: Stage, at: int) -> Scenes:
    """A chat that leaves somebody waiting, in some way served or not."""
    chat, talk = scene(stage), waiting(stage)
    chat.talks(talk, at)
    ending = chat.closes(at, talk)
    services.any_way(stage)(stage, chat, ending)
    return [chat]


def slow_talk(stage: Stage, at: int) -> Scenes:
    """The same, but that it takes hours, or is closed days after the last word."""
    chat, talk = scene(stage), waiting(stage)
    chat.talks(talk, at, pause=stage.pick([0, HOUR, 6 * DAY]), pace=2 * HOUR)
    ending = chat.closes(at, talk)
    services.any_way(stage)(stage, chat, ending)
    return [chat]


def over(stage: Stage, at: int) -> Scenes:
    """A chat that needs no ticket; now and then it has one."""
    chat, talk = scene(stage), settled(stage)
    chat.talks(talk, at, pace=stage.pick([50_000, HOUR]))
    ending = chat.closes(at, talk)
    stage.pick([services.nobody, services.nobody, services.nobody, services.any_way(stage)])(stage, chat, ending)
    return [chat]


def none_of_ours(stage: Stage, at: int) -> Scenes:
    """A chat that is not judged: elsewhere, by another channel, spam, put away, too short, or nobody's."""
    elsewhere = stage.pick(["inbox", "channel", "spam", "archived", "short", "short"])
    inbox, channel = stage.unserved if elsewhere == "inbox" else "", "1007" if elsewhere == "channel" else "1000"
    chat = scene(stage, inbox, channel)
    talk = stage.pick(talks.nothing(stage.pick(LANGUAGES.values()))) if elsewhere == "short" else waiting(stage)
    chat.talks(talk, at)
    ending = chat.closes(at, talk)
    if elsewhere != "short":
        ending.label, ending.reasons = talks.SKIPPED, frozenset({f"other_{elsewhere}", elsewhere})
    if elsewhere == "spam":
        stage.at(at, chat.becomes_spam)
    if elsewhere == "archived":
        stage.at(at, chat.is_put_away)
    return [chat]


def by_mistake(stage: Stage, at: int) -> Scenes:
    """An agent opens a closed chat again and closes it within minutes: only the last close counts."""
    chat, talk = scene(stage), waiting(stage)
    first = at - stage.between(3_000, 10 * MINUTE)
    chat.talks(talk, first)
    chat.shuts(first)
    chat.reopens(stage.between(first + 1, at - 1))
    ending = chat.closes(at, talk)
    services.any_way(stage)(stage, chat, ending)
    return [chat]


def added_line(stage: Stage, at: int) -> Scenes:
    """The visitor adds something less than half an hour after the close, which is still the same sitting."""
    chat, say = scene(stage), stage.pick(LANGUAGES.values())
    added = at - stage.between(1_000, 20 * MINUTE)
    first = added - stage.pick([SILENCE - 1, SILENCE - 1, stage.between(1_000, SILENCE - 1)])
    begun, end = stage.pick([(talks.unresolved(say)[2], say.insists), (talks.resolved(say)[0], say.thanks)])
    chat.talks(begun, first)
    chat.shuts(first)
    chat.says("visitor", end, added)
    ending = chat.closes(at, begun)
    services.any_way(stage)(stage, chat, ending)
    return [chat]


def comes_back(stage: Stage, at: int) -> Scenes:
    """Two sittings of one chat, half an hour to days apart. What serves the second one late serves the first."""
    chat, talk = scene(stage), waiting(stage)
    chat.talks(talk, at)
    first = chat.closes(at, talk)
    again = waiting(stage) if stage.dice.random() < 0.5 else settled(stage)
    begins = at + stage.pick([SILENCE, SILENCE + 1, stage.between(SILENCE, HOUR), stage.between(HOUR, 4 * DAY)])
    end = begins + stage.between(HOUR, 2 * HOUR)
    _again(chat, again, begins, end)
    second = chat.closes(end, again)
    way = stage.pick([services.nobody, services.by_rep_after, services.born_shut])
    if again.label == "resolved" or stage.dice.random() < 0.5:
        way = services.nobody
    way(stage, chat, second)
    if second.served_at is not None:
        assert second.ticket
        first.served(second.served_at, "created", second.ticket)
    return [chat]


def served_then_back(stage: Stage, at: int) -> Scenes:
    """The first sitting was served; its ticket is still open, opened again, closed for good, or another is made."""
    chat, talk = scene(stage), waiting(stage)
    begins = at - stage.between(HOUR, 4 * DAY)
    before = begins - stage.between(HOUR, DAY)
    chat.talks(talk, before)
    first, made = chat.closes(before, talk), before + services.delay(stage) % (HOUR // 2)
    again = waiting(stage)
    _again(chat, again, begins, at)
    second = chat.closes(at, again)
    ticket = Ticket(stage)
    if stage.provisioned:
        ticket.created(made, chat, [before])
    else:
        ticket.by_rep(made, chat, named=True)
    first.served(made, "created", ticket)
    then = stage.pick(["open", "opened", "closed", "another"])
    if then == "open":
        second.served(at, "made_before", ticket)
        return [chat]
    ticket.shuts(stage.between(made + 1, begins - 1))
    soon = at + services.delay(stage)
    if then == "opened":
        second.served(soon, "reopened", ticket)
        ticket.joined(soon, chat, [at], opens=True) if stage.provisioned else ticket.opens(soon)
    if then == "another":
        if stage.provisioned:
            another = Ticket(stage).created(soon, chat, [at], number=2, without="lock")
        else:
            another = Ticket(stage).by_rep(soon, chat, named=True)
        second.served(soon, "created", another)
    return [chat]


def open_again(stage: Stage, at: int) -> Scenes:
    """The visitor came back after a close, and the chat has been open since."""
    chat, talk = scene(stage), waiting(stage)
    chat.talks(talk, at)
    ending = chat.closes(at, talk)
    services.any_way(stage)(stage, chat, ending)
    chat.says("visitor", stage.pick(LANGUAGES.values()).insists, stage.between(at + SILENCE, stage.now - 1))
    return [chat]


def mistake_then_back(stage: Stage, at: int) -> Scenes:
    """A close by mistake, the last one soon after, and days later the visitor comes back: still the last one counts."""
    chat, talk, again = scene(stage), waiting(stage), settled(stage)
    first = at - stage.between(3_000, 10 * MINUTE)
    chat.talks(talk, first)
    chat.shuts(first)
    chat.reopens(stage.between(first + 1, at - 1))
    chat.closes(at, talk)
    begins = at + stage.between(HOUR, 4 * DAY)
    _again(chat, again, begins, begins + HOUR)
    chat.closes(begins + HOUR, again)
    return [chat]


def afterthought(stage: Stage, at: int) -> Scenes:
    """Days later an agent opens the chat, remarks something among colleagues and closes it: the first close counts."""
    chat, talk = scene(stage), waiting(stage)
    chat.talks(talk, at)
    ending = chat.closes(at, talk)
    services.any_way(stage)(stage, chat, ending)
    again = at + stage.between(HOUR, 4 * DAY)
    chat.reopens(again)
    chat.says("comment", "seen this one", again + MINUTE)
    chat.closes(again + 2 * MINUTE, NOTHING_SAID)
    return [chat]


def long_talk(stage: Stage, at: int) -> Scenes:
    """Two sittings with so many lines that they fill more than a page of messages."""
    chat, say = scene(stage), stage.pick(LANGUAGES.values())
    talk, again = talks.unresolved(say)[2], talks.resolved(say)[0]
    chat.talks(talk, at)
    chat.closes(at, talk)
    begins = at + stage.between(HOUR, DAY)
    lines = 2 * stage.between(45, 115)
    for number in range(lines):
        who, text = (("visitor", say.asks), ("agent", say.answers))[number % 2]
        chat.says(who, text, begins + number * 5_000)
    end = begins + lines * 5_000
    chat.says("visitor", say.thanks, end)
    chat.closes(end + MINUTE, again)
    return [chat]


def still_open(stage: Stage, at: int) -> Scenes:
    """A chat that nobody ever closed."""
    chat = scene(stage)
    chat.talks(waiting(stage), at)
    return [chat]


def crowd(stage: Stage, at: int, size: int) -> Scenes:
    """Chats of strangers who all wrote their last word in the same millisecond: no order parts them."""
    chats = []
    for _ in range(size):
        chat, say = Scene(stage, stage.pick(stage.inboxes)), stage.pick(LANGUAGES.values())
        talk = talks.unresolved(say)[0]
        chat.opens(at - 1_000)
        chat.says("visitor", say.asks, at)
        chat.closes(at + stage.between(1, HOUR), talk)
        chats.append(chat)
    return chats


def _again(chat: Scene, talk: Talk, begins: int, end: int) -> None:
    """A talk that begins with its visitor's first line at that very moment."""
    step = (end - begins) // (len(talk.lines) + 1)
    for number, (who, text) in enumerate(talk.lines):
        chat.says(who, text, begins + number * step)
