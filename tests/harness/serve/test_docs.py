"""What docs/serve.md and docs/seed.md show: every command is run, every key is there."""

import re
import subprocess
from pathlib import Path

import pytest

from harness.portal.weather_rules import Rule
from harness.serve import seed
from harness.serve.running_clock import RunningClock
from harness.serve.seed_file import read
from harness.serve.site import Site
from tests import readme
from tests.harness.serve.conftest import ROOT, Serve

SERVE, SEED = (ROOT / "docs/serve.md").read_text("utf-8"), (ROOT / "docs/seed.md").read_text("utf-8")


def test_every_curl_prints_what_is_shown(serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands of docs/serve.md, in their order against one server, print what stands there."""
    server = serve()
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    text = SERVE.replace("http://127.0.0.1:8080", server.address)
    blocks = [block for block in readme.read_blocks("serve.md", text) if not block.not_run]
    assert sum(len(block.commands) for block in blocks) >= 20
    for block in blocks:
        readme.run_block("serve.md", block, tmp_path)


def test_every_control_is_shown(serve: Serve) -> None:
    """No control is without an example."""
    for control in serve().control("GET", "").body["controls"]:
        method, _, path = control.partition(" ")
        commands = [line for line in re.split(r"\n\$ ", SERVE) if re.search(rf":8080{path}\b", line)]
        ways = {"POST": "-X POST", "DELETE": "-X DELETE"}
        shown = [line for line in commands if ways.get(method, "curl -s ") in line]
        assert shown or path == "/_local/", control


def test_every_option_is_shown() -> None:
    """No option of the command is without a line in the table."""
    command = ["python", "-m", "harness", "serve", "--help"]
    helped = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    options = set(re.findall(r"--[a-z][a-z-]+", helped)) - {"--help"}
    assert {option for option in options if option not in SERVE} == set()


def test_every_key_of_the_schema_is_explained() -> None:
    """docs/seed.md names every key that a seed can have, and every weather is in docs/serve.md."""
    entries = [value for value in vars(seed).values() if isinstance(value, type) and issubclass(value, seed.Entry)]
    keys = {name for entry in entries for name in entry.__struct_fields__}
    assert {key for key in keys if not re.search(rf"[`{{ ]{key}\b", SEED)} == set()
    weather = set(Rule.__struct_fields__)
    assert {key for key in weather if not re.search(rf"[`\"]{key}\b", SERVE)} == set()


def test_the_example_can_be_planted() -> None:
    """The example of docs/seed.md is a seed."""
    (example,) = re.findall(r"```yaml\n(.*?)```", SEED, re.DOTALL)
    portal = Site(RunningClock(), seed=read(example, "example", as_json=False), seed_name="example").portal
    assert (len(portal.records("tickets")), len(portal.state()["threads"])) == (20, 1)
