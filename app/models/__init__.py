"""The tables, one subject a file. Nothing here knows how they are asked: that is for `queries`.

Everything the database can hold to, it does: stances and kinds are checks, a statement's evidence is
compared with the document's text, reviews can only be added. What crosses tables stands in triggers,
which live in the migrations.
"""

from app.models.actors import ActorName, ActorRow
from app.models.alliances import AllianceRow, CountryRow, MembershipRow
from app.models.base import Base, make_key
from app.models.documents import DocumentRow, StoryRow
from app.models.offices import OfficeRow, TenureRow
from app.models.people import TokenRow, UserRow
from app.models.positions import PositionRow
from app.models.questions import QuestionRow
from app.models.revisions import RevisionRow
from app.models.statements import ReviewRow, StatementRow

__all__ = [
    "ActorName",
    "ActorRow",
    "AllianceRow",
    "Base",
    "CountryRow",
    "DocumentRow",
    "MembershipRow",
    "OfficeRow",
    "PositionRow",
    "QuestionRow",
    "ReviewRow",
    "RevisionRow",
    "StatementRow",
    "StoryRow",
    "TenureRow",
    "TokenRow",
    "UserRow",
    "make_key",
]
