"""The linker: where it links, where it must not, and that it changes nothing else."""

import re
from xml.etree import ElementTree as ET

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from portal_gen.compute.terms import Surface, TermIndex
from portal_gen.pages.render import as_block
from portal_gen.pages.term_links import Entry, TermLinks, find_used, tokenize

INDEX = TermIndex.build(
    [
        Surface("uat", "UAT"),
        Surface("uat", "用户验收测试"),
        Surface("milestone", "milestone"),
        Surface("api", "API"),
        Surface("rd", "R&D"),
        Surface("criterion", "acceptance criterion"),
    ]
)
ENTRIES = {i: Entry(f"What {i} means", f"glossary/#{i}") for i in INDEX.term_ids}
EXTENSIONS = ["tables", "fenced_code", "md_in_html", "attr_list", "admonition", "footnotes", "abbr", "toc"]
LINK = re.compile(r'<a class="term" href="[^"]*" title="[^"]*">(.*?)</a>', re.DOTALL)


def convert(text: str, base: str | None = "../", extensions=EXTENSIONS, entries=ENTRIES) -> str:
    links = TermLinks(INDEX, entries)
    links.set_page(base)
    return markdown.Markdown(extensions=[*extensions, links]).convert(text)


def linked(text: str, **options) -> list[str]:
    return LINK.findall(convert(text, **options))


def test_the_link():
    entries = {"uat": ('Try it "out"\n & say <so>', "glossary/#uat&x")}
    expected = (
        '<a class="term" href="../../glossary/#uat&amp;x" title="Try it &quot;out&quot; &amp; say &lt;so&gt;">UAT</a>'
    )
    assert convert("Do UAT", "../../", entries=entries) == f"<p>Do {expected}</p>"
    assert convert("<div>Do UAT</div>", "../../", entries=entries) == f"<div>Do {expected}</div>"


def test_a_page_without_a_base_and_a_term_without_an_entry_are_left_alone():
    assert (
        convert("UAT <div>UAT</div>", None) == convert("UAT <div>UAT</div>", entries={}) == "<p>UAT <div>UAT</div></p>"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UAT, UAT\n\n<div>UAT</div>\n\nUAT and milestones", ["UAT", "milestones"]),
        ("<div>milestone's end</div>\n\nmilestone", ["milestone's"]),
        ("| API |\n|--|\n| *UAT* |", ["API", "UAT"]),
        ("!!! note\n    UAT", ["UAT"]),
        ("项目的API接口和用户验收测试", ["API", "用户验收测试"]),
        ("a *milestone* b **API** c UAT d", ["milestone", "API", "UAT"]),
        ("the acceptance\ncriteria", ["acceptance\ncriteria"]),
        ("R&D", ["R&amp;D"]),
        ("of R&amp;D's", ["R&amp;D's"]),
        ("<p>R&amp;D, API</p>", ["R&amp;D", "API"]),
        ("<p>x &copy; &lt; &#82;&#x26;D API</p>", ["&#82;&#x26;D", "API"]),
        ("a \\_ \\* UAT", ["UAT"]),
        ("# UAT\n\n## On milestones\n\nUAT", ["UAT"]),
        ("`UAT` [milestone](#x) ![API](x.png) <https://example.com/UAT>", []),
        ("    UAT\n\n```\nAPI\n```", []),
        ("UAT[^1]\n\n[^1]: API", ["UAT", "API"]),
        ("*[UAT]: x\n\nUAT", []),
        ("<span>UAT</span> <kbd>API</kbd> <b>milestone</b>", ["UAT", "milestone"]),
        ("see <code>a *UAT* b</code> UAT", ["UAT"]),
        ("<code>*UAT*</code> then *UAT*", ["UAT"]),
        ("<div markdown>\nUAT *API*\n</div>", ["UAT", "API"]),
        ("<div>\n\n```\nUAT\n```\n\nAPI</div>", ["API"]),
        ('<div class="no-terms x">UAT <p>API</p></div>\n\nmilestone', ["milestone"]),
        ("<div data-no-terms>UAT</div>\n\nAPI", ["API"]),
        ("UAT\n{: .no-terms}\n\nAPI", ["API"]),
        ("<div><br>UAT<hr/><img alt='API'><p title='milestone'>API</div>", ["UAT", "API"]),
        ("<div><a href=x>UAT <b>API</b></a> API</div>", ["API"]),
        ("<details><summary>UAT</summary>API</details>", ["API"]),
        ("<svg><text>UAT</text></svg>", []),
        ("<div><script>UAT</script><style>API</style><button>milestone</button></div>", []),
        ("<div></p></div></div>UAT</div>\n\nAPI", ["UAT", "API"]),
        ("<div>a < b UAT <!-- API --> <?php API ?> <![odd[ API ]]></div>", ["UAT"]),
        ("<div>U<b>AT</b> APIary</div>", []),
    ],
)
def test_where_it_links(text, expected):
    assert linked(text) == expected


