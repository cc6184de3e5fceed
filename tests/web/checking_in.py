"""Ann's check-ins: where her pages are, and what is kept."""

from monitor.store.check_ins import check_ins, save_check_in
from monitor.web.links import own_key, own_url
from tests.web.club import NOW
from tests.web.office import SECRETS

ANN, BOB = 1, 2
KEY = own_key(SECRETS, ANN)
FORM, SHOWN, YOURS = (own_url("", SECRETS, ANN, page) for page in ("check-in", "check-ins", "your-data"))


def kept(office, runner_id=ANN):
    with office.database.reading() as db:
        return check_ins(db, runner_id)


def keep(office, *given):
    with office.database.writing() as db:
        for each in given:
            save_check_in(db, ANN, each, NOW)
