"""What can be set: the sections of config/monitor.toml with their keys, and all of them together."""

from datetime import timedelta
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    FilePath,
    FiniteFloat,
    IPvAnyNetwork,
    SecretStr,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRET_LENGTH = 32
Hour = Annotated[int, Field(ge=0, le=23)]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DatabaseSettings(Section):
    url: str = "sqlite:///hamwatch.db"
    backups: Path = Path("backups")
    keep_backups: Annotated[int, Field(ge=0, le=1000)] = 7


class StravaSettings(Section):
    base_url: str = "https://www.strava.com"
    client_id: Annotated[str, Field(pattern=r"^\d*$")] = ""
    client_secret: SecretStr = SecretStr("")
    ca_file: FilePath | None = None
    days: Annotated[int, Field(ge=42, le=365)] = 120
    keep_days: Annotated[int, Field(ge=1, le=7)] = 7
    coach_sharing: bool = False
    delete_after_h: Annotated[int, Field(ge=24, le=720)] = 48
    samples_per_pass: Annotated[int, Field(ge=0, le=10_000)] = 1_000
    connect_timeout_s: Annotated[float, Field(gt=0, le=60)] = 5.0
    read_timeout_s: Annotated[float, Field(gt=0, le=60)] = 20.0


class FilesSettings(Section):
    stale_after_days: Annotated[int, Field(ge=1, le=90)] = 10


class MailSettings(Section):
    host: str | None = None
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "plain"] = "starttls"
    username: str | None = None
    password: SecretStr | None = None
    sender: str = "Hamwatch <hamwatch@localhost>"
    operator: str | None = None
    spool: Path = Path("spool")
    senders: Annotated[int, Field(ge=1, le=32)] = 4
    quiet_from: Hour = 21
    quiet_until: Hour = 7

    @field_validator("sender", "operator")
    @classmethod
    def _one_address(cls, written: str | None) -> str | None:
        address = parseaddr(written or "")[1]
        if written is not None and ("@" not in address or address.startswith("@") or address.endswith("@")):
            raise ValueError("is no address: write Name <name@example.org>")
        return written

    @property
    def operator_address(self) -> str:
        """The operator's plain address, as addresses are compared; empty where none is set."""
        return parseaddr(self.operator or "")[1].lower()


class NotifySettings(Section):
    allow_private: bool = False


class WebSettings(Section):
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    base_url: str = "http://127.0.0.1:8000"
    trusted_proxies: tuple[IPvAnyNetwork, ...] = ()
    operator_passkey: bool = False

    @field_validator("base_url")
    @classmethod
    def _no_trailing_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @property
    def is_local(self) -> bool:
        """Whether the pages are for this machine alone: then they are its owner's, and nobody is asked to sign in."""
        return is_loopback(urlsplit(self.base_url).hostname or "")


class ScheduleSettings(Section):
    daily_hour: Hour = 7
    coach_hour: Hour = 8
    tick_s: Annotated[int, Field(ge=1, le=3600)] = 60


class WatchSettings(Section):
    beat_s: Annotated[float, Field(gt=0, le=60)] = 15.0
    dead_after_s: Annotated[float, Field(gt=0, le=3600, validate_default=True)] = 45.0
    mail_after_s: Annotated[float, Field(gt=0, le=86_400)] = 900.0
    ping_url: SecretStr | None = None

    @field_validator("dead_after_s")
    @classmethod
    def _more_than_a_beat(cls, dead_after_s: float, others: ValidationInfo) -> float:
        if dead_after_s < 2 * others.data.get("beat_s", 0):
            raise ValueError("must be at least twice watch.beat_s: one sign of life may be late")
        return dead_after_s

    @field_validator("ping_url")
    @classmethod
    def _https(cls, url: SecretStr | None) -> SecretStr | None:
        if url and not url.get_secret_value().startswith("https://"):
            raise ValueError("must begin with https://")
        return url

    @property
    def dead_after(self) -> timedelta:
        return timedelta(seconds=self.dead_after_s)

    @property
    def mail_after(self) -> timedelta:
        return timedelta(seconds=self.mail_after_s)


class LogSettings(Section):
    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    format: Literal["console", "json"] = "console"


class RulesSettings(BaseModel):
    """What the rules merge, and under the name of a rule its own lines; `with_lines` knows which rules there are."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, dict[str, FiniteFloat]]

    merge_gap_min: Annotated[int, Field(ge=0, le=240)] = 0

    @property
    def merge_gap(self) -> timedelta:
        return timedelta(minutes=self.merge_gap_min)

    @property
    def lines(self) -> dict[str, dict[str, float]]:
        return self.__pydantic_extra__


class Settings(BaseSettings):
    """All settings, frozen. Their meaning stands beside each key in config/monitor.toml."""

    model_config = SettingsConfigDict(
        env_prefix="HAMWATCH_", env_nested_delimiter="__", extra="forbid", frozen=True, env_ignore_empty=True
    )

    database: DatabaseSettings = DatabaseSettings()
    strava: StravaSettings = StravaSettings()
    files: FilesSettings = FilesSettings()
    mail: MailSettings = MailSettings()
    notify: NotifySettings = NotifySettings()
    web: WebSettings = WebSettings()
    schedule: ScheduleSettings = ScheduleSettings()
    watch: WatchSettings = WatchSettings()
    log: LogSettings = LogSettings()
    rules: RulesSettings = RulesSettings()
    secret_key: SecretStr | None = None

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, keys: SecretStr | None) -> SecretStr | None:
        if keys and any(len(key.strip()) < SECRET_LENGTH for key in keys.get_secret_value().split(",")):
            raise ValueError(f"each key needs at least {SECRET_LENGTH} characters")
        return keys

    @property
    def secrets(self) -> tuple[str, ...]:
        """The secret keys, newest first; empty where none is set."""
        return tuple(key.strip() for key in self.secret_key.get_secret_value().split(",")) if self.secret_key else ()


def is_loopback(host: str) -> bool:
    """Whether this name or address is this machine, as seen by itself alone."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
