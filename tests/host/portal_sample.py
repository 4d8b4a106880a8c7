"""A portal made by hand: one client, two languages, one project; enough for every template of the theme."""

import hashlib
from datetime import date

from portal_gen.contract import Asset, Brand, Client, Page, Portal, Site
from portal_gen.language import Localized

AS_OF = date(2026, 11, 24)
LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 32"><path d="M4 24c8-16 16 8 24-8" fill="none"'
    b' stroke="#0b6e4f" stroke-width="5"/><circle cx="60" cy="16" r="12" fill="#12333a"/></svg>'
)

WORDS = {
    "en": {
        "overview": "Overview",
        "faq": "FAQ",
        "glossary": "Glossary",
        "people": "People",
        "timeline": "Timeline",
        "minutes": "Minutes",
        "group": "Online booking & reminders",
        "meeting": "Steering meeting, 2 November 2026",
        "states": ["Done", "On track", "At risk", "Late", "Unknown"],
        "text": "The UAT begins on Monday, and an_extremely_long_identifier_that_nobody_would_ever_want_to_break_"
        "but_which_must_not_push_the_page_sideways is part of it.",
        "lede": "Patients book, move and cancel appointments themselves.",
        "ask": "What we need from you",
        "need": "Test access to the lab system",
        "when": "in 3 working days",
        "by": "Who",
        "due": "Due",
    },
    "zh": {
        "overview": "概览",
        "faq": "常见问题",
        "glossary": "术语表",
        "people": "人员",
        "timeline": "时间表",
        "minutes": "会议纪要",
        "group": "在线预约与提醒",
        "meeting": "项目指导会议，2026年11月2日",
        "states": ["已完成", "进展顺利", "有风险", "已延误", "未知"],
        "text": "用户验收测试将于周一开始，请贵院安排三位护士参加；测试环境的API密钥由项目经理李伟发送。",
        "lede": "患者可自行预约、改期和取消就诊。",
        "ask": "需要您协助的事项",
        "need": "实验室系统的测试账号",
        "when": "还有 3 个工作日",
        "by": "负责人",
        "due": "截止日期",
    },
}


def block(html):
    return f'<div class="p-page">\n{html}\n</div>\n'


def overview(w):
    states = "".join(
        f'<li><span class="p-state p-state--{css}">{word}</span> <span class="p-meta">{w["when"]}</span></li>'
        for css, word in zip(["done", "on-track", "at-risk", "late", "unknown"], w["states"], strict=True)
    )
    rows = "".join(
        f'<tr><td data-label="{w["need"]}">{w["need"]} {i}</td><td data-label="{w["by"]}">李伟 Li Wei</td>'
        f'<td data-label="{w["due"]}"><time datetime="2026-11-13">13 Nov 2026</time></td></tr>'
        for i in range(4)
    )
    return block(f"""
<h1>{w["group"].replace("&", "&amp;")}</h1>
<p class="p-lede">{w["lede"]}</p>
<div class="p-cards">
<section class="p-card"><p class="p-big"><span class="p-state p-state--at-risk">{w["states"][2]}</span></p>
<p>{w["text"]}</p><p class="p-meta">12 / 30</p>
<p class="p-progress"><progress max="30" value="12" aria-label="{w["states"][0]}"></progress></p></section>
<section class="p-card"><p class="p-big"><a href="booking/timeline/">{w["timeline"]}</a></p>
<p><time datetime="2026-12-11">11 Dec 2026</time> <strong>({w["when"]})</strong></p>
<p><span class="p-meta">{w["faq"]}</span> <span class="p-meta">{w["people"]}</span></p></section>
</div>
<section class="p-ask" aria-labelledby="asks"><h2 id="asks">{w["ask"]}</h2>
<ul class="p-list"><li><span><a href="booking/minutes/2026-11-02/#a1">{w["need"]}</a>
<span class="p-meta">Ana Ruiz</span></span><span><time datetime="2026-11-27">27 Nov 2026</time> ·
<strong>{w["when"]}</strong></span></li></ul></section>
<h2 id="states">{w["overview"]}</h2>
<ul class="p-list">{states}</ul>
<dl class="p-facts"><div><dt>{w["by"]}</dt><dd>Ana Ruiz</dd></div><div><dt>{w["due"]}</dt><dd>27 Nov 2026</dd></div>
<div><dt>{w["minutes"]}</dt><dd><a href="booking/minutes/">8</a></dd></div></dl>
<div class="p-table"><table><thead><tr><th scope="col">{w["need"]}</th><th scope="col">{w["by"]}</th>
<th scope="col">{w["due"]}</th></tr></thead><tbody>{rows}</tbody></table></div>
<p class="p-note">{w["text"]}</p>
""")


