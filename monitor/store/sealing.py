"""Secrets at rest: AES-256-GCM, bound to the place where they are stored.

The sealed text names table, row and column and is checked when opened, so that a sealed token copied to another row
does not open. The first key seals, every key opens: put a new key in front to rotate.
"""

import hashlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from monitor.errors import ConfigError, HamwatchError

_ID, _NONCE = 4, 12


class CannotOpen(HamwatchError):
    """No key at hand opens this secret: it was sealed with another key, or for another place."""


def digest(secret: str) -> str:
    """What is kept of a token or a nonce that must only be known again: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys stretched from the secrets of the environment, newest first."""

    keys: tuple[bytes, ...] = field(repr=False)

    def seal(self, text: str, *place: object) -> bytes:
        """*text* sealed for one *place*: table, row, column."""
        key, nonce = self.keys[0], os.urandom(_NONCE)
        return _key_id(key) + nonce + AESGCM(key).encrypt(nonce, text.encode(), _named(place))

    def is_newest(self, sealed: bytes) -> bool:
        """Whether it was sealed with the newest key."""
        return sealed[:_ID] == _key_id(self.keys[0])

    def open(self, sealed: bytes, *place: object) -> str:
        """What was sealed for this *place*. Raises `CannotOpen`."""
        for key in self.keys:
            if sealed[:_ID] == _key_id(key):
                try:
                    return (
                        AESGCM(key).decrypt(sealed[_ID : _ID + _NONCE], sealed[_ID + _NONCE :], _named(place)).decode()
                    )
                except InvalidTag as error:
                    raise CannotOpen(
                        f"the secret in {'/'.join(map(str, place))} was sealed for another place"
                    ) from error
        raise CannotOpen(f"no key opens the secret in {'/'.join(map(str, place))}: was HAMWATCH_SECRET_KEY changed?")


def keyring(secret_texts: Sequence[str]) -> Keyring:
    """Each secret stretched to a key."""
    if not secret_texts:
        raise ConfigError("no secret key: set HAMWATCH_SECRET_KEY")
    return Keyring(tuple(_stretched(text, b"hamwatch tokens") for text in secret_texts))


def kept_secret(file: Path) -> str:
    """The secret of the key file, made (mode 0600) where there is none yet."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _readable(file)
    except OSError as error:
        raise ConfigError(
            f"cannot write the key file {file}: {error.strerror}; set HAMWATCH_SECRET_KEY instead"
        ) from error
    with os.fdopen(descriptor, "w") as opened:
        text = secrets.token_urlsafe(48)
        opened.write(text)
    return text


def _readable(file: Path) -> str:
    if file.stat().st_mode & 0o077:
        raise ConfigError(f"the key file {file} is readable by others: chmod 600 {file}")
    return file.read_text().strip()


def _stretched(text: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(text.encode())


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()[:_ID]


def _named(place: tuple[object, ...]) -> bytes:
    return "/".join(map(str, place)).encode()
