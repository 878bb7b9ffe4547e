"""How does a way say that a message did not arrive? In words without the address, the password or what came back."""


class Undelivered(Exception):
    """It has to be told again."""
