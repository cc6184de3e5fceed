"""Text that a spreadsheet shows, and does not carry out."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide ones count in some spreadsheets


def inert(text: str) -> str:
    """The *text* of a cell; what begins like a formula is led by an apostrophe, which spreadsheets take for text.

    Source: OWASP ASVS 5.0, 1.2.10.
    """
    return f"'{text}" if text.startswith(FORMULA) else text
