"""Is this closed chat unresolved, and why? Pure: thread, lines and settings in, verdict and reason out.

The rules and their order stand in chat-to-ticket, section 3; the first that matches decides. What cannot be told is
decided by the settings, whose defaults prefer a superfluous ticket to a lost visitor.
"""

from collections import namedtuple

from .moods import QUOTED, commitment, mood_of, owed_in, takes_back
from .phrases import LITTLE_WORDS, asks, languages_of, markers_in, sentences, speaks_of, words_in

# resolution: unresolved, resolved or skipped · reason: one word for branches and reports · marker: without its #
Verdict = namedtuple("Verdict", "resolution reason marker")
Judging = namedtuple("Judging", "channels inboxes min_words teams ai_unclear agent_asked_last unclear")

LONGEST = 3000  # characters of one message that are read, its last ones
KNOWN = 0.19  # share of little words from which on a chat is in a language of ours; others have by chance up to 0.18

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
    lines = [line._replace(text=line.text[-LONGEST:]) for line in lines]
    said = [line for line in lines if line.kind == "said" and line.who != "system" and line.text]
    first = next(at for at, line in enumerate(said) if line.who == "visitor")
    lines = [line for line in lines if line.at >= said[first].at and (line in said[first:] or line.kind == "assigned")]
    asked = [line.text for line in said if line.who == "visitor"]
    understood = languages_of([line.text for line in said], least=KNOWN)
    languages = languages_of([line.text for line in said]) or [name for name in LITTLE_WORDS if name != "other"] + [
        "ja"
    ]
    people = [line for line in said[first:] if line.who == "agent"]
    if all(line.who == "visitor" for line in said[first:]):
        found = len(asked) > 1 and found_alone(asked[-1], languages)
        return Verdict("resolved", "answered_in_session", "") if found else Verdict("unresolved", "no_answer", "")
    if waits_for_person(lines, languages):
        return Verdict("unresolved", "handed_over", "")
    mood = closing_mood(said, languages) if said[-1].who == "visitor" else "content"
    if not people and mood != "content":
        return by_automation(said, mood, judging, languages)
    if mood not in ("content", "decided", "busy"):
        return Verdict("unresolved", "visitor_last", "")
    owed = commitment(said[first:], languages)
    if owed:
        return Verdict("unresolved", owed, "")
    if mood == "busy" or (said[-1].who == "agent" and asks(said[-1].text)):
        return Verdict(judging.agent_asked_last, "waiting_on_visitor", "")
    if not understood:
        return Verdict(judging.unclear, "unclear", "")
    return Verdict("resolved", "answered_in_session", "")


def found_alone(text, languages):
    """Rule 4's way out: nobody answered, but the visitor says that it is settled."""
    return speaks_of("found", text, languages) and takes_back(text, languages)


def waits_for_person(lines, languages):
    """Rule 5: a person was asked for or announced, none wrote after that, and the visitor did not take it back."""
    called = False
    for line in lines:
        if line.kind == "assigned":
            called = called or line.text.startswith("A-")
        elif line.who == "agent":
            called = False
        elif line.who == "automation":
            called = called or "other_team" in owed_in(line.text, languages)[0]
        elif speaks_of("wants_person", QUOTED.sub(" ", line.text), languages):
            called = True
        elif called:
            called = not takes_back(line.text, languages)
    return called or leaves_it(lines, languages)


def leaves_it(lines, languages):
    """Are automation's last words a promise, or the very last ones that it cannot help?"""
    spoken = [line for line in lines if line.kind != "assigned"]
    answer = next(line for line in reversed(spoken) if line.who != "visitor")
    if answer.who != "automation" or takes_back(spoken[-1].text, languages):
        return False
    gave_up = answer is spoken[-1] and speaks_of("gives_up", answer.text, languages)
    return gave_up or bool(owed_in(answer.text, languages)[0])


def closing_mood(said, languages):
    """The visitor's mood at the end, given what the last words answer to."""
    answer = max(at for at, line in enumerate(said) if line.who != "visitor")
    last = [line.text for line in said[answer + 1 :]]
    mood = mood_of(last, languages)
    if mood in ("waiting", "busy"):
        return mood
    if not asks(said[answer].text):
        return "waiting" if takes_up(" ".join(last), said[answer].text, languages) else mood
    question = sentences(said[answer].text)[-1]
    begins = " ".join(" ".join(last).split()[:2])
    more, helped = speaks_of("offers", question, languages), speaks_of("helped", question, languages)
    if speaks_of("no", begins, languages):
        return "content" if (more and words_in(" ".join(last)) < 8) or mood else "waiting"
    if helped and speaks_of("yes", begins, languages) and not more:
        return "content"
    if not helped and (more or speaks_of("yes", begins, languages) or any(sign.isdigit() for sign in " ".join(last))):
        return "waiting"
    return mood


def takes_up(text, answer, languages):
    """Does the visitor accept what the answer, without a question mark, offers to do?"""
    ending = " ".join(sentences(answer)[-2:])
    return (
        speaks_of("proposes", ending, languages)
        and speaks_of("chooses", text, languages)
        and not speaks_of("no", text, languages)
    )


def by_automation(said, mood, judging, languages):
    """Rule 6 where only a bot or AI had answered: did it claim to have solved it, and does the visitor not deny it?"""
    claims = [line.text for line in said if line.who == "automation"][-2:]
    solved = any(speaks_of("done", text, languages) for text in claims)
    denied = mood == "waiting"
    if judging.ai_unclear == "unless_solved":
        return Verdict("resolved" if solved and not denied else "unresolved", "ai_unclear", "")
    return Verdict(judging.ai_unclear, "ai_unclear", "")
