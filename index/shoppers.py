"""Shoppers without their personal data: an e-mail address becomes a salted hash, and nothing else of it is kept.

The salt is a secret of the shop's: with it, whoever has an address can find its hash. A value of a rejected row is
shown only where it can name nobody.

    python -m index.shoppers DIR < addresses        the id in the index of each address, a line each
"""

import argparse
import hashlib
import hmac
import os
import re
import secrets
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from index.rows import BadValueError, FeedError

SALT = "SHOP_SALT"
"""The environment variable that may hold the salt."""

PRIVATE = "(withheld: it may name a person)"
"""What stands for the value of a rejected row."""

_FILE = "salt"
_NAMING = re.compile(r"mail|name|phone|address|contact", re.IGNORECASE)
_OPAQUE = re.compile(r"[^\s@+]+")
_HARMLESS = re.compile(r"|[a-z_]{1,20}|-?\d{1,6}(?:[.,]\d{1,6})?|\d{4}-\d\d-\d\d[\d:.TZ +-]{0,24}")


def shopper_id(address: str, salt: bytes) -> str:
    """The shopper of an e-mail address, the same for every spelling of it, and of no use without the salt."""
    return "s-" + hmac.new(salt, address.strip().casefold().encode(), hashlib.sha256).hexdigest()[:32]


def known_shopper(name: str, field: str, salt: Callable[[], bytes]) -> str:
    """A shopper's id, the hash of one that is no opaque id: an address, a number with its "+", or words; and of any
    where its field is one of names or addresses.
    """
    personal = not _OPAQUE.fullmatch(name) or _NAMING.search(field)
    return shopper_id(name, salt()) if personal else name


def withheld(bad: BadValueError) -> BadValueError:
    """The same without a value that may name a person: shown are small numbers, times, and a word in small letters."""
    value = bad.value
    if value is None or isinstance(value, int | float) or (isinstance(value, str) and _HARMLESS.fullmatch(value)):
        return bad
    return BadValueError(bad.field, PRIVATE, bad.expected)


def given_salt() -> bytes:
    """The salt of the environment; where there is none one that lasts for this run only."""
    return os.environ.get(SALT, "").encode() or secrets.token_bytes(32)


def kept_salt(folder: Path) -> bytes:
    """The salt of the environment, else the one that a folder keeps, made on first use and readable by its owner."""
    if os.environ.get(SALT):
        return given_salt()
    path = folder / _FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            whole = secrets.token_hex(32)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(whole)
        return path.read_bytes()
    except OSError as error:
        raise FeedError(f"{path}: {error.strerror}, expected a place to keep the salt of shoppers' hashes") from None


def shopper_of(folder: Path, name: str) -> str:
    """The id that a shop's index has for a name or an address; the name itself where the folder keeps no salt."""
    if not os.environ.get(SALT) and not (folder / _FILE).exists():
        return name
    return known_shopper(name, "", lambda: kept_salt(folder))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; 0, or 2 with one sentence on standard error."""
    parser = argparse.ArgumentParser(
        prog="python -m index.shoppers", description="Print the ids of shoppers, one of each line of standard input."
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="the index folder, which keeps the salt")
    given = parser.parse_args(arguments)
    if not os.environ.get(SALT) and not (given.folder / _FILE).exists():
        print(f"index.shoppers: {given.folder} keeps no salt, expected one there or in {SALT}", file=sys.stderr)
        return 2
    for line in sys.stdin:
        if line.strip():
            print(shopper_of(given.folder, line.strip()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
