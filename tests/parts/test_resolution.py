"""The resolution part judges a closed chat by the ten rules of chat-to-ticket, section 3."""

import time

import pytest

from actions.parts.conversation import Line
from actions.parts.moods import mood_of, owed_in
from actions.parts.resolution import REASONS, Judging, judge

CLOSED = {"status": "CLOSED", "originalChannelId": "1000", "inboxId": "1"}
USUAL = Judging(["1000"], ["1"], 2, ["billing"], "unless_solved", "resolved", "unresolved")
WHO = {"V": "visitor", "A": "agent", "B": "automation", "S": "system"}


def told(*lines):
    """`V: text` is said by the visitor, A agent, B automation, S system; `#A:` a comment; `->` an assignment."""
    found = []
    for at, line in enumerate(lines):
        if line == "->":
            found.append(Line(at * 90000, "assigned", "system", "S-1", "A-1"))
            continue
        who, _, text = line.partition(": ")
        kind = "comment" if who.startswith("#") else "said"
        found.append(Line(at * 90000, kind, WHO[who.strip("#")], who, text))
    return found


def verdict(*lines, judging=USUAL, thread=CLOSED, resolution=""):
    return judge(thread, told(*lines), judging, resolution)[:2]


@pytest.mark.parametrize(
    ("thread", "reason"),
    [
        ({"status": "OPEN"}, "not_closed"),
        ({"spam": True}, "spam"),
        ({"archived": True}, "archived"),
        ({"originalChannelId": "1001"}, "other_channel"),
        ({"inboxId": "2"}, "other_inbox"),
    ],
)
def test_rule_1_leaves_threads_alone(thread, reason):
    """Open, spam, archived, of another channel or inbox: nothing to judge."""
    assert verdict("V: where is my order", thread=dict(CLOSED, **thread)) == ("skipped", reason)


def test_what_is_left_alone_carries_no_marker():
    """Whatever an agent noted in a chat that is nothing to judge, no marker is passed on."""
    spam = dict(CLOSED, spam=True)

    assert judge(spam, told("V: where is my order", "#A: #billing"), USUAL) == ("skipped", "spam", "")


def test_rule_1_leaves_empty_chats_alone():
    """No word from the visitor, or a single one that no person answered."""
    assert verdict("A: Hello?") == ("skipped", "no_visitor_message")
    assert verdict("V: hello", "B: Hi!") == ("skipped", "too_short")
    assert verdict("V: hello", "A: Hi, how can I help?") == ("resolved", "waiting_on_visitor")


def test_rule_2_takes_the_input():
    """The operator's word goes before all others."""
    assert verdict("V: thanks a lot", "#A: #resolved", resolution="unresolved") == ("unresolved", "input")


def test_rule_3_takes_the_latest_marker_of_an_agent():
    """Not a visitor's, not automation's; a team's name is a marker too."""
    assert verdict("V: where is it", "A: Here.", "#A: #billing please") == ("unresolved", "marker")
    assert verdict("V: where is it", "#A: #followup", "#A: #Resolved") == ("resolved", "marker")
    assert verdict("V: where is it", "A: Here.", "#A: #followup") == ("unresolved", "marker")
    assert verdict("V: where is it", "#B: #resolved") == ("unresolved", "no_answer")


def test_rule_4_nobody_answered():
    """Silence is unresolved, unless the visitor found it; giving up is not finding."""
    assert verdict("V: where is the code", "V: bye then") == ("unresolved", "no_answer")
    assert verdict("V: where is the code", "V: never mind") == ("unresolved", "no_answer")
    assert verdict("V: never mind, found it") == ("unresolved", "no_answer")
    assert verdict("V: where is the code", "V: never mind, found it") == ("resolved", "answered_in_session")


def test_rule_5_waits_for_a_person():
    """Asked for or announced; a quote asks for nobody; who came has come; who is not needed is not waited for."""
    assert verdict("V: can I talk to a human", "B: Try our FAQ.") == ("unresolved", "handed_over")
    assert verdict("V: my tap leaks", "B: I'll get a colleague.", "->", "V: ok") == ("unresolved", "handed_over")
    assert verdict("V: my tap leaks", "B: Try our FAQ.", "->") == ("unresolved", "handed_over")
    announced = ("B: I'll get a colleague.", "V: ok", "B: Our office is in Berlin.")
    assert verdict("V: my tap leaks", *announced) == ("unresolved", "handed_over")
    quoted = 'V: you said "talk to a human" last time. what does it cost'
    assert verdict(quoted, "B: 5 euros.", "V: thanks") == ("resolved", "answered_in_session")
    assert verdict("V: agent please", "A: It's me, the pool is open.", "V: ta")[0] == "resolved"
    assert verdict("V: can I talk to someone", "B: Groups pay 8.", "V: no need, that's all I need")[0] == "resolved"


