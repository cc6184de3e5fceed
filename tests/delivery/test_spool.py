"""Mail as files in a folder."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from monitor.delivery import spool
from monitor.delivery.spool import remove_mails
from monitor.errors import DeliveryError
from tests.delivery.mailserver import mail


def test_a_mail_becomes_a_file_that_mail_programs_open(tmp_path: Path) -> None:
    spool(tmp_path / "new" / "spool")(mail())
    [file] = (tmp_path / "new" / "spool").iterdir()
    read = message_from_bytes(file.read_bytes(), policy=policy.SMTP)
    assert file.suffix == ".eml"
    assert read["Subject"] == "Yesterday's 22.7 km"
    assert read.get_content() == "Hello Zoë,\r\n"


def test_a_mail_sent_again_replaces_its_own_file(tmp_path: Path) -> None:
    send = spool(tmp_path)
    for _ in range(2):
        send(mail())
    assert len(list(tmp_path.iterdir())) == 1


def test_two_mails_are_two_files_even_where_their_ids_look_alike(tmp_path: Path) -> None:
    send = spool(tmp_path)
    send(mail("<alert.7@example.org>"))
    send(mail("<alert-7@example.org>"))
    assert len(list(tmp_path.iterdir())) == 2


def test_a_message_id_is_never_a_path(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    spool(folder)(mail("<../../outside/.hidden@example.org>"))
    [file] = folder.iterdir()
    assert file.name.startswith("outside-hidden@example-org.")
    assert list(tmp_path.iterdir()) == [folder]


def test_only_the_owner_may_read_a_mail(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    spool(folder)(mail())
    [file] = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


def test_a_folder_that_cannot_be_written_is_named_and_tried_again(tmp_path: Path) -> None:
    (tmp_path / "spool").write_text("a file stands where the folder should be")
    with pytest.raises(DeliveryError, match=str(tmp_path / "spool")) as failed:
        spool(tmp_path / "spool")(mail())
    assert not failed.value.permanent


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    send = spool(tmp_path)
    send(mail())
    [file] = tmp_path.iterdir()
    file.unlink()
    (file / "in the way").mkdir(parents=True)
    with pytest.raises(DeliveryError):
        send(mail())
    assert list(tmp_path.iterdir()) == [file]


def test_mails_to_somebody_go_but_for_one_and_those_to_others_stay(tmp_path: Path) -> None:
    send, kept = spool(tmp_path), mail("<last@example.org>")
    other = mail("<other@example.org>")
    other.replace_header("To", "Somebody <other@example.org>")
    for each in (mail("<first@example.org>"), kept, other):
        send(each)
    (tmp_path / ".half.tmp").write_bytes(mail("<half@example.org>").as_bytes()[:-5])
    assert remove_mails(tmp_path, str(kept["To"]), but="<last@example.org>") == 2
    assert sorted(file.name[:4] for file in tmp_path.iterdir()) == ["last", "othe"]


def test_where_there_is_no_spool_there_is_nothing_to_remove(tmp_path: Path) -> None:
    assert remove_mails(tmp_path / "none", "a@example.org", but="") == 0
