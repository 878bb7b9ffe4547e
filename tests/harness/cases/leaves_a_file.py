"""Leaves a file in the temporary folder."""

import tempfile


def main(event):
    with tempfile.NamedTemporaryFile("w", delete=False) as file:
        file.write("visitor-12")
    return {"outputFields": {"path": file.name}}
