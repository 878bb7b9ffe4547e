"""`python -m harness serve`: the local HubSpot on a port, for clients in any language."""

import ipaddress
import socket
import sys
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from harness.serve.seed import Seed
    from harness.serve.site import Site

FAILED = 1


def serve(
    port: Annotated[int, typer.Option(help="Where to listen; 0 takes any that is free.", min=0, max=65535)] = 8080,
    host: Annotated[str, typer.Option(help="On which address; the default is this machine alone.")] = "127.0.0.1",
    seed: Annotated[Path | None, typer.Option(help="What is in the account at first: a YAML or JSON file.")] = None,
    state: Annotated[Path | None, typer.Option(help="Keep the account in this file, and go on with it.")] = None,
    tls: Annotated[bool, typer.Option("--tls", help="Speak HTTPS, with an authority made for this run.")] = False,
    limits: Annotated[bool, typer.Option(help="Enforce HubSpot's rate limits.")] = True,
    now: Annotated[str | None, typer.Option(help="When the clock starts, as 2026-03-02T08:00:00Z.")] = None,
) -> None:
    """Serve a local HubSpot until Ctrl-C. Example: python -m harness serve --seed harness/portal/seeds/desk.yaml"""
    from harness.clock import ClockError
    from harness.serve.lines import start_lines
    from harness.serve.seed_file import SeedError
    from harness.serve.server import serve as run
    from harness.serve.state_file import StateError, check
    from harness.serve.tls import authority

    if state is not None and not state.absolute().parent.is_dir():
        raise typer.BadParameter(f"expected a file in a folder that exists, found {state}.", param_hint="--state")
    try:
        if state is not None:
            check(state)
        site = _site(_read(seed), str(seed or "the empty seed"), state, limits, now)
    except (SeedError, StateError, ClockError) as refusal:
        print(refusal, file=sys.stderr)
        raise typer.Exit(FAILED) from None
    listener = _listen(host, port)
    with authority(host) if tls else nullcontext((None, None)) as (context, trusted):
        shown = f"{'https' if tls else 'http'}://{_written(host)}:{listener.getsockname()[1]}"
        lines = start_lines(shown, site.portal.portal_id, site.token, trusted)
        try:
            run(site, listener, context, state, lambda: print(lines, flush=True))
        except StateError as refusal:
            print(refusal, file=sys.stderr)
            raise typer.Exit(FAILED) from None


def _read(seed: Path | None) -> "Seed":
    from harness.serve.seed import Seed
    from harness.serve.seed_file import read_file

    return read_file(seed) if seed is not None else Seed()


def _site(seed: "Seed", name: str, state: Path | None, limits: bool, now: str | None) -> "Site":
    from harness.serve.running_clock import RunningClock
    from harness.serve.seed import Seed
    from harness.serve.site import Site

    start: str | datetime | None = now or seed.now
    kept = state is not None and state.exists()
    # What is kept wins over the seed, of which only the account and the limits are read then.
    planted = Seed(account=seed.account, limits=seed.limits) if kept else seed
    site = Site(RunningClock(start), seed=planted, seed_name=name, limited=limits)
    if kept and state is not None:
        site.load(state)
        site.seed = seed
    return site


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as problem:
        print(f"--port {port}: expected a free port on {host}, found: {problem.strerror}.", file=sys.stderr)
        raise typer.Exit(FAILED) from None


def _written(host: str) -> str:
    """The host as an address has it."""
    try:
        return f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
    except ValueError:
        return host