class Emphasis(Extension, Treeprocessor):
    """Makes the text of emphasis atomic, as extensions for formulas do."""

    def extendMarkdown(self, md):  # noqa: N802
        md.treeprocessors.register(self, "atomic-emphasis", 15)

    def run(self, root):
        for element in root.iter("em"):
            element.text = AtomicString(element.text)


def test_atomic_text_is_left_alone():
    assert convert("*UAT*", extensions=[Emphasis()]) == "<p><em>UAT</em></p>"
    assert linked("*UAT* and UAT", extensions=[Emphasis()]) == ["UAT"]


def test_pages_follow_one_another():
    links = TermLinks(INDEX, ENTRIES)
    md = markdown.Markdown(extensions=[links])
    pages = []
    for base in ("", "../", None, "../../"):
        links.set_page(base)
        pages.append((re.findall('href="([^"]*)"', md.reset().convert("UAT UAT")), links.linked))
    assert pages == [
        (["glossary/#uat"], {"uat"}),
        (["../glossary/#uat"], {"uat"}),
        ([], set()),
        (["../../glossary/#uat"], {"uat"}),
    ]


PAGES = [
    "# UAT\n\nA milestone, `API`.\n\n<div>\n<h2>API</h2>\n\n# acceptance criterion `R&amp;D`\n</div>\n",
    "```\n<div>\n```\n\nUAT [API](x.md) ~~milestone~~\n\n1. R&D\n",
    as_block("<h1>UAT</h1>\n<p class='no-terms'>API</p>\n\n<table><tr><td>milestones</td></tr></table>"),
    "---\n\n用户验收测试\n\n> API\n\n<p><a href='x'>milestone</a></p>",
]


@pytest.mark.parametrize("page", PAGES)
def test_used_terms_are_those_linked(page):
    links = TermLinks(INDEX, ENTRIES)
    links.set_page("")
    markdown.Markdown(extensions=[*EXTENSIONS, links]).convert(page)
    assert find_used(INDEX, page) == links.linked != set()
    assert find_used(INDEX, "nothing") == set()


def test_tokens():
    assert [(t.tag, t.closes, "a&amp;b &c < d"[t.start : t.end]) for t in tokenize("a&amp;b &c < d")] == [
        (None, False, "a&amp;b &c < d")
    ]
    assert [(t.tag, t.closes) for t in tokenize("<B x=1>a<br/>")] == [
        ("b", False),
        (None, False),
        ("br", False),
        ("br", True),
    ]


MARKUP = """
<div> </div> <p> </p> <code> </code> <a> </a> <b> <br> <img/> <!-- --> <![x[ ]]> <?x ?> <! </ < > & &amp; &#38; &x
UAT APIs R&D R&amp;D milestone 用户验收测试 * ** ` ``` # > - | [ ](x) \\ { } \x02 \x03 <script> </script>
"""
SPACED = [" ", "\n", "\n\n", "    ", '"', "<div class='no-terms'>", "<div markdown>", "<p title='UAT\">"]
SCRAPS = st.sampled_from([*MARKUP.split(), *SPACED])


@settings(max_examples=400, deadline=None)
@given(st.lists(SCRAPS, max_size=25).map("".join))
def test_without_its_links_a_page_is_what_it_was(text):
    assert LINK.sub(r"\1", convert(text)) == markdown.Markdown(extensions=EXTENSIONS).convert(text)


SILENT = {"a", "code", "h2"}
LEAVES = st.sampled_from(["UAT ", " APIs, ", " R&amp;D ", "milestone; ", "里程碑 ", " x<br/>", " &lt; "])
TREES = st.recursive(
    LEAVES,
    lambda inner: st.tuples(
        st.sampled_from(["div", "b", "a", "code", "h2", "p class='no-terms'", "p data-no-terms=''"]),
        st.lists(inner, max_size=4).map("".join),
    ).map(lambda node: f"<{node[0]}>{node[1]}</{node[0].split()[0]}>"),
    max_leaves=20,
)


def texts(element, *, silent=False):
    """Every text of a tree in order, with the element around it and whether it must stay as it is."""
    silent = silent or element.tag in SILENT or element.get("class") == "no-terms" or "data-no-terms" in element.keys()  # noqa: SIM118
    yield element, element.text or "", silent
    for child in element:
        yield from texts(child, silent=silent)
        yield element, child.tail or "", silent


@settings(max_examples=200, deadline=None)
@given(st.lists(TREES, max_size=6).map("".join))
def test_the_first_of_each_term_in_open_text_is_linked_and_no_other(tree):
    source = f"<div>{tree}</div>"
    open_texts = [text for _, text, silent in texts(ET.fromstring(source)) if not silent]
    expected = list(dict.fromkeys(m.term_id for text in open_texts for m in INDEX.find(text)))
    html = ET.fromstring(convert(source))
    links = [e for e in html.iter("a") if e.get("class") == "term"]
    assert [e.get("href", "").partition("#")[2] for e in links] == expected
    for link in links:
        link.tag = "link"
        del link.attrib["class"]
    assert not any(silent for element, _, silent in texts(html) if element in links)
