"""How is this project tested, checked, shown and built? `nox -l` lists; `nox` runs all but demo, mutate and live."""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = [
    "lint",
    "parts",
    "tests",
    "contract",
    "clients",
    "node",
    "judging",
    "simulate",
    "report",
    "readme",
    "build",
    "runtime",
]

ROOT = Path(__file__).parent
PROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
RUNTIME_LIBRARIES = "harness/runtime/libraries.txt"
RUNTIME = Path(".runtime/python3.9")
"""Where the harness looks for HubSpot's own Python."""


def interpreter(version: str) -> str | None:
    """Return where on PATH Python of that version is, or None; a shim that leads nowhere is none."""
    for folder in os.get_exec_path():
        found = shutil.which(f"python{version}", path=folder)
        if found and subprocess.run([found, "-c", ""], capture_output=True, check=False).returncode == 0:
            return found
    return None


CURRENT = f"{sys.version_info.major}.{sys.version_info.minor}"
NEW_ENOUGH = {f"3.{minor}": interpreter(f"3.{minor}") for minor in range(11, 16)}
if sys.version_info >= (3, 11):
    NEW_ENOUGH[CURRENT] = sys.executable
HARNESS = [version for version, found in NEW_ENOUGH.items() if found] or ["3.11"]
"""What the harness is tested on: every interpreter from 3.11 up that is here."""
USUAL = CURRENT if CURRENT in HARNESS else HARNESS[0]
"""What everything that is done only once is done with."""
ACTIONS = [("3.9", "8.0.0"), ("3.9", "8.2.1"), ("3.10", "8.2.1")]
"""What the actions and parts are tested on besides: HubSpot's Python, with its client from first to last."""
CLIENTS = [("3.9", "8.0.0"), ("3.9", "8.2.1"), ("3.9", "12.0.0"), (HARNESS[-1], "12.0.0")]
"""What the served portal is tried with: HubSpot's clients, old ones on its Python, the newest on the newest too."""


RUN = (
    "README.md",
    "docs/first-hour.md",
    "docs/serve.md",
    "docs/this-week.md",
    "docs/every-five-minutes.md",
    "docs/warehouse.md",
)
"""The documents whose commands are run."""
SPECS = Path("../shared/specs")
"""Where HubSpot's OpenAPI files are looked for when nobody says where they are."""
WITHOUT_SPECS = """Nothing to compare with, for there is no --specs and no ../shared/specs. To compare:
  git clone --depth 1 https://github.com/HubSpot/HubSpot-public-api-spec-collection ../hubspot-specs
  nox -s contract -- --specs ../hubspot-specs"""


REPORT = ("tests/report/seeds", "tests/report/warehouse", "tests/report/browser")
"""Tests of the report that take long or a browser: a session of their own runs them."""
SIMULATION = "tests/simulation"
"""Takes long, too, and has a session of its own."""
CHROMIUM = "/usr/bin/chromium"
PAGE = ("filter.js", "page.html.j2", "style.css")
"""What the page of the report is made of, beside Python."""
PARALLEL = ("-n", "auto", "--dist", "loadfile")
"""As many files of tests at a time as there are cores."""


def group(name: str) -> tuple[str, ...]:
    """Return what one dependency group of pyproject.toml asks for."""
    return nox.project.dependency_groups(PROJECT, name)


def python_of(session: nox.Session) -> str:
    """Return the path of a session's interpreter."""
    found = shutil.which("python", path=session.bin)
    if found is None:
        session.error(f"expected an interpreter in {session.bin}, found none")
    return found


def new_environment(session: nox.Session, where: Path, python: str, *packages: str) -> str:
    """Make a second environment beside a session's own, and return its interpreter."""
    made = where / ("Scripts" if os.name == "nt" else "bin") / "python"
    if session.venv_backend == "uv":
        session.run("uv", "venv", "--quiet", "--clear", "--python", python, str(where), external=True)
        session.run("uv", "pip", "install", "--quiet", "--python", str(made), *packages, external=True)
    else:
        make = (sys.executable, "-m", "virtualenv", "--quiet", "--clear", "--python", python, str(where))
        session.run(*make, external=True)
        session.run(str(made), "-m", "pip", "install", "--quiet", *packages, external=True)
    return str(made.absolute())


