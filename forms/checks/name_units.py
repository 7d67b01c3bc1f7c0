"""Which units agree with what a name counts: 场 with 培训, 份 with 报告 (rules.md 1.6.1)."""

from __future__ import annotations

from functools import lru_cache

from forms.checks.text import head
from forms.reading import sq

_MEETINGS = (
    "大会 会议 论坛 大赛 赛事 活动 培训 讲座 巡回 展览 展会 研讨会 座谈会 推进会 对接会 博览会 咨询会 交流会 发布会"
    " 论证会 评审会"
)
_PAPERS = "报告 课题 方案 手册 宣传册 折页 目录 台账 备忘录 白皮书 协议"
_UNITS_OF: tuple[tuple[tuple[str, ...], frozenset[str]], ...] = tuple(
    (tuple(words.split()), frozenset(units.split()))
    for words, units in (
        (_MEETINGS, "场 次 期 届 个"),
        (_PAPERS, "份 个 篇 本 册 项 部"),
        ("报道 推文 文章 专题 简报 专报 信息稿", "篇 条 次 份 期 个"),
        ("视频 案例片 宣传片 短片", "条 部 个 支"),
        ("信息 内容", "条 篇 次 个"),
        ("企业 单位 机构 媒体 家数", "家 个"),
        ("人数 人员 专家 学员", "人 名 位 人次 人/场"),
        ("设备 家具 系统 模块 平台", "台 套 件 个 项"),
    )
)
_WORDS = {word: units for words, units in _UNITS_OF for word in words}
_BY_LENGTH = sorted(_WORDS, key=len, reverse=True)
_COUNTS_ITSELF = (
    "面积 时长 时间 天数 字数 课时 学时 金额 经费 费用 距离 长度 重量 浏览量 访问量 阅读量 点击量 播放量 下载量"
    " 关注量 代表 嘉宾 听众 观众 志愿者 教师 人次 维保 维护 运维 保养 维修 巡检 检查 检测 测评 审计 教材 物资"
    " 音频 库 团 队 批次"
)
_OTHER_NOUNS = tuple(_COUNTS_ITSELF.split())
"""A name that ends so counts that, whatever else stands in it: 会议室维护面积, 设备维保."""
_PERCENT = frozenset(("%",))


@lru_cache(maxsize=512)
def units_for(name: str) -> frozenset[str]:
    """The units that agree with what a name counts (rules.md 1.6.1), in normal form; none where nobody can tell."""
    noun = head(name)
    if (noun.endswith("率") and not noun.endswith("效率")) or noun.endswith("满意度"):
        return _PERCENT
    for word in _BY_LENGTH:
        if noun.endswith(word):
            return _WORDS[word]
    if noun.endswith(_OTHER_NOUNS):
        return frozenset()
    plain = sq(name)
    return frozenset().union(*(units for word, units in _WORDS.items() if word in plain))
