"""The linker: where it links, where it must not, and that it changes nothing else."""

import re
from time import process_time
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from portal_gen.compute.terms import Surface, TermIndex
from portal_gen.contract import TermLinks
from portal_gen.pages.term_links import Meaning, link_terms, meanings

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
ENTRIES = dict.fromkeys(INDEX.term_ids, "a meaning")
LINK = re.compile(
    r'<button type="button" class="term" popovertarget="t:[^"]*" aria-describedby="m:[^"]*">(.*?)</button>', re.DOTALL
)


def linked(html: str) -> list[str]:
    return LINK.findall(link_terms(html, INDEX, ENTRIES.get)[0])


def test_the_link():
    expected = '<button type="button" class="term" popovertarget="t:uat" aria-describedby="m:uat">UAT</button>'
    assert link_terms("<p>Do UAT</p>", INDEX, ENTRIES.get) == (f"<p>Do {expected}</p>", ["uat"])


def test_the_meanings_stand_together_and_are_escaped():
    told = {
        "uat": Meaning("UAT", "user <acceptance>", Markup("<i>Try</i> it"), "../glossary/#term-uat&x"),
        "api": Meaning("API", "", "A & B", "#term-api"),
    }
    as_xml = re.sub(" (data-search-exclude|popover)(?=[ >])", r' \1=""', meanings(told, "Terms <here>", "More"))
    html = ET.fromstring(as_xml)
    assert html.tag == "footer", "where it stands in an article, a footer is no landmark"
    assert html.get("data-search-exclude") is not None
    assert html[0].text == "Terms <here>"
    uat, api = html[1:]
    assert (uat.tag, uat.get("popover"), uat.get("id")) == ("div", "", "t:uat")
    assert [" ".join("".join(p.itertext()).split()) for p in uat] == ["UAT (user <acceptance>)", "Try it", "More"]
    assert uat[1].get("id") == "m:uat"
    assert uat.find(".//a").get("href") == "../glossary/#term-uat&x"
    assert "".join(api[0].itertext()) == "API"
    assert meanings({}, "Terms", "More") == ""


SECTIONED = "<p>UAT API UAT</p><h2>Then <em>UAT</em></h2><p>UAT</p><h3>x</h3><p>UAT</p><H2>y</H2><p>API UAT UAT</p>"


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (TermLinks.PAGE, ["0 UAT", "0 API"]),
        (TermLinks.SECTION, ["0 UAT", "0 API", "1 UAT", "2 API", "2 UAT"]),
        (TermLinks.ALL, ["0 UAT", "0 API", "0 UAT", "1 UAT", "1 UAT", "2 API", "2 UAT", "2 UAT"]),
        (TermLinks.OFF, []),
    ],
)
def test_which_occurrences_open_the_meaning(policy, expected):
    html, ids = link_terms(SECTIONED, INDEX, ENTRIES.get, policy)
    parts = re.split("<h2>", html, flags=re.IGNORECASE)
    assert [f"{n} {word}" for n, part in enumerate(parts) for word in LINK.findall(part)] == expected
    assert ids == (["uat", "api"] if expected else []), "each term is named once, for its one popover"


def test_a_term_without_an_entry_is_left_alone():
    assert link_terms("<p>UAT</p>", INDEX, {}.get) == ("<p>UAT</p>", [])


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>UAT, UAT</p><div>UAT</div><p>UAT and milestones</p>", ["UAT", "milestones"]),
        ("<div>milestone's end</div>milestone", ["milestone's"]),
        ("<table><tr><th>API</th></tr><tr><td><em>UAT</em></td></tr></table>", ["API", "UAT"]),
        ("<p>项目的API接口和用户验收测试</p>", ["API", "用户验收测试"]),
        ("a <em>milestone</em> b <strong>API</strong> c UAT d", ["milestone", "API", "UAT"]),
        ("the acceptance\ncriteria", ["acceptance\ncriteria"]),
        ("of R&amp;D's", ["R&amp;D's"]),
        ("<p>x &copy; &lt; &#82;&#x26;D API</p>", ["&#82;&#x26;D", "API"]),
        ("<h1>UAT</h1><h2>On milestones</h2><p>UAT</p>", ["UAT"]),
        ("<code>UAT</code> <a href='#x'>milestone</a> <img alt='API'>", []),
        ("<pre><code>UAT\n</code></pre>", []),
        ("<span>UAT</span> <kbd>API</kbd> <b>milestone</b>", ["UAT", "milestone"]),
        ("see <code>a <em>UAT</em> b</code> UAT", ["UAT"]),
        ('<div class="no-terms x">UAT <p>API</p></div>milestone', ["milestone"]),
        ("<div data-no-terms>UAT</div>API", ["API"]),
        ("<div><br>UAT<hr/><img alt='API'><p title='milestone'>API</div>", ["UAT", "API"]),
        ("<div><a href=x>UAT <b>API</b></a> API</div>", ["API"]),
        ("<details><summary>UAT</summary>API</details>", ["API"]),
        ("<svg><text>UAT</text></svg>", []),
        ("<div><script>UAT</script><style>API</style><button>milestone</button></div>", []),
        ("<div></p></div></div>UAT</div>API", ["UAT", "API"]),
        ("<div>a < b UAT <!-- API --> <?php API ?> <![odd[ API ]]></div>", ["UAT"]),
        ("<div>U<b>AT</b> APIary</div>", []),
    ],
)
def test_where_it_links(html, expected):
    assert linked(html) == expected


@pytest.mark.parametrize("scrap", ["<", "<a '", '<a "', "<a x=", "<!--", "<!", "<script>", "</", "<p>", "&#"])
def test_the_work_is_linear_in_any_input(scrap):
    text = scrap * 50_000
    started = process_time()
    link_terms(text, INDEX, ENTRIES.get)
    assert process_time() - started < 2, "a quadratic reading takes minutes"


SCRAP_TEXT = """
<div> </div> <p> </p> <code> </code> <a> </a> <b> <br> <img/> <!-- --> <![x[ ]]> <?x ?> <! </ < > & &amp; &#38; &x
UAT APIs R&D R&amp;D milestone 用户验收测试 * " ' <script> </script>
"""
SPACED = [" ", "\n", "\n\n", "<div class='no-terms'>", "<p title='UAT\">"]
SCRAPS = st.sampled_from([*SCRAP_TEXT.split(), *SPACED])


@settings(max_examples=400, deadline=None)
@given(st.lists(SCRAPS, max_size=25).map("".join))
def test_without_its_links_a_page_is_what_it_was(text):
    assert LINK.sub(r"\1", link_terms(text, INDEX, ENTRIES.get)[0]) == text


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
    html = ET.fromstring(link_terms(source, INDEX, ENTRIES.get)[0])
    links = [e for e in html.iter("button") if e.get("class") == "term"]
    assert [e.get("popovertarget", "").removeprefix("t:") for e in links] == expected
    for link in links:
        link.tag = "link"
        del link.attrib["class"]
    assert not any(silent for element, _, silent in texts(html) if element in links)
