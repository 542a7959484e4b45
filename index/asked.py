"""What a question asks for, word by word: function words are left out, and words that mean the same in a shop meet.

Knows nothing of passages. The words are those of shops in general, none is of one shop's documents.
"""

from collections.abc import Mapping
from functools import cache

from index.lexical import terms

_FUNCTION_WORDS = """
a about also an and any are as at be been but by can could did do does doesn don for from get go got had has have he her
here his how i if in into is it its just ll m may me might must my no not of on or our out over please re s shall she
should so some such than that the their them then there these they this those to too up us ve very was we were what when
where which who why will with without would you your
"""

_ALIKE = """
ship shipping deliver delivery send post dispatch mail
package parcel box order
return returns back
refund reimburse money
exchange swap replace
guarantee warranty
repair fix mend
broken faulty fault defective damaged smashed
coupon code discount promotion voucher promo deal
several both two combine stack
phone telephone call number
open opening hours closed
store shop counter location located address
pay payment
installments months monthly parts
tax vat invoice receipt
cheaper lower less
old used
day days long soon arrive time
cost costs price fee much free charge
bot robot human person computer program assistant
tv television
laptop notebook
wrap wrapping
safe secure security encrypted
track tracking follow
collect pick pickup
expire valid
delete remove
recycle recycling rid
loyalty points membership rewards
"""


@cache
def _function_terms() -> frozenset[str]:
    return frozenset(terms(_FUNCTION_WORDS))


@cache
def _alike() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _ALIKE.strip().splitlines():
        group = frozenset(terms(line))
        for term in group:
            found[term] = found.get(term, frozenset()) | group
    return found


def asked_terms(question: str) -> dict[str, frozenset[str]]:
    """The telling terms of a question in order, each with those that mean the same in a shop."""
    telling = [term for term in dict.fromkeys(terms(question)) if term not in _function_terms()]
    return {term: _alike().get(term, frozenset()) - {term} for term in telling}
