"""Settings: the file says what the code does, the environment beats it, and a mistake is named with its place."""

import os
import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import BaseModel, SecretStr

from monitor.errors import ConfigError
from monitor.rules import RULES
from monitor.settings import Settings, read_settings, without_environment

PUBLISHED = Path(__file__).parents[1] / "config" / "monitor.toml"
SECRET = "a secret of more than thirty-two characters"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder, and nothing of Hamwatch's in the environment."""
    for name in [name for name in os.environ if name.startswith("HAMWATCH_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def written(folder: Path, text: str) -> Path:
    file = folder / "club.toml"
    file.write_text(text, encoding="utf-8")
    return file


def keys_of_the_code() -> Iterator[tuple[str, str]]:
    """Every section and key but secrets, which belong into the environment."""
    for section, field in Settings.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            for key, of in field.annotation.model_fields.items():
                if SecretStr.__name__ not in str(of.annotation):
                    yield section, key


def keys_of_the_file() -> Iterator[tuple[str, str]]:
    """Every section and key of config/monitor.toml, the commented ones too."""
    section = ""
    for line in PUBLISHED.read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"\[(\w+)\]", line):
            section = heading[1]
        elif key := re.match(r"(?:# )?(\w+) = ", line):
            yield section, key[1]


def test_the_published_file_holds_the_defaults_of_the_code() -> None:
    assert read_settings(PUBLISHED).model_dump() == without_environment({}).model_dump()


@pytest.mark.parametrize(("section", "key"), sorted(keys_of_the_code()))
def test_every_key_stands_in_the_published_file(section: str, key: str) -> None:
    assert (section, key) in set(keys_of_the_file())


def test_the_example_of_other_lines_shows_those_in_force() -> None:
    example = re.findall(r"^# ?((?:\[rules\.|watch|caution|strong).*)$", PUBLISHED.read_text(encoding="utf-8"), re.M)
    [(name, lines)] = tomllib.loads("\n".join(example))["rules"].items()
    [rule] = (rule for rule in RULES if rule.name == name)
    assert lines == {level.name.lower(): line for level, line in rule.lines.items()}


def test_without_a_file_the_defaults_hold() -> None:
    assert read_settings().model_dump() == without_environment({}).model_dump()


def test_a_file_in_the_usual_place_is_read_unasked(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "monitor.toml").write_text("[web]\nport = 9000\n")
    assert read_settings().web.port == 9000


def test_the_environment_can_name_the_file_and_an_option_beats_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMWATCH_CONFIG", str(written(tmp_path, "[web]\nport = 9001\n")))
    assert read_settings().web.port == 9001
    other = tmp_path / "other.toml"
    other.write_text("[web]\nport = 9002\n")
    assert read_settings(other).web.port == 9002


def test_the_environment_beats_the_file_key_by_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, "[mail]\nhost = 'mail.example.org'\nport = 25\n")
    monkeypatch.setenv("HAMWATCH_MAIL__PORT", "465")
    mail = read_settings(file).mail
    assert (mail.host, mail.port) == ("mail.example.org", 465)


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "CONFIG", "MAIL__HOST", "MAIL__PORT", "STRAVA__CLIENT_ID"):
        monkeypatch.setenv(f"HAMWATCH_{name}", "")
    settings = read_settings()
    assert (settings.secrets, settings.mail.host, settings.mail.port) == ((), None, 587)


def test_a_rules_line_can_be_moved_in_the_file_and_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, "[rules.single_session_spike]\nwatch = 1.2\n")
    assert read_settings(file).rules.lines == {"single_session_spike": {"watch": 1.2}}
    monkeypatch.setenv("HAMWATCH_RULES__SINGLE_SESSION_SPIKE__WATCH", "1.25")
    assert read_settings(file).rules.lines == {"single_session_spike": {"watch": 1.25}}


