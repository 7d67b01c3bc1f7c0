"""A form as a grid: the bands of its edition filled with the texts of one document.

Rows count from 0 over the whole form. A box covers rows and columns of one band and holds a text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from forms.documents import Declaration, Evaluation, get, parse_path
from forms.edition import Cell, EditionError, without_period
from forms.money import AmountError, format_amount, parse_amount
from forms.printing.linebreak import prepared
from forms.reading import sq

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from forms.documents import Indicator
    from forms.edition import Band, Edition
    from forms.printing.linebreak import Text

WORDS: Final = (
    *("服务对象", "满意度", "可持续", "影响", "社会", "生态", "环境", "经济", "成本", "效益", "数量", "质量", "时效"),
    *(
        "指标值",
        "完成值",
        "指标",
        "年度",
        "实际",
        "偏差",
        "原因",
        "分析",
        "改进",
        "措施",
        "项目",
        "资金",
        "日期",
        "（元）",
    ),
    *(
        "分值",
        "得分",
        "执行率",
        "总分",
        "开始",
        "完成",
        "（万元）",
        "(元)",
        "(万元)",
        "项目资金",
        "其中：",
        "财政",
        "拨款",
        "结转",
        "主管",
        "部门",
        "实施",
        "单位",
        "计划",
        "名称",
        "性质",
        "类别",
    ),
)
"""Words that a label is broken between, not within."""

_NAME: Final = 40
"""Characters up to which a text is a name and not a sentence: its last words are not broken either."""
_CHINESE: Final = r"[^\W\d_A-Za-z]"
_LAST_WORDS: Final = re.compile(
    rf"满意度|知晓度|影响力|{_CHINESE}{{2}}[率数量额](?!{_CHINESE})|(?:时间|费用|成本|情况|次数|人数|人次|数量|金额|程度)"
)

_PLAIN_FUNDS: Final = ("分值", "执行率", "得分")


class Box:
    """A cell of the grid. ``repeats``: printed again, whole, wherever a page break opens the box anew.

    Boxes are told apart as objects: much is looked up by them.
    """

    __slots__ = ("align", "band", "column", "columns", "path", "repeats", "row", "rows", "text", "upright")

    def __init__(self, band: int, cell: Cell, first: int, text: Text, path: str | None, *, repeats: bool) -> None:
        """Place a cell of a band that begins with a row of the form."""
        self.band, self.row, self.rows = band, first + cell.row, cell.rows
        self.column, self.columns = cell.column, cell.columns
        self.align, self.upright = cell.align, cell.upright
        self.text, self.path, self.repeats = text, path, repeats


class Row(NamedTuple):
    """``head``: repeated where the rows below it run on; ``keep``: the next row stands on the same page."""

    band: int
    head: bool
    keep: bool


class Grid(NamedTuple):
    """The rows and boxes of a form, and the edges of the columns of each band as the edition has them, in mm."""

    rows: tuple[Row, ...]
    boxes: tuple[Box, ...]
    edges: tuple[tuple[float, ...], ...]
    parts: tuple[str, ...]


def build(form: Declaration | Evaluation, edition: Edition, measure: Callable[[str], float]) -> Grid:
    """Fill the bands of the edition; ``measure`` gives the width of a character in ems."""
    maker = _Maker(form, edition, measure)
    for band in edition.bands:
        maker.add(band)
    edges = tuple(tuple(float(edge) for edge in band.edges) for band in edition.bands)
    return Grid(tuple(maker.rows), tuple(maker.boxes), edges, tuple(band.part for band in edition.bands))


def printed_texts(form: Declaration | Evaluation, edition: Edition) -> Iterator[tuple[str, str]]:
    """Every path of the form that its edition prints, with the text as printed."""
    maker = _Maker(form, edition, lambda _: 1.0)
    for band in edition.bands:
        for cell in band.cells:
            if cell.path is not None:
                path = maker.real(cell.path)
                yield path, maker.value(path)
        if band.side is not None:
            for n, one in enumerate(form.indicators):
                for column in band.columns:
                    yield f"indicators[{n}].{column.key}", getattr(one, column.key)


class _Maker:
    def __init__(self, form: Declaration | Evaluation, edition: Edition, measure: Callable[[str], float]) -> None:
        self.form, self.edition, self._measure = form, edition, measure
        self.rows: list[Row] = []
        self.boxes: list[Box] = []
        self.band = 0
        self._rows_of = _fund_rows(form, edition)
        self._derived = {self.real(path): text for path, text in _derived(form, edition).items()}

    def real(self, path: str) -> str:
        """The path in this form of what the edition names."""
        head, dot, rest = path.partition(".")
        return self._rows_of.get(head, head) + dot + rest

    def value(self, path: str) -> str:
        """The text at a path of the form as it is printed."""
        if path in self._derived:
            return self._derived[path]
        try:
            text = get(self.form, parse_path(path))
        except LookupError:
            return ""
        text = "" if text is None else str(text)
        if path.startswith("funds") and not path.endswith(_PLAIN_FUNDS):
            return _amount(text, self.edition)
        return text

    def add(self, band: Band) -> None:
        """Add the rows and boxes of a band."""
        if band.side is not None:
            self._add_indicators(band, band.side)
        else:
            self._add_cells(band)
        self.band += 1

    def _add_cells(self, band: Band) -> None:
        first, count = len(self.rows), band.row_count
        if band.part == "total" and self.rows:
            self.rows[-1] = Row(self.rows[-1].band, self.rows[-1].head, keep=True)
        for n in range(count):
            keep = band.part in ("fields", "funds") or n < band.header_rows
            last = n == count - 1 and band.part == "funds"
            self.rows.append(Row(self.band, head=n < band.header_rows, keep=keep and not last))
        for cell in band.cells:
            path = None if cell.path is None else self.real(cell.path)
            text = self._label(cell) if path is None else self.value(path)
            self._box(first, cell, text, path, repeats=path is None or cell.rows > 1)

    def _add_indicators(self, band: Band, side: Cell) -> None:
        first, rows = len(self.rows), self.form.indicators
        self.rows.append(Row(self.band, head=True, keep=bool(rows)))
        self.rows += [Row(self.band, head=False, keep=False)] * len(rows)
        self._box(first, side._replace(rows=1 + len(rows)), self._label(side), None, repeats=True)
        for k, column in enumerate(band.columns, 1):
            self._box(first, Cell(0, k, 1, 1), column.label, None, repeats=True)
            merged = column.key in ("l1", "l2")
            for start, end in _runs(rows, column.key):
                cell = Cell(1 + start, k, end - start, 1, align=column.align)
                path = f"indicators[{start}].{column.key}"
                self._box(first, cell, getattr(rows[start], column.key), path, repeats=merged)

    def _label(self, cell: Cell) -> str:
        """A label with its period filled in; without a period what asks for one falls away."""
        label = cell.label or ""
        period = getattr(self.form, "overall_period", None)
        if period is None:
            return without_period(label)
        return label.replace("{from}", str(period.start)).replace("{to}", str(period.end))

    def _box(self, first: int, cell: Cell, text: str, path: str | None, *, repeats: bool) -> None:
        words = WORDS if repeats else tuple(_LAST_WORDS.findall(text)) if len(text) <= _NAME else ()
        self.boxes.append(Box(self.band, cell, first, prepared(text, self._measure, words), path, repeats=repeats))


def _fund_rows(form: Declaration | Evaluation, edition: Edition) -> dict[str, str]:
    """Where the rows of the funds block stand in the form, by where the edition has them: rows go by their names."""
    if isinstance(form, Declaration):
        return {}
    names = {sq(row.get("row", "")): n for n, row in enumerate(form.funds)}
    found = {}
    for band in edition.bands:
        labels = {cell.row: sq(cell.label) for cell in band.cells if cell.label and cell.column == 1}
        for cell in band.cells:
            label = labels.get(cell.row, "")
            if band.part == "funds" and cell.path is not None and not names.keys().isdisjoint(labels.values()):
                found[cell.path.partition(".")[0]] = f"funds[{names.get(label, len(form.funds))}]"
    return found


def _runs(rows: tuple[Indicator, ...], key: str) -> Iterator[tuple[int, int]]:
    """Rows that share a cell of a column: equal neighbours of 一级, and of 二级 within one 一级."""
    keys = {"l1": ("l1",), "l2": ("l1", "l2")}.get(key)
    start = 0
    for n in range(1, len(rows) + 1):
        if n == len(rows) or not keys or any(getattr(rows[n], k) != getattr(rows[start], k) for k in keys):
            yield start, n
            start = n


def _amount(text: str, edition: Edition) -> str:
    """An amount in the style of the edition; what is no amount stands as it is."""
    try:
        return format_amount(parse_amount(text, edition.amounts), edition.amounts)
    except AmountError:
        return text


def _derived(form: Declaration | Evaluation, edition: Edition) -> dict[str, str]:
    """What the program derives, by path; what cannot be derived is not there."""
    if isinstance(form, Declaration):
        return {}
    from forms.scoring import derived  # a declaration does without

    try:
        found = derived(form, edition)
    except EditionError:
        return {}
    texts = {
        "funds[0].执行率": found.execution_rate,
        "funds[0].得分": found.execution_score,
        "total_score": found.total_score,
    }
    return {path: text for path, text in texts.items() if text is not None}
