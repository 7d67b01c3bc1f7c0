"""What a place in a file is called in a sentence, and the error that names it."""

from __future__ import annotations

from typing import NamedTuple

from forms.documents import UNFIT, Path, Step

ADVICE = "请改正后再导入，或请对方用绩表重新导出。"


class PackageError(ValueError):
    """A file (or a stored document) cannot be taken in; the sentence names file, place and remedy."""


WORDS = {
    "declaration": "申报表",
    "evaluation": "自评表",
    "narrative": "项目经费情况说明",
    "booklet": "编报册",
    "edition": "表样",
    "year": "年度",
    "from": "起始年度",
    "to": "截止年度",
    "overall_period": "总体目标期间",
    "overall_goal": "项目总体目标",
    "annual_goal": "年度总体目标",
    "expected": "预期目标",
    "total_points": "总分的分值",
    "total_score": "总分的得分",
    "l1": "一级指标",
    "l2": "二级指标",
    "l3": "三级指标",
    "value": "指标值",
    "mid_l3": "中期三级指标",
    "mid_value": "中期指标值",
    "mid_target": "中期指标值",
    "target": "指标值",
    "actual": "实际完成值",
    "points": "分值",
    "score": "得分",
    "reason": "偏差原因分析及改进措施",
    "tier": "定性档次",
    "title": "标题",
    "text": "正文",
    "statement": "编报说明",
    "projects": "项目",
    "indicators": "绩效指标",
    "sections": "各节",
    "confirmations": "已确认的提醒",
    "rule": "规则编号",
    "place": "位置",
    "message": "提醒",
    "texts": "当时的内容",
    "note": "说明",
    "fields": "基本信息",
    "funds": "资金",
}
_ITEMS = {
    "projects": ("第", "个项目"),
    "indicators": ("绩效指标第", "行"),
    "sections": ("第", "节"),
    "confirmations": ("已确认的提醒第", "条"),
    "funds": ("资金第", "行"),
}
_PARTS = ("declaration", "evaluation", "narrative", "booklet")


def shown(word: str, most: int = 30) -> str:
    """Return a key or name as a sentence may show it: short, on one line, nothing that no file may hold."""
    cut = word if len(word) <= most else word[:most] + "…"
    return UNFIT.sub("�", cut).replace("\n", " ").replace("\t", " ")


def _words(path: Path) -> str:
    """``("projects", 1, "declaration", "indicators", 2, "value")`` as 第2个项目的申报表的绩效指标第3行的“指标值”."""
    words: list[str] = []
    for at, step in enumerate(path):
        following = path[at + 1] if at + 1 < len(path) else None
        if isinstance(step, int):
            name = str(path[at - 1]) if at else ""
            before, after = _ITEMS.get(name, (f"“{shown(name)}”第", "项"))
            words.append(f"{before}{step + 1}{after}")
        elif not isinstance(following, int) and (step not in ("fields", "funds") or following is None):
            word = "实际完成情况" if path[at - 1 :] == ("evaluation", "actual") else WORDS.get(step, shown(step))
            words.append(word if step in _PARTS else f"“{word}”")
    return "的".join(words)


class At(NamedTuple):
    """A place in what is being read; ``where`` is its name in a sentence: 文件“x.json”."""

    where: str
    path: Path = ()

    def step(self, step: Step) -> At:
        """Return the place one step further in."""
        return At(self.where, (*self.path, step))

    def wrong(self, what: str, advice: str = ADVICE) -> PackageError:
        """Return the error to raise: where, what, and what to do."""
        place = f"中{_words(self.path)}" if self.path else ""
        return PackageError(f"{self.where}{place}{what}。{advice}")
