"""What a portal's file may say: each key is checked without network, and each no names file, key, expected, found."""

from pathlib import Path

import pytest

from tests.deploy.desk import Desk, Said
from tests.harness.serve.conftest import Served

WHERE = "deploy/portals/local.toml"
UUID = "11111111-2222-3333-4444-555555555555"
PAT = f"pat-na1-{UUID}"
CORRECT = "Correct the value."
TAKE_OUT = "Take it out, make a new key in HubSpot, and name its variable in token_variable."
LOOKS = "something that looks like a token of a service key or private app (pat-...)"
MADE_BY_HAND = "[workflows.tickets_made_by_hand]\n[inputs]\n"


@pytest.fixture
def desk(tmp_path: Path, hub: Served) -> Desk:
    """A project folder; nothing is asked of the account."""
    return Desk(tmp_path, hub)


def checked(desk: Desk, more: str, *, api_host: str = "https://api.hubapi.com", portal_id: str = "4711001") -> Said:
    """How `check-inputs` ended for a file with these keys."""
    desk.has()
    head = f'portal_id = {portal_id}\nkind = "test"\napi_host = "{api_host}"\n'
    desk.portal_file.write_text(head + more, encoding="utf-8")
    return desk.deploy("check-inputs")


def refused(key: str, expected: str, found: str, remedy: str) -> Said:
    """The one line, and exit code 1."""
    return Said(1, "", f"deploy: {WHERE}, {key}: expected {expected}, found {found}. {remedy}\n")


@pytest.mark.parametrize(
    ("more", "key", "expected", "found"),
    [
        ("token_variable = 'A=B'", "token_variable", "", "another text"),
        ("token_variable = ''", "token_variable", "", "nothing"),
        ("runtime = 'COBOL'", "runtime", "a runtime as HubSpot writes it, such as PYTHON39 or NODE20X", "'COBOL'"),
        (
            "ui_host = 'https://app.hubspot.com/'",
            "ui_host",
            "a host's name alone, as app.hubspot.com",
            "'https://app.hubspot.com/'",
        ),
        ("ui_host = 'app.hubspot.com/x'", "ui_host", "a host's name alone, as app.hubspot.com", "'app.hubspot.com/x'"),
    ],
)
def test_a_key_is_what_it_is_for(desk: Desk, more: str, key: str, expected: str, found: str) -> None:
    """A variable's name, a runtime's name and a host are no other text; what may be a token is not repeated."""
    variable = "the name of a variable: letters, digits and _, no digit first"
    remedy = "Write the name alone, as HUBSPOT_DEPLOY_TOKEN." if key == "token_variable" else CORRECT
    assert checked(desk, more) == refused(key, expected or variable, found, remedy)


@pytest.mark.parametrize("portal_id", ["0", "-1", "1000000000000000000"])
def test_a_portal_id_is_above_zero(desk: Desk, portal_id: str) -> None:
    """No account has another number."""
    expected = "the account's Hub ID, a number above 0"
    assert checked(desk, "", portal_id=portal_id) == refused("portal_id", expected, portal_id, CORRECT)


@pytest.mark.parametrize("id", ["²", "١٢", "x", " 5"])
def test_a_flow_id_is_digits(desk: Desk, id: str) -> None:
    """Only those that HubSpot writes: other alphabets have digits too."""
    said = checked(desk, f'[workflows.release_lock]\nid = "{id}"\n')
    key = "[workflows.release_lock], id"
    remedy = "It stands in the editor's address."
    assert said == refused(key, "a flow id, digits in quotes", repr(id), remedy)


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("http://[::1", "'http://[::1'"),
        ("http://127.0.0.1:99999", "'http://127.0.0.1:99999'"),
        ("https://", "'https:'"),
        ("https://api.hubapi.com/../x", "'https://api.hubapi.com/../x'"),
        ("https://api.hubapi.com?x=1", "'https://api.hubapi.com?x=1'"),
        ("https://visitor-12:word@example.org", "'example.org'"),
    ],
)
def test_an_address_is_whole(desk: Desk, host: str, found: str) -> None:
    """Brackets are closed, the port is one, nobody's password is in it."""
    expected = "an address of host and perhaps port, as https://api.hubapi.com"
    assert checked(desk, "", api_host=host) == refused("api_host", expected, found, CORRECT)


def test_a_token_goes_to_https_or_to_this_machine(desk: Desk) -> None:
    """Another address in the clear is refused."""
    expected = "an address that begins with https://, or http:// of this machine"
    said = checked(desk, "", api_host="http://example.org")
    assert said == refused("api_host", expected, "'http://example.org'", "A token must not travel in the clear.")


@pytest.mark.parametrize(
    ("inboxes", "expected", "found"),
    [
        ("[{ a = 1 }]", "a list of texts", "{'a': 1}"),
        ("[true]", "a list of texts", "True"),
        ('["T1,2"]', "words without a comma in them", "'T1,2'"),
        ('["", ""]', "a list without empty texts", "''"),
    ],
)
def test_a_list_has_words_in_it(desk: Desk, inboxes: str, expected: str, found: str) -> None:
    """HubSpot stores it with commas, so that a word has none, is not empty and is no table."""
    said = checked(desk, f"{MADE_BY_HAND}inboxes = {inboxes}\n")
    assert said == refused("[inputs], inboxes", expected, found, CORRECT)


@pytest.mark.parametrize("inboxes", ["[]", '" , "', '""'])
def test_live_needs_an_inbox(desk: Desk, inboxes: str) -> None:
    """Blanks and commas name none."""
    said = checked(desk, f'{MADE_BY_HAND}mode = "live"\ninboxes = {inboxes}\n')
    expected = "the inboxes named whose chats become tickets, for mode is live"
    remedy = 'Add inboxes = ["..."]; `python -m deploy doctor` lists them.'
    assert said == refused("[inputs], inboxes", expected, "none", remedy)


