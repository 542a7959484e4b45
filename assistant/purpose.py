"""Which kinds of thing a purpose takes: "a home office", "a coffee corner".

An article of the store about the purpose says it best; else the kinds whose names mean something near it. Knows nothing
of prices and of what goes with what.
"""

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


def kinds_for(request: Request, shop: Shop) -> tuple[str, ...]:
    """The kinds that a set without named kinds is made of, the first first; () where none of them is clear."""
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