def questions(w):
    asked = "".join(
        f'<section><h3 id="q{i}">{w["need"]} {i}?'
        f'<a class="headerlink" href="#q{i}" aria-label="{w["need"]} {i}">#</a></h3>'
        f"<p>{w['text']}</p></section>"
        for i in range(6)
    )
    return block(f'<h1>{w["faq"]}</h1>\n<h2 id="all">{w["ask"]}</h2>\n{asked}')


def minutes(w):
    return block(
        f'<h1>{w["meeting"]}</h1>\n<h2 id="actions">{w["ask"]}</h2>\n<ul><li id="a1">{w["need"]}</li></ul>\n'
        f"<p>{w['text']}</p>\n<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>{w['text']}</td></tr>"
        f"</tbody></table>"
    )


def timeline(w):
    drawing = '<svg width="1600" height="80" role="img" aria-label="plan"><rect width="1500" height="20" y="40"/></svg>'
    return block(
        f'<h1>{w["timeline"]}</h1>\n<div class="p-scroll" tabindex="0" role="region" aria-label="{w["timeline"]}">'
        f"{drawing}</div>"
        f"<p>{w['text']}</p>"
    )


def glossary(w):
    return block(f'<h1>{w["glossary"]}</h1>\n<h2 id="uat">UAT</h2><p>UAT {w["text"]}</p>')


def pages(w):
    def page(path, title, markdown, section, **how):
        return Page(path=path, title=title, description=w["lede"], markdown=markdown, section=section, **how)

    return (
        page("index", w["overview"], overview(w), "overview"),
        page("faq", w["faq"], questions(w), "faq"),
        page("glossary", w["glossary"], glossary(w), "glossary"),
        page("people", w["people"], block(f"<h1>{w['people']}</h1><p>{w['text']}</p>"), "people"),
        page("booking/timeline", w["timeline"], timeline(w), "timeline", group="booking"),
        page(
            "booking/minutes/index",
            w["minutes"],
            block(f'<h1>{w["minutes"]}</h1><p><a href="2026-11-02/">{w["meeting"]}</a></p>'),
            "minutes",
            group="booking",
        ),
        page(
            "booking/minutes/2026-11-02",
            w["meeting"],
            minutes(w),
            "minutes",
            group="booking",
            in_nav=False,
            parent="booking/minutes/index",
        ),
    )


def make_portal(folder, *, client="harbor", name="Harbor Clinic", languages=("en", "zh"), colour="#0b6e4f"):
    """A portal whose logo lies in `folder`."""
    source = folder / "logo.svg"
    source.write_bytes(LOGO)
    logo = Asset(source, "files/logo.svg", "logo.svg", "image/svg+xml", len(LOGO), hashlib.sha256(LOGO).hexdigest())
    owner = Client(
        id=client,
        name=Localized.plain(name),
        languages=tuple(languages),
        region="GB",
        timezone="Europe/London",
        agency=Localized.plain("North Pier Studio"),
        brand=Brand(logo, colour),
    )
    sites = {tag: make_site(owner, tag, name, logo) for tag in languages}
    return Portal(owner, sites)


def make_site(owner, tag, name, logo):
    """One language of it."""
    w = WORDS[tag]
    all_pages = pages(w)
    shown = [p for p in all_pages if p.in_nav]
    nav = (
        ("", tuple(p for p in shown if p.group is None)),
        (w["group"], tuple(p for p in shown if p.group)),
    )
    return Site(
        client=owner,
        language=tag,
        name=name,
        pages=all_pages,
        nav=nav,
        assets={logo.path: logo},
        files={"assets/sections.css": b".x { color: red }\n"},
    )
