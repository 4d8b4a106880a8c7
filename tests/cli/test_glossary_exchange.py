"""Glossaries to other tools and back: nothing is lost, and what is wrong is said."""

import csv
import json
import shutil
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from portal_gen.cli import portal
from portal_gen.compile import compile_portal
from portal_gen.diagnostics import Report
from portal_gen.sections.glossary.exchange import READERS, WRITERS, Concept, concept_of, to_yaml
from portal_gen.sections.glossary.model import read_terms
from portal_gen.source.yaml_file import parse_yaml
from tests.sites import ROOT

FORMATS = sorted(WRITERS)
SUFFIX = {"csv": "csv", "skos": "jsonld", "tbx": "tbx"}

LINES = (
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp", "Co"), include_characters="\"';,:#[]{}&<>|"),
        min_size=1,
        max_size=12,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text not in ("", "-"))
)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
TAGS = st.sampled_from(["en", "zh", "zh-Hant", "pt-BR"])


def by_tag(values, least=0):
    return st.dictionaries(TAGS, values, min_size=least, max_size=3)


NAMES = st.lists(LINES, min_size=1, max_size=3, unique=True)
CONCEPTS = st.builds(
    Concept,
    id=st.sampled_from(["uat", "a-1"]),
    texts=st.fixed_dictionaries(
        {"term": by_tag(LINES, 1), "short": by_tag(TEXTS, 1)},
        optional={
            "expands": by_tag(LINES, 1),
            "long": by_tag(TEXTS, 1),
            "example": by_tag(TEXTS, 1),
            "reading": by_tag(LINES, 1),
        },
    ),
    names=st.fixed_dictionaries(
        {},
        optional={
            **{key: by_tag(NAMES, 1) for key in ("aliases", "deprecated", "instead_of", "not_in")},
            "plural": by_tag(st.just([]) | NAMES, 1),
        },
    ),
    case=st.sampled_from(["auto", "exact", "free"]),
    visibility=st.sampled_from(["client", "internal"]),
    related=st.lists(st.sampled_from(["b", "c-2"]), unique=True),
)


@pytest.mark.parametrize("style", FORMATS)
@settings(max_examples=150, deadline=None)
@given(st.lists(CONCEPTS, min_size=1, max_size=2, unique_by=lambda c: c.id))
def test_what_is_written_is_read_again(style, concepts):
    assert READERS[style](WRITERS[style](concepts)) == concepts


@settings(max_examples=150, deadline=None)
@given(CONCEPTS)
def test_the_yaml_says_the_same(concept):
    report = Report()
    concept.names = {k: v for k, v in concept.names.items() if k in ("plural", "not_in", "aliases")}
    (record,) = read_terms(parse_yaml(to_yaml([concept]), "glossary.yml", report), report)
    assert not report.diagnostics
    assert nfc(concept_of(record, "en")) == nfc(concept)


def nfc(concept):
    import unicodedata  # noqa: PLC0415 - for this comparison alone

    return json.loads(
        unicodedata.normalize(
            "NFC",
            json.dumps(
                [concept.texts, concept.names, concept.case, concept.visibility, concept.related],
                ensure_ascii=False,
                sort_keys=True,
            ),
        )
    )


@pytest.fixture
def content(tmp_path):
    return shutil.copytree(ROOT / "content", tmp_path / "content")


def run(*arguments, code=0):
    result = CliRunner().invoke(portal, ["glossary", *map(str, arguments)])
    assert result.exit_code == code, (result.output, result.exception)
    return result


def pages(content, client):
    report = Report()
    made = compile_portal(content, client, date(2026, 11, 24), report)
    assert made, report.diagnostics
    return {(tag, p.path): p.markdown for tag, site in made.sites.items() for p in site.pages}


@pytest.mark.parametrize("style", FORMATS)
def test_a_round_trip_of_the_examples_changes_no_page(content, tmp_path, style):
    before = {client: pages(content, client) for client in ("harbor-clinic", "yunhai-logistics")}
    for where in ("shared", "harbor-clinic", "yunhai-logistics"):
        file = tmp_path / f"{where}.{SUFFIX[style]}"
        run("export", where, "--output", file, "--content", content)
        run("import", file, "--to", where, "--replace", "--content", content)
    assert {client: pages(content, client) for client in before} == before


