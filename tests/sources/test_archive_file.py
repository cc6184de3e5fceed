"""Where the export lies, and the archives that are refused whole."""

import stat
import zipfile

import pytest

from monitor.errors import UserError
from monitor.sources import archive_file
from monitor.sources.archive import read_archive
from monitor.sources.archive_file import list_bytes
from tests.sources.archive_samples import ENGLISH, NOW, PARIS


def zipped(tmp_path, members, compression=zipfile.ZIP_DEFLATED):
    path = tmp_path / "export_1.zip"
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_a_zip_its_folder_and_its_list_are_the_same_export(tmp_path):
    folder = tmp_path / "export_1"
    folder.mkdir()
    (folder / "activities.csv").write_text(ENGLISH, encoding="utf-8")
    archive = zipped(tmp_path, {"activities/11.fit.gz": b"\0", "activities.csv": ENGLISH, "media/": ""})
    readings = [read_archive(path, PARIS, NOW) for path in (archive, folder, folder / "activities.csv")]
    assert readings[0] == readings[1] == readings[2]
    assert len(readings[0].activities) == 4


def test_a_zip_of_the_folder_is_read_too_and_the_outermost_list_counts(tmp_path):
    path = zipped(tmp_path, {"export_1/old/activities.csv": "old", "export_1/activities.csv": ENGLISH})
    assert list_bytes(path) == ENGLISH.encode()


def symlink():
    member = zipfile.ZipInfo("activities.csv")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


@pytest.mark.parametrize(
    ("members", "says"),
    [
        pytest.param({"activities.csv": ENGLISH, "../../etc/x": "x"}, "leads outside", id="81 a path upwards"),
        pytest.param({"activities.csv": ENGLISH, "a\\..\\..\\x": "x"}, "leads outside", id="81 with backslashes"),
        pytest.param({"activities.csv": ENGLISH, "/etc/x": "x"}, "leads outside", id="81 an absolute path"),
        pytest.param({"activities.csv": ENGLISH, "C:\\x": "x"}, "leads outside", id="81 a drive"),
        pytest.param({symlink(): "/etc/passwd"}, "leads outside", id="81 a symbolic link"),
        pytest.param({"activities.csv": b"0" * 10**6}, "200 times", id="81 a bomb"),
        pytest.param({str(n): "" for n in range(20_001)}, "20000 files", id="81 too many members"),
        pytest.param({"photo.jpg": "x"}, "no activities.csv in it", id="no export"),
    ],
)
def test_a_hostile_zip_is_refused_whole_naming_it_and_the_remedy(tmp_path, members, says):
    path = zipped(tmp_path, members)
    with pytest.raises(UserError, match=says) as caught:
        list_bytes(path)
    assert str(path) in str(caught.value)
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_zip_that_unpacks_to_more_than_2_gb_is_refused_by_what_it_declares():
    member = zipfile.ZipInfo("activities.csv")
    member.file_size, member.compress_size = 2**31 + 1, 2**30
    assert archive_file._fault([member]) == "it unpacks to more than 2 GB"


def truncated(path):
    path.write_bytes(path.read_bytes()[:-30])


def damaged(path):
    content = bytearray(path.read_bytes())
    content[60] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("harm", [truncated, damaged])
def test_a_broken_zip_is_named_in_one_line(tmp_path, harm):
    path = zipped(tmp_path, {"activities.csv": ENGLISH})
    harm(path)
    with pytest.raises(UserError, match=r"export_1\.zip: cannot be read"):
        list_bytes(path)


def test_a_missing_file_and_a_folder_without_the_list_name_what_is_missing(tmp_path):
    for path, says in ((tmp_path / "nowhere.zip", "there is no such file"), (tmp_path, "no activities.csv in it")):
        with pytest.raises(UserError, match=says):
            list_bytes(path)


def test_a_list_beyond_the_limit_is_not_read_into_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(archive_file, "LARGEST_LIST", 2**20)
    path = tmp_path / "activities.csv"
    path.write_bytes(b"x" * (2**20 + 1))
    with pytest.raises(UserError, match="larger than 1 MB"):
        list_bytes(path)
