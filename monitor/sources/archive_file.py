"""The bytes of activities.csv, wherever the export lies: in a .zip, in its folder, or alone.

Nothing is unpacked: one member is read, and no name in the .zip is ever used as a path.
"""

import stat
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from monitor.errors import UserError

LIST = "activities.csv"
LARGEST_LIST = 100 * 2**20  # twenty years of daily runs are 10 MB
LARGEST_ZIP = 2 * 2**30  # unpacked
LARGEST_RATIO = 200  # unpacked to packed; recordings come to about 20
MOST_MEMBERS = 20_000
REMEDY = f"Give the .zip that Strava sent, its folder, or the {LIST} in it."

_UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


def list_bytes(path: Path) -> bytes:
    """The content of the export's activities.csv. Raises UserError naming *path* and the remedy."""
    try:
        if path.is_dir():
            path = path / LIST
        if not path.is_file():
            raise UserError(f"{path}: there is no such file. {REMEDY}")
        if zipfile.is_zipfile(path) or path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive, archive.open(_list_member(archive.infolist(), path)) as member:
                return _content(member, path)
        with path.open("rb") as file:
            return _content(file, path)
    except _UNREADABLE as error:
        raise UserError(f"{path}: cannot be read ({error}). {REMEDY}") from error


def _content(file: IO[bytes], path: Path) -> bytes:
    content = file.read(LARGEST_LIST + 1)  # what the .zip says of its size is not trusted
    if len(content) > LARGEST_LIST:
        raise UserError(f"{path}: {LIST} is larger than {LARGEST_LIST // 2**20} MB. Ask Strava for a new export.")
    if not content.strip():
        raise UserError(f"{path}: is empty. {REMEDY}")
    return content


def _list_member(members: Sequence[zipfile.ZipInfo], path: Path) -> zipfile.ZipInfo:
    if fault := _fault(members):
        raise UserError(f"{path}: refused, because {fault}. Unpack it yourself and give the {LIST} in it.")
    lists = [member for member in members if PurePosixPath(member.filename).name == LIST]
    if not lists:
        raise UserError(f"{path}: there is no {LIST} in it, so it is no Strava export. {REMEDY}")
    return min(lists, key=lambda member: len(PurePosixPath(member.filename).parts))


def _fault(members: Sequence[zipfile.ZipInfo]) -> str | None:
    """Why a .zip is not trusted, None where it is."""
    if len(members) > MOST_MEMBERS:
        return f"it holds more than {MOST_MEMBERS} files"
    if any(_leads_outside(member) for member in members):
        return "a name in it leads outside of it"
    if sum(member.file_size for member in members) > LARGEST_ZIP:
        return f"it unpacks to more than {LARGEST_ZIP // 2**30} GB"
    if any(member.file_size > LARGEST_RATIO * max(1, member.compress_size) for member in members):
        return f"a file in it unpacks to more than {LARGEST_RATIO} times its size"
    return None


def _leads_outside(member: zipfile.ZipInfo) -> bool:
    name = PureWindowsPath(member.filename)  # knows both kinds of slash, and drives
    return stat.S_ISLNK(member.external_attr >> 16) or bool(name.anchor) or ".." in name.parts