@nox.session(python=USUAL)
def parts(session: nox.Session) -> None:
    """Fail with a diff when an action does not carry its parts word for word."""
    session.run("python", "-m", "actions.parts", "--check")


@nox.session(python=USUAL)
def lint(session: nox.Session) -> None:
    """Check format, style, import direction, types and pipelines."""
    session.install("-e", ".[report]", *group("lint"))
    session.run("ruff", "format", "--check")
    session.run("ruff", "check")
    session.run("lint-imports")
    session.run("mypy")
    files = [str(file) for file in sorted((ROOT / ".github/workflows").glob("*.yml"))]
    files += templates(Path(session.create_tmp()))
    session.run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *files)  # asks no network


def templates(folder: Path) -> list[str]:
    """Write each pipeline that docs/delivery.md shows into a file of its own."""
    shown = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/delivery.md").read_text("utf-8"), re.DOTALL)
    files = {folder / f"delivery-{place}.yml": text for place, text in enumerate(shown, 1)}
    for file, text in files.items():
        file.write_text(text, encoding="utf-8")
    return [str(file) for file in files]


@nox.session
@nox.parametrize(
    ("python", "client"),
    [nox.param(python, client, id=f"{python}-client-{client}") for python, client in ACTIONS]
    + [nox.param(python, None, id=python) for python in HARNESS],
)
def tests(session: nox.Session, client: str | None) -> None:
    """Run the tests on each Python from 3.11 up, and those of actions and parts on 3.9 and 3.10 too."""
    if client is None:
        session.install("-e", ".[report]", *group("test"), *group("format"))
        told = {"CHAT_HANDOFF_PYTHON": python_of(session)}
        others = [f"--ignore={folder}" for folder in (*REPORT, SIMULATION)]
        session.run("python", "-m", "pytest", *PARALLEL, *others, *session.posargs, env=told)
        return
    session.install(*group("action"), f"hubspot-api-client=={client}", "--constraint", old_libraries(session))
    session.run("python", "-m", "pytest", "--confcutdir=tests/parts", "tests/parts", *session.posargs)
    # The harness keeps to 3.11 and up; only the interpreter that it runs the actions in is the old one.
    newer = NEW_ENOUGH[USUAL] or USUAL
    packages = ("-e", ".", *group("test"), *group("format"))
    harness = new_environment(session, Path(session.create_tmp()) / "harness", newer, *packages)
    told = {"CHAT_HANDOFF_PYTHON": python_of(session)}
    where = ("tests/actions", "tests/harness/runtime")
    session.run(harness, "-m", "pytest", *PARALLEL, *where, *session.posargs, env=told, external=True)


def old_libraries(session: nox.Session) -> str:
    """Return a constraints file: HubSpot's versions of the libraries, the client's left open."""
    lines = (ROOT / RUNTIME_LIBRARIES).read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("hubspot-api-client")]
    file = Path(session.create_tmp()) / "libraries.txt"
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    return str(file)


@nox.session(python=USUAL)
def contract(session: nox.Session) -> None:
    """Compare the portal with HubSpot's own specs: `nox -s contract [-- --specs DIR] [--examples N]`."""
    asked = argparse.ArgumentParser(prog="nox -s contract --", description="The portal beside HubSpot's specs.")
    asked.add_argument("--specs", metavar="DIR", type=Path, help="HubSpot's OpenAPI files, such as a clone of them")
    asked.add_argument("--examples", metavar="N", default="5", help="requests that are made up per operation")
    told, others = asked.parse_known_args(session.posargs)
    specs = told.specs or (SPECS if SPECS.is_dir() else None)
    if specs is None:
        session.log(WITHOUT_SPECS)
        return
    session.install("-e", ".", *group("contract"))
    # schemathesis' own plugin for pytest is left out: its engine is called instead.
    options = ("-p", "no:schemathesis", "-p", "tests.specs.plugin", "--specs", str(specs), "--examples", told.examples)
    # What provokes the answers. The last are those of portals that are broken on purpose, which are nobody's.
    where = ("tests/specs", "tests/harness/portal", "tests/claims")
    broken = "tests/claims/test_claims.py::test_a_portal_that_only_looks_like_it_is_caught"
    slow = "tests/harness/portal/test_model.py"  # long chains of requests that the others make one by one
    session.run("python", "-m", "pytest", *options, *where, "--deselect", broken, "--ignore", slow, *others)


