"""activities.csv as rows of cells that are asked for by column: its encoding, its separator, its header."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitor.errors import UserError
from monitor.sources.archive_words import HEADERS, PLACES, Column, plain
from monitor.sources.check import clean_name

LONGEST_FIELD = 2**17
# The csv module gives up in the middle of a long field and takes what follows for new rows: read it, then refuse it.
csv.field_size_limit(2**31 - 1)

FULL_EXPORT = 70  # columns from which their places are those of every full export
_NEEDED = {Column.DATE, Column.ACTIVITY_TYPE, Column.DISTANCE}
_UNTRANSLATED = re.compile(r"translation missing: [\w.-]*\.(\w+)")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Row:
    """One activity as written; an absent column reads as empty. *fault* says why it has no cells."""

    line: int
    cells: Sequence[str]
    columns: Mapping[Column, int]
    fault: str = ""

    def __getitem__(self, column: Column) -> str:
        return self.cells[self.columns[column]].strip() if column in self.columns else ""


def rows(content: bytes) -> list[Row]:
    """The rows under the header. Raises UserError, without naming the file, where there is no header to go by."""
    text = _decoded(content)
    records = _records(text, separator=max(",;\t", key=text.partition("\n")[0].count))
    _, header = next(records, (0, []))
    columns = _columns(header)
    return [_row(line, cells, columns, len(header)) for line, cells in records]


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The line on which each record begins, and its cells."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    for cells in reader:
        if cells:  # a blank line has none
            yield line, cells
        line = reader.line_num + 1


def _row(line: int, cells: Sequence[str], columns: Mapping[Column, int], width: int) -> Row:
    if len(cells) != width:  # one column would be read for another
        return Row(line, (), {}, fault=f"it has {len(cells)} fields where the header has {width}")
    if max(map(len, cells)) > LONGEST_FIELD:
        return Row(line, (), {}, fault=f"one of its fields is longer than {LONGEST_FIELD} characters")
    return Row(line, cells, columns)


def _decoded(content: bytes) -> str:
    """UTF-8 as Strava writes it, UTF-16 or Windows-1252 as spreadsheets save it."""
    if content.startswith(_UTF16):
        encodings = ["utf-16"]
    elif b"\0" in content[:2]:
        encodings = ["utf-16-be" if content[0] == 0 else "utf-16-le"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("its text cannot be decoded")


def _columns(header: Sequence[str]) -> dict[Column, int]:
    """Where each column stands: by its name; in a full export also by its place, where no name contradicts that."""
    titles = [_title(cell) for cell in header]
    columns = {column: place for column, names in HEADERS.items() if (place := _place(titles, names)) is not None}
    distances = [place for place, title in enumerate(titles) if title in HEADERS[Column.DISTANCE]]
    if len(distances) > 1:  # the first as shown to the runner, the last in metres
        columns |= {Column.SHOWN_DISTANCE: distances[0]}
    if len(header) >= FULL_EXPORT:
        if not _enough(columns):  # an unknown language, in which a few titles may look like known ones
            columns = {column: place for column, place in columns.items() if column not in PLACES}
        if all(PLACES.get(column, place) == place for column, place in columns.items()):
            columns = PLACES | columns
    if not _enough(columns):
        first = ", ".join(clean_name(cell)[:30] for cell in header[:4])
        raise UserError(
            f"its columns ({first} …) are not those of a Strava export in a language that is known here."
            " Set Strava to English and ask for a new export"
        )
    return columns


def _enough(columns: Mapping[Column, int]) -> bool:
    return columns.keys() >= _NEEDED and not columns.keys().isdisjoint({Column.MOVING, Column.ELAPSED})


def _place(titles: Sequence[str], names: Sequence[str]) -> int | None:
    """The last place of the first name that is there: what stands twice is exact the second time."""
    for name in names:
        if name in titles:
            return len(titles) - 1 - titles[::-1].index(name)
    return None


def _title(cell: str) -> str:
    """A column's title, rid of the markup that Strava leaves around titles it has not translated."""
    if found := _UNTRANSLATED.search(cell):
        return plain(found[1].replace("_", " "))
    return plain(re.sub(r"<[^>]*>", "", cell))
