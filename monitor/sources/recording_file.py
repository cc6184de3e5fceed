"""The bytes of a recording: which files are one, and what they hold once unpacked."""

import gzip
import io
import zlib
from pathlib import PurePath

from monitor.errors import BadRecord

KINDS = {".fit", ".gpx", ".tcx"}
LARGEST = 50 * 2**20  # a day of one-second samples is about 40 MB, as the wordiest of them, TCX

_GZIP = b"\x1f\x8b"


def is_recording(name: str) -> bool:
    """Whether a file is called like a recording: .fit, .gpx or .tcx, perhaps .gz."""
    return PurePath(name.lower().removesuffix(".gz")).suffix in KINDS


def unpacked(content: bytes) -> bytes:
    """What a .gz holds, else *content* itself. BadRecord where it is damaged, or larger than any recording."""
    if content.startswith(_GZIP):
        try:
            with gzip.open(io.BytesIO(content)) as file:
                content = file.read(LARGEST + 1)  # and no further: a bomb stays packed
        except EOFError as error:
            raise BadRecord("it ends too early: it was not copied whole") from error
        except (OSError, zlib.error) as error:
            raise BadRecord("its compression is damaged") from error
    if len(content) > LARGEST:
        raise BadRecord(f"it is larger than {LARGEST // 2**20} MB")
    return content