def test_what_the_rules_merge_can_be_set_beside_their_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, "[rules]\nmerge_gap_min = 30\n[rules.no_rest_day]\nwatch = 20\n")
    rules = read_settings(file).rules
    assert (rules.merge_gap, rules.lines) == (timedelta(minutes=30), {"no_rest_day": {"watch": 20}})
    monkeypatch.setenv("HAMWATCH_RULES__MERGE_GAP_MIN", "45")
    assert read_settings(file).rules.merge_gap == timedelta(minutes=45)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("[rules]\nmerge_gap = 30", "rules.merge_gap: ", id="a key beside the rules that is none"),
        pytest.param("[rules]\nmerge_gap_min = -1", "rules.merge_gap_min: ", id="a gap below zero"),
        pytest.param("colour = 'red'", "colour: unknown setting", id="an unknown key"),
        pytest.param("[mial]\nhost = 'x'", "mial: unknown setting", id="an unknown section"),
        pytest.param("[mail]\nhots = 'x'", "mail.hots: unknown setting", id="an unknown key of a section"),
        pytest.param("[mail]\nport = 'smtp'", "mail.port: ", id="a word for a number"),
        pytest.param("[mail]\nport = 70000", "mail.port: ", id="a number out of range"),
        pytest.param("[mail]\nsecurity = 'ssl'", "mail.security: ", id="a word that is none of those possible"),
        pytest.param("[mail]\nsender = 'Hamwatch'", "mail.sender: is no address", id="a sender without an address"),
        pytest.param("mail = 'x'", "mail: ", id="a value for a section"),
        pytest.param("[strava]\nclient_id = 'abc'", "strava.client_id: ", id="an app id that is no number"),
        pytest.param("[strava]\nca_file = 'nowhere.pem'", "strava.ca_file: ", id="authorities that are not there"),
        pytest.param("[strava]\nkeep_days = 8", "strava.keep_days: ", id="kept longer than Strava's terms allow"),
        pytest.param("[watch]\nbeat_s = 30", "watch.dead_after_s: must be at least twice", id="dead after one beat"),
        pytest.param("[watch]\nping_url = 'http://x.example'", "watch.ping_url: must begin with https://", id="a ping"),
        pytest.param("[rules.no_rest_day]\nwatch = nan", "rules.no_rest_day.watch: ", id="a line that is no number"),
    ],
)
def test_a_wrong_setting_is_named_with_file_key_and_where_all_keys_stand(tmp_path: Path, text: str, key: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(ConfigError) as refused:
        read_settings(file)
    said = str(refused.value)
    assert said.startswith(key)
    assert str(file) in said
    assert "config/monitor.toml lists every key" in said
    assert "\n" not in said


def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAMWATCH_MAIL__HOTS", "mail.example.org")
    with pytest.raises(ConfigError, match="HAMWATCH_MAIL__HOTS"):
        read_settings()


def test_a_variable_that_holds_a_whole_section_badly_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAMWATCH_MAIL", "mail.example.org")
    with pytest.raises(ConfigError, match="mail"):
        read_settings()


@pytest.mark.parametrize("content", [b"[mail", b"\xff\xfe", b"[mail]\nport = 1\nport = 2\n"])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=re.escape(str(file))):
        read_settings(file)


def test_a_missing_file_is_named_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match=r"no settings file at .*nowhere\.toml: give its place with --config"):
        read_settings(tmp_path / "nowhere.toml")
    monkeypatch.setenv("HAMWATCH_CONFIG", str(tmp_path))
    with pytest.raises(ConfigError, match="no settings file at"):
        read_settings()


def test_every_secret_key_must_be_long_and_the_newest_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAMWATCH_SECRET_KEY", f"{SECRET} new, {SECRET} old")
    assert read_settings().secrets == (f"{SECRET} new", f"{SECRET} old")
    monkeypatch.setenv("HAMWATCH_SECRET_KEY", f"{SECRET},too short")
    with pytest.raises(ConfigError, match="secret_key: each key needs at least 32 characters") as refused:
        read_settings()
    assert "too short" not in str(refused.value)


def test_no_secret_shows_in_a_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "STRAVA__CLIENT_SECRET", "MAIL__PASSWORD"):
        monkeypatch.setenv(f"HAMWATCH_{name}", SECRET)
    settings = read_settings()
    assert settings.strava.client_secret.get_secret_value() == SECRET
    assert SECRET not in repr(settings) + str(settings)


def test_links_are_made_without_a_doubled_slash() -> None:
    assert without_environment({"web": {"base_url": "https://club.example/"}}).web.base_url == "https://club.example"


def test_settings_of_our_own_ignore_file_and_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAMWATCH_CONFIG", str(written(tmp_path, "[web]\nport = 9001\n")))
    monkeypatch.setenv("HAMWATCH_WEB__PORT", "9002")
    assert without_environment({}).web.port == 8000
    with pytest.raises(ConfigError, match=r"web\.port"):
        without_environment({"web": {"port": 70_000}})
