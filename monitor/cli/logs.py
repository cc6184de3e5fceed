"""Logs go to stderr, so that stdout holds data alone."""

import logging
import sys

import structlog

from monitor.settings.sections import LogSettings


def show_logs(settings: LogSettings) -> None:
    """One line an event: for people, or JSON with every control character escaped."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(default=str)
            if settings.format == "json"
            # Plain tracebacks: the default one prints local variables, and with them names and tokens.
            else structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), pad_event_to=24, exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[settings.level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
