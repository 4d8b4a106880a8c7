"""Every page type of both examples: accessible, self-contained, readable on a phone, whole without scripts."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.sites import CLIENTS

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
# One page of each type is enough for axe: pages of a type come from one template.
DETAIL = re.compile(r"^((?:[a-z]{2}/)?[^/]+/(?:minutes|deliverables))/[^/]+/$")


def page_types(examples, client):
    """The URLs of one page of each type, in each language."""
    found = {}
    for path in sorted((examples / client).rglob("index.html")):
        url = path.parent.relative_to(examples / client).as_posix().removeprefix(".")
        url = f"{url}/" if url else ""
        detail = DETAIL.match(url)
        found.setdefault(f"{detail[1]}/*" if detail else url, url)
    return sorted(found.values())


def all_pages(examples, client):
    return [
        f"{p.parent.relative_to(examples / client).as_posix()}/".removeprefix("./")
        for p in (examples / client).rglob("index.html")
    ]


@pytest.fixture(params=CLIENTS)
def client(request):
    return request.param


@pytest.fixture(params=["light", "dark"])
def scheme(request):
    return request.param


@pytest.fixture(params=list(SIZES))
def size(request):
    width, height = SIZES[request.param]
    return {"width": width, "height": height}


def test_there_are_pages_of_every_type(examples, client):
    urls = page_types(examples, client)
    for word in (
        "",
        "faq/",
        "glossary/",
        "people/",
        "/scope/",
        "/timeline/",
        "/deliverables/",
        "/minutes/",
        "/actions/",
        "/decisions/",
    ):
        assert any(u.endswith(word) if word else u == "" for u in urls), word


def test_accessible_and_within_the_screen(browser, address, examples, client, scheme, size):
    context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    foreign, problems = [], []
    page.on(
        "request",
        lambda r: (
            foreign.append(r.url)
            if urlsplit(r.url).netloc != urlsplit(address).netloc and not r.url.startswith("data:")
            else None
        ),
    )
    page.on("pageerror", lambda e: problems.append(f"script error: {e}"))
    axe = Axe()
    for url in page_types(examples, client):
        page.goto(f"{address}/{client}/{url}")
        if scheme == "dark":
            assert page.evaluate("document.body.getAttribute('data-md-color-scheme')") == "slate"
        for violation in axe.run(page).response["violations"]:
            problems += [f"{url}: {violation['id']}: {node['html'][:160]}" for node in violation["nodes"]]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            problems.append(f"{url}: {wide} px wider than the screen")
    context.close()
    assert not problems, "\n".join(problems)
    assert not foreign


def test_whole_without_scripts(browser, address, examples, client):
    """What a page says does not depend on scripts."""
    texts = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        found = {}
        for url in page_types(examples, client):
            page.goto(f"{address}/{client}/{url}")
            found[url] = " ".join(page.locator("article").inner_text().split())
        texts.append(found)
        context.close()
    assert texts[0] == texts[1]
    assert all(len(t) > 20 for t in texts[0].values())


def test_the_switcher_keeps_the_page(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/harbor-clinic/online-booking/timeline/")
    href = page.locator("a[hreflang=zh]").first.get_attribute("href")
    page.goto(
        f"{address}/harbor-clinic/online-booking/timeline/{href}"
        if not href.startswith(("/", "http"))
        else f"{address}{href}"
    )
    assert page.url.endswith("/harbor-clinic/zh/online-booking/timeline/")
    assert page.evaluate("document.documentElement.lang") == "zh"
    page.close()


@pytest.mark.parametrize(
    ("start", "question", "found"),
    [
        ("harbor-clinic/", "someone else", "faq"),
        ("harbor-clinic/zh/", "预约", "zh/"),
        ("yunhai-logistics/", "盘点", "yunhai-logistics/"),
    ],
)
def test_search(browser, address, start, question, found):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/{start}", wait_until="networkidle")
    field = page.locator("input.md-search__input").first
    field.click()
    field.fill(question)
    field.dispatch_event("keyup")  # what an input method sends at its end
    page.wait_for_selector(".md-search-result__link", timeout=15_000)
    hrefs = [a.get_attribute("href") for a in page.locator(".md-search-result__link").all()]
    assert any(found in href for href in hrefs), hrefs
    page.close()


def test_an_overdue_update_says_so_when_it_is_viewed(browser, address):
    page = browser.new_page()
    page.goto(f"{address}/harbor-clinic/", wait_until="networkidle")
    note = page.locator(".overview-overdue").first
    due = page.locator(".overview-due").first.get_attribute("data-due")
    page.clock.set_fixed_time(f"{due}T09:00:00")
    page.reload(wait_until="networkidle")
    assert not note.is_visible()
    page.clock.set_fixed_time("2031-01-01T09:00:00")
    page.reload(wait_until="networkidle")
    assert note.is_visible()
    page.close()
