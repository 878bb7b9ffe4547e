"""How the client finds the server: what the start lines and docs/serve.md say, pasted as it stands."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from tests.clients.conftest import ROOT, Serve, Served
from tests.clients.words import OLD

DOCS = (ROOT / "docs/serve.md").read_text("utf-8")
BLOCKS = re.findall(r"```python\n(import hubspot.*?)```", DOCS, re.DOTALL)
NEW = "host=address"
"""What only the newer client takes."""


def ran(script: str, **environment: str) -> tuple[int, str]:
    """Run Python with nothing but what is told in its environment: its code, and the last line it printed."""
    command = [sys.executable, "-W", "ignore", "-c", script]
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower() and "CERT" not in name}
    done = subprocess.run(
        command,
        env={**kept, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd=ROOT / "docs",
    )
    return done.returncode, (done.stdout.strip().splitlines() or [""])[-1]


def pasted(server: Served) -> str:
    """The start lines for Python."""
    first = next(at for at, line in enumerate(server.told) if line.startswith("  Python "))
    return "\n".join(line[10:] for line in server.told[first : first + 3])


def test_the_start_lines_work_as_they_stand(serve: Serve) -> None:
    """Pasted into Python they make an API object that talks to this server."""
    server = serve()
    assert ran(f"{pasted(server)}\nprint(api.get_page().results)") == (0, "[]")
    assert server.asked() == ["GET /crm/v3/objects/tickets 200"]


def test_over_tls_too(serve: Serve) -> None:
    """With --tls they work where the environment is as the start lines say, and nowhere else."""
    server = serve("--tls")
    assert server.address.startswith("https://")
    (line,) = [line for line in server.told if "(Python)" in line]
    trust = dict(pair.split("=") for pair in line.partition("(Python)")[0].split() if "=" in pair)
    assert list(trust) == ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"]
    script = f"{pasted(server)}\nprint(api.get_page().results)"
    assert ran(script, **trust) == (0, "[]")
    code, said = ran(script)
    assert (code, "certificate verify failed" in said) == (1, True)
    if not OLD:
        client = f'hubspot.Client.create(access_token="{server.token}", base_url="{server.address}")'
        script = f"import hubspot\nprint({client}.api_request({{'path': '/owners/v3/owners'}}).status_code)"
        assert ran(script, **trust) == (0, "501")


def test_docs_show_each_way() -> None:
    """There are three, one of them for newer clients alone."""
    assert [NEW in block for block in BLOCKS] == [False, False, True]


@pytest.mark.parametrize("block", [block for block in BLOCKS if not OLD or NEW not in block], ids=BLOCKS.index)
def test_what_the_docs_show_works_as_it_stands(serve: Serve, block: str) -> None:
    """Every way of docs/serve.md that is for this version finds the server, and the one ticket in it."""
    server = serve()
    server.control("POST", "seed", {"tickets": [{"subject": "The kettle leaks"}]})
    assert ran(block.replace("http://127.0.0.1:8080", server.address)) == (0, "")
    assert server.asked() == ["GET /crm/v3/objects/tickets 200"]
