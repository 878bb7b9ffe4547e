"""Where each area lives in each version of HubSpot's API: the one table of path spellings.

Documented: HubSpot's public OpenAPI files. A version that is missing here has no such area;
a path that only some versions have names them in its own route.
"""

V3, V4, D03, D09 = "v3", "v4", "2026-03", "2026-09"
BETA = "2026-09-beta"  # of automation alone, which has no stable dated version yet
DATED = (D03, D09)

SPELLINGS: dict[str, dict[str, str]] = {
    "objects": {V3: "/crm/v3/objects", D03: "/crm/objects/2026-03", D09: "/crm/objects/2026-09"},
    "record-associations": {V4: "/crm/v4/objects", D03: "/crm/objects/2026-03", D09: "/crm/objects/2026-09"},
    "associations": {
        V4: "/crm/v4/associations",
        D03: "/crm/associations/2026-03",
        D09: "/crm/associations/2026-09",
    },
    "properties": {V3: "/crm/v3/properties", D03: "/crm/properties/2026-03", D09: "/crm/properties/2026-09"},
    "association-definitions": {V4: "/crm/associations/v4", D09: "/crm/associations/2026-09"},
    "schemas": {V3: "/crm/v3/schemas"},
    "property-validations": {D09: "/crm/property-validations/2026-09"},
    "pipelines": {V3: "/crm/v3/pipelines", D03: "/crm/pipelines/2026-03", D09: "/crm/pipelines/2026-09"},
    "owners": {V3: "/crm/v3/owners", D03: "/crm/owners/2026-03", D09: "/crm/owners/2026-09"},
    "account": {V3: "/account-info/v3", D03: "/account-info/2026-03", D09: "/account-info/2026-09"},
    "conversations": {V3: "/conversations/v3/conversations", D09: "/conversations/conversations/2026-09"},
    "thread-assignee": {V3: "/conversations/conversations/v3", D09: "/conversations/conversations/2026-09"},
    "smtp-tokens": {V3: "/marketing/v3/transactional", D03: "/marketing/transactional/2026-03"},
    "marketing-single-send": {V4: "/marketing/v4/email", D03: "/marketing/email-campaigns/2026-03"},
    "single-send": {
        V3: "/marketing/v3/transactional/single-email",
        D03: "/marketing/transactional/2026-03/single-email",
        D09: "/marketing/transactional/2026-09/single-email",
    },
    "flows": {V4: "/automation/v4/flows", BETA: "/automation/2026-09-beta/flows"},
    "action-types": {BETA: "/automation/2026-09-beta/action-types"},
    "workflow-ids": {
        V4: "/automation/v4/workflow-id-mappings",
        BETA: "/automation/2026-09-beta/workflow-id-mappings",
    },
}
