"""Likes and dislikes of recommendations, one row each, appended to a file that training reads.

    {"evidence": [["kind", "mouse"], ["attribute", "color: red"]], "sentence": "This mouse is red.", "liked": true}

Nothing in a row says who rated; what buyers wrote is in none, since no model is to write it. Knows nothing of the page.
"""

import json
import threading
from pathlib import Path

from assistant.dialogue import Recommendation
from assistant.reviewed import FRAMES, without_quotes


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
        told = [one for one in shown.evidence if one.source and one.text and one.source not in FRAMES]
        sentence = without_quotes(shown.rationale, shown.evidence)
        if not sentence or not told:
            return False
        row = {"evidence": [[one.source, one.text] for one in told], "sentence": sentence, "liked": liked}
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return True
