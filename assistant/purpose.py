"""Which kinds of thing a purpose takes, "a home office", "a coffee corner", and which suit what somebody likes to do.

An article of the store about the purpose says it best; else the kinds whose names mean something near it. What somebody
likes to do is held against the products of the kinds as well. Knows nothing of prices and of what goes with what.
"""

from collections import defaultdict

import numpy as np

from assistant.dialogue import Request
from index.folder import Shop
from index.kinds import kind_key, kind_key_of
from index.lexical import terms

MOST = 5
_LEAST = 0.33
_BESIDE = 0.6
"""The share of the best kind's likeness from which another kind belongs to the purpose."""
_FEW = 3
_LIKED = ("{}", "equipment for {}", "a gift for somebody who likes {}")
"""What a kind is held against: the mean of these tells more than each."""
_SUITS = 0.5
"""The likeness of a kind, by its name and its nearest products, from which it suits a present: smartwatches have .43 of
running and watch bands .52, kettles .65 of cooking, cameras 1.02 of photography (MiniLM, the demo store)."""
_AMONG = 0.8
"""The share of the best kind's likeness from which another kind suits as well."""
_NEAREST = 3


def kinds_for(request: Request, shop: Shop) -> tuple[str, ...]:
    """The kinds that a set without named kinds, or a present, is made of, the first first; () where none is clear."""
    if request.gift and not request.bundle and not request.kinds and request.act == "find" and request.query.strip():
        return _suiting(request.query, shop)
    if not request.bundle or request.kinds or request.act != "find" or not request.query.strip():
        return ()
    stocked = {kind_key_of(product) for product in shop.rows} - {""}
    purpose = set(terms(request.query))
    for passage in shop.documents.passages:
        about = tuple(dict.fromkeys(kind_key(name) for name in passage.about))
        shared = purpose & set(terms(passage.document))
        named = shared == purpose or len(shared) > 1
        if passage.kind != "policy" and len(about) >= _FEW and shared and named:
            found = tuple(kind for kind in about if kind in stocked)
            return found[:MOST] if len(found) >= _FEW else ()
    names = sorted(stocked)
    near = shop.embedder.embed(names) @ shop.embedder.embed([request.query])[0]
    limit = max(_LEAST, _BESIDE * float(near.max(initial=0.0)))
    best = [names[place] for place in np.argsort(-near) if near[place] >= limit][:MOST]
    return tuple(best) if len(best) >= _FEW else ()


def _suiting(liked: str, shop: Shop) -> tuple[str, ...]:
    """The kinds that suit what somebody likes to do, the best first."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, product in enumerate(shop.rows):
        rows[kind_key_of(product)].append(row)
    names = sorted(rows.keys() - {""})
    meant = shop.embedder.embed([text.format(liked) for text in _LIKED]).mean(axis=0)
    near = shop.vectors @ meant
    own = np.array([np.sort(near[rows[name]])[-_NEAREST:].mean() for name in names], np.float32)
    likeness = shop.embedder.embed(names) @ meant + own
    limit = max(_SUITS, _AMONG * float(likeness.max(initial=0.0)))
    return tuple(names[place] for place in np.argsort(-likeness) if likeness[place] >= limit)[:MOST]
