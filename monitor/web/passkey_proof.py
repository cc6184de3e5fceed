"""What a passkey is asked to sign, and whether it did. The only importer of webauthn."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from monitor.store.sessions import Identity
from monitor.store.sign_in_tables import Passkey

# It stands for a password and a second factor at once, so it must ask who presses, and be found without a name.
VERIFIED = UserVerificationRequirement.REQUIRED
SELECTION = AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.REQUIRED, user_verification=VERIFIED)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Site:
    """The address that passkeys are bound to: one made for it answers to no other."""

    base_url: str

    @property
    def name(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def origin(self) -> str:
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class Made:
    """A new passkey, as it is kept."""

    credential: str
    public_key: str
    uses: int


def to_sign(site: Site, challenge: str) -> str:
    """What a browser is told to have signed, as JSON."""
    options = webauthn.generate_authentication_options(
        rp_id=site.name, challenge=base64url_to_bytes(challenge), user_verification=VERIFIED
    )
    return webauthn.options_to_json(options)


def to_make(site: Site, challenge: str, who: Identity, held: Iterable[Passkey], secret: str) -> str:
    """What a browser is told to have made for *who*, on no device that holds one already, as JSON."""
    options = webauthn.generate_registration_options(
        rp_id=site.name,
        rp_name="Hamwatch",
        user_name=who.address or f"runner {who.runner_id}",
        user_id=hmac.digest(secret.encode(), repr(who).encode(), "sha256"),
        challenge=base64url_to_bytes(challenge),
        authenticator_selection=SELECTION,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential)) for each in held],
    )
    return webauthn.options_to_json(options)


def credential_of(answer: str) -> str:
    """The number of the passkey that answered; empty where it cannot be read."""
    try:
        return bytes_to_base64url(parse_authentication_credential_json(answer).raw_id)
    except WebAuthnException:
        return ""


def signed(site: Site, challenge: str, answer: str, row: Passkey) -> int | None:
    """How often this passkey has signed, where it signed the *challenge* for this site; None where it did not."""
    try:
        used = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.name,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(row.public_key),
            credential_current_sign_count=row.uses,
            require_user_verification=True,
        )
    except WebAuthnException as error:
        log.warning("passkey refused", reason=type(error).__name__)
        return None
    return used.new_sign_count


def made(site: Site, challenge: str, answer: str) -> Made | None:
    """The passkey that was made for the *challenge* and this site; None where none was."""
    try:
        new = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.name,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except WebAuthnException as error:
        log.warning("passkey refused", reason=type(error).__name__)
        return None
    return Made(bytes_to_base64url(new.credential_id), bytes_to_base64url(new.credential_public_key), new.sign_count)
