"""Lets out urllib3's own timeout, which is no ApiException."""

from urllib3.exceptions import ReadTimeoutError


def main(event):
    raise ReadTimeoutError(None, "/crm/v3/objects/tickets", "Read timed out.")
