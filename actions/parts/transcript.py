"""A chat as plain text that is safe to keep on a ticket: no HTML, no card numbers, never over HubSpot's limit."""

import html
import re
import unicodedata
from datetime import datetime, timezone

TEXT_LIMIT = 65536  # characters of a text property (documented)
BLOCKS = re.compile(r"(?i)<\s*(?:br|/p|/div|/li|/tr|/h[1-6])\b[^>]*>")
HIDDEN = re.compile(r"(?is)<\s*(script|style)\b.*?(?:<\s*/\s*\1\s*>|\Z)")
TAGS = re.compile(r"<[a-zA-Z/!][^<>]*>")
# Card and account numbers: 13 digits or more, however parted, or an IBAN. A telephone number begins with + or 00.
PARTING = r"[ \u00a0\u2000-\u200a\u202f.\-\u2010-\u2015/_\n]{0,2}"
NUMBERS = re.compile(r"(?<![0-9+])(?!00)(?:[0-9]" + PARTING + r"){12,}[0-9](?![0-9])")
ACCOUNTS = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?\b", re.IGNORECASE)


def plain(message):
    """The words of one message; some messages carry only rich text (seen in public code)."""
    text = message.get("text") or ""
    if not text.strip():
        text = HIDDEN.sub(" ", message.get("richText") or "")
        text = html.unescape(TAGS.sub("", BLOCKS.sub("\n", text)))
    return "".join(char for char in text.replace("\r\n", "\n") if char in "\n\t" or ord(char) >= 32).strip()


def harmless(text):
    """Text in which a property that renders HTML finds no tag, and nobody finds a card or account number."""
    text = HIDDEN.sub(" ", text)
    text = TAGS.sub("", BLOCKS.sub("\n", text)).replace("<", "‹").replace(">", "›")
    text = "".join(str(unicodedata.digit(char, char)) if char > "\u007f" else char for char in text)
    return NUMBERS.sub(masked, ACCOUNTS.sub(masked, text))


def masked(match):
    """A number by its last four digits; what only looks like an account number stays."""
    signs = re.sub(r"[^0-9A-Za-z]", "", match.group())
    return "•••• " + signs[-4:] if sum(sign.isdigit() for sign in signs) >= 10 else match.group()


def transcript(lines, extent, header=""):
    """`lines`: (epoch ms, who, text), oldest first. `extent`: excerpt (the last 20), full or none."""
    if extent == "none":
        return header.strip()
    chosen = lines[-20:] if extent == "excerpt" else lines
    said = ["{} {}: {}".format(clock(at), who, harmless(text)) for at, who, text in chosen]
    if len(chosen) < len(lines):
        said.insert(0, "({} earlier messages are in the conversation)".format(len(lines) - len(chosen)))
    return shortened((header + "\n\n" if header else "") + "\n".join(said))


def shortened(text, limit=TEXT_LIMIT):
    """The text within HubSpot's limit, the middle left out: how it began and how it ended matter."""
    if units(text) <= limit:
        return text
    notice = "\n(… the middle is left out; open the conversation for the whole …)\n"
    room = limit - units(notice)
    head, tail = room // 4, room - room // 4
    while units(text[:head]) > room // 4:
        head -= max(1, (units(text[:head]) - room // 4) // 2)
    while units(text[-tail:]) > room - room // 4:
        tail -= max(1, (units(text[-tail:]) - (room - room // 4)) // 2)
    return text[:head] + notice + text[-tail:]


def units(text):
    """Length in UTF-16 units, the stricter way to count (guessed: HubSpot does not say how it counts)."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def clock(at_ms):
    return datetime.fromtimestamp(at_ms / 1000, timezone.utc).strftime("%Y-%m-%d %H:%M")
