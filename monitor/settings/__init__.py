"""Settings: config/monitor.toml for what a club may change, the environment for secrets and overrides.

Read once at start and passed down. The environment beats the file; every key can be set as
HAMWATCH_<SECTION>__<KEY>. An unknown or wrong key is a `ConfigError` that names it and the file.

sections.py   what can be set, section by section
reading.py    from where, and what is said of a mistake
"""

from monitor.settings.reading import read_settings, without_environment
from monitor.settings.sections import Settings

__all__ = ["Settings", "read_settings", "without_environment"]
