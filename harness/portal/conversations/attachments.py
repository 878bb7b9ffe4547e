"""What may hang on a message that is sent, and how it comes back: a file, quick replies, a post.

Documented: the spec's shapes of both. Which usage a file gets, and that quick replies may be typed over, is guessed.
"""

from typing import Any

from harness.portal import refusals as shared
from harness.portal.call import list_of, object_of, optional_text, text_of
from harness.portal.conversations import refusals

VALUES = ("TEXT", "URL")
MEDIA = ("ARTICLE", "AUDIO", "CAROUSEL", "DOCUMENT", "GIF", "LINK", "NONE", "PHOTO", "POLL", "STORY", "VIDEO")
ABOUT = ("description", "id", "mediaTitle", "mediaUrl", "mediaUrlString", "thumbnailUrl")


def attachment(entry: Any) -> dict[str, Any]:
    """One attachment as a message shows it."""
    kind = entry.get("type") if isinstance(entry, dict) else None
    if kind == "FILE":
        return {"type": kind, "fileId": text_of(entry, "fileId", "a file"), "fileUsageType": "OTHER"}
    if kind == "QUICK_REPLIES":
        if entry.get("quickReplies") is None:
            raise shared.missing_keys("an attachment", ["quickReplies"])
        replies = [_reply(one) for one in list_of(entry, "quickReplies", "an attachment")]
        return {"type": kind, "quickReplies": replies, "allowUserInput": True, "allowMultiSelect": False}
    if kind == "SOCIAL_MEDIA_METADATA":
        return {"type": kind, "socialMetadata": _post(object_of(entry, "socialMetadata", "an attachment"))}
    raise refusals.bad_filter("type of an attachment", str(kind)[:50], "FILE or QUICK_REPLIES or SOCIAL_MEDIA_METADATA")


def _reply(entry: Any) -> dict[str, str]:
    if not isinstance(entry, dict):
        raise shared.bad_json("expected each of quickReplies to be an object")
    kind, value = text_of(entry, "valueType", "a quick reply"), text_of(entry, "value", "a quick reply")
    if kind not in VALUES:
        raise refusals.bad_filter("valueType of a quick reply", kind, " or ".join(VALUES))
    label = optional_text(entry, "label", "a quick reply")
    return {"value": value, "valueType": kind} | ({"label": label} if label else {})


def _post(entry: dict[str, Any]) -> dict[str, str]:
    kind = text_of(entry, "mediaType", "a post")
    if kind not in MEDIA:
        raise refusals.bad_filter("mediaType of a post", kind, " or ".join(MEDIA))
    about = {name: optional_text(entry, name, "a post") for name in ABOUT}
    return {"mediaType": kind} | {name: text for name, text in about.items() if text}
