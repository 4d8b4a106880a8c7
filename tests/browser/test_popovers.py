"""A term's meaning in a real browser: opened and closed in every way, with and without scripts, said and printed."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

URLS = ["harbor-clinic/", "yunhai-logistics/"]
OPEN = ".term-note:popover-open"


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def scripts(request):
    return request.param


@pytest.fixture
def page(browser, scripts):
    context = browser.new_context(
        java_script_enabled=scripts, viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def goto(page, address, url=URLS[0]):
    page.goto(f"{address}/{url}")
    return page.locator("button.term").first, page.locator(OPEN)


@pytest.mark.parametrize("url", URLS)
def test_mouse(page, address, url):
    term, note = goto(page, address, url)
    assert note.count() == 0
    term.click()
    assert note.get_attribute("id") == term.get_attribute("popovertarget")
    page.mouse.click(380, 5)
    assert note.count() == 0, "a click outside closes it"
    term.click()
    term.click()
    assert note.count() == 0, "a second click on the term closes it"


def test_touch(page, address):
    term, note = goto(page, address)
    term.tap()
    assert note.count() == 1
    page.touchscreen.tap(380, 5)
    assert note.count() == 0


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_keyboard(page, address, key):
    term, note = goto(page, address)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator("button.term:focus").count():
            break
    assert page.locator(":focus").get_attribute("popovertarget") == term.get_attribute("popovertarget")
    page.keyboard.press(key)
    assert note.count() == 1
    page.keyboard.press("Tab")
    assert page.locator(f"{OPEN} a:focus").count() == 1, "the link in the note comes next, wherever the note stands"
    page.keyboard.press("Escape")
    assert note.count() == 0
    assert page.locator(":focus").get_attribute("popovertarget") == term.get_attribute("popovertarget")


def test_another_term_closes_the_first(page, address):
    goto(page, address)
    terms = page.locator("button.term")
    terms.nth(0).click()
    page.keyboard.press("Escape")
    terms.nth(1).focus()
    page.keyboard.press("Enter")
    assert page.locator(OPEN).get_attribute("id") == terms.nth(1).get_attribute("popovertarget")


def test_the_link_leads_to_the_entry(page, address):
    term, note = goto(page, address)
    term.click()
    note.locator("a").click()
    page.wait_for_url(re.compile(r"/glossary/#term-"))
    assert page.locator(":target").inner_text()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("url", ["harbor-clinic/", "harbor-clinic/zh/faq/"])
def test_it_stands_by_its_term_and_within_the_window(browser, address, url, width):
    page = browser.new_page(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page.goto(f"{address}/{url}")
    terms = page.locator("button.term")
    assert terms.count() > 0
    for n in range(min(terms.count(), 12)):
        terms.nth(n).evaluate("e => { for (let d = e.closest('details'); d; d = null) d.open = true }")
        if not terms.nth(n).is_visible():
            continue
        terms.nth(n).scroll_into_view_if_needed()
        terms.nth(n).focus()
        page.keyboard.press("Enter")
        note, term = page.locator(OPEN).bounding_box(), terms.nth(n).bounding_box()
        gap = max(note["y"] - term["y"] - term["height"], term["y"] - note["y"] - note["height"])
        assert 0 <= gap <= 16, (n, term, note)
        assert note["x"] >= 0
        assert note["x"] + note["width"] <= width
        assert note["x"] <= term["x"] + term["width"]
        assert note["x"] + note["width"] >= term["x"]
        page.keyboard.press("Escape")
    page.close()


def test_what_is_said(browser, address):
    """The term's words are the name, its short meaning the description, whether or not it is open."""
    page = browser.new_page()
    term, _ = goto(page, address)
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    buttons = {
        n["name"]["value"]: n["description"]["value"]
        for n in nodes
        if n.get("role", {}).get("value") == "button" and n.get("description")
    }
    meaning = page.locator(f"[id='{term.get_attribute('aria-describedby')}']").text_content()
    assert buttons[term.inner_text()] == meaning
    assert len(meaning) > 10
    page.close()


@pytest.mark.parametrize("url", URLS)
def test_print(browser, address, url):
    """On paper every meaning stands at the end, and nothing of the screen's frame is left."""
    page = browser.new_page()
    page.goto(f"{address}/{url}")
    assert not page.locator(".terms-title").is_visible()
    page.emulate_media(media="print")
    notes = page.locator(".term-note")
    assert notes.count() == page.locator("button.term").count() > 0
    assert page.locator(".terms-title").is_visible()
    for n in range(notes.count()):
        assert notes.nth(n).is_visible()
        assert notes.nth(n).evaluate("e => getComputedStyle(e).position") == "static"
        assert not notes.nth(n).locator("a").is_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_and_axe_while_it_is_open(browser, address, scheme):
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    term, note = goto(page, address)
    term.click()
    red = note.evaluate("e => getComputedStyle(e).backgroundColor.match(/\\d+/g).map(Number)[0]")
    assert (red < 90) == (scheme == "dark")
    assert not Axe().run(page).response["violations"]
    context.close()


def test_where_it_stands_in_the_page(browser, address, examples):
    """The parser moves nothing: no block stands in a paragraph, and each button has just one note."""
    page = browser.new_page()
    for url in [*URLS, "harbor-clinic/zh/faq/"]:
        page.goto(f"{address}/{url}")
        source = (examples / url / "index.html").read_text("utf-8")
        assert page.locator("footer.terms > .term-note").count() == source.count('<div popover class="term-note"') > 0
        assert page.locator("p .term-note, .term-note .term-note").count() == 0
        ids = page.locator("[id]").evaluate_all("all => all.map(e => e.id)")
        assert len(ids) == len(set(ids))
        targets = page.locator("button.term").evaluate_all("all => all.map(e => e.popoverTargetElement.id)")
        assert sorted(set(targets)) == sorted(i for i in ids if i.startswith("t:"))
        assert not page.locator("[style] .term, .term[style], .term-note[style]").count()
    page.close()


def test_the_glossary_is_filtered_as_one_types(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/harbor-clinic/glossary/")
    entries = page.locator(".glossary-term:visible")
    everything = entries.count()
    assert everything > 20
    field = page.get_by_role("searchbox", name="Find a term")
    field.fill("acceptance TEST")
    assert 0 < entries.count() < everything
    field.fill("用户验收")
    assert entries.locator("h2").all_inner_texts() == ["UAT"]
    field.fill("zzz")
    assert entries.count() == 0
    assert page.get_by_role("status").inner_text()
    field.fill("")
    assert entries.count() == everything
    page.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/harbor-clinic/glossary/")
    assert page.locator(".glossary-term:visible").count() == everything
    assert not page.locator(".glossary-filter").is_visible()
    context.close()
