"""The door to the program: ``python -m alibaba_news``, build.py and the console script come in here."""

import gc
import os
import signal
import sys


def start() -> int:
    """Run the program and end the process with its exit code; give the code where what was written could not be.

    Ctrl-C ends in order from the first moment to the last.
    """
    gc.disable()  # a last search for circles through all that was made would only take time; what goes on asks for it again
    code = _run()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return code  # Python says what is wrong with them
    # Everything is closed: to free a large archive piece by piece would only take time.
    os._exit(code)


def _run() -> int:
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
