"""Shoppers without their personal data: an e-mail address becomes a salted hash, and nothing else of it is kept.

The salt is a secret of the shop's: with it, whoever has an address can find its hash.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from index.rows import FeedError

SALT = "SHOP_SALT"
"""The environment variable that may hold the salt."""

_FILE = "salt"


def shopper_id(address: str, salt: bytes) -> str:
    """The shopper of an e-mail address, the same for every spelling of it, and of no use without the salt."""
    return "s-" + hmac.new(salt, address.strip().casefold().encode(), hashlib.sha256).hexdigest()[:32]


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