def test_numbers_and_days_are_words(desk: Desk) -> None:
    """What TOML writes without quotes has one text, and needs none."""
    more = f"{MADE_BY_HAND}inboxes = [1200001]\nholidays = [2026-12-25, 2027-01-01]\n"
    codes = "create_ticket.py, stamp_chat_closed_at.py, send_confirmation.py"
    assert checked(desk, more) == Said(0, f"ok  tickets_made_by_hand: {codes}\n", "")


@pytest.mark.parametrize(
    ("more", "key", "found", "remedy"),
    [
        (f'[inputs]\ninboxes = "{PAT}"', "line 5", LOOKS, TAKE_OUT),
        (f'token_variable = "{PAT}"', "line 4", LOOKS, TAKE_OUT),
        (f"token = {PAT}", "line 4", LOOKS, TAKE_OUT),
        (f'token_variable = """pat-na1-\\\n{UUID[:8]}-\\\n{UUID[9:]}"""', "token_variable", LOOKS, TAKE_OUT),
        (
            f'[inputs]\nemail_id = "{UUID}"',
            "line 5",
            "a UUID, which may be an API key or an app's client secret",
            f"{TAKE_OUT} If it is a harmless id, write its first hyphen as \\u002D, in double quotes.",
        ),
    ],
)
def test_no_secret_stands_in_a_file(desk: Desk, more: str, key: str, found: str, remedy: str) -> None:
    """Whatever shape of HubSpot's it has, and over several lines too; it says what the text was taken for."""
    assert checked(desk, more) == refused(key, "no secret in a file", found, remedy)


def test_a_harmless_uuid_can_be_written(desk: Desk) -> None:
    """With the hyphen as it was told, the file is taken."""
    more = f'{MADE_BY_HAND}email_id = "{UUID.replace("-", chr(92) + "u002D", 1)}"\n'
    assert (checked(desk, more).code, desk.deploy("export", "--all").code) == (0, 0)
    page = desk.folder / "export" / "local" / "tickets_made_by_hand" / "README.md"
    assert f"\n        {UUID}\n" in page.read_text("utf-8")


@pytest.mark.parametrize("depth", [300, 5000])
def test_a_deeply_nested_list_is_refused(desk: Desk, depth: int) -> None:
    """What nobody can read is no traceback."""
    said = checked(desk, f"{MADE_BY_HAND}[inputs.create_ticket]\nroutes = {'[' * depth}{']' * depth}\n")
    assert (said.code, said.stdout, said.stderr.count("\n")) == (1, "", 1)
    assert said.stderr.startswith(f"deploy: {WHERE}")
    assert "bug" not in said.stderr


@pytest.mark.parametrize("token", ["local-tök€n", "local\n-token", "local token", "local-\x7f", "x" * 5000])
def test_a_token_that_cannot_be_sent(desk: Desk, token: str) -> None:
    """It is refused before anything is sent, with the variable's name and not its value."""
    desk.has()
    said = desk.deploy("plan", HUBSPOT_DEPLOY_TOKEN=token)
    expected = "a token in the variable HUBSPOT_DEPLOY_TOKEN: letters, digits and hyphens on one line"
    remedy = "Copy the token once more and export HUBSPOT_DEPLOY_TOKEN=..."
    assert said == refused("token_variable", expected, "another text", remedy)


def test_no_workflows(desk: Desk) -> None:
    """A file that names none says so, and has nothing to export or to compare."""
    assert checked(desk, "") == Said(0, f"no workflows: {WHERE} names none\n", "")
    no = Said(1, "", f"deploy: {WHERE}: expected a workflow, found no workflows. Add [workflows.<name>].\n")
    assert desk.deploy("export", "--all") == no
    assert desk.deploy("verify-paste", "copied.py") == no


@pytest.mark.parametrize("name", ["../local", "LOCAL", "", "local.toml", "x\ny"])
def test_a_name_that_no_file_has(desk: Desk, name: str) -> None:
    """One line says which names there are, and in which folder."""
    desk.has()
    said = desk.deploy("check-inputs", portal=name)
    folder = desk.folder / "deploy" / "portals"
    expected = f"a portal's file in {folder} (there are: local), found {name!r}. Write its name, without .toml."
    assert said == Said(1, "", f"deploy: --portal: expected {expected}\n")


def test_a_folder_inside_the_project(desk: Desk) -> None:
    """From a subfolder the project above is found."""
    desk.has(f"{MADE_BY_HAND}mode = 'dry'\n")
    inside = Desk(desk.folder / "docs" / "more", desk.hub)
    inside.folder.mkdir(parents=True)
    assert inside.deploy("check-inputs") == desk.deploy("check-inputs")
    said = inside.deploy("check-inputs", portal="other")
    expected = f"a portal's file in {desk.folder / 'deploy' / 'portals'} (there are: local)"
    text = f"deploy: deploy/portals/other.toml: expected {expected}, found none. Copy example.toml and fill it in.\n"
    assert said == Said(1, "", text)


def test_above_the_persons_own_folder_nobody_looks(desk: Desk) -> None:
    """What stands above it is somebody else's."""
    desk.has()
    home = desk.folder / "home"
    home.mkdir()
    said = Desk(home, desk.hub).deploy("check-inputs", portal="local", HOME=str(home))
    assert (said.code, str(desk.folder) in said.stderr) == (1, False)
