"""The phrases part knows eight languages, and matches words however they are written."""

import re

import pytest

from actions.parts.phrases import (
    PHRASES,
    asks,
    clauses,
    folded,
    language_of,
    languages_of,
    markers_in,
    phrases_of,
    sentences,
    source,
    speaks_of,
    words_in,
)

LANGUAGES = ["en", "de", "fr", "es", "pt", "nl", "it", "ja"]


@pytest.mark.parametrize("topic", PHRASES)
def test_every_list_is_well_formed(topic):
    """Each list compiles in each language, matches no nonsense, and is in no language that we do not name."""
    assert set(phrases_of(topic)) <= {"any", *LANGUAGES}
    for language in LANGUAGES:
        assert not re.compile(source(topic, language)).fullmatch("")
        assert not speaks_of(topic, "qqq", [language])


def test_each_list_names_a_language_once():
    """A second line of the same language would hide the first."""
    for topic, block in PHRASES.items():
        names = re.findall(r"^(\w\w|any):", block, flags=re.MULTILINE)
        assert len(names) == len(set(names)), topic


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ça MARCHE", "ca marche"),
        ("I’ll ask", "i ll ask"),
        ("Straße", "strasse"),
        ("a-t-on", "a t on"),
        ("06-12", "06-12"),
        ("ｱﾘｶﾞﾄｳ", "ありがとう"),
        ("メール", "めーる"),
        ("ｆｕｌｌ", "full"),
    ],
)
def test_words_are_folded(text, words):
    """Case, accents, apostrophes, hyphens, half width and katakana make no difference."""
    assert folded(text) == words


def test_words_match_on_their_borders():
    """`ta` is thanks, `beta` is not; an open word has an open end."""
    assert speaks_of("satisfied", "ta!", ["en"])
    assert not speaks_of("satisfied", "beta", ["en"])
    assert speaks_of("satisfied", "Dankeschön", ["de"])


def test_an_end_is_an_end_whatever_sign_stands_there():
    """`$` in a list stands before a full stop or comma too, and lists may be broken into lines."""
    assert speaks_of("promise", "One moment please.", ["en"])
    assert not speaks_of("promise", "one moment of joy", ["en"])
    assert not any("\n" in text for topic in PHRASES for text in phrases_of(topic).values())


def test_a_word_is_of_its_language():
    """`ma` is 'but' in Italian and 'my' in French."""
    assert speaks_of("but", "ma non va", ["it"])
    assert not speaks_of("but", "ma facture", ["fr"])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "where can I find my order"),
        ("de", "wo finde ich meine Rechnung"),
        ("fr", "où est ma commande"),
        ("es", "¿dónde está mi pedido?"),
        ("pt", "onde está o meu pedido"),
        ("nl", "waar is mijn bestelling"),
        ("it", "dove si trova il mio ordine"),
        ("ja", "注文はどこですか"),
        ("", "Dzień dobry, nie mogę zalogować się do konta"),
        ("", "안녕하세요, 로그인이 안 돼요"),
        ("", "请问我的订单在哪里"),
        ("", "12345"),
    ],
)
def test_languages(language, text):
    """The little words tell; what is not of ours is of none."""
    assert language_of(text) == language


def test_a_few_chance_words_are_no_language():
    """Words that stand in our lists by chance do not make a foreign chat ours."""
    assert languages_of(["Je, mnafungua Jumapili? Ndiyo, kuanzia saa nne."], least=0.19) == []


def test_sentences_and_clauses():
    """A point in a number parts nothing; a comma parts clauses only."""
    text = "It is 3.50, I think. Sorry! Ok?"

    assert sentences(text) == ["It is 3.50, I think.", "Sorry!", "Ok?"]
    assert clauses(text) == ["It is 3.50,", "I think.", "Sorry!", "Ok?"]
    assert sentences("はい。そうです") == ["はい。", "そうです"]


@pytest.mark.parametrize("text", ["why?", "why? :)", "why？", "届きますか", "いくらですか。"])
def test_a_question(text):
    """A smile may follow the question mark; Japanese needs none."""
    assert asks(text)


@pytest.mark.parametrize("text", ["why", "why? I have asked you three times already", "そうです。"])
def test_no_question(text):
    """What ends otherwise asks nothing."""
    assert not asks(text)


@pytest.mark.parametrize(
    ("text", "count"), [("two words", 2), ("", 0), ("もしもし", 1), ("返品したいです", 4), ("👍", 0)]
)
def test_words_are_counted(text, count):
    """Where there are no spaces, two signs are a word, and a greeting is one."""
    assert words_in(text) == count


def test_markers():
    """In order, in lower case, with the wide sign too."""
    assert markers_in("see #Billing, ＃followup. issue # 7") == ["billing", "followup"]
