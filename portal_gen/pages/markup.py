"""Finished HTML taken apart by one expression: quick, because our pages are well-formed, and never lost in what is not.

What judges HTML that somebody else wrote does not rest on this: see `raw_html`, which reads as a browser does.
"""

from __future__ import annotations

import re

MARKUP = re.compile(
    r"<!--(?s:.*?)(?:-->|\Z)"
    r"|<(?:script|style)\b(?s:.*?)(?:</(?:script|style)\s*>|\Z)"
    r"|<(/?)([A-Za-z][^\s/>]*)((?:[^>\"']|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+)(?:>|\Z)"
    r"|<[!?/][^>]*+(?:>|\Z)"
)
"""A piece of markup: a comment, a whole script, a tag, a declaration. Between two pieces stands text.

For a tag the groups are "/" when it closes, its name, and its attributes as they are written; else None. Each
alternative either reads to its end or to the end of the text, so the work is linear in any input.
"""

VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    }
)
"""Elements that have no end tag."""
