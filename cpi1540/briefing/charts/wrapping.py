"""Where a line of a picture may end, in six languages."""

from collections.abc import Callable, Sequence

# A Chinese line never begins with one of these, nor ends with one of those.
_NOT_FIRST = frozenset("，。、；：？！）》」』〉】…%％·—～,.;:?!)]}")
_NOT_LAST = frozenset("（《「『〈【([{")
# Terms of these charts: no Chinese line ends within one where it can end elsewhere.
_TERMS = (
    "字段 措施 记录 国家 适用 审阅 未审阅 已审阅 覆盖率 数值 点值 低值 高值 比例 份额 需求 "
    "满足 提供方 援助 提议 匹配 商定 请求 条约 公约 制度 缔约国 矩阵 部分 日期 版本 权重 "
    "方案 行动 缺口 领域 种类 平均 半数 以上 上升 下降 保持 委员会 办公室 文件 来源 练习 "
    "会员国 执行段 武器 法律 框架 执法 影响 最大 解读 抽样 重制 编号 数据 虚构 逾期 步骤 "
    "程序 年度 依据 完整 表示 单独 总数 有效 各国"
)
_WITHIN_TERMS = frozenset(term[at : at + 2] for term in _TERMS.split() for at in range(len(term) - 1))
# A number of so many digits is a day, or a few things.
_SMALL = 2


def wrap(text: str, width: float, measure: Callable[[str], float], indent: float = 0.0) -> list[str]:
    """``text`` as lines no wider than ``width``, the first one narrower by ``indent``.

    ``measure`` gives a line's width. Lines end at spaces, and between Chinese characters, but in long lines not between
    a small number and its word ("24 November"), and never between a number and a Chinese character; a word that is
    wider than a line is broken where it must. The lines, joined, hold every character but the spaces between them.
    """
    left = _kept_together([*_parts(text)], width, measure)
    lines: list[str] = []
    room = width - indent
    while left:
        count = _fitting(left, room, measure)
        if count:
            lines.append("".join(left[:count]).rstrip(" "))
            del left[:count]
        elif room < width:
            # Nothing fits beside what stands before: begin on the next line.
            lines.append("")
        else:
            characters = list(left[0])
            count = max(1, _fitting(characters, room, measure))
            # After a hyphen of its own rather than anywhere: "Papua-" is a place to end a line at.
            count = next((place for place in range(count, 1, -1) if characters[place - 1] == "-"), count)
            lines.append("".join(characters[:count]).rstrip(" "))
            left[0] = "".join(characters[count:]).lstrip(" ")
            if not left[0]:
                del left[0]
        room = width
    return lines or [""]


def _kept_together(parts: Sequence[str], width: float, measure: Callable[[str], float]) -> list[str]:
    """A day with its month, a few things with their name, where both take no more than a third of a line."""
    kept: list[str] = []
    for piece in parts:
        number = kept[-1] if kept else ""
        small = number.endswith(" ") and number[:-1].isdecimal() and len(number) <= _SMALL + 1
        if small and piece[0].isalpha() and measure(number + piece.rstrip(" ")) <= width / 3:
            kept[-1] += piece
        else:
            kept.append(piece)
    return kept


def _fitting(pieces: Sequence[str], room: float, measure: Callable[[str], float]) -> int:
    """How many of ``pieces`` fit in ``room``. Measuring is what costs: begin at a guess, not at the first piece."""

    def fits(count: int) -> bool:
        return measure("".join(pieces[:count]).rstrip(" ")) <= room

    whole = "".join(pieces).rstrip(" ")
    width = measure(whole)
    if width <= room:
        return len(pieces)
    letters, count = room / width * len(whole), 0
    while count < len(pieces) - 1 and letters >= len(pieces[count]):
        letters -= len(pieces[count])
        count += 1
    while count and not fits(count):
        count -= 1
    while count < len(pieces) - 1 and fits(count + 1):
        count += 1
    return count


def pieces(text: str) -> list[str]:
    """What stays together in a line: words, Chinese characters with their punctuation, terms of the charts."""
    return [part.rstrip(" ") for part in _parts(text)]


def _parts(text: str) -> list[str]:
    """The pieces, each with the space after it."""
    found: list[str] = []
    for character in text:
        before = found[-1][-1] if found else ""
        if not before or _may_break(before, character):
            found.append(character)
        else:
            found[-1] += character
    return found


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if before + after in _WITHIN_TERMS or (before.isdecimal() and _is_chinese(after)):
        return False
    return before == " " or _is_chinese(before) or _is_chinese(after)


def _is_chinese(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uffef"
