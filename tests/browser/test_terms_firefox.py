"""A term's meaning in a second engine: the same ten points as in Chromium, where Firefox is installed."""

import base64

import pytest

from tests.browser.firefox import ELEMENT, Firefox, executable

pytestmark = pytest.mark.skipif(executable() is None, reason="Firefox is not installed")
OPEN = ".term-note:popover-open"


@pytest.fixture(scope="module", params=[True, False], ids=["scripts", "no scripts"])
def firefox(request, tmp_path_factory):
    browser = Firefox(tmp_path_factory.mktemp("firefox") / "profile", scripts=request.param)
    browser("WebDriver:SetWindowRect", width=450, height=900)
    yield browser
    browser.close()


@pytest.fixture
def terms(firefox, address):
    firefox.go(f"{address}/harbor-clinic/")
    assert not firefox.all(OPEN)
    return firefox.all("button.term")


def test_mouse(firefox, terms):
    firefox.click(terms[0])
    (note,) = firefox.all(OPEN)
    assert firefox.attribute(note, "id") == firefox.attribute(terms[0], "popovertarget")
    firefox.tap(5, 300, kind="mouse")
    assert not firefox.all(OPEN), "a click outside closes it"


def test_touch(firefox, terms):
    firefox.tap(0, 0, origin={ELEMENT: terms[0]})
    assert len(firefox.all(OPEN)) == 1
    firefox.tap(5, 300)
    assert not firefox.all(OPEN)


def test_keyboard(firefox, terms):
    for _ in range(60):
        firefox.press("Tab")
        if firefox.focused() == terms[0]:
            break
    assert firefox.focused() == terms[0]
    firefox.press("Enter")
    (note,) = firefox.all(OPEN)
    firefox.press("Tab")
    assert firefox.focused() == firefox.all(f"{OPEN} a")[0], "the link in the note comes next"
    firefox.press("Escape")
    assert not firefox.all(OPEN)
    assert firefox.attribute(note, "id")


def test_it_stands_by_its_term_and_within_the_window(firefox, terms):
    width = firefox.box(firefox.all("html")[0])["width"]
    shown = [term for term in terms if firefox("WebDriver:IsElementDisplayed", id=term)]
    assert len(shown) >= 3
    for term in shown[:8]:
        firefox.click(term)
        note, word = firefox.box(firefox.all(OPEN)[0]), firefox.box(term)
        gap = max(note["y"] - word["y"] - word["height"], word["y"] - note["y"] - note["height"])
        assert 0 <= gap <= 16, (note, word)
        assert 0 <= note["x"] <= note["x"] + note["width"] <= width
        firefox.press("Escape")


def test_what_is_said(firefox, terms):
    assert firefox("WebDriver:GetComputedLabel", id=terms[0]) == firefox.text(terms[0])
    assert firefox("WebDriver:GetComputedRole", id=terms[0]) == "button"
    said = firefox.all(f"[id='{firefox.attribute(terms[0], 'aria-describedby')}']")
    assert len(said) == 1
    firefox.click(terms[0])
    assert len(firefox.text(said[0])) > 10
    firefox.press("Escape")


def test_print(firefox, terms):
    pdf = base64.b64decode(firefox("WebDriver:Print"))
    assert pdf.startswith(b"%PDF")


def test_dark(tmp_path, address):
    found = {}
    for dark in (False, True):
        browser = Firefox(tmp_path / f"dark-{dark}", scripts=True, dark=dark)
        try:
            browser.go(f"{address}/harbor-clinic/")
            browser.click(browser.all("button.term")[0])
            colour = browser.style(browser.all(OPEN)[0], "background-color")
            found[dark] = int(colour.partition("(")[2].split(",")[0])
        finally:
            browser.close()
    assert found[True] < 90 < found[False]
