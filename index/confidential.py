"""Columns that are a merchant's own business or tell of a person, known by their names: they are never stored."""

import re

from index.catalog import attribute_key
from index.stock_words import is_of_the_moment

_MERCHANTS = (
    r"costs?|cogs|margin|markup|wholesale|purchase ?price|buy(?:ing)? ?price|supplier\w*|landed|dealer ?price"
    r"|einkaufspreis|ek ?preis|lieferant\w*|marge|selbstkosten|prix (?:d'achat|de revient)|fournisseur|margen"
    r"|costes?|costo|precio de (?:compra|coste|costo)|proveedor|margine|prezzo d[i'] ?acquisto|fornitore"
    r"|^notes?$|note attributes?|internal\w*"
)
_PERSONS = (
    r"e ?mails?|phone\w*|telephone|téléphone|teléfono|telefon\w*"
    r"|correo electr\w+|mobile ?(?:number|phone)|customer\w*|kunden?\w*|buyer|recipient|billing"
    r"|address\d?|anschrift|street|zip ?code|postal ?code|postcode|birth\w*|(?:first|last|full|user) ?name|surname"
    r"|password|ssn|iban|credit ?card|ip ?address|employee|reviewer\w*|contact (?:name|person|number)"
    r"|payment (?:id|method|references?|terms)|receipt number|device id"
    r"|shipping (?:name|company|city|zip|province\w*|country)"
)
_SECRET = re.compile(rf"\b(?:{_MERCHANTS}|{_PERSONS})\b")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.\w{2,}")


def is_secret(column: str) -> bool:
    """True for a column that by its name is the merchant's own business or a shopper's."""
    return bool(_SECRET.search(attribute_key(column).replace("_", " ")))


def is_fact(name: str) -> bool:
    """True for the name of an attribute that tells a shopper of the product: no secret, and not the stock of today."""
    return not is_secret(name) and not is_of_the_moment(attribute_key(name))


def names_person(text: str) -> bool:
    """True for a text that holds an e-mail address."""
    return "@" in text and bool(_ADDRESS.search(text))
