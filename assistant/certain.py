"""What the words of a message leave no doubt of, whoever read it: the last look before it becomes a request.

By patterns of plain English and the shop's own documents. Knows nothing of how a message was read.
"""

import re
from dataclasses import replace

from assistant.amounts import asks_amount
from assistant.dialogue import PRODUCT_ACTS, Session
from assistant.house import asks_the_house
from assistant.pointing import asks_for_variant, asks_of_shown
from assistant.promoted import asks_for_promotions
from assistant.reading import Reading
from index.folder import Shop

_INJECTION = re.compile(
    r"\b(?:ignore|forget|disregard|override|bypass)\b.{0,25}\b(?:instructions|guidelines|your rules|the rules|system prompt|prompt|programming)\b"
    r"|\b(?:reveal|print|show|repeat|tell me) (?:me )?(?:your|the) (?:system )?(?:prompt|instructions)\b|\byou are now (?:a|an|my)\b",
    re.IGNORECASE,
)
_SELLS = re.compile(
    r"^\W*(?:(?:hi|hello|hey|and|so|ok(?:ay)?|also|then|but)\W+)*(?:do|does|have|has|can|are|is|got|would)?\W*(?:you|u|ya|they|the (?:shop|store)|this (?:shop|store)|there|i)\b"
    r"(?: guys| also| even| still| actually| not)* (?:sell(?:ing)?|carry|stock|get|have|buy)\b(?! (?:a |any )?(?:returns?|refunds?|discounts?|deals?|offers?|coupons?|promotions?|sales?|gift ?cards?|vouchers?|store|shop|warranty|newsletter|loyalty))",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"\bhow (?:much|long|fast|soon|quick(?:ly)?) (?:is|are|does|do|for|will|would)\b.{0,12}\b(?:delivery|shipping|postage|returns?|a refund)\b"
    r"|\b(?:can|could|may|do|how do|how can) i (?:return|send (?:it|this|that|them|something) back|exchange|bring (?:it|them|things?|[\w ]{2,20}) back|bring back|get (?:a refund|my money back)|pay|cancel|track|pick (?:it|them) up)\b"
    r"|\bdo (?:you|u|they) (?:deliver|ship|take (?:the|my|it|them|back)|gift ?wrap|wrap|price[- ]match|accept|offer (?:gift|free|delivery|installation))"
    r"|\b(?:opening (?:hours|times)|return policy|who (?:is|are) (?:your|the) (?:ceo|boss|owner|manager)|on the invoice|off the invoice|free (?:delivery|shipping))\b",
    re.IGNORECASE,
)
_NOT_DEAR = re.compile(
    r"\b(?:not|nothing|less|too|isn['’]?t)\b[^.,;]{0,14}\b(?:expens\w+|expencive|pric[ey]\w*|dear)\b", re.IGNORECASE
)
_RECOMMENDS = re.compile(
    r"^\W*(?:(?:and|so|hi|hello|hey|ok(?:ay)?)\W+)*(?:what|which (?:products?|things?)|anything|something) (?:(?:can|could|do|would|will|should) (?:you|u)|you can|you would)"
    r" (?:recommend|suggest|offer)(?: (?:to )?(?:me|us))?(?: (?:today|now|please))*\W*$",
    re.IGNORECASE,
)
_MOST_COUNTED = 20


def certain(reading: Reading, session: Session, text: str, shop: Shop) -> Reading:
    """The reading with what its text leaves no doubt of put right."""
    if _INJECTION.search(text):
        return replace(reading, act="unsafe")
    demands = reading.demands
    if demands.order == "dearest" and _NOT_DEAR.search(text):
        demands = replace(demands, order="")
    if (
        demands.count is not None
        and demands.count > _MOST_COUNTED
        and str(demands.count) not in text
        and any(char.isdigit() for char in text)
    ):
        # A price taken for a number of things, and cut to the most that are shown.
        demands = replace(demands, count=None)
    reading = replace(reading, demands=demands)
    if session.shown and (asks_of_shown(text) or asks_amount(text) or asks_for_variant(text, session, shop)):
        return replace(reading, act="question")
    if reading.act == "shop_question" and _RECOMMENDS.search(text):
        return replace(reading, act="find")
    if reading.act == "shop_question" and _SELLS.search(text) and not _HOUSE.search(text):
        return replace(reading, act="find")
    if reading.act in PRODUCT_ACTS and (_HOUSE.search(text) or _asks_the_house(reading, text, shop)):
        return replace(reading, act="shop_question")
    topic = session.topic
    if reading.cheaper and topic is not None and reading.act != "goes_with" and set(demands.kinds) <= set(topic.kinds):
        # "Anything cheaper than the second?" goes on with what is sought.
        return replace(reading, act="find" if reading.act == "compare" else reading.act, carries_on=True)
    return reading


def _asks_the_house(reading: Reading, text: str, shop: Shop) -> bool:
    if asks_for_promotions(text, shop):
        return asks_the_house(text, shop, reading.demands.kinds)
    priced = reading.demands.price_max is not None or reading.demands.attributes
    return not (priced or _SELLS.search(text)) and asks_the_house(text, shop, reading.demands.kinds)
