"""Standards: numbers of technical standards, such as GB/T 19001—2016."""

import re

_NUMBER = re.compile(r"(?:GB|DB[0-9]{2}|HJ|JT|SL)(?:/T)? ?[0-9]+(?:\.[0-9]+)?(?:[-—][0-9]{4})?")


class Standards:
    """Finds standards by their numbers (kind Work)."""

    name = "standards"

    def find(self, passage):
        """Mentions in ``passage``."""
        for match in _NUMBER.finditer(passage.text):
            yield passage.mention(*match.span(), "Work", rule="standard-number")
