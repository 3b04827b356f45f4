"""The passages of a document as W3C Web Annotations (JSON-LD).

Any tool that knows the vocabulary can show who backs or rejects what, beside the text. Two selectors name
the same passage: the quote with what stands around it finds it in a copy that was set anew, the position
finds it at once in our own text. Bodies keep to the vocabulary, so nothing is lost on a strict reader.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.queries import documents, statements
from app.records import DocumentRecord, StatementRecord
from app.serve.api.answers import Answer
from app.serve.etags import Revision, cache_headers
from app.serve.session import ReadSession

router = APIRouter(prefix="/documents", tags=["Documents"])

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
AROUND = 32  # characters before and after the quote: enough to tell two equal sentences apart


class Quote(Answer):
    """The passage by its words."""

    type: Literal["TextQuoteSelector"] = "TextQuoteSelector"
    exact: str
    prefix: str
    suffix: str


class Place(Answer):
    """The passage by its place, in Unicode code points, end exclusive."""

    type: Literal["TextPositionSelector"] = "TextPositionSelector"
    start: int
    end: int


class Target(Answer):
    """Where the passage stands."""

    type: Literal["SpecificResource"] = "SpecificResource"
    source: str = Field(examples=["http://127.0.0.1:8000/api/v1/documents/0190…/text"])
    """The text that the selectors point into."""
    selector: list[Annotated[Quote | Place, Field(discriminator="type")]]


class Words(Answer):
    """A body in words: the stance as a tag, or the whole statement as a sentence."""

    type: Literal["TextualBody"] = "TextualBody"
    purpose: Literal["tagging", "describing"]
    value: str = Field(examples=["rejects"])
    format: Literal["text/plain"] = "text/plain"
    language: Literal["en"] = "en"


class Thing(Answer):
    """A body that is a thing with an address: the actor (identifying) or the question (classifying)."""

    type: Literal["SpecificResource"] = "SpecificResource"
    purpose: Literal["identifying", "classifying"]
    source: str = Field(examples=["http://127.0.0.1:8000/api/v1/actors/olaf-scholz"])


class Maker(Answer):
    """Who made the annotation: the extraction, by version."""

    type: Literal["Software"] = "Software"
    name: str = Field(examples=["demarche-1"])


class Annotation(Answer):
    """One statement as an annotation."""

    id: str = Field(examples=["http://127.0.0.1:8000/api/v1/statements/0190…"])
    type: Literal["Annotation"] = "Annotation"
    motivation: list[str] = Field(examples=[["classifying", "identifying", "tagging"]])
    created: datetime
    creator: Maker | None = None
    body: list[Annotated[Words | Thing, Field(discriminator="type")]]
    target: Target


class AnnotationPage(Answer):
    """The annotations, in the order of the text."""

    id: str
    type: Literal["AnnotationPage"] = "AnnotationPage"
    startIndex: int = 0  # noqa: N815  the vocabulary's name
    items: list[Annotation]


class AnnotationCollection(Answer):
    """All annotations of a document, on one page."""

    context: Literal["http://www.w3.org/ns/anno.jsonld"] = Field(
        default="http://www.w3.org/ns/anno.jsonld", alias="@context"
    )
    id: str
    type: Literal["AnnotationCollection"] = "AnnotationCollection"
    label: str = Field(examples=["Statements in “Allies dismiss the proposal”"])
    total: int = Field(examples=[9])
    first: AnnotationPage


@router.get(
    "/{document}/annotations",
    summary="The passages as W3C Web Annotations",
    response_model=AnnotationCollection,
    responses={
        200: {
            "content": {
                "application/ld+json": {"schema": {"$ref": "#/components/schemas/AnnotationCollection"}}
            }
        }
    },
)
def list_annotations(request: Request, document: UUID, _: Revision, session: ReadSession) -> Response:
    """The statements of a document as an AnnotationCollection with its one page."""
    found = documents.get_document(session, document)
    passages = statements.statements_of_document(session, document)
    shown = show_collection(found, passages, base=base_address(request))
    return Response(
        shown.model_dump_json(by_alias=True, exclude_none=True),
        media_type=MEDIA_TYPE,
        headers=cache_headers(request),
    )


def base_address(request: Request) -> str:
    """What the addresses in annotations begin with: an identifier must be whole."""
    base = request.app.state.settings.public_url or str(request.base_url)
    return f"{base.rstrip('/')}/api/v1"


def show_collection(
    document: DocumentRecord, passages: tuple[StatementRecord, ...], *, base: str
) -> AnnotationCollection:
    address = f"{base}/documents/{document.id}/annotations"
    items = [show_annotation(passage, document.text, base) for passage in passages]
    return AnnotationCollection(
        id=address,
        label=f"Statements in “{document.title or f'document {document.number}'}”",
        total=len(items),
        first=AnnotationPage(id=f"{address}#page", items=items),
    )


def show_annotation(passage: StatementRecord, text: str, base: str) -> Annotation:
    return Annotation(
        id=f"{base}/statements/{passage.id}",
        motivation=["classifying", "identifying", "tagging", "describing"],
        created=passage.known_since,
        creator=Maker(name=passage.extractor) if passage.extractor else None,
        body=[
            Thing(purpose="identifying", source=f"{base}/actors/{passage.actor}"),
            Thing(purpose="classifying", source=f"{base}/questions/{passage.question}"),
            Words(purpose="tagging", value=passage.stance.value),
            Words(
                purpose="describing",
                value=f"{passage.actor_name}: {passage.stance.value} — {passage.question_title}",
            ),
        ],
        target=Target(
            source=f"{base}/documents/{passage.document}/text",
            selector=[
                show_quote(text, passage.start, passage.end),
                Place(start=passage.start, end=passage.end),
            ],
        ),
    )


def show_quote(text: str, start: int, end: int) -> Quote:
    """The passage with up to 32 characters before and after it.

    "He said: no troops. Then he left.", 9, 18 -> “He said: ” [no troops] “. Then he left.”
    """
    return Quote(
        exact=text[start:end],
        prefix=text[max(0, start - AROUND) : start],
        suffix=text[end : end + AROUND],
    )
