"""Tokens at rest."""

import stat
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.store.sealing import CannotOpen, kept_secret, keyring

OLD, NEW = "old secret of thirty-two characters", "new secret of thirty-two characters"


def test_what_was_sealed_opens_again_and_does_not_show_its_text() -> None:
    keys = keyring([NEW])
    sealed = keys.seal("the-token", "connection", 7, "access")
    assert b"the-token" not in sealed
    assert keys.open(sealed, "connection", 7, "access") == "the-token"


def test_the_same_text_is_sealed_differently_each_time() -> None:
    keys = keyring([NEW])
    assert keys.seal("t", "connection", 7, "access") != keys.seal("t", "connection", 7, "access")


@pytest.mark.parametrize("place", [("connection", 8, "access"), ("connection", 7, "refresh"), ("runner", 7, "access")])
def test_a_sealed_token_moved_to_another_row_column_or_table_does_not_open(place: tuple[object, ...]) -> None:
    keys = keyring([NEW])
    with pytest.raises(CannotOpen):
        keys.open(keys.seal("the-token", "connection", 7, "access"), *place)


def test_after_a_new_key_was_put_in_front_old_tokens_still_open_and_new_ones_use_the_new_key() -> None:
    sealed = keyring([OLD]).seal("the-token", "place")
    rotated = keyring([NEW, OLD])
    assert rotated.open(sealed, "place") == "the-token"
    with pytest.raises(CannotOpen):
        keyring([OLD]).open(rotated.seal("the-token", "place"), "place")


def test_keys_do_not_show_in_a_repr() -> None:
    assert "key" not in repr(keyring([NEW])).lower().replace("keyring", "")


def test_a_key_file_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "hamwatch.db.key"
    secret = kept_secret(file)
    assert len(secret) >= 32
    assert kept_secret(file) == secret
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "hamwatch.db.key"
    kept_secret(file)
    file.chmod(0o644)
    with pytest.raises(ConfigError, match="chmod 600"):
        kept_secret(file)
