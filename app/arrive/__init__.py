"""A document arrives: pasted, from a file, a folder or an address. Bytes in, `Arrival` out.

Nothing is made of the bytes here beyond telling what kind they are; `clean` does that.
"""

from app.arrive.batch import read_all, read_upload
from app.arrive.failure import Failure
from app.arrive.fetch import fetch_url
from app.arrive.files import read_file, read_path, read_text

__all__ = ["Failure", "fetch_url", "read_all", "read_file", "read_path", "read_text", "read_upload"]
