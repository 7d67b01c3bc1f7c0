"""N: 项目经费情况说明, and whether it agrees with the declaration."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from forms.checks.facts import Form, Told
from forms.checks.funds import in_ten_thousand
from forms.checks.registry import CONFIRM, ERROR, NO_BLANKS, WARNING, Hits, rule
from forms.checks.text import HAN, NUMBER, UNITS, cut, quantities
from forms.documents import NARRATIVE_TITLES
from forms.reading import sq

BUDGET_SECTION = 6
_MAY_BE_BLANK = 7
_REACH = 16
_CHARS_SHARED: Final = 4
_WITH_QUANTITIES = (1, 4)

# The unit may be missing, so that each number is read once.
_AMOUNT = re.compile(rf"({NUMBER})(?:(亿元|万元|万(?!{UNITS})|元)(?!/))?")
_FACTORS = {"亿元": 10**8, "万元": 10**4, "万": 10**4, "元": 1}
_SENTENCES = re.compile(r"[。；;\n]")
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年")
_OTHER_YEARS = ("上年", "往年", "历年", "累计", "以前年度")
_NO_LIST: tuple[str, ...] = ("其中", "包括", "合计", "共计", "总计", "累计", "单价", "每", "/", "*", "×", "=")
# What is no part of the year's budget: 总投资600万元, and limits of rules, 50万元以上公开招标.
_NO_LIST += ("总投资", "总预算", "总额", "总概算", "概算", "元以上", "元以下")
# 陆万元, ¥60,000, 预算（万元）：6, 6（万元）.
_OTHER_AMOUNT = re.compile(
    r"¥[0-9]|[零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟]{1,20}[元圆]"
    r"|\((?:人民币)?万?元\)[:：]?[0-9]|[0-9]\(万?元\)|[0-9][百千]万?元"
)
_CLAUSES = re.compile(r"[，,]")
_SEE_FORM = re.compile(r"见[^。；;\n]{0,40}表")
# 1） and a) number items; 5" is a length.
_BRACKET = re.compile(r"[()（）]")
_ITEM = re.compile(r"(?:\A|[\s。；;：:，,、！？])[0-9A-Za-z一二三四五六七八九十]{1,2}\Z")
_LONGEST_ITEM = 3
_STRAIGHT = re.compile(r'(?<![0-9])"|(?<=[0-9])"(?=[^"]{0,200}")')
_PAIRS = ("“”", "‘’", "《》", "（）", "【】", "()")

_TERM = rf"{NUMBER}[{HAN}/%]{{0,4}}"
# Each chain of factors is read whole and once, whether or not it has a result.
_CHAIN = re.compile(rf"{_TERM}(?:[*×x]{_TERM})*+(?:=({NUMBER})(?:万元|万|元)?)?")
_FACTOR = re.compile(rf"({NUMBER})([{HAN}/%]{{0,4}})")
_JOINED_BEFORE = frozenset("*×x+-/÷.")
_JOINED_AFTER = frozenset("*×x+-/÷")
_MOST_FACTORS = 12
_LONGEST_FACTOR = 20
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)


class Amount(NamedTuple):
    """An amount in a text: 元, and as it was written."""

    value: Decimal
    text: str
    decimals: int
    factor: int


@rule("N01", ERROR, "说", "项目经费情况说明缺少“{h}”，七个小标题应依次列出", "样张", of="narrative", report="form")
def headings_wrong(told: Told) -> Hits:
    """The headings are not the seven in their order."""
    if told.titles == NARRATIVE_TITLES:
        return
    missing = [title for title in NARRATIVE_TITLES if title not in told.titles]
    at = next(
        (at for at, (has, due) in enumerate(zip(told.titles, NARRATIVE_TITLES, strict=False)) if has != due),
        len(NARRATIVE_TITLES),
    )
    title = missing[0] if missing else (NARRATIVE_TITLES[at] if at < len(NARRATIVE_TITLES) else NARRATIVE_TITLES[-1])
    yield (told.where(at) if at < len(told.titles) else "narrative.sections"), {"h": title}


@rule("N02", ERROR, "说", "“{place}”未填写", "样张", of="narrative")
def section_blank(told: Told) -> Hits:
    """One of the sections 一 to 六 is blank."""
    for number in range(1, _MAY_BE_BLANK):
        section = told.section(number)
        if section is not None and not sq(section[1]):
            yield told.where(section[0]), NO_BLANKS


@lru_cache(maxsize=64)
def _amounts(text: str, year: int) -> tuple[str, tuple[Amount, ...]]:
    """六′ without white space, and its amounts: no sentence of another year or of all years."""
    kept = [sentence for sentence in _SENTENCES.split(text) if sentence and _is_of(sq(sentence), year)]
    plain = "\n".join(sq(sentence) for sentence in kept)
    return plain, tuple(_read_amounts(plain))


def _is_of(sentence: str, year: int) -> bool:
    if any(word in sentence for word in _OTHER_YEARS):
        return False
    return all(int(named) == year for named in _YEAR.findall(sentence))


def _read_amounts(plain: str) -> Iterator[Amount]:
    for match in _AMOUNT.finditer(plain):
        digits, unit = match.groups()
        if unit is not None and len(digits) <= _LONGEST_FACTOR:
            decimals = len(digits.partition(".")[2])
            yield Amount(Decimal(digits.replace(",", "")) * _FACTORS[unit], match[0], decimals, _FACTORS[unit])


def _budget(told: Told) -> tuple[Form, int, str, tuple[Amount, ...]] | None:
    """The form, and place and text of 六′ with its amounts."""
    section = told.section(BUDGET_SECTION)
    if section is None or told.form is None or not sq(section[1]):
        return None
    plain, amounts = _amounts(section[1], told.form.year)
    return told.form, section[0], plain, amounts


@rule("N03", CONFIRM, "说", "说明金额{a}与申报表{total}{b}{unit}不一致", "相应匹配 公开代码", of="narrative")
def amount_differs(told: Told) -> Hits:
    """The one amount of 六 is not what the form asks for in its year."""
    found = _budget(told)
    if found is None:
        return
    form, at, _, amounts = found
    total = form.budget
    if total is not None and len({amount.value for amount in amounts}) == 1:
        told_amount = amounts[0]
        rounded = _round(total / told_amount.factor, told_amount.decimals)
        if rounded * told_amount.factor != told_amount.value:
            words = {"total": form.words(form.edition.year_total or ""), "unit": form.edition.amounts.unit}
            yield told.where(at), {"a": told_amount.text, "b": form.money(total), **words}


def _round(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)


@rule("N04", CONFIRM, "说", "分项合计{a}万元，申报表{b}万元", "相应匹配", of="narrative")
def amounts_differ(told: Told) -> Hits:
    """Several amounts of 六 do not add up to what the form asks for in its year."""
    found = _budget(told)
    if found is None:
        return
    form, at, plain, amounts = found
    total = form.budget
    if total is None or len({amount.value for amount in amounts}) < 2 or any(word in plain for word in _NO_LIST):
        return
    parts = sum((amount.value for amount in amounts), Decimal(0))
    if abs(parts - total) > form.parameters.sum_tolerance:
        a, b = in_ten_thousand(parts, total)
        yield told.where(at), {"a": a, "b": b}


@rule("N05", WARNING, "说", "说明写“{x}”{more}，指标“{name}”为“{v}”", "相应匹配", of="narrative", report="form")
def quantity_differs(told: Told) -> Hits:
    """A quantity of 一 or 四, and an indicator of its unit and words with another number."""
    if told.form is None:
        return
    for number in _WITH_QUANTITIES:
        section = told.section(number)
        if section is None:
            continue
        at, text = section
        plain = sq(text)
        for quantity in quantities(text):
            units = told.form.by_unit.get(quantity.unit)
            if units is None or quantity.number in units.numbers:
                continue
            context = plain[max(0, quantity.start - _REACH) : quantity.end + _REACH]
            row = units.sharing(context, _CHARS_SHARED)
            if row is not None:
                yield told.where(at), {"x": quantity.text, "name": cut(row.name), "v": row.target.strip()}


@rule("N06", WARNING, "说", "“{x}”{more}计算结果应为{v}", "推断", of="narrative", report="form")
def product_wrong(told: Told) -> Hits:
    """A product is not its printed result, neither as it stands nor in 万元."""
    for place in told.texts:
        if "=" not in place.text and "＝" not in place.text:
            continue
        plain = sq(place.text)
        for chain in _CHAIN.finditer(plain):
            wrong = _wrong_product(plain, chain)
            if wrong is not None:
                yield place.where, {"x": cut(chain[0], 40), "v": wrong}


def _wrong_product(plain: str, chain: re.Match[str]) -> str | None:
    """What the product should be; None where it is right, or is part of something longer."""
    result = chain[1]
    if result is None or plain[chain.start() - 1 : chain.start()] in _JOINED_BEFORE:
        return None
    if plain[chain.end() : chain.end() + 1] in _JOINED_AFTER or len(result) > _LONGEST_FACTOR:
        return None
    factors = _FACTOR.findall(chain[0].partition("=")[0])
    if any(suffix.startswith(("折", "成")) for _, suffix in factors):
        return None
    if not 2 <= len(factors) <= _MOST_FACTORS or any(len(digits) > _LONGEST_FACTOR for digits, _ in factors):
        return None
    product = Decimal(1)
    for digits, suffix in factors:
        product = _WIDE.multiply(product, Decimal(digits.replace(",", "")))
        if suffix.startswith("%"):
            product = product.scaleb(-2)
    printed = Decimal(result.replace(",", ""))
    decimals = len(result.partition(".")[2])
    fair = [_round(product, decimals)]
    if not any("万" in suffix for _, suffix in factors):
        fair.append(_round(product.scaleb(-4), decimals))
    if printed in fair:
        return None
    nearest = min(fair, key=lambda number: abs(number - printed))
    return f"{nearest:,f}"


@rule("N07", WARNING, "说", "“{place}”未写本年度金额", "公开代码", of="narrative")
def amount_missing(told: Told) -> Hits:
    """六 names no amount of the year and points to no form."""
    found = _budget(told)
    if found is not None and not found[3]:
        section = told.section(BUDGET_SECTION)
        if section is not None and not _SEE_FORM.search(section[1]) and not _names_amount(told, section[1]):
            yield told.where(found[1]), NO_BLANKS


def _names_amount(told: Told, text: str) -> bool:
    """Whether an amount of the year stands there in another way than as figures in a sentence of its own."""
    year = told.form.year if told.form is not None else 0
    clauses = [one for one in _CLAUSES.split(sq(text)) if _is_of(one, year)]
    return any(_OTHER_AMOUNT.search(one) or any(True for _ in _read_amounts(one)) for one in clauses)


@rule("N08", WARNING, "说", "“{place}”{more}标点不配对（{pair}：{a}个对{b}个）", "推断", of="narrative", report="form")
def marks_unpaired(told: Told) -> Hits:
    """Quotation marks or brackets of a section do not come in pairs."""
    for place in told.texts:
        items = _item_marks(place.text)
        counts = [(pair, place.text.count(pair[0]), place.text.count(pair[1]) - items[pair[1]]) for pair in _PAIRS]
        straight = len(_STRAIGHT.findall(place.text))
        counts.append(('""', (straight + 1) // 2, straight // 2))
        for pair, opening, closing in counts:
            if opening != closing:
                yield place.where, {"pair": pair, "a": str(opening), "b": str(closing)}
                break


def _item_marks(text: str) -> Counter[str]:
    """Brackets that close nothing but the number of an item: 1）, a)."""
    found: Counter[str] = Counter()
    depth = 0
    for bracket in _BRACKET.finditer(text):
        if bracket[0] in "(（":
            depth += 1
        elif depth:
            depth -= 1
        elif _ITEM.search(text[max(0, bracket.start() - _LONGEST_ITEM) : bracket.start()]):
            found[bracket[0]] += 1
    return found
