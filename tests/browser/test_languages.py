"""A client in seven languages: accessible in each, and from right to left where the language is."""

import functools
import http.server
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Quiet
from tests.sites import AS_OF, portal
from tests.small_client import write_small_client

LANGUAGES = ("zh", "en", "de", "fr", "es", "ja", "ar")
PAGES = (
    "",
    "faq/",
    "glossary/",
    "people/",
    "booking/",
    "booking/scope/",
    "booking/timeline/",
    "booking/deliverables/",
    "booking/deliverables/widget/",
    "booking/minutes/",
    "booking/minutes/2026-11-02/",
    "booking/actions/",
    "booking/decisions/",
)
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def seven(root, tmp_path_factory):
    """The address of a small client in all languages."""
    folder = tmp_path_factory.mktemp("seven")
    write_small_client(folder / "content", LANGUAGES[1:])
    (folder / "mkdocs.yml").write_text((root / "mkdocs.yml").read_text())
    built = portal("build", "--as-of", AS_OF, cwd=folder)
    assert built.returncode == 0, built.stderr
    handler = functools.partial(Quiet, directory=str(folder / "site" / "clinic"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def start(language):
    return "" if language == LANGUAGES[0] else f"{language}/"


@pytest.mark.parametrize("language", LANGUAGES[2:])
def test_accessible_in_every_language(browser, seven, language):
    """Chinese and English are looked at on the examples, in more ways."""
    page = browser.new_page(viewport=DESKTOP, reduced_motion="reduce")
    problems = []
    for url in PAGES:
        assert page.goto(f"{seven}/{start(language)}{url}").ok, url
        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
            language,
            "rtl" if language == "ar" else "ltr",
        ]
        for violation in Axe().run(page).response["violations"]:
            problems += [f"{url}: {violation['id']}: {node['html'][:160]}" for node in violation["nodes"]]
    page.close()
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("language", ["de", "ar"])
def test_within_the_screen_of_a_phone(browser, seven, language):
    """German has the longest words, Arabic begins on the other side."""
    page = browser.new_page(viewport=PHONE)
    wide = []
    for url in PAGES:
        page.goto(f"{seven}/{start(language)}{url}")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wide += [f"{url}: {over} px"] if over else []
    page.close()
    assert not wide


def boxes(page, selector):
    """The left and the right edges of elements within the drawing that is shown, in its own width."""
    return page.evaluate(
        """selector => {
          const svg = [...document.querySelectorAll('.timeline-drawing')].find(s => s.getBoundingClientRect().width)
          const all = svg.getBoundingClientRect()
          return [...svg.querySelectorAll(selector)].map(e => {
            const box = e.getBoundingClientRect()
            return [(box.left - all.left) / all.width, (box.right - all.left) / all.width]
          })
        }""",
        selector,
    )


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_drawing_is_mirrored(browser, seven, size):
    """Each form stands in Arabic where it stands in Chinese, from the other side; letters are not mirrored."""
    page = browser.new_page(viewport=size)
    found = {}
    for language in ("zh", "ar"):
        page.goto(f"{seven}/{start(language)}booking/timeline/")
        forms = ".timeline-bar, .timeline-done, .timeline-ghost, .timeline-diamond, .timeline-arrowhead, .timeline-grid"
        found[language] = boxes(page, forms)
        found[f"{language} labels"] = boxes(page, ".timeline-label, .timeline-group")
    page.close()
    assert len(found["zh"]) > 10
    for (left, right), (there_left, there_right) in zip(found["zh"], found["ar"], strict=True):
        assert left == pytest.approx(1 - there_right, abs=0.005)
        assert right == pytest.approx(1 - there_left, abs=0.005)
    for left, right in found["zh labels"]:
        assert left < 0.05
        assert right < 0.5
    for left, right in found["ar labels"]:
        assert right > 0.95
        assert left > 0.5


def test_words_in_another_language_keep_their_side_and_their_direction(browser, seven):
    page = browser.new_page(viewport=DESKTOP)
    page.goto(f"{seven}/ar/booking/minutes/2026-11-02/")
    words = page.locator(".minutes-words").first
    assert words.get_attribute("lang") == "zh"
    assert words.get_attribute("dir") == "ltr"
    assert words.evaluate("e => getComputedStyle(e).textAlign.replace('-webkit-', '')") == "right"
    assert page.locator(".p-note").first.inner_text() == "غير متوفر بعد باللغة العربية؛ معروض باللغة الصينية."
    page.goto(f"{seven}/ar/people/")
    number = page.locator(".people-call bdi")
    assert number.evaluate("e => getComputedStyle(e).direction") == "ltr"
    page.close()
