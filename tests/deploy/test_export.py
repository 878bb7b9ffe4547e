"""The road by hand: a checklist for each workflow, every text that is pasted beside it, and no network."""

import json
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from contract.flow import Flow
from tests.deploy.desk import Desk
from tests.harness.serve.conftest import ROOT

SENTENCE = "A route for this word. " * 12
PORTAL = f"""
[workflows.unresolved_chats]
[workflows.release_lock]
enabled = false

[inputs]
mode = "live"
inboxes = ["1200001"]

[inputs.create_ticket]
subject = "Say `{{explanation}}` and ```more```"
stage_moves = {{ 2 = "3" }}
extra_properties = {{ hs_ticket_category = "{SENTENCE}" }}
"""
LONG = f'{{"hs_ticket_category": "{SENTENCE}"}}'
TABLE = re.compile(r"^      \| `(\w+)` \| (\w+) \|", re.MULTILINE)


@pytest.fixture
def told(desk: Desk) -> Path:
    """What `export --all` writes for a portal; nothing was asked of the account."""
    desk.has(PORTAL)
    said = desk.deploy("export", "--all", HUBSPOT_DEPLOY_TOKEN="")
    assert (said.code, said.stdout.splitlines()[-1]) == (0, "10 files. Begin with export/local/README.md.")
    assert desk.requests() == []
    return desk.folder / "export" / "local"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by its name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_text_that_is_pasted_is_there(told: Path) -> None:
    """The code byte for byte, named with its hash, and a long value as a file."""
    files = contents(told)
    codes = ["create_ticket", "dedup_check", "send_confirmation", "stamp_chat_closed_at", "triage_chat"]
    assert sorted(files) == sorted(
        [
            ".export.json",
            "README.md",
            "release_lock/README.md",
            "unresolved_chats/README.md",
            "unresolved_chats/action-5-extra_properties.txt",
            "unresolved_chats/typed_values.py",
            *(f"unresolved_chats/{name}.py" for name in codes),
        ]
    )
    page = files["unresolved_chats/README.md"].decode()
    for name in codes:
        content = (ROOT / "actions" / f"{name}.py").read_bytes()
        assert files[f"unresolved_chats/{name}.py"] == content
        lines = content.count(b"\n")
        assert (
            f"paste all of [`{name}.py`]({name}.py), {lines} lines;\n      sha256 `{sha256(content).hexdigest()}`"
            in page
        )
    assert files["unresolved_chats/action-5-extra_properties.txt"].decode() == LONG


def test_every_input_says_where_its_value_comes_from(told: Path) -> None:
    """A property by label and name, an output by its step, a typed value on one line that can be copied."""
    page = (told / "unresolved_chats" / "README.md").read_text("utf-8")
    step = page[page.index("### Step 5: create_ticket") : page.index("### Step 6")]
    assert step == STEP_5.format(
        lines=len((ROOT / "actions" / "create_ticket.py").read_text("utf-8").splitlines()),
        sha256=sha256((ROOT / "actions" / "create_ticket.py").read_bytes()).hexdigest(),
        long=LONG,
    )


def test_outputs_secrets_and_branches_are_those_of_the_workflow(told: Path) -> None:
    """Each step names the outputs its workflow declares; each branch where it leads, and joins by going over."""
    page = (told / "unresolved_chats" / "README.md").read_text("utf-8")
    flow = Flow.read(ROOT / "deploy" / "workflows" / "unresolved_chats.json")
    outputs = [
        (output["name"], output["type"].capitalize())
        for raw in flow.definition["actions"]
        for output in raw.get("outputFields", [])
    ]
    assert TABLE.findall(page) == outputs
    assert page.count("- [ ] **Secrets**: `CHAT_HANDOFF_TOKEN`\n") == 5
    assert page[page.index("### Step 6") : page.index("### Step 7")] == STEP_6


def test_the_trigger_and_the_end_are_told(told: Path) -> None:
    """Object, filters, re-enrolment and delay come first; at the end what to compare, and to begin dry."""
    page = (told / "unresolved_chats" / "README.md").read_text("utf-8")
    head = page[page.index("## 1.") : page.index("## 3.")]
    delay = page[page.index("### Step 1") : page.index("### Step 2")]
    assert (head, delay, page[page.index("## 4.") :]) == (HEAD, DELAY, END)
    lock = (told / "release_lock" / "README.md").read_text("utf-8")
    assert lock[lock.index("## 1.") :] == LOCK


