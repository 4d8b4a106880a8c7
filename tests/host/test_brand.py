import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal_gen.host import mkdocs_settings
from portal_gen.host.brand import (
    AA_TEXT,
    DARK_GROUNDS,
    DEFAULT,
    LIGHT_GROUNDS,
    brand_colours,
    brand_css,
    brand_icon,
    contrast,
)


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_is_legible(number):
    found = brand_colours(f"#{number:06x}")
    assert all(contrast(found.light, ground) >= AA_TEXT for ground in LIGHT_GROUNDS)
    assert all(contrast(found.dark, ground) >= AA_TEXT for ground in DARK_GROUNDS)
    assert contrast(found.light, found.light_ink) >= AA_TEXT
    assert contrast(found.dark, found.dark_ink) >= AA_TEXT


def test_contrast_as_wcag_defines_it():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_legible_colour_stays_as_it_is():
    assert brand_colours("#0B6E4F").light == "#0b6e4f"


@pytest.mark.parametrize("bad", ["", "red", "#fff", "#0b6e4f;}", "#0b6e4g"])
def test_what_is_no_colour_gives_our_own(bad):
    assert brand_colours(bad) == brand_colours(DEFAULT)
    assert "red" not in brand_css(bad).decode()


def test_the_icon_escapes_the_name():
    assert b">&amp;<" not in brand_icon("& Co", "#0b6e4f")
    assert ">顺<".encode() in brand_icon("《顺达》", "#0b6e4f")
    assert ">•<".encode() in brand_icon("<>&", "")


def test_the_style_sheet_has_the_grounds_that_the_colours_are_made_for():
    css = (mkdocs_settings.theme_folder() / "assets" / "portal.css").read_text("utf-8")
    light, dark = re.findall(r"--p-page: (#\w+);\s+--p-surface: (#\w+);\s+--p-sunk: (#\w+);", css)[:2]
    assert set(light) == set(LIGHT_GROUNDS)
    assert set(dark) == set(DARK_GROUNDS)


def test_the_colours_of_states_and_text_are_legible_on_their_grounds():
    css = (mkdocs_settings.theme_folder() / "assets" / "portal.css").read_text("utf-8")
    blocks = re.findall(r"^\[data-md-color-scheme(?:=\"slate\")?\] \{(.*?)^\}", css, re.DOTALL | re.MULTILINE)
    for block, grounds in zip(blocks[:2], (LIGHT_GROUNDS, DARK_GROUNDS), strict=True):
        colour = dict(re.findall(r"--p-([\w-]+): (#\w{6})", block))
        for name in ("ink", "muted", "good", "warn", "bad", "info"):
            assert all(contrast(colour[name], ground) >= AA_TEXT for ground in grounds), name
        for name in ("good", "warn", "bad", "info"):
            assert contrast(colour[name], colour[f"{name}-tint"]) >= AA_TEXT, name


def test_dark_is_the_same_before_the_script_runs():
    css = (mkdocs_settings.theme_folder() / "assets" / "portal.css").read_text("utf-8")
    slate = re.search(r"^\[data-md-color-scheme=\"slate\"\] \{(.*?)^\}", css, re.DOTALL | re.MULTILINE)[1]
    device = re.search(r"\.no-js body:not\(\[data-md-color-media\]\) \{(.*?)\}", css, re.DOTALL)[1]
    assert slate.split() == device.split()
