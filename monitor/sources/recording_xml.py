"""XML from anywhere, read so that it can do nothing: no entity is resolved, nothing is fetched, no DOCTYPE passes."""

import math
from datetime import UTC, datetime

from lxml import etree

from monitor.errors import BadRecord
from monitor.sources.check import clean_name
from monitor.sources.recording_track import UNKNOWN

_BEGINS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")  # or a byte order mark


def is_xml(content: bytes) -> bool:
    return content.lstrip().startswith(_BEGINS)


def safe_root(content: bytes) -> etree._Element:
    """The root element. BadRecord where the XML is broken, or declares a DOCTYPE."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content.lstrip(), parser)  # some devices begin with blanks
    except etree.XMLSyntaxError as error:
        raise BadRecord(f"its XML is broken ({clean_name(error.msg)[:100]})") from error
    if root.getroottree().docinfo.internalDTD is not None:  # as any DOCTYPE makes it
        raise BadRecord("it declares a DOCTYPE, which no recording needs and attacks use")
    return root


def local_name(element: etree._Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def number(text: str | None) -> float:
    """NaN where it is none."""
    try:
        value = float(text or "")
    except ValueError:
        return UNKNOWN
    return value if math.isfinite(value) else UNKNOWN


def seconds(text: str | None) -> float:
    """A time as seconds since 1970; one without a zone is UTC, as both formats demand. NaN where it is none."""
    try:
        moment = datetime.fromisoformat((text or "").strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return UNKNOWN