def test_typed_values_can_be_handed_over_as_outputs(told: Path) -> None:
    """Where the editor takes no typed text, an action hands the same values over, each under the name that is told."""
    file = told / "unresolved_chats" / "typed_values.py"
    program = f"import runpy, json; print(json.dumps(runpy.run_path({str(file)!r})['main']({{}})))"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == (
        '{"outputFields": {"inboxes": "1200001", "mode": "live", "subject": "Say `{explanation}` and ```more```",'
        ' "stage_moves": "{\\"2\\": \\"3\\"}",'
        f' "extra_properties": "{{\\"hs_ticket_category\\": \\"{SENTENCE}\\"}}"}}}}'
    )


def test_the_same_files_give_the_same_bytes(desk: Desk, told: Path) -> None:
    """Exporting again, and one workflow alone, changes nothing."""
    before = contents(told)
    assert desk.deploy("export", "--all").code == 0
    assert desk.deploy("export", "unresolved_chats").code == 0
    assert contents(told) == before
    assert desk.deploy("export", "--all", "--out", "elsewhere").code == 0
    assert contents(desk.folder / "elsewhere") == before


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("unresolved_chats/README.md", "unresolved_chats/README.md, which was changed since"),
        ("notes.txt", "notes.txt, which no export wrote"),
    ],
)
def test_nothing_of_somebody_elses_is_written_over(desk: Desk, told: Path, name: str, found: str) -> None:
    """A ticked checklist or another file stops the export; --force writes its own files and leaves the others."""
    (told / name).write_text("mine", encoding="utf-8")
    before = contents(told)
    said = desk.deploy("export", "--all")
    assert (said.code, said.stderr, contents(told)) == (
        1,
        f"deploy: export/local: expected a new folder, or one as `export` left it, found {found}. Nothing was written."
        " Take another folder with --out, or --force: it writes over what an export wrote, also where that was changed"
        " since, and leaves all others alone.\n",
        before,
    )
    assert desk.deploy("export", "--all", "--force").code == 0
    kept = (told / name).read_text("utf-8") == "mine"
    assert kept == (name == "notes.txt")


NEVER = "Nothing was written. Move it away, or take another folder with --out; --force does not change it."
OTHERS = "no file of anybody else's where one is to be written"


@pytest.mark.parametrize("more", [[], ["--force"]])
def test_a_file_of_somebody_elses_is_never_written_over(desk: Desk, more: list[str]) -> None:
    """Forced or not: a README.md that no export wrote stays as it is."""
    desk.has(PORTAL)
    (desk.folder / "README.md").write_text("mine", encoding="utf-8")
    said = desk.deploy("export", "--all", "--out", ".", *more)
    line = f"deploy: .: expected {OTHERS}, found README.md, which no export wrote. {NEVER}\n"
    assert (said.code, said.stdout, said.stderr) == (1, "", line)
    assert (desk.folder / "README.md").read_text("utf-8") == "mine"
    assert not (desk.folder / "release_lock").exists()


@pytest.mark.parametrize("more", [[], ["--force"]])
@pytest.mark.parametrize(
    ("link", "to", "found"),
    [
        ("release_lock", "theirs", "release_lock, a link"),
        ("README.md", "theirs/README.md", "README.md, a link"),
        ("README.md", "nowhere", "README.md, a link"),
        ("release_lock/README.md", "theirs/README.md", "release_lock/README.md, a link"),
    ],
)
def test_no_link_is_followed(desk: Desk, told: Path, link: str, to: str, found: str, more: list[str]) -> None:
    """Neither of a folder nor of a file, nor one that leads nowhere, also where an export wrote before."""
    theirs = desk.folder / "theirs"
    theirs.mkdir()
    (theirs / "README.md").write_text("theirs", encoding="utf-8")
    (told / link).rename(desk.folder / "before")
    (told / link).symlink_to(desk.folder / to)
    said = desk.deploy("export", "--all", *more)
    line = f"deploy: export/local: expected {OTHERS}, found {found}. {NEVER}\n"
    assert (said.code, said.stdout, said.stderr) == (1, "", line)
    assert contents(theirs) == {"README.md": b"theirs"}
    assert not (desk.folder / "nowhere").exists()


@pytest.mark.parametrize("link", ["export", "export/local"])
def test_the_folder_is_no_link(desk: Desk, told: Path, link: str) -> None:
    """What leads to the folder from the project's own is none either."""
    desk.folder.joinpath(link).rename(desk.folder / "theirs")
    desk.folder.joinpath(link).symlink_to(desk.folder / "theirs")
    before = contents(desk.folder / "theirs")
    said = desk.deploy("export", "--all", "--force")
    line = f"found {link}, a link. Nothing was written. Take another folder with --out.\n"
    assert (said.code, said.stderr.endswith(line), contents(desk.folder / "theirs")) == (1, True, before)


