"""Which network addresses may be connected to: the public ones, and nothing else.

Whoever may give Demarche an address could otherwise read through it what only this machine or its
network can see (a router's page, a cloud's metadata, a database). The list of what is special is
the registry of special-purpose addresses as `ipaddress` has it; added here is what hides an
IPv4 address inside an IPv6 one.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# Protocol assignments and the old 6to4 relays, which older versions of `ipaddress` call public.
_NOT_SITES = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # all public IPv6 addresses that are handed out
_NAT64 = IPv6Network("64:ff9b::/96")  # the last 32 bits are the IPv4 address reached
_ISATAP_MARKS = frozenset({0x00005EFE, 0x02005EFE})  # before the IPv4 address in the last 64 bits


def is_public(address: str) -> bool:
    """Whether a numeric address is one on the public internet.

    93.184.215.14 -> yes       10.0.0.1, 127.0.0.1, 169.254.169.254, 100.64.0.1 -> no
    ::ffff:10.0.0.1, 2002:0a00:0001:: (6to4), 64:ff9b::a00:1 (NAT64) -> no, for the address inside
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return _is_public_v4(found)
    return _is_public_v6(found)


def _is_public_v4(address: IPv4Address) -> bool:
    special = address.is_private or address.is_reserved or address.is_multicast or address.is_loopback
    return address.is_global and not special and not any(address in network for network in _NOT_SITES)


def _is_public_v6(address: IPv6Address) -> bool:
    if address.scope_id is not None or address.teredo is not None:
        return False
    inside = _find_v4_inside(address)
    if inside is not None and not _is_public_v4(inside):
        return False
    if address.ipv4_mapped is not None or address in _NAT64:
        return True
    special = address.is_private or address.is_reserved or address.is_multicast
    return address in _GLOBAL_UNICAST and address.is_global and not special


def _find_v4_inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that packets to `address` may end at; None when there is none in it."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    number = int(address)
    if address in _NAT64 or (number >> 32) & 0xFFFFFFFF in _ISATAP_MARKS:
        return IPv4Address(number & 0xFFFFFFFF)
    return None
