"""A small client with a page of every type, written in Chinese alone, in as many languages as a test wants."""

from pathlib import Path

FILES = {
    "client.yml": """\
name: 海港诊所
languages: [{languages}]
region: {region}
timezone: Europe/London
people:
  ana:
    name: 安娜
    called: 安女士
    side: client
    role: 运营总监
    decides: [范围, 日期]
    email: ana@example.com
    phone: "+44 20 7946 0011"
  li: {{name: 李伟, side: us, role: 项目经理, timezone: Asia/Shanghai}}
  wu: {{name: 吴敏, side: third party, role: 供应商}}
""",
    "glossary.yml": """\
- id: uat
  term: {zh: 验收测试}
  short: {zh: 由诊所员工进行的最后测试。}
""",
    "faq.md": "# 常见问题\n\n## 什么时候上线？\n\n春天。\n",
    "booking/faq.md": "先读这里。\n\n## 谁可以预约？\n\n所有患者，验收测试之后。\n",
    "booking/project.yml": """\
title: 在线预约
summary: 患者自行预约。
objectives:
  - {id: calls, statement: 来电减半, measure: 每周来电数, from: 420, to: 210, by: 2027-03-31, owner: ana}
  - {id: nights, statement: 夜间可预约}
scope:
  in: [{id: form, text: 预约表单, serves: [calls], agreed: minutes/2026-11-02, by: [ana]}]
  out: [{id: pay, text: 在线支付, because: 需要与银行签约。}]
  deferred: [{id: video, text: 视频问诊, because: 以后再说。, until: 2027-04-12}]
  assumptions: [{id: access, text: 供应商提供权限。}]
communication:
  - {what: 状态报告, every: 1 week on friday, by: li, via: 本门户}
  - {what: 例会, every: 2 weeks on monday, by: li}
  - {what: 总结, every: 1 month}
response: {first: 1 working day, resolve: {high: 2 working days, normal: 10 working days}}
""",
    "booking/plan.yml": """\
start: 2026-11-02
phases:
  - id: design
    title: 设计
    tasks:
      - {id: drafts, title: 草图, takes: 5 working days, owner: li, started: 2026-11-02, finished: 2026-11-10}
      - {id: texts, title: 文字, takes: 2 working days, owner: li}
  - id: build
    title: 开发
    tasks:
      - id: widget
        title: 预约组件
        after: [drafts]
        takes: 10 working days
        owner: li
        started: 2026-11-11
        done: 40%
      - id: training
        title: 培训
        after: [{id: widget, type: start-start, lag: 2 working days}]
        takes: 2 working days
milestones:
  - {id: agreed, title: 草图确认, promised: 2026-11-06, reached: 2026-11-10, after: [drafts]}
  - id: beta
    title: 内测版
    baseline: 2026-11-20
    promised: 2026-11-27
    forecast: 2026-12-04
    because: 权限较晚。
    after: [widget]
  - {id: review, title: 理事会评审, promised: 2026-12-11}
needs:
  - {id: rights, text: 测试权限, from: ana, by: 2026-11-20, blocks: [widget]}
  - {id: names, text: 测试人员名单, from: ana, by: 2026-12-01, blocks: [training]}
  - {id: logo, text: 标志, from: ana, by: 2026-11-04, received: 2026-11-03}
""",
    "booking/deliverables/widget.md": """\
---
title: 预约组件
due: 2026-12-04
promised: 2026-11-27
because: 权限较晚。
owner: li
status: in review
serves: [calls]
accepted_by: ana
---
患者用手机预约。

## 验收标准
- [x] 一分钟内完成 [verified:: 2026-11-18] [by:: @ana]
- [ ] 可用读屏软件

## 文件
- [数据](data.csv)
- [看板](https://example.com/board)

## 测试方法
请十二位患者参加。
""",
    "booking/deliverables/data.csv": "a,b\n1,2\n",
    "booking/deliverables/plan.md": """\
---
title: 方案
status: accepted
accepted: 2026-11-05
accepted_by: ana
---
方案。
""",
    "booking/deliverables/manual.md": "---\ntitle: 手册\nstatus: planned\ndue: 2026-11-20\n---\n",
    "booking/minutes/2026-11-02.md": """\
---
title: 启动会
attendees: [ana, li]
apologies: [wu]
next: 2026-11-30
---
## 决定
- 每周一开会。 [by:: @ana, @li]
## 待办
- [ ] 提供测试账号 [owner:: @ana] [due:: 2026-11-20]
- [ ] 准备文字 [owner:: @li] [due:: 2026-12-01]
- [x] 预订会议室 [owner:: @li] [due:: 2026-11-09] [done:: 2026-11-05]
- [-] 询问另一家银行 [owner:: @wu]
## 记录
一切顺利，验收测试在即。
""",
    "booking/minutes/2026-11-16.md": "---\ntitle: 例会\nattendees: [ana]\n---\n## 决定\n- 暂不支付。\n",
    "signs/project.yml": "title: 导视系统\n",
}


def write_small_client(content: Path, languages: tuple[str, ...], region: str = "GB", client: str = "clinic") -> Path:
    """Write it; Chinese is its first language. The folder of the client is returned."""
    for name, text in FILES.items():
        path = content / client / name
        path.parent.mkdir(parents=True, exist_ok=True)
        named = ", ".join(["zh", *languages])
        path.write_text(text.format(languages=named, region=region) if name == "client.yml" else text, "utf-8")
    return content / client
