"""What people's words amount to: the visitor's mood after the last of them, and what we still owe.

A visitor is content (thanks, praise, goodbye), decided ("then I'll keep it"), busy ("hang on"), waiting (a complaint,
a question, a request, an answer handed in), or nothing that can be told. We owe a promise to come back, or that
another team takes it on, until later words of the chat settle it.
"""

import re

from .phrases import asks, clauses, first_of, folded, sentences, speaks_of, words_in

HAPPY = re.compile("[😀-😎😏😺-😽👍👌🙏🤗🥰🤩❤💙💚💛💜🧡💖💕🎉🥳✅✔💪🙌🌟⭐☺🤝🫶🐶🌸🤣🙂🌞]|[:;=8]-?[)DpP]|\\^_?\\^|<3")
SAD = re.compile("[😞😠😡😢😭😤👎🙁☹😒🤬💔🙄😩😫😖😣🤦🤡😑😔😟😕🤨👏]|(?<!\\w)[:=]['-]?[(/|]|>:")
AND = re.compile(" (?:and|und|et|y|e|en) ")
QUOTED = re.compile('["«„“「『]([^"»“”」』]{3,})["»”“」』]')


def mood_of(texts, languages):
    """The visitor's mood after these words: content, decided, busy, waiting, or nothing that can be told."""
    mood = ""
    for text in texts:
        for clause in clauses(text):
            mood = mood_after(mood, clause, languages)
        if SAD.search(text) or asks(text):
            mood = "waiting"
        elif HAPPY.search(text) and not mood:
            mood = "content"
    return mood


def mood_after(mood, clause, languages):
    """What a mood becomes by one more clause: 'found it' settles all, a complaint or a question outlasts thanks."""
    words = without("harmless", folded(clause), languages)
    thanked = words != folded(clause)
    last = after_but(words, languages)

    def says(topic):
        return any(first_of(topic, last, language) for language in languages)

    def affirms(topic):
        return any(affirmed(topic, last, language) for language in languages)

    if last != words:
        mood, thanked = ("" if mood in ("content", "decided") else mood), False
    if says("unhappy"):
        return "waiting"
    if affirms("found"):
        return "content"
    asked_for = any(first_of("requests", words, language) for language in languages)
    question = (clause.endswith("?") and words_in(clause) > 2) or wonders(last, languages)
    delivers = says("delivers") and not affirms("satisfied")  # "that's the blue one", but not "that's perfect"
    if question or says("orders") or delivers or asked_for:
        return "waiting"
    if mood == "waiting":
        return "content" if says("never_mind") else mood
    if last != words and words_in(last) > 4 and not says("decides") and not says("never_mind"):
        return ""
    if thanked or affirms("satisfied") or says("farewell"):
        return "content"
    if says("tries"):
        return "busy"
    if says("decides") or says("never_mind"):
        return "decided"
    if accepts(last, languages):
        # "ok and the deposit" asks
        return "waiting" if AND.search(" ".join(last.split()[:3])) else mood or "decided"
    return mood if mood == "busy" or words_in(clause) < 5 else ""


def wonders(words, languages):
    """Does it begin like a question, whatever little words stand before it?"""
    for language in languages:
        rest = words
        lead = first_of("lead", rest, language)
        while lead and lead.start() == 0 and lead.end() < len(rest):
            rest = rest[lead.end() :].strip(" ,")
            lead = first_of("lead", rest, language)
        question = first_of("wonders", rest, language)
        if question and (question.start() == 0 or language == "ja"):
            return True
    return False


def accepts(words, languages):
    """Is it, or does it begin with, a mere 'all right'?"""
    begins = {language: words[:8] if language == "ja" else " ".join(words.split()[:4]) for language in languages}
    short = len(words) < 16 if languages == ["ja"] else words_in(words) < 7
    return short and any(first_of("accepts", begins[language], language) for language in languages)


def without(topic, words, languages):
    """The words without a topic's phrases."""
    for language in languages:
        found = first_of(topic, words, language)
        while found and found.end() > found.start():
            words = words[: found.start()] + " " + words[found.end() :]
            found = first_of(topic, words, language)
    return words


def after_but(words, languages):
    """What stands after the last 'but'; all where there is none, or nothing after it."""
    for language in languages:
        but = first_of("but", words, language)
        while but and words[but.end() :].strip(" .,!?"):
            words = words[but.end() :]
            but = first_of("but", words, language)
    return words


def takes_back(text, languages):
    """Does the visitor say that it is settled without us, or that nothing is needed any more?"""
    if asks(text) or speaks_of("unhappy", text, languages):
        return False
    return speaks_of("found", text, languages) or speaks_of("never_mind", text, languages)


def commitment(said, languages):
    """What a person last undertook that nothing later settles: promised, other_team, or nothing.

    A result settles all. An answer settles 'let me see', and 'I get back to you' if the visitor asked nothing between;
    what is for a later day or another team it does not settle.
    """
    returned = answered = chatted = False
    for line in reversed(said[-60:]):
        if line.who == "visitor" and takes_back(line.text, languages):
            return ""
        if line.who == "visitor":
            chatted = chatted or mood_of([line.text], languages) not in ("content", "decided")
        if line.who != "agent":
            continue
        result = speaks_of("done", line.text, languages)
        owed, when = owed_in(line.text, languages)
        if owed and not (result and when != "later"):
            if returned:
                return ""
            if not answered or when == "later" or (when == "some day" and chatted):
                return "promised" if "promise" in owed else "other_team"
        returned = returned or result
        if not owed and answers(line.text, languages):
            answered, chatted = True, False
    return ""


def answers(text, languages):
    """Is it more than a question, a word or two, or the end of the chat?"""
    return words_in(text) >= 4 and not asks(text) and not speaks_of("closing", text, languages)


def owed_in(text, languages):
    """What these words of ours undertake, of promise and other_team, and when: now, some day, later."""
    owed, when = set(), ""
    for sentence in sentences(text):
        parts = clauses(sentence)
        if sentence.endswith("?") and not (len(parts) > 1 and words_in(parts.pop()) < 3):
            continue  # a question; but before "..., alright?" stands a statement
        for language in languages:
            later = first_of("later", folded(sentence), language)
            for clause in parts:
                words = folded(clause)
                if first_of("condition", words, language):
                    break  # what follows in this sentence hangs on the visitor
                found = undertaken(words, language)
                if later or "other_team" in found | owed:
                    when = "later" if found else when
                elif found and when != "later":
                    when = "now" if first_of("look", words, language) else "some day"
                owed |= found
    return owed, when


def undertaken(words, language):
    """What one clause undertakes; of one that is undone, what a half before or after an 'and' does by itself."""
    if first_of("surely", words, language):
        return {"promise"}
    halves = [words] if not first_of("undoes", words, language) else AND.split(words)
    if len(halves) > 1:
        return set().union(*(undertaken(half, language) for half in halves))
    if first_of("undoes", words, language):
        return set()
    return {topic for topic in ("promise", "other_team") if affirmed(topic, words, language)}


def affirmed(topic, words, language):
    """Does a phrase of the topic stand, with no 'not' in it or beside it?"""
    found = first_of(topic, words, language)
    if not found or language == "ja":
        return bool(found)
    around = [*words[: found.start()].split()[-1:], found.group(), *words[found.end() :].split()[:1]]
    return not first_of("not", " ".join(around), language)
