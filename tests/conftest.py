"""What every test shares: checks whose tool is missing are named together at the end."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import defaultdict

import pytest
from hypothesis import settings
from toollib import NOT_RUN

# Modules are compiled by the first process that needs them and not by each of many, whatever the machine is set to.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# A job in the background may be started deaf to Ctrl-C, and so would be every program that a test starts and ends with it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)
# How long an example takes is the machine's affair: speed is measured in benchmarks, not here.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line a missing tool, with the tests it left unrun."""
    unrun: dict[str, list[str]] = defaultdict(list)
    for report in terminalreporter.getreports("skipped"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if NOT_RUN in reason:
            unrun[reason.split(NOT_RUN, 1)[1]].append(report.nodeid)
    for reason, tests in sorted(unrun.items()):
        terminalreporter.write_line(f"{NOT_RUN}{reason}: {', '.join(sorted(tests))}", yellow=True)