def test_the_formats_are_what_they_are_called(content):
    rows = list(csv.DictReader(run("export", "shared", "--format", "csv", "--content", content).stdout.splitlines()))
    assert {"id": "beta", "language": "zh", "term": "测试版"}.items() <= next(
        r for r in rows if r["id"] == "beta" and r["language"] == "zh"
    ).items()
    graph = json.loads(run("export", "shared", "--format", "skos", "--content", content).stdout)
    beta = next(n for n in graph["@graph"] if n["@id"].endswith(":beta"))
    assert beta["@type"] == "skos:Concept"
    assert beta["prefLabel"] == {"en": "beta", "zh": "测试版"}
    root = ET.fromstring(run("export", "shared", "--format", "tbx", "--content", content).stdout)
    assert root.tag == "{urn:iso:std:iso:30042:ed-2}tbx"
    assert (root.get("type"), root.get("style")) == ("TBX-Basic", "dca")
    assert [c.get("id") for c in root.findall(".//{*}conceptEntry")] == list(dict.fromkeys(r["id"] for r in rows))


def test_a_foreign_spreadsheet_skos_and_tbx_are_read(tmp_path):
    table = tmp_path / "terms.csv"
    table.write_text("\ufeffLanguage;ID;Term;Short\nde;uat;Abnahmetest;Ihr Team probiert es aus.\n", "utf-8")
    assert 'term: {de: "Abnahmetest"}' in run("import", table).stdout
    graph = {
        "@id": "https://example.com/terms#sla",
        "@type": ["http://www.w3.org/2004/02/skos/core#Concept"],
        "http://www.w3.org/2004/02/skos/core#prefLabel": [{"@value": "SLA", "@language": "en"}],
        "skos:definition": {"@value": "How fast we answer.", "@language": "en"},
    }
    (tmp_path / "terms.json").write_text(json.dumps([graph]))
    assert run("import", tmp_path / "terms.json").stdout.startswith('- id: sla\n  term: {en: "SLA"}\n')
    (tmp_path / "terms.xml").write_text(
        '<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en"><text><body>'
        '<conceptEntry id="sla"><langSec xml:lang="en"><descripGrp><descrip type="definition">Speed.</descrip>'
        "</descripGrp>"
        "<note>Ask us.</note><termSec><term>SLA</term></termSec><termSec><term>service level</term></termSec></langSec>"
        "</conceptEntry></body></text></tbx>"
    )
    out = run("import", tmp_path / "terms.xml").stdout
    assert 'term: {en: "SLA"}' in out
    assert 'aliases: {en: ["service level"]}' in out
    assert 'en: "Ask us."' in out


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "id,language,trem\n", "line 1: there is no column 'trem'. Did you mean 'term'?"),
        ("a.csv", "id,term\n", "must name the column 'language'"),
        ("a.csv", "id,language,term\na,en,A\n,en,B\n", "line 3: each row must have an id and a language"),
        ("a.csv", "id,language,term\na,en,A\na,en,B\n", "line 3: 'a' has a second row for 'en'"),
        ("a.csv", 'id,language,term\na,en,"A\n', "this is not CSV"),
        ("a.json", "{", "line 1: this is not JSON"),
        ("a.json", "[" * 100_000, "this"),
        ("a.json", "{}", "there is no skos:Concept"),
        (
            "a.json",
            '{"@type": "skos:Concept", "@id": "x:a", "prefLabel": "A"}',
            "a: prefLabel: a text with its language",
        ),
        ("a.tbx", "<tbx", "line 1:"),
        ("a.tbx", "<martif/>", "not TBX"),
        ("a.tbx", '<!DOCTYPE tbx [<!ENTITY a "b">]><tbx/>', "entities"),
        ("a.csv", "id,language,term,short\nA B,en,A,B\n", "cannot be an id"),
        ("a.csv", "id,language,term\na,en,A\n", "must have the key 'short'"),
        ("a.csv", "id,language,term,short,related\na,en,A,B,nothing\n", "there is no term 'nothing'"),
        ("a.csv", "id,language,term,short,case\na,en,A,B,upper\n", "'upper' is not one of the words"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(tmp_path, name, text, said):
    (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "content/clinic").mkdir(parents=True)
    (tmp_path / "content/clinic/client.yml").write_text("name: Clinic\n")
    result = run("import", tmp_path / name, "--to", "clinic", "--content", tmp_path / "content", code=1)
    assert said in result.output
    assert not (tmp_path / "content/clinic/glossary.yml").exists()


def test_use(content, tmp_path):
    assert "--format" in run("export", "shared", "--content", content, code=2).output
    assert "no client 'nobody'" in run("export", "nobody", "--format", "csv", "--content", content, code=2).output
    file = tmp_path / "x.csv"
    run("export", "shared", "--output", file, "--content", content)
    assert "--replace" in run("import", file, "--to", "shared", "--content", content, code=2).output
    project = "harbor-clinic/online-booking"
    run("import", file, "--to", project, "--content", content)
    assert (content / project / "glossary.yml").is_file()
    assert pages(content, "harbor-clinic")