def test_rule_6_the_visitor_spoke_last():
    """Content ends it; a complaint, a question or an answer handed in does not; hanging on is the visitor's turn."""
    answer = ("V: where do I click", "A: On the left, below Settings.")
    assert verdict(*answer, "V: great, thank you") == ("resolved", "answered_in_session")
    assert verdict(*answer, "V: thanks but the button is grey") == ("unresolved", "visitor_last")
    assert verdict(*answer, "V: thanks. and how do I save it") == ("unresolved", "visitor_last")
    assert verdict(*answer, "V: great, order two of them then") == ("unresolved", "visitor_last")
    assert verdict(*answer, "V: thanks", "V: hello?") == ("unresolved", "visitor_last")
    offer = ("V: it is broken", "A: We can either refund you or send a new one.")
    assert verdict(*offer, "V: a new one would be grand, cheers") == ("unresolved", "visitor_last")
    assert verdict(*offer, "V: no thanks, found it") == ("resolved", "answered_in_session")
    asked = ("V: it is broken", "A: What is your order number?")
    assert verdict(*asked, "V: R-55821") == ("unresolved", "visitor_last")
    assert verdict(*asked, "V: hang on") == ("resolved", "waiting_on_visitor")


def test_rule_6_with_automation_alone():
    """Automation's claim to have solved it counts until the visitor denies it."""
    claim = ("V: cancel the newsletter", "B: Done! I have removed your address.")
    assert verdict(*claim, "V: it was the old address that I never read") == ("resolved", "ai_unclear")
    assert verdict(*claim, "V: we'll see") == ("resolved", "ai_unclear")
    assert verdict(*claim, "V: no, it still says active") == ("unresolved", "ai_unclear")
    assert verdict(*claim, "V: we'll see", judging=USUAL._replace(ai_unclear="unresolved"))[0] == "unresolved"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("A: I'll find out and call you tomorrow.", "V: thank you"), "promised"),
        (("A: I am passing this to our data protection team at once.",), "other_team"),
        (("A: I need to check and will call you back.", "V: Today please.", "A: Yes, today."), "promised"),
        (("A: I'll email you tomorrow.", "V: ok", "A: You're welcome. Have a nice day!"), "promised"),
        (("A: I've passed that to the caretaker, alright?", "V: ok"), "other_team"),
        (("A: I won't forget to write to you.", "V: ok"), "promised"),
        (("A: I'll text you when it's ready and ask you for the code.", "V: ok"), "promised"),
        (("A: Bear with me while I ring the clinic.", "V: sure"), "promised"),
        (("A: Let me check.", "A: It is in stock, three are left."), "answered_in_session"),
        (("A: I'll ask and get back to you.", "V: ok", "A: They said it leaves on Monday."), "answered_in_session"),
        (("A: I'll get back to you.", "V: never mind, found it"), "answered_in_session"),
        (("A: Nobody is going to call you.", "V: good"), "answered_in_session"),
        (("A: Ask your tutor, the team there decides that.", "V: ok"), "answered_in_session"),
        (("A: If you send me a photo, I'll replace it.", "V: will do"), "answered_in_session"),
    ],
)
def test_rule_7_what_is_owed(lines, expected):
    """A promise or another team, until something later in the chat settles it; no promise is none."""
    assert verdict("V: can you help with my invoice", *lines)[1] == expected


def test_rule_8_waits_for_the_visitor():
    """The agent asked last, whatever closing lines follow; the setting decides."""
    lines = ("V: the app crashes", "A: Which phone do you have?")
    assert verdict(*lines) == ("resolved", "waiting_on_visitor")
    assert verdict(*lines, judging=USUAL._replace(agent_asked_last="unresolved"))[0] == "unresolved"


def test_rule_9_reads_only_languages_of_ours():
    """What no list fits is unclear; the setting decides."""
    lines = ("V: God dag, er dere åpne på søndag?", "A: Ja, fra ti til to.")
    assert verdict(*lines) == ("unresolved", "unclear")
    assert verdict(*lines, judging=USUAL._replace(unclear="resolved")) == ("resolved", "unclear")


def test_every_reason_has_a_sentence():
    """What a branch sees in one word is explained in one sentence."""
    assert all(text.endswith(".") for text in REASONS.values())


