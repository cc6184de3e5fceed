"""The command `hamwatch`, one file a subject.

people.py    runner, team, coach      groups.py    group
training.py  injury, event            profile.py   profile
files.py     import                   series.py    metrics, findings
headroom.py  headroom                 scorecard.py scorecard
check_ins.py check-in list            steps.py     daily and its single steps
strava.py    strava                   leaving.py   runner disconnect, runner erase, export, keys
mail.py      mail, with preview.py    channels.py  channel
tokens.py    token                    serve.py     run, web, worker
demo.py      the keyless demo team, demo_check_ins.py what one of them tells
app.py       all of them put together · options.py what several take · board.py a team in the terminal · logs.py
"""

import sys


def main() -> None:
    """Run the command line: exit 0 done, 1 failed with one clear line on stderr, 2 wrong usage."""
    from monitor.cli.app import app
    from monitor.errors import HamwatchError

    try:
        app(prog_name="hamwatch")
    except HamwatchError as error:
        _fail(str(error))
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has left, as `head` does
        sys.exit(0)
    except KeyboardInterrupt:
        _fail("interrupted")
    except Exception as error:
        import os

        if os.environ.get("HAMWATCH_LOG__LEVEL") == "DEBUG":
            raise
        _fail(f"unexpected {type(error).__name__}: {error}. HAMWATCH_LOG__LEVEL=DEBUG shows where")


def _fail(text: str) -> None:
    print("hamwatch: " + " ".join(text.split()), file=sys.stderr)
    sys.exit(1)
