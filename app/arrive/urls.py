"""Whether a web address may be asked for, as far as its letters tell."""

import httpx

from app.errors import Refused

# Browsers cut off near here too, and a longer one is a mistake or an attack.
MAX_LENGTH = 4000


def looks_like_url(source: str) -> bool:
    """Whether an argument names something on a network and not a file."""
    return "://" in source.strip()[:30]


def check_url(url: str) -> httpx.URL:
    """The address, when it is one that may be fetched; its part after `#` is dropped."""
    url = url.strip()
    if len(url) > MAX_LENGTH:
        raise Refused(f"This address is longer than {MAX_LENGTH} characters.", field="url")
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise Refused(f"“{url[:200]}” is not a web address.", field="url") from error
    if parsed.scheme not in {"http", "https"}:
        raise Refused(
            f"Only addresses that begin with http:// or https:// are read, not “{url[:200]}”.", field="url"
        )
    no_port = parsed.port is not None and not 0 < parsed.port < 65536
    if not parsed.host or "%" in parsed.host or no_port:
        raise Refused(f"“{url[:200]}” does not name a site.", field="url")
    if parsed.userinfo:
        raise Refused(
            "The address holds a user name or password. Take it out, "
            "or open the page yourself and paste the text.",
            field="url",
        )
    return parsed.copy_with(fragment=None)


def parse_allowed(setting: str) -> frozenset[str]:
    """`127.0.0.1:8080, intranet.example:80` as a set."""
    return frozenset(part.strip().lower() for part in setting.split(",") if part.strip())
