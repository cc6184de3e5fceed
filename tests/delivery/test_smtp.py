"""Mail through a real mail server: what arrives, and what each kind of refusal means for another try."""

import socket
from email import message_from_bytes, policy

import pytest

from monitor.alerts.message import alert_message
from monitor.delivery import smtp
from monitor.errors import ConfigError, DeliveryError
from tests.alerts.letters import FOUR_WEEKS, FRIDAY, ROOM, envelope, spike
from tests.delivery.mailserver import PASSWORD, Inbox, certificate, mail, password, running, trusting

HERE = "127.0.0.1"


def test_a_message_arrives_whole_and_at_one_person() -> None:
    inbox = Inbox()
    message = alert_message(envelope(name="Zoë"), [spike()], FOUR_WEEKS, FRIDAY, headroom=ROOM)
    with running(inbox) as port:
        smtp(host=HERE, port=port, security="plain")(message)
    [(recipients, content)] = inbox.arrived
    arrived = message_from_bytes(content, policy=policy.SMTP)
    assert recipients == ["ada@example.org"]
    assert arrived["Subject"] == message["Subject"]
    assert [part.get_content_type() for part in arrived.walk()] == [part.get_content_type() for part in message.walk()]
    assert "Hello Zoë" in arrived.get_body(("plain",)).get_content()
    assert content.isascii()


def test_starttls_encrypts_before_the_password_and_the_mail() -> None:
    inbox = Inbox()
    options = {"tls_context": certificate(HERE), "require_starttls": True, "auth_required": True}
    with running(inbox, **options, authenticator=password) as port:
        smtp(host=HERE, port=port, username="hamwatch", password=PASSWORD, context=trusting())(mail())
    assert len(inbox.arrived) == 1


def test_tls_from_the_first_byte() -> None:
    inbox = Inbox()
    with running(inbox, ssl_context=certificate(HERE)) as port:
        smtp(host=HERE, port=port, security="tls", context=trusting())(mail())
    assert len(inbox.arrived) == 1


def test_a_server_without_starttls_gets_nothing() -> None:
    inbox = Inbox()
    with running(inbox) as port, pytest.raises(DeliveryError, match="nothing sent") as refused:
        smtp(host=HERE, port=port, security="starttls", context=trusting())(mail())
    assert inbox.arrived == []
    assert not refused.value.permanent


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(
    ("name", "trusted"),
    [pytest.param(HERE, False, id="an unknown authority"), pytest.param("mail.example.org", True, id="another name")],
)
def test_a_certificate_that_does_not_verify_stops_the_mail(security: str, name: str, trusted: bool) -> None:
    inbox, key = Inbox(), "ssl_context" if security == "tls" else "tls_context"
    context = trusting() if trusted else None
    with (
        running(inbox, **{key: certificate(name)}) as port,
        pytest.raises(DeliveryError, match="certificate") as failed,
    ):
        smtp(host=HERE, port=port, security=security, context=context)(mail())
    assert inbox.arrived == []
    assert not failed.value.permanent


def test_a_wrong_password_is_not_the_recipients_fault() -> None:
    inbox = Inbox()
    options = {"tls_context": certificate(HERE), "auth_required": True, "authenticator": password}
    with running(inbox, **options) as port, pytest.raises(DeliveryError, match=r"password \(535") as refused:
        smtp(host=HERE, port=port, username="hamwatch", password="battery staple", context=trusting())(mail())
    assert not refused.value.permanent
    assert "battery" not in str(refused.value)


@pytest.mark.parametrize(
    ("answers", "permanent"),
    [
        pytest.param({"rcpt": "550 5.1.1 no such user"}, True, id="unknown recipient"),
        pytest.param({"rcpt": "450 4.2.0 greylisted, come again"}, False, id="greylisted"),
        pytest.param({"rcpt": "421 4.3.2 closing"}, False, id="server closing"),
        pytest.param({"data": "554 5.7.1 rejected"}, True, id="message refused"),
        pytest.param({"data": "451 4.3.0 local error"}, False, id="message deferred"),
    ],
)
def test_the_servers_answer_tells_whether_another_try_makes_sense(answers: dict[str, str], permanent: bool) -> None:
    with running(Inbox(**answers)) as port, pytest.raises(DeliveryError) as refused:
        smtp(host=HERE, port=port, security="plain")(mail())
    assert refused.value.permanent is permanent
    assert next(iter(answers.values())) in str(refused.value)


def test_a_connection_lost_after_the_mail_is_tried_again_under_the_same_message_id() -> None:
    inbox = Inbox(hang_up=1)
    with running(inbox) as port:
        send = smtp(host=HERE, port=port, security="plain")
        with pytest.raises(DeliveryError, match="No complete answer") as lost:
            send(mail())
        send(mail())
    assert not lost.value.permanent
    assert {message_from_bytes(content)["Message-ID"] for _, content in inbox.arrived} == {"<alert-7@example.org>"}
    assert len(inbox.arrived) == 2


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.create_server((HERE, 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(DeliveryError, match=f"{HERE}:{port}") as failed:
        smtp(host=HERE, port=port, security="plain")(mail())
    assert not failed.value.permanent


def test_a_server_that_never_answers_is_given_up() -> None:
    with socket.create_server((HERE, 0)) as silent, pytest.raises(DeliveryError, match="timed out"):
        smtp(host=HERE, port=silent.getsockname()[1], security="plain", timeout_s=0.05)(mail())


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_plain_is_for_this_machine(host: str) -> None:
    assert callable(smtp(host=host, port=25, security="plain"))


@pytest.mark.parametrize("host", ["mail.example.org", "192.0.2.7", "localhost.example.org"])
def test_plain_to_another_machine_is_refused_before_anything_is_sent(host: str) -> None:
    with pytest.raises(ConfigError, match="use starttls or tls"):
        smtp(host=host, port=25, security="plain")


def test_an_unknown_security_is_refused() -> None:
    with pytest.raises(ConfigError, match="starttls, tls or plain"):
        smtp(host="mail.example.org", port=25, security="none")
