"""The forms of the drawing, which stand in its legend as well: plain numbers in, SVG text out."""

from __future__ import annotations

import re
from html import escape

BAR, GHOST = 14, 4  # heights
HALF = {"promised": 9.5, "expected": 7, "reached": 8.5}  # of a diamond
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def mirror(width: float) -> str:
    """The beginning of a group in which left and right are exchanged, in a drawing of a width."""
    return f'<g transform="matrix(-1 0 0 1 {num(width)} 0)">'


def hatch(name: str) -> str:
    """The pattern of what is on the critical path. Its id is unique to a drawing: a hidden one lends no patterns."""
    return (
        f'<pattern id="timeline-hatch-{name}" width="7" height="7" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><rect class="timeline-hatch-ground" width="7" height="7"/>'
        '<rect class="timeline-hatch-line" width="2.4" height="7"/></pattern>'
    )


def bar(x: float, y: float, width: float, done: int, pattern: str) -> str:
    """A task's bar; `pattern` names the drawing whose hatch fills what is left of a critical one, "" for none."""
    box = f'x="{num(x)}" y="{num(y)}" height="{BAR}" rx="3"'
    kind = " timeline-bar--critical" if pattern else ""
    fill = f' fill="url(#timeline-hatch-{pattern})"' if pattern else ""
    out = f'<rect class="timeline-bar{kind}" {box} width="{num(width)}"{fill}/>'
    return out + (f'<rect class="timeline-done" {box} width="{num(width * done / 100)}"/>' if done else "")


def ghost(x: float, y: float, width: float) -> str:
    """What was planned, as a thin bar."""
    return f'<rect class="timeline-ghost" x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{GHOST}" rx="2"/>'


def diamond(x: float, y: float, kind: str, *, mirrored: bool = False) -> str:
    """A milestone: "promised" is a ring, "expected" is solid, "reached" is solid with a tick."""
    half = HALF[kind]
    corners = f"M{num(x)} {num(y - half)}L{num(x + half)} {num(y)}L{num(x)} {num(y + half)}L{num(x - half)} {num(y)}Z"
    shape = f'<path class="timeline-diamond timeline-diamond--{kind}" d="{corners}"/>'
    if kind == "reached":
        way = -1 if mirrored else 1  # in a mirror, a tick would be none
        start = f"M{num(x - 3.2 * way)} {num(y + 0.2)}"
        shape += f'<path class="timeline-tick" d="{start}l{num(2.4 * way)} 2.6l{num(4.2 * way)} -5.2"/>'
    return shape


def xml(text: str) -> str:
    """Text for XML; characters that XML cannot hold are left out."""
    return escape(_NOT_XML.sub("", text))


def num(number: float) -> str:
    """A coordinate, short."""
    return f"{number:.1f}".removesuffix(".0")
