import pytest

from app.arrive.kinds import BINARY, HTML, PDF, TEXT, XHTML, belongs_in_batch, choose_kind


@pytest.mark.parametrize(
    ("body", "claimed", "kind"),
    [
        (b"%PDF-1.7 ...", HTML, PDF),
        (b"\n%PDF-1.7 ...", None, PDF),
        (b"<!DOCTYPE html><p>x", TEXT, HTML),
        (b"\xef\xbb\xbf <!-- saved --> <html lang=en>", TEXT, HTML),
        (b"<p>Just a tag", TEXT, TEXT),
        (b"<p>Just a tag", None, HTML),
        (b"<html xmlns='x'>", XHTML, XHTML),
        (b"Plain words, 3 < 4.", None, TEXT),
        (b"words", HTML, HTML),
        ("wide".encode("utf-16"), None, TEXT),
        (b"\x00\x01\x02\x03\x04", None, BINARY),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", None, BINARY),
    ],
)
def test_the_first_bytes_decide_where_name_and_server_are_wrong(
    body: bytes, claimed: str | None, kind: str
) -> None:
    assert choose_kind(body, claimed) == kind


@pytest.mark.parametrize(
    ("name", "belongs"),
    [
        ("a.HTML", True),
        ("a.pdf", True),
        ("a.docx", True),
        ("a.png", False),
        ("a.css", False),
        (".hidden.txt", False),
    ],
)
def test_a_folder_gives_its_documents_and_not_their_pictures(name: str, belongs: bool) -> None:
    assert belongs_in_batch(name) is belongs
