"""Settings as they are read: the environment beats the file, and what is wrong in either is named with its place."""

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsError, TomlConfigSettingsSource
from pydantic_settings import PydanticBaseSettingsSource as Source

from monitor.errors import ConfigError
from monitor.settings.sections import Settings

DEFAULT_FILE = Path("config/monitor.toml")


def read_settings(file: Path | None = None) -> Settings:
    """The settings of *file*, else of HAMWATCH_CONFIG, else of config/monitor.toml where it exists, else the defaults.

    Raises `ConfigError` for a missing or unreadable file, an unknown key or a wrong value.
    """
    variable = os.environ.get("HAMWATCH_CONFIG")
    named = file or (Path(variable) if variable else None)
    if named and not named.is_file():
        raise ConfigError(f"no settings file at {named}: give its place with --config or HAMWATCH_CONFIG")
    path = named or (DEFAULT_FILE if DEFAULT_FILE.is_file() else None)
    try:
        return _from(path)()
    except SettingsError as error:
        raise ConfigError(
            f"the environment cannot be read as settings: {error}; config/env.example shows how"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{path} cannot be read as TOML: {error}") from error
    except ValidationError as error:
        raise ConfigError(_first(error, path)) from error


def without_environment(values: dict[str, Any]) -> Settings:
    """Exactly the *values* given, defaults for the rest: what the demo runs with, whatever the machine has set.

    Raises `ConfigError` for a wrong value.
    """
    try:
        return _reading(None, lambda given, _environment: (given,))(**values)
    except ValidationError as error:
        raise ConfigError(_first(error, None)) from error


def _from(path: Path | None) -> type[Settings]:
    return _reading(path, lambda _given, environment: (environment,))


def _reading(path: Path | None, chosen: Callable[[Source, Source], tuple[Source, ...]]) -> type[Settings]:
    """Settings that read the sources *chosen* of (given, environment), then the file."""

    class Read(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: Source,
            env_settings: Source,
            dotenv_settings: Source,  # noqa: ARG003  (the framework names all of them)
            file_secret_settings: Source,  # noqa: ARG003
        ) -> tuple[Source, ...]:
            sources = chosen(init_settings, env_settings)
            return (*sources, TomlConfigSettingsSource(settings_cls, path)) if path else sources

    return Read


def _first(error: ValidationError, path: Path | None) -> str:
    problem = error.errors()[0]
    key = ".".join(str(part) for part in problem["loc"])
    variable = "HAMWATCH_" + "__".join(str(part).upper() for part in problem["loc"])
    what = "unknown setting" if problem["type"] == "extra_forbidden" else problem["msg"].removeprefix("Value error, ")
    return f"{key}: {what} (in {path or 'the environment'}, or as {variable}); config/monitor.toml lists every key"
