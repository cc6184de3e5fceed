"""The links in a mail that ask something of its reader: an answer, or no more mails of that kind."""

from collections.abc import Sequence
from urllib.parse import urlencode

from monitor.store.mail_choices import MailList
from monitor.web.links import opened, signer

ANSWER_DAYS = 60
STOP_DAYS = 3 * 365  # a mail may be kept for long, and ending it must always work


def answer_url(base_url: str, secrets: Sequence[str], runner_id: int, episode: str) -> str:
    """Where answers to the mail of this *episode* go; `&say=` and the answer complete it."""
    return f"{base_url}/answer?{urlencode({'key': signer(secrets, 'answer').dumps([runner_id, episode])})}"


def answered(secrets: Sequence[str], key: str) -> tuple[int, str]:
    """Runner and episode of an answer. Raises `UserError` for a link that is forged or too old."""
    runner_id, episode = opened(secrets, "answer", key, ANSWER_DAYS * 86_400)
    return int(runner_id), str(episode)


def stop_url(base_url: str, secrets: Sequence[str], which: MailList, person_id: int) -> str:
    """What switches off one kind of mail for one person."""
    return f"{base_url}/stop?{urlencode({'key': signer(secrets, 'stop').dumps([which.value, person_id])})}"


def stopped(secrets: Sequence[str], key: str) -> tuple[MailList, int]:
    """Which mails, and whose. Raises `UserError` for a link that is forged or too old."""
    which, person_id = opened(secrets, "stop", key, STOP_DAYS * 86_400)
    return MailList(which), int(person_id)
