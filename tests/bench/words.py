"""The two vocabularies that the portfolio is written from. Everything in them is invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product


@dataclass(frozen=True)
class Words:
    """One language. `sentences` have the fields {term}, {other}, {part}, {who} and {n}."""

    language: str
    region: str
    timezone: str
    space: str
    colon: str
    companies: tuple[str, ...]
    subjects: tuple[str, ...]
    parts: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]
    questions: tuple[str, ...]
    decisions: tuple[str, ...]
    actions: tuple[str, ...]
    criteria: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    term_pieces: tuple[tuple[str, ...], ...]
    rare_meaning: str
    labels: dict[str, str] = field(default_factory=dict)

    def glossary(self, count: int) -> list[tuple[str, str]]:
        """`count` terms with their meaning: first those that the prose uses, then ones that it does not.

        Raises:
            ValueError: there are not as many.
        """
        more = (
            (self.space.join(pieces), self.rare_meaning.format(*pieces)) for pieces in product(*self.term_pieces)
        )
        found = [*self.terms, *more][:count]
        if len(found) < count:
            raise ValueError(f"the vocabulary has {len(found)} terms, not {count}")
        return found


ENGLISH = Words(
    language="en",
    region="GB-ENG",
    timezone="Europe/London",
    space=" ",
    colon=": ",
    companies=(
        "Alder Rail", "Brightwater Utilities", "Copperfield Bank", "Dunmore Hospitals", "Eastgate Museums",
        "Fernhill Schools", "Greyfriars Housing", "Hollow Oak Foods", "Ironbridge Tools", "Juniper Insurance",
        "Kestrel Airways", "Larkspur Gardens", "Mossbank Cheese", "Northgate Council", "Orchard Theatres",
    ),
    subjects=(
        "customer accounts", "ticket sales", "stock counting", "home visits", "fault reports", "meter readings",
        "membership renewal", "delivery slots",
    ),
    parts=(
        "sign-in page", "search screen", "invoice export", "address book", "photo upload", "payment reminder",
        "booking calendar", "status board", "mailing list", "print layout", "map view", "rights matrix",
        "message centre", "report builder", "import wizard", "audit trail", "help texts", "training kit",
        "route planner", "price list", "return form", "shift roster", "quality check", "archive",
    ),
    people=(
        ("amelia", "Amelia Stone"), ("bruno", "Bruno Keller"), ("chiara", "Chiara Conti"), ("dev", "Dev Patel"),
        ("elif", "Elif Aydin"), ("frank", "Frank Osei"), ("greta", "Greta Holm"), ("hugo", "Hugo Lindgren"),
    ),
    sentences=(
        "The {part} reads its figures from the {term} and shows them within {n} seconds.",
        "{who} explained how the {term} and the {other} work together for the {part}.",
        "We tried the {part} with {n} colleagues, and nobody missed the old way of working.",
        "Before the {other} is replaced, the {part} runs beside it for {n} days.",
        "A change in the {term} reaches every branch overnight, without anybody's help.",
        "Of the {n} remarks on the {part}, most were about words and none about the {term}.",
        "{who} keeps a list of what the {part} does when the {term} cannot be reached.",
        "The numbers agree with the ones from last quarter to within {n} in a thousand.",
        "Nothing is deleted: the {part} marks what is old, and the {other} moves it after {n} weeks.",
        "Staff see the {part} first; customers see it once the {term} has been calm for {n} days.",
        "The {other} was down for {n} minutes on Tuesday, which the {part} survived without a loss.",
        "For colleagues who work outdoors, everything important fits on a small screen in sunlight.",
    ),
    questions=(
        "What happens to the {part} when the {term} is down?",
        "Who may change the {part}?",
        "Why does the {part} need a {term}?",
        "How long are entries of the {part} kept?",
        "Can the {part} be used on a phone?",
    ),
    decisions=(
        "The {part} goes live without the {term}.", "We keep the {part} as it was shown on the day.",
        "The {term} is paid for by the client from January on.", "{n} colleagues try the {part} before anyone else.",
    ),
    actions=(
        "Send the list of branches for the {part}", "Name {n} colleagues who try the {part}",
        "Check the figures of the {term} against last year's", "Translate the texts of the {part}",
        "Open the {part} to the pilot branches",
    ),
    criteria=(
        "Opens in under {n} seconds on a phone", "Shows at most {n} entries at once and says how many there are",
        "Works by keyboard alone", "Survives a restart of the {term} without a loss",
        "Is understood by new colleagues without training",
    ),
    terms=(
        ("API", "The agreed way in which two programs ask each other for data."),
        ("load balancer", "A machine that shares visitors out evenly among several others."),
        ("SSO", "Signing in once for all systems."),
        ("data warehouse", "A store of figures from many systems, kept for reports."),
        ("message queue", "A waiting line through which one system hands work to another."),
        ("webhook", "A call that a system makes by itself when something has happened."),
        ("staging", "A copy of the system in which changes are tried first."),
        ("backup", "A second copy that is kept elsewhere, in case the first is lost."),
        ("firewall", "A guard that lets only known kinds of traffic through."),
        ("CDN", "Machines in many places that keep copies of pages near their readers."),
        ("feature flag", "A switch that shows a function to some people only."),
        ("rollback", "Going back to the version from before."),
        ("data migration", "Moving records from the old system into the new one."),
        ("regression test", "A check that what worked before still works."),
        ("SLA", "What the service promises, with numbers."),
        ("audit log", "A list of who did what and when, which nobody can change."),
        ("encryption", "Making data unreadable for anyone without the key."),
        ("two-factor login", "Signing in with a password and something you hold."),
        ("cron job", "Work that a machine does at fixed times."),
        ("cache", "A copy kept close by, so that an answer need not be computed twice."),
        ("master data", "The records all others refer to, such as customers and articles."),
        ("penetration test", "An attack by friends, to find the weak places first."),
        ("go-live", "The day on which real users begin."),
        ("hotfix", "A small urgent correction."),
        ("monitoring", "Watching the system so that we see trouble before you do."),
        ("latency", "The time from a question to the beginning of the answer."),
        ("sandbox", "A place to play in, where nothing counts."),
        ("barcode gateway", "The part that turns scans into records."),
        ("session", "The time from signing in to signing out."),
        ("schema", "The drawing of which fields the data has."),
        ("service desk", "The people who answer when something does not work."),
        ("change request", "A wish that is not part of what was agreed."),
        ("user story", "One thing that somebody wants to do, in one sentence."),
        ("sprint", "Two weeks of work with a goal."),
        ("wireframe", "A drawing of a screen without colours."),
        ("release", "A version that is given to users."),
        ("failover", "The step aside to a second machine when the first one fails."),
        ("event stream", "What happened, in order, as other systems can read it."),
        ("access token", "A key for a short time, given out after signing in."),
        ("batch run", "Work that is done for many records at one time."),
    ),
    term_pieces=(
        ("nightly", "weekly", "regional", "shared", "external", "legacy", "mobile", "central", "local", "signed",
         "partial", "double", "manual", "hourly"),
        ("billing", "stock", "payroll", "freight", "customs", "tariff", "voucher", "ledger", "pallet", "permit",
         "parcel", "claims", "rental", "lease"),
        ("export", "register", "bridge", "index", "snapshot", "mirror", "journal", "router", "filter", "adapter",
         "digest", "vault", "broker", "relay"),
    ),
    rare_meaning="The {0} {2} that belongs to {1}.",
    labels={
        "overview": "Overview", "scope": "Scope", "timeline": "Timeline", "deliverables": "Deliverables",
        "minutes": "Minutes", "actions": "Actions", "decisions": "Decisions", "faq": "FAQ", "glossary": "Glossary",
        "people": "People", "agenda": "Agenda", "notes": "Notes", "criteria": "Acceptance criteria",
        "in": "In scope", "out": "Out of scope", "assumptions": "Assumptions", "objectives": "Objectives",
        "owner": "Owner", "due": "Due", "state": "State", "title": "Title", "day": "Day", "by": "By", "start": "Start",
        "milestones": "Milestones", "needs": "What we need from you", "project": "Portal for {}", "use": "How it is used",
        "because": "why", "meeting": "Steering meeting", "stream": "Stream", "prepare": "Prepare", "build": "Build",
        "done": "done", "open": "open", "role": "Role", "search": "Search", "reached": "reached", "name": "Name",
        "agency": "Linden Works", "director": "Director", "manager": "Project manager", "specialist": "Specialist",
        "report": "Status report", "call": "video call", "reason": "It waits for a contract that is not signed yet.",
        "moved": "The test access came a week late.", "measure": "cases per week", "fewer": "Fewer cases about {}",
        "attended": "Attended", "next": "What comes next", "need": "Your list of branches for the {}",
    },
)

CHINESE = Words(
    language="zh",
    region="CN",
    timezone="Asia/Shanghai",
    space="",
    colon="：",
    companies=("青禾食品", "远山旅行", "南桥银行", "明湖医院", "金穗农业", "星河影院", "白鹭物业", "长风航运"),
    subjects=("会员服务", "票务销售", "库存盘点", "上门服务", "故障报修", "抄表管理", "续费管理", "配送时段"),
    parts=(
        "登录页面", "查询界面", "发票导出", "通讯录", "照片上传", "付款提醒", "预约日历", "状态看板", "邮件列表",
        "打印版式", "地图视图", "权限矩阵", "消息中心", "报表工具", "导入向导", "操作记录", "帮助文本", "培训资料",
        "线路规划", "价目表", "退货单", "排班表", "质量检查", "档案库",
    ),
    people=(
        ("zhao", "赵敏"), ("qian", "钱峰"), ("sun", "孙悦"), ("li", "李航"), ("zhou", "周宁"), ("wu", "吴桐"),
        ("zheng", "郑凯"), ("wang", "王琳"),
    ),
    sentences=(
        "{part}从{term}读取数据，{n}秒内显示结果。",
        "{who}说明了{term}与{other}如何配合{part}工作。",
        "我们请{n}位同事试用了{part}，没有人怀念原来的做法。",
        "在替换{other}之前，{part}会与它并行运行{n}天。",
        "{term}的改动当晚就会到达所有门店，不需要任何人操作。",
        "关于{part}的{n}条意见大多是用词问题，没有一条涉及{term}。",
        "{who}整理了一份清单，写明{term}无法访问时{part}如何处理。",
        "数据与上季度相比，误差不超过千分之{n}。",
        "任何内容都不会删除：{part}标记旧记录，{other}在{n}周后归档。",
        "员工先使用{part}；{term}平稳运行{n}天后再向顾客开放。",
        "{other}周二中断了{n}分钟，{part}没有丢失任何数据。",
        "对在户外工作的同事，重要内容在阳光下的小屏幕上也能看清。",
    ),
    questions=(
        "{term}中断时{part}会怎样？", "谁可以修改{part}？", "{part}为什么需要{term}？", "{part}的记录保留多久？",
        "{part}可以在手机上使用吗？",
    ),
    decisions=(
        "{part}先行上线，不等{term}。", "{part}按当天演示的样子保留。", "{term}的费用从一月起由客户承担。",
        "先由{n}位同事试用{part}。",
    ),
    actions=(
        "提供{part}所需的门店清单", "指定{n}位同事试用{part}", "将{term}的数据与去年核对", "翻译{part}的文本",
        "向试点门店开放{part}",
    ),
    criteria=(
        "在手机上{n}秒内打开", "一次最多显示{n}条，并写明总数", "只用键盘也能操作", "{term}重启后不丢失数据",
        "新同事无需培训即可看懂",
    ),
    terms=(
        ("接口", "两个程序之间约定的数据往来方式。"), ("负载均衡", "把访问平均分给多台机器的做法。"),
        ("单点登录", "登录一次即可使用所有系统。"), ("数据仓库", "汇集多个系统数据、供报表使用的库。"),
        ("消息队列", "一个系统把工作交给另一个系统的排队通道。"), ("回调通知", "事情发生后系统主动发出的调用。"),
        ("预发布环境", "先行试用改动的系统副本。"), ("异地备份", "存放在别处、以防丢失的第二份数据。"),
        ("防火墙", "只放行已知流量的关卡。"), ("内容分发网络", "在各地保存页面副本的机器。"),
        ("功能开关", "只对部分人显示某项功能的开关。"), ("版本回退", "回到之前的版本。"),
        ("数据迁移", "把旧系统的记录搬到新系统。"), ("回归测试", "检查原来可用的部分仍然可用。"),
        ("服务承诺", "用数字写明的服务水平。"), ("审计日志", "谁在何时做了什么，任何人不能改动。"),
        ("数据加密", "没有钥匙就无法读懂数据。"), ("双重验证", "密码之外再加一件随身之物。"),
        ("定时任务", "机器在固定时间做的工作。"), ("高速缓存", "就近保存的副本，不必重复计算。"),
        ("主数据", "其他记录都要引用的客户、商品等基础记录。"), ("渗透测试", "由自己人先行攻击以找出弱点。"),
        ("上线日", "真实用户开始使用的那一天。"), ("紧急修复", "小而急的更正。"),
        ("运行监控", "先于您发现问题的持续观察。"), ("响应延迟", "从提问到开始回答的时间。"),
        ("沙箱", "可以随意尝试、不计后果的环境。"), ("条码网关", "把扫描变成记录的部分。"),
        ("会话", "从登录到退出的这段时间。"), ("数据结构", "说明数据有哪些字段的图纸。"),
        ("服务台", "出现问题时接听的人员。"), ("变更申请", "约定范围之外的要求。"),
        ("用户故事", "用一句话说明某人想做的一件事。"), ("迭代", "有目标的两周工作。"),
        ("线框图", "没有颜色的界面草图。"), ("发布版", "交给用户的版本。"),
        ("故障切换", "主机失效时换到备用机器。"), ("事件流", "按顺序供其他系统读取的经过。"),
        ("访问令牌", "登录后发放的短期钥匙。"), ("批处理", "一次处理许多记录的工作。"),
    ),
    term_pieces=(
        ("夜间", "每周", "区域", "共享", "外部", "旧版", "移动", "中央", "本地", "签名", "局部", "双向", "手工", "每时"),
        ("账单", "库存", "薪酬", "货运", "报关", "费率", "礼券", "总账", "托盘", "许可", "包裹", "理赔", "租赁", "合约"),
        ("导出器", "登记簿", "桥接器", "索引库", "快照集", "镜像库", "流水账", "路由表", "过滤器", "适配器", "摘要表",
         "保管库", "代理端", "中继站"),
    ),
    rare_meaning="属于{1}的{0}{2}。",
    labels={
        "overview": "概览", "scope": "范围", "timeline": "时间线", "deliverables": "交付成果", "minutes": "会议纪要",
        "actions": "行动", "decisions": "决定", "faq": "常见问题", "glossary": "术语表", "people": "联系人",
        "agenda": "议程", "notes": "记录", "criteria": "验收标准", "in": "范围之内", "out": "范围之外",
        "assumptions": "前提", "objectives": "目标", "owner": "负责人", "due": "到期", "state": "状态", "title": "名称",
        "day": "日期", "by": "决定人", "start": "开始", "milestones": "里程碑", "needs": "需要您提供", "project": "{}门户",
        "use": "使用方式", "because": "原因", "meeting": "项目例会", "stream": "工作组", "prepare": "准备", "build": "开发",
        "done": "已完成", "open": "未完成", "role": "职务", "search": "搜索", "reached": "已达成", "name": "姓名",
        "agency": "北榆工坊", "director": "总监", "manager": "项目经理", "specialist": "专员", "report": "状态报告",
        "call": "视频会议", "reason": "需要等待尚未签订的合同。", "moved": "测试账号晚到了一周。",
        "measure": "每周件数", "fewer": "减少{}来件", "attended": "出席", "next": "接下来", "need": "{}所需的门店清单",
    },
)
