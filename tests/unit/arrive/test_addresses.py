import pytest

from app.arrive.addresses import is_public
from app.arrive.urls import check_url, looks_like_url, parse_allowed
from app.errors import Refused


@pytest.mark.parametrize(
    "address",
    [
        "93.184.215.14",
        "8.8.8.8",
        "2606:2800:21f:cb07::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ],
)
def test_addresses_of_the_public_internet_are_let_through(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.0.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.255",
        "192.0.0.8",
        "192.88.99.1",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.7",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd12:3456::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "2001::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "2002:7f00:1::1",
        "2002:c0a8:101::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::a00:1",
        "2600::5efe:10.0.0.1",
        "2600::200:5efe:127.0.0.1",
        "4000::1",
        "not an address",
        "",
    ],
)
def test_everything_else_is_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://example.org/a", "begin with http"),
        ("file:///etc/passwd", "begin with http"),
        ("javascript:alert(1)", "begin with http"),
        ("example.org/a", "begin with http"),
        ("http://", "does not name a site"),
        ("http://me:secret@example.org/", "user name or password"),
        ("http://me@example.org/", "user name or password"),
        ("http://[fe80::1%25eth0]/", "."),
        ("http://exa mple.org/", "does not name a site"),
        ("http://example.org:99999/", "does not name a site"),
        ("http://example.org:x/", "not a web address"),
        ("https://example.org/" + "a" * 5000, "longer than"),
    ],
)
def test_an_address_that_cannot_be_fetched_is_refused_by_its_letters(url: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check_url(url)


def test_an_address_keeps_its_query_and_loses_its_fragment() -> None:
    assert str(check_url(" HTTPS://Example.org/a?b=1#c ")) == "https://example.org/a?b=1"


def test_sources_on_a_network_are_told_from_files() -> None:
    assert looks_like_url("https://example.org/a")
    assert looks_like_url("ftp://example.org/a")
    assert not looks_like_url("folder/a.html")


def test_exceptions_are_listed_with_commas() -> None:
    assert parse_allowed(" 127.0.0.1:80, Intranet.example:8080,") == {"127.0.0.1:80", "intranet.example:8080"}
