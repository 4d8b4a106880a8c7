"""Files that would do something when a client opens them: pages of HTML, and what is XML inside, drawings above all.

A file goes out from the portal's own address, so a script in it could read the portal, and a picture that it loads
would tell another host who reads when. A drawing may therefore show nothing but itself, and pages do not go out.
"""

from __future__ import annotations

import posixpath
import re
from xml.parsers import expat

# What servers hand out as a page, whatever it holds.
PAGES = frozenset({".htm", ".html", ".hta", ".mht", ".mhtml", ".shtml", ".svgz", ".xht", ".xhtml"})
SVG, XHTML, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml", "http://www.w3.org/1999/xlink"
ACTIVE = frozenset(
    {"script", "foreignobject", "handler", "listener", "iframe", "embed", "object", "audio", "video", "canvas"}
)
ANIMATED = frozenset({"href", "xlink:href"})
OWN_ADDRESS = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,]|$)", re.IGNORECASE)
# In a style sheet or an attribute: `url(…)` that is not a part of this drawing, and the other ways to load.
LOADS = re.compile(r"url\(\s*[\"']?\s*(?!#|data:image/(?:png|jpeg|gif|webp)[;,]|\s)|@import|image-set\(", re.IGNORECASE)
SEPARATOR = "\n"


class ActiveError(Exception):
    """What was found, in words."""


def file_problem(name: str, data: bytes) -> tuple[str, str] | None:
    """What a linked file would do in a client's browser, and how to mend it; None when it only shows itself."""
    suffix = posixpath.splitext(name)[1].lower()
    if suffix in PAGES:
        return (
            f"A file {suffix} opens as a page of its own, with scripts and pictures of other hosts.",
            "Put it into a zip file and link to that, or link to where the page is published.",
        )
    if suffix not in (".svg", ".xml", ".xsl", ".xslt", ".rdf", ".atom", ".rss"):
        return None
    try:
        _Reader().read(data)
    except ActiveError as error:
        return (
            f"This file {error}.",
            "Take it out (in a drawing program: save as plain SVG), or save the drawing as PNG.",
        )
    except (expat.ExpatError, ValueError, LookupError) as error:
        return (f"This file is not well-formed XML: {error}.", "Save it anew, or save the drawing as PNG.")
    return None


class _Reader:
    """Reads XML without following anything, and raises at the first thing that would not stay within it."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=SEPARATOR)
        self._parser.StartElementHandler = self._element
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._entity
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.buffer_text = True
        self._styles: list[str] = []
        self._in_style = False
        self._parser.EndElementHandler = self._end

    def read(self, data: bytes) -> None:
        self._parser.Parse(data, True)  # noqa: FBT003 - expat's

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(SEPARATOR)
        if namespace == XHTML:
            raise ActiveError(f"holds a piece of a web page, <{local}>")
        if namespace != SVG:
            return
        if local.lower() in ACTIVE:
            raise ActiveError(f"holds <{local}>, which a browser would run or load")
        self._in_style = local == "style"
        for key, value in attributes.items():
            self._attribute(local, key, value)

    def _attribute(self, element: str, name: str, value: str) -> None:
        namespace, _, local = name.rpartition(SEPARATOR)
        if namespace not in ("", XLINK):
            return
        if local.lower().startswith("on"):
            raise ActiveError(f"holds a script in '{local}' of <{element}>")
        if local in ("href", "src") and not OWN_ADDRESS.match(value):
            raise ActiveError(f"leads out of itself: '{local}' of <{element}> is '{value.strip()[:60]}'")
        if local == "attributeName" and (value.strip() in ANIMATED or value.strip().lower().startswith("on")):
            raise ActiveError(f"changes '{value.strip()}' while it is shown")
        if LOADS.search(value) or (local == "style" and "\\" in value):  # a \ could spell "url" in other letters
            raise ActiveError(f"loads something in '{local}' of <{element}>")

    def _text(self, text: str) -> None:
        if self._in_style:
            self._styles.append(text)

    def _end(self, name: str) -> None:
        del name
        style = "".join(self._styles)
        if LOADS.search(style) or "\\" in style:
            raise ActiveError("loads something in its <style>")
        self._styles.clear()
        self._in_style = False

    def _entity(self, name: str, *rest: object) -> None:
        del rest
        raise ActiveError(f"declares an entity, '{name}', which could stand for anything")

    def _instruction(self, target: str, data: str) -> None:
        del data
        if target.lower().startswith("xml-stylesheet"):
            raise ActiveError("takes its style from another file")
