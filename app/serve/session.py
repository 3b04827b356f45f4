"""One database session a request, and the only commit of a request.

Reads run in autocommit: a page is one to five statements, each a snapshot of its own, and the database
is spared a BEGIN and a ROLLBACK a page. The revision is read first, so that an answer is never older
than its ETag says.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.db import Database


async def read_session(request: Request) -> AsyncIterator[Session]:
    """A session that reads and never commits.

    Opening it costs nothing: the connection is taken from the pool by the first query, in the thread
    of the route. Giving it back talks to no server either, because there is no transaction to end.
    """
    with open_reader(request.app.state.database) as session:
        yield session


def open_reader(database: Database) -> Session:
    """A session in autocommit, for reading alone."""
    return Session(bind=database.engine.execution_options(isolation_level="AUTOCOMMIT"), autoflush=False)


def write_session(request: Request) -> Iterator[Session]:
    """A session whose work is committed when the route returns, and undone when it raises."""
    with request.app.state.database.sessions() as session, session.begin():
        yield session


ReadSession = Annotated[Session, Depends(read_session)]
# Scope "function": the commit comes before the answer, so nobody is told of work that then fails.
WriteSession = Annotated[Session, Depends(write_session, scope="function")]
