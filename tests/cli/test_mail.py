"""hamwatch mail: what is written, looked at before anybody gets it."""

from pathlib import Path


def test_preview_writes_every_mail_for_mail_programs_and_browsers_and_sends_none(hamwatch, tmp_path: Path) -> None:
    folder = tmp_path / "looked-at"
    answer = hamwatch("mail", "preview", "--out", str(folder))
    assert answer.code == 0
    names = {file.stem for file in folder.iterdir()}
    assert {"alert-first", "weekly-steady", "coach", "erased"} <= names
    assert {file.suffix for file in folder.iterdir()} == {".eml", ".html"}
    assert len(answer.out.splitlines()) == len(names)
    assert not list(Path("spool").glob("*.eml"))
