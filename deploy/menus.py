"""Where in HubSpot's own pages does a person click? Menu names, written once, each with how it is known."""

SERVICE_KEYS = "Development > Keys > Service keys (a newer text of HubSpot's: Settings > Integrations > Service keys)"
"""Documented, in two ways."""

WORKFLOWS = "Automation > Workflows"
"""Documented: HubSpot's own pages about custom code actions."""

# The rest is guessed: remembered from HubSpot's pages, which change, and not read anywhere again.
GUESSED = "Menu names are guessed."
PROPERTIES = "Settings > Data Management > Properties > Ticket properties"
ARCHIVED_PROPERTIES = f"{PROPERTIES} > Archived properties"
PIPELINES = "Settings > Objects > Tickets > Pipelines"
PIPELINE_RULES = f"{PIPELINES} > Pipeline rules"
CREATE_FORM = "Settings > Objects > Tickets > Customize the Create ticket form"
INBOXES = "Settings > Inbox & Help Desk > Inboxes"
SLA = "Settings > Inbox & Help Desk > Help Desk > SLAs"
USERS = "Settings > Users & Teams"
SECRETS = f"{WORKFLOWS} > any workflow with a Custom code action > Secrets > Manage secrets"
EMAILS = "Marketing > Email"
ACCOUNT = "Settings > Account & Billing"
