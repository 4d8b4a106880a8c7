"""Our entries of the search are those that Material's own parser makes."""

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from material.plugins.search.plugin import Parser

from portal_gen.host.search_index import entries


def plain(text):
    """Without what we leave out on purpose: empty elements, and white space of no meaning."""
    before = None
    while before != text:
        before, text = text, re.sub(r"<(\w+)>\s*</\1>", "", text)
    return re.sub(r"\s+", "", text)


def materials(html):
    parser = Parser()
    parser.feed(html)
    parser.close()
    return [(part.id, plain("".join(part.title)), plain("".join(part.text))) for part in parser.data]


def ours(html):
    found = list(entries("p/", "", html))
    return [(e["location"].partition("#")[2] or None, plain(e["title"]), plain(e["text"])) for e in found]


LEAVES = st.sampled_from(["word ", " a &amp; b", "&lt;i&gt;", "\n", "<br>", '<img alt="x">', "里程碑", " "])
INLINE = ["p", "div", "li", "ul", "code", "b", "a href='x'", "sup", "h4"]
HEADINGS = [f'h{n} id="{name}"' for n, name in ((1, "one"), (2, "two"), (3, "three"), (2, "four"))]


def elements(tags, inner):
    return st.tuples(st.sampled_from(tags), st.lists(inner, max_size=4).map("".join)).map(
        lambda node: f"<{node[0]}>{node[1]}</{node[0].split()[0]}>"
    )


TEXTS = st.recursive(LEAVES, lambda inner: elements(INLINE, inner), max_leaves=10)
# Where a heading stands in an element of its own, Material gives what follows the element to the heading before it.
TREES = st.lists(TEXTS | elements(HEADINGS, TEXTS), max_size=12)


@settings(max_examples=300, deadline=None)
@given(TREES.map("".join))
def test_the_entries_are_materials(tree):
    html = f'<div class="p-page">{tree}</div>'
    assert ours(html) == materials(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>x</p>", [("p/", "Title", "<p>x</p>")]),
        ('<h2 id="a">A<a class="x headerlink" href="#a">#</a></h2>y', [("p/", "Title", ""), ("p/#a", "A", "y")]),
        ("<p>a</p><svg><text>drawn</text><path/></svg><p>b</p>", [("p/", "Title", "<p>a</p><p>b</p>")]),
        ("<p class='x' data-search-exclude>x<b>y</b></p>a <nav>b</nav>", [("p/", "Title", "a")]),
        ('<section><h2 id="a">A</h2>in</section> out', [("p/", "Title", ""), ("p/#a", "A", "in out")]),
        ("it&#39;s &quot;&lt;b&gt;&quot; &amp; &eacute;", [("p/", "Title", 'it\'s "&lt;b&gt;" &amp; é')]),
    ],
)
def test_what_is_told(html, expected):
    assert [(e["location"], e["title"], e["text"]) for e in entries("p/", escape("Title"), html)] == expected
