"""Likes and dislikes of recommendations, one row each, appended to a file that training reads.

    {"evidence": [["kind", "mouse"], ["attribute", "color: red"]], "sentence": "This mouse is red.", "liked": true}

Nothing in a row says who rated. Knows nothing of the page.
"""

import json
import threading
from pathlib import Path

from assistant.dialogue import Recommendation


class Feedback:
    """The file that ratings go to; rows of several visitors do not run into each other."""

    def __init__(self, path: Path) -> None:
        """OSError when the file cannot be written."""
        self._path = path
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8"):
            pass

    def rated(self, shown: Recommendation, liked: bool) -> bool:
        """Appends what a shopper thinks of a product and its rationale; False where there is no rationale to learn."""
        evidence = [[one.source, one.text] for one in shown.evidence if one.source and one.text]
        if not shown.rationale.strip() or not evidence:
            return False
        row = {"evidence": evidence, "sentence": shown.rationale.strip(), "liked": liked}
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return True