@nox.session
@nox.parametrize(
    ("python", "client"),
    [nox.param(python, client, id=f"{python}-client-{client}") for python, client in CLIENTS],
)
def clients(session: nox.Session, client: str) -> None:
    """Try HubSpot's Python clients against the served portal, each in its own environment and the server in another."""
    if client.startswith("8."):
        session.install(*group("action"), f"hubspot-api-client=={client}", "--constraint", old_libraries(session))
    else:
        session.install(*group("test"), f"hubspot-api-client=={client}")
    newer = NEW_ENOUGH[USUAL] or USUAL
    server = new_environment(session, Path(session.create_tmp()) / "harness", newer, "-e", ".")
    told = {"CHAT_HANDOFF_SERVER_PYTHON": server}
    quiet = ("-W", "ignore:HTTPResponse.getheader:DeprecationWarning")  # 8.x calls what urllib3 would rather not have
    where = ("--confcutdir=tests/clients", "tests/clients")
    session.run("python", "-m", "pytest", *quiet, *where, *session.posargs, env=told)


@nox.session(python=USUAL)
def node(session: nox.Session) -> None:
    """Try HubSpot's Node client against the served portal: `nox -s node [-- --test-name-pattern=batches]`."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if not found or not npm:
        session.skip("expected node 18 or newer and npm on PATH, found none: get them from https://nodejs.org")
    session.install("-e", ".")
    where, tests = Path(session.create_tmp()).absolute(), ROOT / "tests/clients/node"
    shutil.copy(tests / "package.json", where)
    quiet = ("--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    session.run(npm, "install", "--prefix", str(where), *quiet, external=True)
    told = {"NODE_PATH": str(where / "node_modules"), "CHAT_HANDOFF_SERVER_PYTHON": python_of(session)}
    files = [str(file) for file in sorted(tests.glob("*.test.js"))]
    session.run(found, "--test", "--test-reporter=spec", *session.posargs, *files, env=told, external=True)


@nox.session(python=USUAL)
def judging(session: nox.Session) -> None:
    """Print how good the judgement is on labelled chats, fail below the thresholds: `nox -s judging [-- --misses]`."""
    session.install(*(package for package in PROJECT["project"]["dependencies"] if package.startswith("pyyaml")))
    session.run("python", "-m", "tests.judging.score", *session.posargs)


@nox.session(python=USUAL)
def simulate(session: nox.Session) -> None:
    """Play weeks of chats under bad weather and judge them: `nox -s simulate [-- --seeds N --chats M ...]`."""
    session.install("-e", ".", *group("test"))
    told = {"CHAT_HANDOFF_PYTHON": python_of(session)}
    if not session.posargs:
        session.run("python", "-m", "pytest", *PARALLEL, SIMULATION, env=told)
    session.run("python", "-m", "tests.simulation", *session.posargs, env=told)


@nox.session(python=USUAL, default=False)
def mutate(session: nox.Session) -> None:
    """Make small mistakes in the actions and see who notices: `nox -s mutate [-- --sample N --seed S ...]`."""
    session.install("-e", ".", *group("test"))
    session.run("python", "-m", "tests.mutation", *session.posargs)


@nox.session(python=USUAL)
def report(session: nox.Session) -> None:
    """Put the report beside an oracle, DuckDB beside Spark, its page into a browser: `nox -s report [-- FOLDER]`."""
    browser(session)
    session.install("-e", ".[report]", *group("test"), *group("report"))
    session.run("python", "-m", "pytest", *PARALLEL, *(session.posargs or REPORT))


def browser(session: nox.Session) -> None:
    """Install Debian's Chromium where there is none and it can be had."""
    if Path(CHROMIUM).exists():
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        session.error(f"expected Chromium at {CHROMIUM}, found none. Install it: apt-get install chromium")
    session.run("apt-get", "update", "--quiet", external=True, silent=True)
    quiet = ("install", "--quiet", "--yes", "--no-install-recommends", "chromium")
    session.run("apt-get", *quiet, external=True, silent=True, env={"DEBIAN_FRONTEND": "noninteractive"})