def test_a_folder_where_a_file_is_to_be(desk: Desk, told: Path) -> None:
    """And a file where a folder is to be: both are named, and nothing is written."""
    (told / "README.md").unlink()
    (told / "README.md").mkdir()
    said = desk.deploy("export", "--all", "--force")
    assert said.stderr == f"deploy: export/local: expected {OTHERS}, found README.md, a folder. {NEVER}\n"
    desk.folder.joinpath("flat").mkdir()
    (desk.folder / "flat" / "release_lock").write_text("mine", encoding="utf-8")
    said = desk.deploy("export", "--all", "--force", "--out", "flat")
    assert said.stderr == f"deploy: flat: expected {OTHERS}, found release_lock, a file. {NEVER}\n"


def test_a_manifest_leads_nowhere_else(desk: Desk) -> None:
    """Names in .export.json that are absolute or lead up are dropped: nothing outside is deleted or written over."""
    desk.has(PORTAL)
    keep = desk.folder / "keep.txt"
    keep.write_text("K", encoding="utf-8")
    known = sha256(b"K").hexdigest()
    out = desk.folder / "out"
    out.mkdir()
    names = {str(keep): known, "../keep.txt": known, "a/../../keep.txt": known, "": known, ".": known}
    (out / ".export.json").write_text(json.dumps({"files": names}), encoding="utf-8")
    assert desk.deploy("export", "--all", "--out", "out").code == 0
    assert keep.read_text("utf-8") == "K"
    kept = json.loads((out / ".export.json").read_text("utf-8"))["files"]
    assert sorted(kept) == sorted(contents(out).keys() - {".export.json"})


@pytest.mark.parametrize("text", ["", "[]", '{"files": 5}', "[" * 100_000])
def test_a_manifest_that_is_none(desk: Desk, text: str) -> None:
    """A file of that name that no export wrote is not written over."""
    desk.has(PORTAL)
    out = desk.folder / "out"
    out.mkdir()
    (out / ".export.json").write_text(text, encoding="utf-8")
    said = desk.deploy("export", "--all", "--out", "out", "--force")
    expected = "in .export.json the files that an export wrote"
    remedy = "Nothing was written. Move it away, or take another folder with --out."
    assert (said.code, said.stderr) == (1, f"deploy: out: expected {expected}, found something else. {remedy}\n")
    assert contents(out) == {".export.json": text.encode()}


def test_what_is_no_more_goes(desk: Desk, told: Path) -> None:
    """A file that an earlier export wrote and that has no place any more is taken away."""
    desk.has(PORTAL.replace(SENTENCE, "A word"))
    assert desk.deploy("export", "--all").code == 0
    assert not (told / "unresolved_chats" / "action-5-extra_properties.txt").exists()


@pytest.mark.parametrize(
    ("options", "found"), [(["--all", "release_lock"], "both"), ([], "neither"), (["release"], "release")]
)
def test_what_to_export_has_to_be_said(desk: Desk, options: list[str], found: str) -> None:
    """All, or one that is there."""
    desk.has(PORTAL)
    said = desk.deploy("export", *options)
    assert (said.code, said.stderr) == (
        1,
        "deploy: export: expected --all, or one workflow of deploy/portals/local.toml (unresolved_chats, release_lock),"
        f" found {found}. Say which.\n",
    )


