"""The one place that imports stravalib, because importing it has side effects; it takes most of a second, too."""

import logging
import warnings

_show_warning = warnings.showwarning
with warnings.catch_warnings():  # stravalib loosens the warning filters of the whole process …
    from stravalib.exc import ApplicationInactive, Fault
    from stravalib.protocol import ApiV3

    if warnings.showwarning is not _show_warning:  # … and sends every warning to the log
        logging.captureWarnings(False)

__all__ = ["ApiV3", "ApplicationInactive", "Fault"]
