"""What shops write of stock in German, French, Spanish and Italian, and whether a stock is told in pieces.

Knows ordinary words only, each text as a whole: "nicht lieferbar" is not "lieferbar".
"""

import re
from collections.abc import Mapping

_WORDS: Mapping[str, tuple[str, ...]] = {
    "in_stock": (
        "lieferbar", "sofort lieferbar", "sofort verfügbar", "verfügbar", "vorrätig", "auf lager", "lagernd",
        "ab lager", "ja", "en stock", "disponible", "en magasin", "disponible immédiatement", "oui",
        "in magazzino",
        "disponibile", "disponibile subito", "disponibilità immediata", "en existencia", "hay existencias",
        "disponible ahora",
        "entrega inmediata", "si", "sí", "sì",
    ),
    "limited_stock": (
        "geringer bestand", "begrenzt verfügbar", "begrenzt lieferbar", "nur noch wenige", "wenige verfügbar",
        "nur noch wenige verfügbar", "wenige stück", "stock limité", "stock faible", "quantité limitée",
        "derniers articles", "derniers exemplaires", "derniers articles en stock", "pocas unidades",
        "últimas unidades", "últimas unidades en stock", "existencias limitadas", "ultimi pezzi",
        "ultimi articoli", "ultimi articoli in magazzino", "disponibilità limitata", "scorte limitate",
    ),
    "out_of_stock": (
        "ausverkauft", "vergriffen", "nicht lieferbar", "nicht verfügbar", "nicht vorrätig", "nicht auf lager",
        "derzeit nicht lieferbar", "derzeit nicht verfügbar", "momentan nicht lieferbar", "zur zeit nicht lieferbar",
        "momentan nicht verfügbar", "zurzeit nicht verfügbar", "zurzeit nicht lieferbar", "nein",
        "rupture de stock", "en rupture", "en rupture de stock", "épuisé", "épuisée", "indisponible",
        "non disponible", "actuellement indisponible", "non", "agotado", "agotada", "sin stock", "sin existencias",
        "no disponible", "esaurito", "esaurita", "non disponibile", "attualmente non disponibile",
    ),
    "preorder": (
        "vorbestellbar", "vorbestellung", "vorbestellung möglich", "précommande", "en précommande", "à paraître",
        "preventa", "en preventa", "reservar", "preordine", "in preordine", "preordinabile", "prenotabile",
    ),
    "backorder": (
        "nachbestellt", "auf bestellung", "bestellbar", "auf bestellung lieferbar", "wird nachbestellt",
        "sur commande", "en réapprovisionnement", "bajo pedido", "por encargo", "su ordinazione", "ordinabile",
        "in arrivo",
    ),
    "discontinued": (
        "eingestellt", "nicht mehr lieferbar", "nicht mehr verfügbar", "auslaufmodell ausverkauft",
        "plus disponible", "arrêté", "n'est plus disponible", "plus fabriqué", "descatalogado", "descatalogada",
        "fuori catalogo", "fuori produzione",
    ),
}  # fmt: skip
STOCK_WORDS: Mapping[str, str] = {
    re.sub("[ _-]", "", word): found for found, words in _WORDS.items() for word in words
}  # fmt: skip
"""The availability of each text, in small letters without spaces and hyphens."""

_PIECES = re.compile(
    r"stock_?(?:quantity|level|qty|count)|inventory|^stock$|^on_hand$|^pieces_in_stock$|^quantity$|^qty$"
    r"|lager_?(?:bestand|menge)|^bestand$|bestandsmenge|quantit[éà]_(?:en_stock|disponible|disponibile)"
    r"|^stock_(?:disponible|actuel|actual)$|^existencias$|^cantidad_disponible$|^giacenz[ae]$|^scort[ae]$"
)
_COUNTED = re.compile(r"quantity|qty|^menge$|^quantit[éà]$|^cantidad$")
_DATES = re.compile(
    r"availab(?:le|ility)_?(?:date|from|since|until)|verfügbar_(?:ab|am|bis)|restock_?date|date_de_disponibilité"
    r"|fecha_de_disponibilidad|data_di_disponibilità"
)


def counts_stock(column: str) -> bool:
    """True for a column taken for the stock, by its compared name, whose numbers are pieces."""
    return bool(_PIECES.search(column) or _COUNTED.search(column))


def is_of_the_moment(name: str) -> bool:
    """True for the name of a column or attribute, as compared, of stock or of the date it changes: no fact of a
    product's.
    """
    return bool(_PIECES.search(name) or _DATES.search(name))
