"""CRM records: tickets, contacts, companies, notes, and the record face of a conversation."""
