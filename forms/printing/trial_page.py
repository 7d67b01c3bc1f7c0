"""The test page of a printer (打印测试页): how near the edge it prints, whether a millimetre is one, how type looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from forms.printing.draw import Sheet
from forms.printing.embed import Typesetter
from forms.printing.fonts import faces_of
from forms.printing.layout import MM
from forms.printing.linebreak import Text
from forms.printing.plain_paper import plain_pdf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forms.printing.options import FaceFile, Role

TITLE: Final = "打印测试页"
_WIDTH, _HEIGHT = 210, 297
_FRAMES: Final = (0, 5, 10)
"""Distances of the frames from the edge of the paper, mm."""
_LEFT, _TOP, _LENGTH = 30, 60, 100
"""The corner of the two control lengths, and how long they are, mm."""
_HOW: Final = (
    "一、边距：四边各有三个框，分别距纸边0、5、10毫米。通常0毫米的框印不出来；10毫米的框四边都应完整，距离应相等。",
    "　　左右或上下不等的，在打印窗口的“挪动”中调整：印得偏左2毫米，就向右填2.0。",
    "二、比例：用尺量下面的横线和竖线，两条都应是100毫米。不是的，在打印窗口的“大小”中选“按比例”，填入表中的数。",
    "三、字体：下面各行应笔画清楚，细线不断，灰色文字可以辨认。",
)
_SAMPLES: Final[tuple[tuple[Role, float, str], ...]] = (
    ("title", 18, "财政项目支出绩效目标申报表"),
    ("table", 10.5, "10.5磅　年度资金申请总额　1,515,000.00　≥85.00(%)　2025年12月31日前"),
    ("table", 9, "9磅　产出指标　数量指标　组织开展科普讲座　≥240.00(场)　满意度不低于90%"),
    ("table", 8, "8磅　偏差原因分析及改进措施　《示例单位财务管理办法》　龘靐齉　鑫淼焱"),
    ("text", 16, "项目经费情况说明正文，十六磅"),
    ("heading", 16, "一、项目概述"),
    ("subheading", 16, "（一）项目立项依据"),
)
_RULES: Final = (0.25, 0.5, 0.8, 1.2)
_MEASURED: Final = (98.0, 98.5, 99.0, 99.5, 100.5, 101.0, 101.5, 102.0)


def print_trial_page(faces: Mapping[Role, FaceFile] | None = None) -> bytes:
    """Return the PDF of the test page: one page A4. Raises FontError for a face that cannot be read."""
    page = _Page(Typesetter(faces_of(faces or {})))
    page.frames()
    page.head()
    page.lengths()
    page.table()
    page.samples()
    return plain_pdf(TITLE, [page.sheet], page.sheet.typesetter)


class _Page:
    """The page in the making; all places in mm from the left and top edge."""

    def __init__(self, typesetter: Typesetter) -> None:
        self.sheet = Sheet(_WIDTH * MM, _HEIGHT * MM, typesetter)

    def words(self, text: str, x: float, y: float, size: float, role: Role = "table", *, middle: bool = False) -> None:
        """Set a line of text on a baseline; ``middle``: its middle is at x."""
        (line,) = Text(text, self.sheet.typesetter.faces.measure(role)).lines(self.sheet.width / size)[:1]
        start = x * MM - (line.width * size / 2 if middle else 0)
        self.sheet.line(line, start, y * MM, size, role)

    def rule(self, x0: float, y0: float, x1: float, y1: float, weight: float = 0.5) -> None:
        """Draw a line of a weight in points."""
        self.sheet.rule(x0 * MM, y0 * MM, x1 * MM, y1 * MM, weight)

    def frames(self) -> None:
        """Frames parallel to the edges of the paper, each named where it may be cut off last."""
        for at in _FRAMES:
            self.sheet.frame(at * MM, at * MM, (_WIDTH - 2 * at) * MM, (_HEIGHT - 2 * at) * MM)
            self.words(f"{at}", _WIDTH / 2 + 2, at + 3.4, 8)
            self.words(f"{at}", _WIDTH / 2 + 2, _HEIGHT - at - 0.8, 8)
            self.words(f"{at}", at + 0.8, _HEIGHT / 2, 8)
            self.words(f"{at}", _WIDTH - at - (3.8 if at > 9 else 2.4), _HEIGHT / 2, 8)

    def head(self) -> None:
        """Title, and how the page is read."""
        self.words(TITLE, _WIDTH / 2, 24, 18, "title", middle=True)
        for number, line in enumerate(_HOW):
            self.words(line, 16, 32 + number * 5.5, 9.3)

    def lengths(self) -> None:
        """Two control lengths with rulers, a millimetre a step."""
        for step in range(_LENGTH + 1):
            tick = 5.0 if step % 10 == 0 else 3.5 if step % 5 == 0 else 2.0
            self.rule(_LEFT + step, _TOP, _LEFT + step, _TOP + tick, 0.25)
            self.rule(_LEFT, _TOP + step, _LEFT + tick, _TOP + step, 0.25)
            if step % 10 == 0 and step:
                self.words(f"{step}", _LEFT + step, _TOP + 8.4, 8, middle=True)
                self.words(f"{step}", _LEFT + 5.6, _TOP + step + 1.1, 8)
        self.rule(_LEFT, _TOP, _LEFT + _LENGTH, _TOP, 0.8)
        self.rule(_LEFT, _TOP, _LEFT, _TOP + _LENGTH, 0.8)

    def table(self) -> None:
        """Which percentage belongs to a measured length: 100 ÷ 量得的毫米数."""
        left, top, width, height = _LEFT + 25, _TOP + 20, 76, 6.5
        self.words("量得（毫米）", left + width / 4, top - 2, 10.5, middle=True)
        self.words("比例填（%）", left + width * 3 / 4, top - 2, 10.5, middle=True)
        for number, measured in enumerate(_MEASURED):
            y = top + number * height
            self.rule(left, y, left + width, y)
            self.words(f"{measured:.1f}", left + width / 4, y + 4.7, 10.5, middle=True)
            self.words(f"{100 / measured * 100:.1f}", left + width * 3 / 4, y + 4.7, 10.5, middle=True)
        end = top + len(_MEASURED) * height
        self.rule(left, end, left + width, end)
        self.words("量得其他数的：比例 = 100 ÷ 量得的毫米数 × 100", left + width / 2, end + 6, 9, middle=True)

    def samples(self) -> None:
        """Every role of type in its size, the weights of rules, and grey type."""
        y = _TOP + _LENGTH + 8.0
        for role, size, text in _SAMPLES:
            y += 3.5 + size * 0.35
            self.words(text, _LEFT, y, size, role)
        y += 8
        with self.sheet.grey(0.45):
            self.words("灰色8磅　校验码 7K3M-Q2XD-9F4T　第1页/共1页", _LEFT, y, 8)
        y += 6
        for number, weight in enumerate(_RULES):
            x = _LEFT + number * 38
            self.rule(x, y, x + 22, y, weight)
            self.words(f"{weight:g}磅", x + 23, y + 1, 8)
