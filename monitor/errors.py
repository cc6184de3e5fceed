"""Every exception of Hamwatch, by what the caller does next.

HamwatchError
├── ConfigError          refuse to start, naming the file and the key
├── UserError            what was asked for cannot be done: one line naming the thing and the remedy
├── SourceUnavailable    try again at `retry_at`; the data stays as it was
│   └── AthleteLimit     nobody else can connect: only the operator can have the limit raised
├── AccessRevoked        stop asking, and ask the runner to reconnect
├── Gone                 end quietly: the runner, or their connection, left while work for them was going on
├── BadRecord            quarantine this one record and go on with the next
└── DeliveryError        a message was not accepted; `permanent` says whether another try makes sense

Vendor errors are translated where they arise, `from error`. No data is not an error.
"""

from datetime import datetime


class HamwatchError(Exception):
    """Something that Hamwatch expects to go wrong; its text is one clear line."""


class ConfigError(HamwatchError):
    """A setting is missing or wrong."""


class UserError(HamwatchError):
    """A command or a request cannot be carried out as asked."""


class SourceUnavailable(HamwatchError):
    """A source did not answer usefully.

    *app_wide* is true where the fault lies with the whole source (a rate limit, an inactive app, no connection),
    so that asking for the next runner would end the same way. *retry_at* is when the source itself says to come back:
    a limit, not an outage. *unreadable* are digest and size [bytes] of an answer that was no answer.
    """

    def __init__(
        self,
        message: str,
        *,
        retry_at: datetime | None = None,
        app_wide: bool = False,
        unreadable: tuple[str, int] | None = None,
    ) -> None:
        super().__init__(message)
        self.retry_at = retry_at
        self.app_wide = app_wide
        self.unreadable = unreadable


class AthleteLimit(SourceUnavailable):
    """Strava lets no more athletes connect to this app."""


class AccessRevoked(HamwatchError):
    """A runner's permission is gone, or too narrow (*needs_scope*)."""

    def __init__(self, message: str, *, needs_scope: bool = False) -> None:
        super().__init__(message)
        self.needs_scope = needs_scope


class Gone(HamwatchError):
    """Whom the work was for has left meanwhile; nothing of it is written."""


class BadRecord(HamwatchError):
    """One record cannot be used."""


class DeliveryError(HamwatchError):
    """A message was not accepted for delivery.

    *permanent* is true where this recipient will never take it, *app_wide* where the fault lies with the whole way
    out (no connection, a wrong password, an invalid certificate), so that the next message would end the same way.
    """

    def __init__(self, message: str, *, permanent: bool = False, app_wide: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.app_wide = app_wide