STEP_5 = """\
### Step 5: create_ticket

- [ ] Below step 4: **+**, **Custom code**; its name: `create_ticket`
- [ ] **Language**: Python 3.9
- [ ] **Secrets**: `CHAT_HANDOFF_TOKEN`
- [ ] The code: delete what stands there, paste all of [`create_ticket.py`](create_ticket.py), {lines} lines;
      sha256 `{sha256}`
- [ ] **Property to include in code**, 16 of them; the name goes into the left box:
  - [ ] `mode`: typed text (or output `mode` of `typed_values.py`):

        ```text
        live
        ```

  - [ ] `thread_id`: the enrolled conversation's **Thread ID** (`hs_thread_id`, label guessed)
  - [ ] `candidate_id`: output `ticket_id` of step 4
  - [ ] `dedup_verdict`: output `verdict` of step 4
  - [ ] `contact_id`: output `contact_id` of step 4
  - [ ] `visitor_email`: output `visitor_email` of step 2
  - [ ] `explanation`: output `explanation` of step 2
  - [ ] `marker`: output `marker` of step 2
  - [ ] `agent_id`: output `agent_id` of step 2
  - [ ] `started_at`: output `started_at` of step 2
  - [ ] `closed_at`: output `closed_at` of step 2
  - [ ] `earlier_closes`: output `earlier_closes` of step 2
  - [ ] `inboxes`: typed text (or output `inboxes` of `typed_values.py`):

        ```text
        1200001
        ```

  - [ ] `subject`: typed text (or output `subject` of `typed_values.py`):

        ````text
        Say `{{explanation}}` and ```more```
        ````

  - [ ] `stage_moves`: typed text (or output `stage_moves` of `typed_values.py`):

        ```text
        {{"2": "3"}}
        ```

  - [ ] `extra_properties`: typed text, also in [`action-5-extra_properties.txt`](action-5-extra_properties.txt) (or \
output `extra_properties` of `typed_values.py`):

        ```text
        {long}
        ```

- [ ] **Data outputs**, 12 of them:

      | Name | Type | Options |
      |---|---|---|
      | `outcome` | Enumeration | `created`, `attached`, `adopted`, `reopened`, `skipped`, `off` |
      | `explanation` | String |  |
      | `ticket_id` | String |  |
      | `thread_id` | String |  |
      | `contact_id` | String |  |
      | `closed_at` | Datetime |  |
      | `earlier_closes` | String |  |
      | `conversation_link` | String |  |
      | `possible_duplicate_id` | String |  |
      | `left_out` | String |  |
      | `email_id` | String |  |
      | `dry_run` | Boolean |  |

- [ ] Then: step 6

"""
STEP_6 = """\
### Step 6: Branch by a value

- [ ] Below step 5: **+**, **Branch > value equals**
- [ ] By output `outcome` of step 5
- [ ] `created`: step 7
- [ ] `attached`: **Go to other action** (guessed), step 7
- [ ] `adopted`: **Go to other action** (guessed), step 7
- [ ] `reopened`: **Go to other action** (guessed), step 7
- [ ] `skipped`: nothing more, the workflow ends
- [ ] `off`: nothing more, the workflow ends
- [ ] **None met** (guessed), call it `No ticket`: **Go to other action** (guessed), step 7

"""
HEAD = """\
## 1. The workflow

- [ ] **Automation > Workflows**, **Create workflow**, from scratch, **Conversation-based**
- [ ] Its name: `Chat handoff: unresolved chats become tickets`

## 2. Trigger

- [ ] **When filter criteria is met** (guessed); all conditions of one group have to be met:
  - Group 1:
    - **Conversation status** (`hs_conversation_status`) is any of **Closed**
- [ ] **Re-enroll**: **on**, with these conditions ticked:
  - **Conversation status** (`hs_conversation_status`) is any of **Closed**

"""
DELAY = """\
### Step 1: Delay

- [ ] Below the trigger: **+**, **Delay > Set amount of time** (guessed)
- [ ] 1 minute
- [ ] Then: step 2

"""
END = """\
## 4. At the end

- [ ] For each code: copy all of it out of the editor into a file, and compare:
      `python -m deploy verify-paste copied.py --portal local`
- [ ] `mode` is `live` above: type `dry` for the first day, and read what it would have done
- [ ] **Review and turn on** (guessed); for records that meet the trigger from now on, not those that meet it already
"""
LOCK = """\
## 1. The workflow

- [ ] **Automation > Workflows**, **Create workflow**, from scratch, **Ticket-based**
- [ ] Its name: `Chat handoff: closed tickets give up their lock`

## 2. Trigger

- [ ] **When filter criteria is met** (guessed); all conditions of one group have to be met:
  - Group 1:
    - **Is closed** (`hs_is_closed`, label guessed) is equal to **Yes**
    - **Chat lock** (`chat_open_key`) is known
- [ ] **Re-enroll**: **on**, with these conditions ticked:
  - **Is closed** (`hs_is_closed`, label guessed) is equal to **Yes**
  - **Chat lock** (`chat_open_key`) is known

## 3. Actions: 1 step

### Step 1: Set a property

- [ ] Below the trigger: **+**, **Edit record** (guessed)
- [ ] **Chat lock** (`chat_open_key`): no value: choose to clear it
- [ ] Then: nothing more, the workflow ends

## 4. At the end

- [ ] Leave it off
"""
