"""Search as a reader does it: Chinese has no spaces, and Material's own way finds one character of two."""

import functools
import http.server
import re
import shutil
import threading

import pytest
from playwright.sync_api import expect
from portal_sample import AS_OF, make_portal

from portal_gen.host.mkdocs_build import render_portal


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def page(browser, root, tmp_path_factory):
    project = tmp_path_factory.mktemp("project")
    shutil.copy(root / "mkdocs.yml", project)
    portal = make_portal(project)
    assert render_portal(project / "mkdocs.yml", project, "harbor", project / "site", AS_OF, portal=portal).ok
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=project / "site"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    opened = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()
    server.shutdown()
    server.server_close()


def found(page, query):
    """How many pages a query finds, and the words that are marked in the first."""
    field, said = page.locator(".md-search__input"), page.locator(".md-search-result__meta")
    field.click()
    expect(said).to_have_text(re.compile("Type to start|键入"))  # the index is there
    field.fill(query)
    field.dispatch_event("keyup")
    expect(said).to_have_text(re.compile(r"\d|没有找到|No matching"))
    page.wait_for_timeout(300)  # results come one frame after their number
    items = page.locator(".md-search-result__item")
    return items.count(), "".join(items.first.locator("mark").all_inner_texts()) if items.count() else ""


@pytest.mark.parametrize(
    ("address", "query", "count", "marks"),
    [
        ("/zh/", "三位护士", 6, "三位护士"),
        ("/zh/", "指导会议", 2, "指导会议"),
        ("/zh/", "api密钥", 6, "API密钥"),
        ("/zh/", "火箭发射", 0, ""),
        ("/", "steering", 2, "Steering"),
        ("/", "李伟", 1, "李"),
    ],
)
def test_search(page, address, query, count, marks):
    page.goto(address)
    number, marked = found(page, query)
    assert number == count
    assert marks in marked
