"""Search through the real page: every phrase planted in a text is found by whoever types it, in four languages."""

import functools
import http.server
import re
import threading

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Quiet
from tests.sites import AS_OF, portal

# By language: the phrases planted in an answer, in minutes, in a deliverable and in the scope.
PLANTED = {
    "en": {
        "faq/": ["recovery of a lost password", "two-factor sign-in"],
        "booking/minutes/2026-11-02/": ["budget of the second quarter", "steering committee"],
        "booking/deliverables/widget/": ["keyboard navigation", "twelve volunteers"],
        "booking/scope/": ["wheelchair"],
    },
    "zh": {
        "faq/": ["找回遗忘的密码", "双重验证登录"],
        "booking/minutes/2026-11-02/": ["第二季度预算", "指导委员会"],
        "booking/deliverables/widget/": ["键盘导航", "十二位志愿者"],
        "booking/scope/": ["轮椅"],
    },
    "de": {
        "faq/": ["vergessenes Kennwort", "Zwei-Faktor-Anmeldung"],
        "booking/minutes/2026-11-02/": ["Haushalt für das zweite Quartal", "Lenkungsausschuss"],
        "booking/deliverables/widget/": ["Datenschutz-Folgenabschätzung", "größenabhängige Prüfung"],
        "booking/scope/": ["Rollstühle"],
    },
    "ja": {
        "faq/": ["パスワードの再発行", "ログイン"],
        "booking/minutes/2026-11-02/": ["第二四半期の予算", "運営委員会"],
        "booking/deliverables/widget/": ["キーボード", "受け入れ検査"],
        "booking/scope/": ["車椅子"],
    },
}
BEST = 3  # any word of a question counts, as Material asks; the page meant is among the first
SENTENCES = {
    "en": "We spoke about {} at length.",
    "zh": "我们详细讨论了{}的问题。",
    "de": "Wir sprachen ausführlich über {} und mehr.",
    "ja": "私たちは{}について詳しく話し合いました。",
}
HEADINGS = {"en": "Notes", "zh": "记录", "de": "Notizen", "ja": "記録"}


def prose(language, page):
    return "\n\n".join(SENTENCES[language].format(phrase) for phrase in PLANTED[language][page]) + "\n"


def write(content):
    folder = content / "clinic" / "booking"
    for name in ("minutes", "deliverables"):
        (folder / name).mkdir(parents=True)
    (content / "clinic" / "client.yml").write_text(f"name: Clinic\nlanguages: [{', '.join(PLANTED)}]\n")
    scope = ", ".join(f"{tag}: {prose(tag, 'booking/scope/').strip()}" for tag in PLANTED)
    (folder / "project.yml").write_text(
        f"title: Booking\nscope:\n  in:\n    - {{id: chairs, text: {{{scope}}}}}\n", "utf-8"
    )
    for tag in PLANTED:
        suffix = "" if tag == "en" else f".{tag}"
        heading = HEADINGS[tag]
        (folder / f"faq{suffix}.md").write_text(f"## {heading} A\n{prose(tag, 'faq/')}", "utf-8")
        notes = f"## {heading}\n{prose(tag, 'booking/minutes/2026-11-02/')}"
        (folder / f"minutes/2026-11-02{suffix}.md").write_text(f"---\ntitle: {heading} B\n---\n{notes}", "utf-8")
        front = f"title: {heading} C\n" + ("status: planned\n" if tag == "en" else "")
        text = f"---\n{front}---\n{prose(tag, 'booking/deliverables/widget/')}"
        (folder / f"deliverables/widget{suffix}.md").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def address(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    write(folder / "content")
    (folder / "mkdocs.yml").write_text((root / "mkdocs.yml").read_text())
    built = portal("build", "--as-of", AS_OF, cwd=folder)
    assert built.returncode == 0, built.stderr
    handler = functools.partial(Quiet, directory=str(folder / "site" / "clinic"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("language", PLANTED)
def test_every_planted_phrase_is_found(browser, address, language):
    root = f"{address}/" if language == "en" else f"{address}/{language}/"
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(root)
    field, said = page.locator(".md-search__input"), page.locator(".md-search-result__meta")
    initial = said.inner_text()
    field.click()
    expect(said).not_to_have_text(initial, timeout=15_000)  # the index is there
    missing = []
    for path, phrases in PLANTED[language].items():
        for phrase in phrases:
            field.fill("")
            field.dispatch_event("keyup")
            expect(page.locator(".md-search-result__link")).to_have_count(0)
            field.fill(phrase)
            field.dispatch_event("keyup")
            expect(said).to_have_text(re.compile(r"\d|No |没有|Keine|見つかりません"))
            page.wait_for_timeout(250)  # results come one frame after their number
            found = page.locator(".md-search-result__item").evaluate_all(
                "items => items.map(i => i.querySelector('a').href.split(/[#?]/)[0])"
            )
            if f"{root}{path}" not in found[:BEST]:
                missing.append(f"{phrase}: {found}")
    page.close()
    assert not missing


def test_what_stands_nowhere_is_not_found(browser, address):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/ja/")
    field, said = page.locator(".md-search__input"), page.locator(".md-search-result__meta")
    initial = said.inner_text()
    field.click()
    expect(said).not_to_have_text(initial, timeout=15_000)
    field.fill("薔薇園")
    field.dispatch_event("keyup")
    expect(said).to_have_text(re.compile("見つかりません"))
    page.close()
