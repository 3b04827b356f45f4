"""Log lines that people read and machines parse: a word, then `key=value`.

    2024-06-30T09:30:00Z INFO demarche.jobs ingested document=17 statements=9

They go to standard error, so that what a command prints can be piped on.
"""

from __future__ import annotations

import json
import logging
import sys
import time


class Logger:
    """A logger that takes what happened as one word, and the facts by name."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def debug(self, event: str, **facts: object) -> None:
        self._write(logging.DEBUG, event, facts)

    def info(self, event: str, **facts: object) -> None:
        self._write(logging.INFO, event, facts)

    def warning(self, event: str, **facts: object) -> None:
        self._write(logging.WARNING, event, facts)

    def exception(self, event: str, error: BaseException, **facts: object) -> None:
        """An error nobody expected, with its traceback: the one place where one is shown."""
        self._logger.error(write_line(event, facts), exc_info=error)

    def _write(self, level: int, event: str, facts: dict[str, object]) -> None:
        if self._logger.isEnabledFor(level):
            self._logger.log(level, "%s", write_line(event, facts))


def get_logger(name: str) -> Logger:
    return Logger(name)


def write_line(event: str, facts: dict[str, object]) -> str:
    """`event key=value …`; a value that would break the line or the pair is written as JSON."""
    return " ".join([event, *(f"{name}={write_value(value)}" for name, value in facts.items())])


def write_value(value: object) -> str:
    text = str(value)
    plain = text and text.isprintable() and not any(mark in text for mark in ' "=')
    return text if plain else json.dumps(text, ensure_ascii=False)


class _StandardError(logging.Handler):
    """Writes to what standard error is at the moment: a bar or a test may have put another there."""

    def emit(self, record: logging.LogRecord) -> None:
        print(self.format(record), file=sys.stderr)


def start_logging(level: str) -> None:
    """Set up once, by the command line. Libraries speak from warnings on, unless everything is wanted."""
    handler = _StandardError()
    formatter = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("demarche").setLevel(level.upper())
