"""The files of a runner, wherever they lie: in a .zip, in a folder, or alone.

Nothing is unpacked to disk, and what is opened is always a name found there: one that somebody wrote is never a path.
"""

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from monitor.errors import BadRecord, UserError
from monitor.sources.recording_file import is_recording

LIST = "activities.csv"
RECORDINGS = "activities"  # the folder beside it
LARGEST_LIST = 100 * 2**20  # twenty years of daily runs are 10 MB
LARGEST_ZIP = 2 * 2**30  # unpacked
LARGEST_RATIO = 200  # unpacked to packed; recordings come to about 20
MOST_MEMBERS = 20_000
REMEDY = f"Give the .zip that Strava sent, its folder, or the {LIST} in it; or FIT, GPX or TCX files."

# zipfile says NotImplementedError of a compression that it does not know, and RuntimeError of a password.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


@dataclass(frozen=True, slots=True)
class Files:
    """What lies in a .zip or a folder."""

    names: frozenset[str]
    list_name: str | None  # of an export; None where it is none
    open: Callable[[str], IO[bytes]]

    def read(self, name: str, at_most: int) -> bytes:
        """The content of one of the *names*. BadRecord where it cannot be read, or has more than *at_most* bytes."""
        try:
            with self.open(name) as file:
                content = file.read(at_most + 1)  # what a .zip says of its size is not trusted
        except _UNREADABLE as error:
            raise BadRecord(f"cannot be read ({error})") from error
        if len(content) > at_most:
            raise BadRecord(f"it is larger than {at_most // 2**20} MB")
        return content

    def beside_list(self, name: str) -> str | None:
        """The file that the list of the export calls *name*; None where it is not there."""
        found = str(PurePosixPath(self.list_name or "").parent / name)
        return found if found in self.names else None


@contextmanager
def files_in(path: Path) -> Iterator[Files]:
    """The files of a .zip, a folder, or one file. Raises UserError naming *path* and the remedy."""
    if path.is_dir():
        names = _names_below(path)
        yield Files(names, LIST if LIST in names else None, lambda name: (path / name).open("rb"))
    elif not path.is_file():
        raise UserError(f"{path}: there is no such file. {REMEDY}")
    elif path.suffix.lower() == ".zip" or zipfile.is_zipfile(path):
        with _opened(path) as archive:
            yield Files(frozenset(archive.namelist()), _outermost_list(archive.namelist()), archive.open)
    else:
        is_list = not is_recording(path.name)
        names = _names_below(path.parent, RECORDINGS) if is_list else frozenset()
        yield Files(names | {path.name}, path.name if is_list else None, lambda name: (path.parent / name).open("rb"))


def list_bytes(path: Path) -> bytes:
    """The content of the export's activities.csv. Raises UserError naming *path* and the remedy."""
    with files_in(path) as files:
        if files.list_name is None:
            raise UserError(f"{path}: there is no {LIST} in it, so it is no Strava export. {REMEDY}")
        try:
            content = files.read(files.list_name, LARGEST_LIST)
        except BadRecord as error:
            raise UserError(f"{path}: {error}. {REMEDY}") from error
    if not content.strip():
        raise UserError(f"{path}: is empty. {REMEDY}")
    return content


def _names_below(folder: Path, start: str = "") -> frozenset[str]:
    """The files below *start*, by their names from *folder* on; links are not followed."""
    found = (folder / start).rglob("*")
    return frozenset(file.relative_to(folder).as_posix() for file in found if file.is_file() and not file.is_symlink())


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(path)
    except _UNREADABLE as error:
        raise UserError(f"{path}: cannot be read ({error}). {REMEDY}") from error
    if fault := _fault(archive.infolist()):
        archive.close()
        raise UserError(f"{path}: refused, because {fault}. Unpack it yourself and give the {LIST} in it.")
    return archive


def _outermost_list(names: Sequence[str]) -> str | None:
    lists = [name for name in names if PurePosixPath(name).name == LIST]
    return min(lists, key=lambda name: len(PurePosixPath(name).parts), default=None)


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
