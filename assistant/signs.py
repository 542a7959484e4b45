"""The page's own signs, drawn as inline SVG in the colour of the text beside them; all of them are decoration."""

_PATHS = {
    "chat": '<path d="M4 5h16v11H10l-4 4v-4H4z"/>',
    "products": '<path d="M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z"/>',
    "compare": '<path d="M12 4v16M5 8h14M5 8l-3 6h6zM19 8l-3 6h6zM8 20h8"/>',
    "cart": '<path d="M3 4h3l2 11h10l2-8H7"/><circle cx="9" cy="19" r="1.4"/><circle cx="17" cy="19" r="1.4"/>',
    "memory": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 3.5-7 8-7s8 2 8 7"/>',
    "talks": '<path d="M4 6h16M4 12h16M4 18h10"/>',
    "about": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7v.5"/>',
    "heart": '<path d="M12 20C6 16 3 12.5 3 9a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 3.5-3 7-9 11z"/>',
    "swap": '<path d="M4 9h14l-4-4M20 15H6l4 4"/>',
    "close": '<path d="M6 6l12 12M18 6L6 18"/>',
    "link": '<path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1"/>',
    "page": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>',
    "less": '<path d="M5 12h14"/>',
    "more": '<path d="M5 12h14M12 5v14"/>',
    "bin": '<path d="M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13"/>',
    "save": '<path d="M12 4v11M7 11l5 5 5-5M5 20h14"/>',
    "open": '<path d="M8 5l7 7-7 7"/>',
}


def sign(name: str) -> str:
    """The sign of a name, as SVG; KeyError for a name there is none of."""
    return f'<svg class="sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{_PATHS[name]}</svg>'
