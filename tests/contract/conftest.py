"""The application over the small archive of the functional tests."""

from tests.functional.conftest import client

__all__ = ["client"]
