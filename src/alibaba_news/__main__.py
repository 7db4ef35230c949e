"""The door to the program: ``python -m alibaba_news``, build.py and the console script come in here."""

import signal
import sys


def start() -> int:
    """Run the program and give its exit code. Ctrl-C ends in order from the first moment to the last."""
    try:
        from alibaba_news.cli import main  # noqa: PLC0415 - an interrupt while it loads is caught here

        return main()
    except KeyboardInterrupt:
        print("Interrupted. The site that stood before still stands.", file=sys.stderr)  # noqa: T201 - cli is not there yet
        return 130
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # what was done is done, and its exit code stands


if __name__ == "__main__":
    raise SystemExit(start())
