"""Owners: the people and queues a record can belong to."""
