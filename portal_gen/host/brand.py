"""A client's brand colour, made safe to read: contrast is computed, never hoped for (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from html import escape

AA_TEXT = 4.5
DEFAULT = "#2f5f8f"
# The grounds of assets/portal.css on which brand-coloured text stands, light and dark, and the text on a brand fill.
LIGHT_GROUNDS = ("#ffffff", "#f5f6f8", "#eef1f5")
DARK_GROUNDS = ("#14171c", "#1d2128", "#262b34")
DARK_INK = "#10131a"
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class BrandColours:
    """The colour to use on light and on dark grounds, and the colour of text upon it: #rrggbb each."""

    light: str
    light_ink: str
    dark: str
    dark_ink: str


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, from 0 (black) to 1 (white), as WCAG defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)  # noqa: PLR2004
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def brand_colours(colour: str) -> BrandColours:
    """The nearest colours of the same hue that are legible: darker on light grounds, lighter on dark ones.

    Anything that is not #rrggbb gives the house's own blue.
    """
    wanted = colour if _HEX.fullmatch(colour) else DEFAULT
    light = _legible(wanted, (*LIGHT_GROUNDS, "#ffffff"), step=-0.01)
    dark = _legible(wanted, (*DARK_GROUNDS, DARK_INK), step=0.01)
    return BrandColours(light, "#ffffff", dark, DARK_INK)


def _legible(colour: str, grounds: tuple[str, ...], step: float) -> str:
    """The colour with its lightness moved until it stands out from all grounds."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    found = colour.lower()
    while min(contrast(found, ground) for ground in grounds) < AA_TEXT:
        lightness = min(max(lightness + step, 0.0), 1.0)
        channels = colorsys.hls_to_rgb(hue, lightness, saturation)
        found = "#" + "".join(f"{round(c * 255):02x}" for c in channels)
    return found


def brand_css(colour: str) -> bytes:
    """The client's style sheet: four custom properties that assets/portal.css reads."""
    c = brand_colours(colour)
    return (
        f":root {{\n  --p-brand-on-light: {c.light};\n  --p-brand-on-light-ink: {c.light_ink};\n"
        f"  --p-brand-on-dark: {c.dark};\n  --p-brand-on-dark-ink: {c.dark_ink};\n}}\n"
    ).encode()


def brand_icon(name: str, colour: str) -> bytes:
    """An SVG with the first letter of a name on the brand colour: the browser tab's icon, and the logo's stand-in."""
    c = brand_colours(colour)
    letter = escape(next((ch for ch in name if ch.isalnum()), "•").upper())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="14" fill="{c.light}"/>'
        f'<text x="32" y="33" fill="{c.light_ink}" font-family="system-ui,sans-serif" font-size="36" font-weight="700"'
        f' text-anchor="middle" dominant-baseline="central">{letter}</text></svg>\n'
    ).encode()