OWED = {
    "en": [
        "Someone will ring you before lunch.",
        "I have to run this by my supervisor.",
        "It's with our fraud team now.",
    ],
    "de": ["Da muss ich erst meine Chefin fragen.", "Sie hören von mir.", "Liegt jetzt bei der Rechtsabteilung."],
    "fr": ["Je demande au chef et je vous redis.", "On s'en charge.", "Votre dossier est transmis à l'atelier."],
    "es": ["Alguien le llamará hoy.", "Tengo que consultarlo con mi jefa.", "Ya lo pasé al taller."],
    "pt": [
        "Assim que a peça chegar, a gente te avisa.",
        "Tenho de falar com a minha chefe.",
        "Já passei para a oficina.",
    ],
    "nl": ["Iemand belt u vanmiddag.", "Ik zoek het voor u uit.", "Ik heb het doorgegeven aan de werkplaats."],
    "it": ["Chiedo in cucina e le dico.", "La richiamiamo domani.", "L'ho passato in officina."],
    "ja": ["上司に相談してみます。", "部品が入り次第、メールします。", "修理部門に回しました。"],
}
NOT_OWED = {
    "en": ["It will arrive on Tuesday.", "You can reach the billing team on extension 3.", "Nobody needs to come out."],
    "de": [
        "Das Paket kommt am Dienstag an.",
        "Da können Sie die Buchhaltung anrufen.",
        "Falls nicht, rufen Sie uns an.",
    ],
    "fr": ["Le colis arrivera mardi.", "Adressez-vous à l'accueil.", "Si ça recommence, dites-le-nous."],
    "es": ["El paquete llegará el martes.", "Puede llamar a facturación.", "Si vuelve a pasar, avísenos."],
    "pt": ["A encomenda chega na terça.", "Pode falar com o financeiro.", "Ninguém precisa ir aí."],
    "nl": ["Het pakket komt dinsdag aan.", "U kunt de administratie bereiken.", "Er hoeft niemand langs te komen."],
    "it": ["Il pacco arriva martedì.", "Può contattare la contabilità.", "Non deve passare nessuno."],
    "ja": ["お荷物は火曜日に届きます。", "受付でお尋ねください。", "誰も伺う必要はありません。"],
}
CONTENT = {
    "en": ["ah right, never knew that. cheers", "I'll pop by the shop then", "👍"],
    "de": ["dann komm ich morgen vorbei", "schade, aber danke", "ah da ist es ja"],
    "fr": ["tant pis", "merci quand même", "ok je prends le grand"],
    "es": ["entonces paso mañana", "gracias igual", "ni modo"],
    "pt": ["então passo aí amanhã", "blz", "que pena, obrigado mesmo assim"],
    "nl": ["dan kom ik morgen even langs", "jammer maar bedankt", "hij doet het weer"],
    "it": ["allora passo domani", "grazie lo stesso", "pazienza"],
    "ja": ["じゃあ明日行きますね", "知りませんでした、ありがとう", "了解です"],
}
WAITING = {
    "en": [
        "thanks but no, same error",
        "where do I click",
        "Fine, I'll be taking my business elsewhere",
    ],
    "de": ["danke, aber der Fehler kommt wieder", "wo klick ich da drauf", "na super, ganz toll", "danke 😡"],
    "fr": ["merci mais l'erreur revient", "où est-ce que je clique", "merci pour rien"],
    "es": ["gracias pero vuelve a salir el error", "dónde le doy clic", "gracias por nada"],
    "pt": ["obrigado mas o erro voltou", "onde eu clico", "obrigado por nada"],
    "nl": ["bedankt maar de fout komt terug", "waar moet ik klikken", "bedankt voor niks"],
    "it": ["grazie ma torna l'errore", "dove clicco", "grazie di niente"],
    "ja": ["ありがとうございます。でもまたエラーが出ます", "どこを押せばいいですか", "もういいです"],
}


@pytest.mark.parametrize("language", OWED)
def test_what_an_agent_undertakes(language):
    """Oneself or a colleague, now or later, in every language; not what happens by itself or is the visitor's."""
    assert [text for text in OWED[language] if not owed_in(text, [language])[0]] == []
    assert [text for text in NOT_OWED[language] if owed_in(text, [language])[0]] == []


@pytest.mark.parametrize("language", CONTENT)
def test_how_a_visitor_ends(language):
    """Thanks, acceptance and decisions end a chat; complaints, questions and sarcasm do not."""
    assert [text for text in CONTENT[language] if mood_of([text], [language]) not in {"content", "decided"}] == []
    assert [text for text in WAITING[language] if mood_of([text], [language]) in {"content", "decided"}] == []


def test_a_very_long_chat_is_judged_at_once():
    """2,000 messages in a second, even when one of them is endless."""
    talk = ["V: and where is the blue one of them", "A: It is on the left, below the red one."] * 1000
    begun = time.perf_counter()

    verdict(*talk, "V: " + "not yet and " * 9000)

    assert time.perf_counter() - begun < 1.5


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("V: I need help with my order please", "B: Sorry, I cannot help you with that."), "handed_over"),
        (("V: I need help with my order please", "S: The chat was transferred."), "no_answer"),
    ],
)
def test_what_automation_leaves(lines, reason):
    """It gave up as the last word, or nothing but HubSpot's own notices came: the visitor waits."""
    assert verdict(*lines) == ("unresolved", reason)


def test_an_answer_is_not_contentment():
    """Yes to a question that offers no end, or no yes to "did that help", leaves somebody waiting."""
    shirt = ("V: I need a new shirt", "A: Which colour do you like?", "V: yes the blue")
    more = ("V: my order is late", "A: It comes today. Anything else I can do for you?", "V: yes")
    helped = ("V: my order is late", "A: It comes today. Did that help?", "V: hmm")

    assert [verdict(*said) for said in (shirt, more, helped)] == [("unresolved", "visitor_last")] * 3


def test_a_promise_in_a_language_between_others():
    """Where no language is known to be spoken, a promise in any that we read is one."""
    polish = "V: gdzie jest moje zamowienie numer cztery nie ma go"

    assert verdict(polish, "A: Sprawdzimy to jutro rano. Wir melden uns.") == ("unresolved", "promised")
