"""The one family of errors that a reader may see. `serve` turns them into a page or a problem document.

A message says what is wrong and what to do about it, in plain words: it is shown as it stands.
"""


class DemarcheError(Exception):
    """An error with a message for a person. `status` is what HTTP answers."""

    status = 400
    title = "That did not work"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field  # the field of the request that is wrong, when it is one


class NotFound(DemarcheError):
    """Nothing of that name is held."""

    status = 404
    title = "Not found"

    def __init__(self, kind: str, name: object) -> None:
        super().__init__(f"There is no {kind} “{name}” here.")


class BadInput(DemarcheError):
    """What came in cannot be read or understood."""

    status = 422
    title = "This cannot be used as it is"


class BadRequest(DemarcheError):
    """A filter or a field has a value it cannot have."""

    status = 422
    title = "A field has a value it cannot have"


class UnknownParameter(DemarcheError):
    """A parameter that an address does not have. Ignoring it would answer another question."""

    status = 422
    title = "A parameter is not known here"


class NotOffered(DemarcheError):
    """No form of the answer is one that the client accepts."""

    status = 406
    title = "That form is not offered"


class WrongBody(DemarcheError):
    """The body is of a kind that is not read here."""

    status = 415
    title = "That kind of body is not read"


class Refused(DemarcheError):
    """An address that will not be fetched, or that did not answer as it should."""

    status = 422
    title = "This address was not read"


class NotAllowed(DemarcheError):
    """No token, or one without the scope."""

    status = 401
    title = "A token is needed"


class Forbidden(DemarcheError):
    """A token that does not allow this."""

    status = 403
    title = "This token does not allow that"


class TooLarge(DemarcheError):
    """More than is read at once."""

    status = 413
    title = "Too large"


class BadRegister(DemarcheError):
    """A file in data/ breaks a rule; the message names file and line."""

    status = 500
    title = "A register cannot be loaded"


class CannotStart(DemarcheError):
    """The server or its database cannot start; the message says why and what to do."""

    status = 503
    title = "Demarche cannot start"
