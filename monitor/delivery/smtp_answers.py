"""What a mail server's answer means, and what its words are cut to."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from monitor.errors import DeliveryError

POLICY = re.compile(rb"5\.7\.\d")  # the enhanced status of a server that dislikes us, not the recipient (RFC 3463)


@contextmanager
def translated(server: str, *, app_wide: bool = False) -> Iterator[None]:
    """Says what an answer of *server* means, and whether another try makes sense.

    Only an answer about this recipient or this message is permanent; a refused sender or password is ours to mend.
    """
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        address, (code, answer) = next(iter(error.recipients.items()))
        raise _refused(f"{server} refuses {address}", code, answer, ours=bool(POLICY.match(answer))) from error
    except smtplib.SMTPDataError as error:
        raise _refused(f"{server} refuses the message", error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPAuthenticationError as error:
        said = f"refuses the user name or password ({_answer(error.smtp_code, error.smtp_error)}): check both"
        raise DeliveryError(f"{server} {said}", app_wide=app_wide) from error
    except smtplib.SMTPNotSupportedError as error:
        said = f"lacks what mail.security or the login needs; nothing sent: {error}"
        raise DeliveryError(f"{server} {said}", app_wide=app_wide) from error
    except smtplib.SMTPResponseException as error:
        said = f"does not take mail from us now ({_answer(error.smtp_code, error.smtp_error)})"
        raise DeliveryError(f"{server} {said}", app_wide=app_wide or error.smtp_code >= 500) from error
    except ssl.SSLCertVerificationError as error:
        said = f"The certificate of {server} is not valid: {error.verify_message}"
        raise DeliveryError(said, app_wide=app_wide) from error
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(f"No complete answer from {server}: {error}", app_wide=app_wide) from error


def _refused(what: str, code: int, answer: bytes | str, *, ours: bool = False) -> DeliveryError:
    return DeliveryError(f"{what} ({_answer(code, answer)})", permanent=code >= 500 and not ours)


def _answer(code: int, answer: bytes | str) -> str:
    words = answer.decode("ascii", "replace") if isinstance(answer, bytes) else answer
    return f"{code} {' '.join(words.split())[:200]}"
