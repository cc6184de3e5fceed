"""To the operator: something that should run by itself does not."""

from monitor.alerts.letter import Letter

NEXT = {
    "worker": (
        "Look whether the process `hamwatch worker`, or `hamwatch run`, is there; start it, and it makes up for what "
        "was missed.",
        "Where it stopped by itself, the last lines of its log say why.",
    ),
    "web": ("Look whether the process `hamwatch web`, or `hamwatch run`, is there, and start it.",),
    "passes": ("hamwatch status tells what the passes wait for, and the log why they failed.",),
    "sender": ("hamwatch status tells how many letters wait, and the log why they were not sent.",),
    "copies": ("The log says why: most likely the disk is full, or the folder database.backups cannot be written.",),
}
RETIRED = "Where it was stopped for good, hamwatch status --forget {part} ends these mails."
SUBJECTS = {
    "worker": "Hamwatch's worker has stopped",
    "web": "Hamwatch's pages have stopped",
    "passes": "Hamwatch's daily pass is late",
    "sender": "Hamwatch's mail is late",
    "copies": "Hamwatch's database is not being copied",
}


def late_letter(part: str, says: str, base_url: str) -> Letter:
    """What is late, and where to look. It comes from the half that is alive."""
    retired = (RETIRED.format(part=part),) if part in ("worker", "web", "copies") else ()
    return Letter(
        subject=SUBJECTS[part],
        name="",
        happened=(says,),
        next_steps=(*NEXT[part], *retired),
        link=("Open Hamwatch", base_url),
        why="You get this mail, once a day while it lasts, because your address stands in mail.operator.",
        care="",
    )
