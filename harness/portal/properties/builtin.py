"""HubSpot's own properties, as far as these actions and their tests meet them.

Names, types and options: documented where the type's guide lists them, else seen in dumps of real accounts.
Which values can be written: guessed, on the strict side, for everything about conversations and SLAs.
"""

from harness.portal.objects.types import COMPANY, CONTACT, CONVERSATION, NOTE, TICKET, ObjectType
from harness.portal.properties.definitions import Definition, Definitions, Group

GROUPS: dict[str, tuple[str, str]] = {
    TICKET.id: ("ticketinformation", "Ticket information"),
    CONTACT.id: ("contactinformation", "Contact information"),
    COMPANY.id: ("companyinformation", "Company information"),
    NOTE.id: ("engagement", "Engagement"),
    CONVERSATION.id: ("conversationinformation", "Conversation information"),
}
FIELDS = {
    "string": "text",
    "number": "number",
    "datetime": "date",
    "date": "date",
    "bool": "booleancheckbox",
    "enumeration": "select",
}
# How each line reads: name, type, then "ro" for read-only, "ext" for options kept elsewhere,
# "area" for a many-line field, "multi" for several options at once, and the options after a colon.
LINES: dict[str, str] = {
    TICKET.id: """
        subject string
        content string area
        hs_pipeline enumeration ext
        hs_pipeline_stage enumeration ext
        hs_ticket_priority enumeration :LOW,MEDIUM,HIGH,URGENT
        hs_ticket_category enumeration multi :PRODUCT_ISSUE,BILLING_ISSUE,FEATURE_REQUEST,GENERAL_INQUIRY
        source_type enumeration :CHAT,EMAIL,FORM,PHONE
        hs_resolution enumeration multi :ISSUE_FIXED,FEATURE_REQUEST_TRACKED,REFUND_APPLIED
        hubspot_owner_id enumeration ext
        hubspot_team_id enumeration ext ro
        hubspot_owner_assigneddate datetime ro
        createdate datetime
        closed_date datetime ro
        hs_last_closed_date datetime ro
        hs_is_closed bool ro :true,false
        time_to_close number ro
        hs_ticket_id number ro
        hs_object_id number ro
        hs_merged_object_ids enumeration ext multi ro
        hs_lastmodifieddate datetime ro
        hs_num_associated_conversations number ro
        hs_conversations_originating_thread_id number ro
        hs_conversations_originating_message_id string ro
        hs_thread_ids_to_restore string ro
        hs_originating_generic_channel_id number ro
        hs_inbox_id number ro
        hs_in_helpdesk bool ro :true,false
        hs_last_message_received_at datetime ro
        hs_last_message_sent_at datetime ro
        hs_last_message_from_visitor bool ro :true,false
        first_agent_reply_date datetime ro
        hs_first_agent_message_sent_at datetime ro
        hs_time_to_first_response_sla_at datetime ro
        hs_time_to_close_sla_at datetime ro
        hs_created_by_user_id number ro
    """,
    CONTACT.id: """
        email string
        hs_additional_emails enumeration ext multi ro
        firstname string
        lastname string
        phone phone_number
        mobilephone phone_number
        company string
        city string
        country string
        website string
        jobtitle string
        lifecyclestage enumeration :subscriber,lead,opportunity,customer,evangelist,other
        hs_lead_status enumeration :NEW,OPEN,IN_PROGRESS,UNQUALIFIED,CONNECTED,BAD_TIMING
        hs_language enumeration ext
        hs_timezone enumeration ext
        hs_email_optout bool :true,false
        hubspot_owner_id enumeration ext
        hs_object_id number ro
        hs_merged_object_ids enumeration ext multi ro
        createdate datetime ro
        lastmodifieddate datetime ro
        associatedcompanyid number ro
    """,
    COMPANY.id: """
        name string
        domain string
        website string
        phone phone_number
        city string
        country string
        description string area
        hubspot_owner_id enumeration ext
        hs_object_id number ro
        hs_merged_object_ids enumeration ext multi ro
        createdate datetime ro
        hs_lastmodifieddate datetime ro
    """,
    NOTE.id: """
        hs_note_body string area
        hs_timestamp datetime
        hs_attachment_ids string
        hubspot_owner_id enumeration ext
        hs_object_id number ro
        hs_merged_object_ids enumeration ext multi ro
        hs_createdate datetime ro
        hs_lastmodifieddate datetime ro
    """,
    CONVERSATION.id: """
        hs_thread_id string ro
        hs_conversation_status enumeration ro :CONVERSATION_STATUS_OPEN,CONVERSATION_STATUS_CLOSED
        hs_inbox_id number ro
        hs_channel_id number ro
        hs_object_id number ro
        hs_merged_object_ids enumeration ext multi ro
        hs_createdate datetime ro
        hs_lastmodifieddate datetime ro
    """,
}


def install(definitions: Definitions, at: int) -> None:
    """Give an empty account HubSpot's own properties."""
    for type in (TICKET, CONTACT, COMPANY, NOTE, CONVERSATION):
        name, label = GROUPS[type.id]
        definitions.put_group(type, Group(name, label, 0))
        for line in LINES[type.id].strip().splitlines():
            definitions.put(type, _definition(type, line.strip(), at))


def _definition(type: ObjectType, line: str, at: int) -> Definition:
    words, _, options = line.partition(":")
    name, kind, *marks = words.split()
    return Definition(
        name=name,
        type=kind,
        field_type=_field(kind, marks),
        label=name.removeprefix("hs_").replace("_", " ").capitalize(),
        group=GROUPS[type.id][0],
        options=tuple(_option(value, at) for at, value in enumerate(options.split(",")) if value),
        unique=(type, name) == (CONTACT, "email"),
        read_only="ro" in marks,
        external_options="ext" in marks,
        created=at,
        updated=at,
    )


def _field(kind: str, marks: list[str]) -> str:
    if "area" in marks:
        return "textarea"
    if "multi" in marks:
        return "checkbox"
    return "phonenumber" if kind == "phone_number" else FIELDS[kind]


def _option(value: str, order: int) -> dict[str, object]:
    label = value.replace("_", " ").capitalize()
    return {"label": label, "value": value, "description": "", "displayOrder": order, "hidden": False}