@nox.session(python=USUAL)
def readme(session: nox.Session) -> None:
    """Run every command block of README and docs in a copy of the project: `nox -s readme [-- docs/first-hour.md]`."""
    session.install(".[report]", *group("nox"))
    session.run("python", "tests/readme.py", *(session.posargs or RUN))


@nox.session(python=USUAL)
def build(session: nox.Session) -> None:
    """Build sdist and wheel, and use the wheel in a folder that has its own `actions/` and `deploy/`."""
    session.install(*group("build"))
    tmp = Path(session.create_tmp()).absolute()
    shutil.rmtree(tmp / "dist", ignore_errors=True)
    session.run("python", "-m", "build", "--outdir", str(tmp / "dist"))
    (wheel,) = (tmp / "dist").glob("*.whl")
    python = new_environment(session, tmp / "clean", python_of(session), str(wheel))
    theirs = a_folder_of_their_own(tmp / "theirs")
    command = [str(Path(python).with_name("chat-handoff")), "harness", "run", "actions/hello.py"]
    with session.chdir(theirs):
        printed = session.run(*command, "--event", "event.json", "--json", external=True, silent=True, stderr=None)
    outcome = json.loads(str(printed))
    if (outcome["status"], outcome["outputFields"]) != ("succeeded", {"greeting": "Hello, visitor-12"}):
        session.error(f"expected the installed harness to run actions/hello.py, found {outcome}")
    door = (command[0], "report", "drops", "--portal", "ours")
    with session.chdir(theirs):
        said = session.run(*door, external=True, silent=True, success_codes=[1])
    if "pip install 'hubspot-chat-handoff[report]'" not in str(said):
        session.error(f"expected the installed report to name its extra, found {said}")
    missing = {f"report/show/page/{name}" for name in PAGE} - set(zipfile.ZipFile(wheel).namelist())
    if missing:
        session.error(f"expected the wheel to have {sorted(missing)}, found them missing")


def a_folder_of_their_own(where: Path) -> Path:
    """Make a repository whose folders are named like ours; importing one of them ends the run."""
    shutil.rmtree(where, ignore_errors=True)
    for name in ("actions", "deploy"):
        (where / name).mkdir(parents=True)
        (where / name / "__init__.py").write_text(f"raise SystemExit('their own {name}/ was imported')\n")
    (where / "actions/hello.py").write_text(
        "def main(event):\n    return {'outputFields': {'greeting': 'Hello, ' + event['inputFields']['name']}}\n"
    )
    (where / "event.json").write_text(json.dumps({"inputFields": {"name": "visitor-12"}}))
    return where


@nox.session(python=USUAL, default=False)
def demo(session: nox.Session) -> None:
    """Send a working day of chats through the actions: `nox -s demo [-- --day FILE] [--break FAULT]`."""
    asked = argparse.ArgumentParser(prog="nox -s demo --", description="A working day of live chats.")
    asked.add_argument("--day", metavar="FILE", help="another day than harness/day/monday.yaml")
    asked.add_argument("--break", metavar="FAULT", dest="fault", help="plant a fault and see it in the last line")
    told = asked.parse_args(session.posargs)
    session.install(*PROJECT["project"]["dependencies"])
    day = [told.day] if told.day else []
    fault = ["--break", told.fault] if told.fault else []
    session.run("python", "-m", "harness", "day", *day, *fault)


@nox.session(python="3.9")
def runtime(session: nox.Session) -> None:
    """Build HubSpot's Python 3.9 with HubSpot's libraries, which the harness then runs actions in."""
    python = new_environment(session, RUNTIME, python_of(session), "--requirement", RUNTIME_LIBRARIES)
    imports = "import googleapiclient, hubspot, mysql.connector, nltk, redis, requests, sys; print(sys.version)"
    session.run(python, "-c", imports, external=True)


@nox.session(python=USUAL, default=False)
def live(session: nox.Session) -> None:
    """Put the claims to a real test account (token in HUBSPOT_TEST_TOKEN): `nox -s live [-- --only records.]`."""
    session.install("-e", ".", *group("test"))
    session.run("python", "-m", "tests.claims.live", *session.posargs, success_codes=[0, 2])
