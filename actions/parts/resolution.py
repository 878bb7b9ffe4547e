"""Is this closed chat unresolved, and why? Pure: thread, lines and settings in, verdict and reason out.

The rules and their order stand in chat-to-ticket, section 3; the first that matches decides. What cannot be told is
decided by the settings, whose defaults prefer a superfluous ticket to a lost visitor.
"""

from collections import namedtuple

from .phrases import asks, language_of, markers_in, only_signs, speaks_of, words_in

# resolution: unresolved, resolved or skipped · reason: one word for branches and reports · marker: without its #
Verdict = namedtuple("Verdict", "resolution reason marker")
Judging = namedtuple("Judging", "channels inboxes min_words teams ai_unclear agent_asked_last unclear")

REASONS = {
    "not_closed": "The chat is open again; it will be judged when it closes.",
    "spam": "HubSpot marked the chat as spam.",
    "archived": "The chat is archived.",
    "other_channel": "The chat came over a channel that is not among this action's channels.",
    "other_inbox": "The chat is in an inbox that is not among this action's inboxes.",
    "no_visitor_message": "The visitor wrote nothing.",
    "too_short": "The visitor wrote too little to be a request, and no person had answered.",
    "input": "The input 'resolution' says so.",
    "marker": "An agent said so with a marker in an internal comment.",
    "no_answer": "Nobody answered the visitor.",
    "handed_over": "The visitor was to be served by a person, and no person wrote.",
    "visitor_last": "The visitor spoke last and was neither satisfied nor saying goodbye.",
    "ai_unclear": "Only a bot or AI answered, and the visitor was not satisfied.",
    "promised": "The agent promised to come back to the visitor.",
    "other_team": "The agent said that another team takes it on.",
    "waiting_on_visitor": "The agent asked something, and the visitor did not answer.",
    "unclear": "The chat is in a language that no word list fits.",
    "answered_in_session": "The visitor was answered in the chat.",
}


def judge(thread, lines, judging, resolution=""):
    """The verdict on one sitting. `thread`: HubSpot's thread; `lines`: of the sitting, oldest first."""
    left_out = outside(thread, lines, judging)
    if left_out:
        return Verdict("skipped", left_out, "")
    if resolution:
        return Verdict(resolution, "input", "")
    return marked(lines, judging.teams) or heard(lines, judging)


def outside(thread, lines, judging):
    """Rule 1: why this chat is nothing to judge; empty where it is."""
    asked = [line for line in lines if line.kind == "said" and line.who == "visitor"]
    answered = any(line.kind == "said" and line.who == "agent" for line in lines)
    refusals = (
        ("not_closed", thread.get("status") != "CLOSED"),
        ("spam", thread.get("spam")),
        ("archived", thread.get("archived")),
        ("other_channel", judging.channels and thread.get("originalChannelId") not in judging.channels),
        ("other_inbox", judging.inboxes and thread.get("inboxId") not in judging.inboxes),
        ("no_visitor_message", not asked),
        ("too_short", not answered and sum(words_in(line.text) for line in asked) < judging.min_words),
    )
    return next((reason for reason, holds in refusals if holds), "")


def marked(lines, teams):
    """Rule 3: the latest marker that an agent left in an internal comment."""
    for line in reversed(lines):
        if line.kind == "comment" and line.who == "agent":
            for marker in reversed(markers_in(line.text)):
                if marker == "resolved":
                    return Verdict("resolved", "marker", marker)
                if marker in ("unresolved", "followup") or marker in teams:
                    return Verdict("unresolved", "marker", marker)
    return None


def heard(lines, judging):
    """Rules 4 to 10: what the conversation itself says."""
    said = [line for line in lines if line.kind == "said" and line.who != "system" and line.text]
    first = next(at for at, line in enumerate(said) if line.who == "visitor")
    answers = [line for line in said[first:] if line.who != "visitor"]
    people = [line for line in answers if line.who == "agent"]
    if not answers:
        return Verdict("unresolved", "no_answer", "")
    if waits_for_person(lines, said[first].at):
        return Verdict("unresolved", "handed_over", "")
    closing = closing_words(said)
    if said[-1].who == "visitor" and not content(closing):
        return Verdict("unresolved", "visitor_last", "") if people else by_automation(answers, judging)
    own = own_last_words(people)
    if any(speaks_of("promise", line.text) for line in own):
        return Verdict("unresolved", "promised", "")
    if any(speaks_of("other_team", line.text) for line in own):
        return Verdict("unresolved", "other_team", "")
    if own and said[-1].who == "agent" and asks(own[-1].text):
        return Verdict(judging.agent_asked_last, "waiting_on_visitor", "")
    if not understood(said):
        return Verdict(judging.unclear, "unclear", "")
    return Verdict("resolved", "answered_in_session", "")


def waits_for_person(lines, since):
    """Rule 5: a person was asked for or announced, and no person wrote after that."""
    called = None
    for line in lines:
        if line.at < since:
            continue
        if line.kind == "said" and line.who == "agent":
            called = None
        elif line.kind == "assigned" and line.text.startswith("A-"):
            called = called or line
        elif line.kind == "said" and line.who == "visitor" and speaks_of("wants_person", line.text):
            called = called or line
        elif line.kind == "said" and line.who == "automation" and sends_on(line.text):
            called = called or line
    return called is not None


def sends_on(text):
    """Did automation hand over, give up, or promise that somebody will come back?"""
    return speaks_of("hand_over", text) or speaks_of("promise", text)


def closing_words(said):
    """The visitor's last words, from the last answer on."""
    last = []
    for line in reversed(said):
        if line.who != "visitor":
            break
        last.insert(0, line.text)
    return last


def content(texts):
    """Satisfied or saying goodbye, and asking nothing more."""
    if not texts or any(asks(text) or speaks_of("still_wrong", text) for text in texts):
        return False
    return any(speaks_of("satisfied", text) or speaks_of("farewell", text) or only_signs(text) for text in texts[-2:])


def by_automation(answers, judging):
    """Rule 6 where only a bot or AI had answered."""
    solved = any(speaks_of("solved", line.text) for line in answers[-2:])
    if judging.ai_unclear == "unless_solved":
        return Verdict("resolved" if solved else "unresolved", "ai_unclear", "")
    return Verdict(judging.ai_unclear, "ai_unclear", "")


def own_last_words(people):
    """The agent's last words that are not a closing line: the last one, and what was written within a minute of it."""
    own = [line for line in people if not closing_line(line.text)]
    return [line for line in own if own[-1].at - line.at <= 60000]


def closing_line(text):
    """A line that only ends a chat: nothing in it promises or names another team."""
    return speaks_of("closing", text) and not speaks_of("promise", text) and not speaks_of("other_team", text)


def understood(said):
    """Does any of our languages fit what was said?"""
    return any(language_of(line.text) for line in said) or any(
        speaks_of(topic, line.text) for line in said for topic in ("satisfied", "farewell", "closing")
    )
