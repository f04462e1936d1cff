"""The articles of a law, pasted as text in any of the six languages.

Either a title with the articles below it, each beginning with its number; or all on one line, as footnotes cite
them: "Strategic Goods Act, art. 9 (2); art. 31; annex II".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provision:
    """An article or another part of a measure: its pinpoint as written, and its text."""

    pinpoint: str
    text: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was pasted: the title before the first article, and the articles."""

    title: str
    provisions: tuple[Provision, ...]


# What may stand between the parts, and is dropped there.
SEPARATORS = ".,:;·•*#|–—-)،؛，、；：。．"

# What stands between the pinpoints of a list.
_BETWEEN = ";,؛،；，、。"
_AND = r"and|et|y|e|и|و|和|及|to|à|a|al|по|至"
_LATIN = r"bis|ter|quater|quinquies|sexies|septies|octies"
_NUMBER = (
    r"(?:No\.?\s*|№\s*|رقم\s+)?\(?(?-i:[LRD]\.?\s?(?=\d))?\d{1,5}(?:[.\-–/]\d{1,5})*"
    r"(?:\.?[ºª°]|(?-i:er|ère|bis)\b)?(?:-?[a-z](?![^\W\d_]))?\)?"
    rf"(?:\s*(?:{_LATIN})\b)?(?:\s+مكرر[اً]*)?"
)
_ROMAN = r"(?-i:[IVXLC]{1,7})(?!\w)"
_PARTS = r"(?:\s?\((?:\d{1,3}|[^\W\d_]{1,4})\))*"  # (2), (b), (iv); with one space only where nothing follows
_CLOSE_PARTS = r"(?:\((?:\d{1,3}|[^\W\d_]{1,4})\))*"
_WORDS_FR_ES = (
    r"premi[eè]re?|unique|primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|sext[oa]|s[eé]ptim[oa]|octav[oa]|"
    r"noven[oa]|d[eé]cim[oa]|[uú]nic[oa]"
)
_ARABIC_UNIT = (
    r"(?:(?:ال)?(?:[أا]ول[ىي]?|حادي|ثاني|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر)ة?|(?:ال)?(?:"
    r"عشرون|ثلاثون|[أا]ربعون|خمسون|ستون|سبعون|ثمانون|تسعون|مئة|مائة))"
)
_ARABIC = rf"{_ARABIC_UNIT}(?:\s+عشرة?|\s+و{_ARABIC_UNIT})?(?!\w)"
_HAN = r"[〇零一二三四五六七八九十百千两\d]{1,9}"
_NAMES = (
    r"articles?|arts?\.?|art[ií]culos?|sections?|sects?\.?|secs?\.?|secci[oó]n|regulation|regs?\.|paragraph|paras?\.|"
    r"rule|annexe?|anexo|appendix|ap[eé]ndice|schedule|disposici[oó]n(?:\s+(?:adicional|final|transitoria))?|"
    r"статья|статьи|ст\.|приложение|раздел|пункт|п\.|(?:ال)?(?:مادة|ماده|مواد|ملحق|مرفق|فصل|بند|قسم)|§§?"
)


def _head(parts: str) -> str:
    one = rf"(?:{_NUMBER}|{_ROMAN}|{_WORDS_FR_ES}|{_ARABIC})"
    more = rf"(?:\s*(?:[-–]|(?:{_AND})(?!\w))\s*(?:(?:{_NAMES})\s*)?(?:{_NUMBER}|{_ROMAN})(?!\w){parts})*"
    chinese = (
        rf"第\s?{_HAN}\s?[条條](?:之{_HAN})?(?:\s?第{_HAN}款)?(?:\s?第{_HAN}项)?|"
        rf"(?:附件|附录|附錄|附表)(?:\s?(?:{_HAN}|{_ROMAN})|(?!\w))"
    )
    return rf"(?:(?:{_NAMES})\s*{one}(?!\w){parts}{more}|{chinese})"


# At the start of a line a part in brackets belongs to the article only when it touches it: what follows a space
# may be the article's first paragraph.
_AT_START = re.compile(rf"[\s{re.escape(SEPARATORS)}]*({_head(_CLOSE_PARTS)})", re.IGNORECASE)
_ALONE = re.compile(_head(_PARTS), re.IGNORECASE)
_NUMBER_ALONE = re.compile(
    rf"(?:{_NUMBER}|{_ROMAN}){_PARTS}(?:\s*(?:[-–]|{_AND})\s*(?:{_NUMBER}|{_ROMAN}){_PARTS})*", re.IGNORECASE
)
_BEGINS = re.compile(rf"(?:(?<=[\s》」”\")])|^)(?={_NAMES})|(?=第|附)", re.IGNORECASE)
# Words that go on with a sentence: "Article 5 of the Convention" at the start of a line is no article of this law.
_GOES_ON = re.compile(
    r"(?:of|shall|may|must|does|do|has|have|is|are|was|were|applies|apply|above|below|hereof|thereof|under|in|as|du|de|des|et|ou|est|sont|au|aux|"
    r"ci-dessus|del|y|o|se|es|son|и|или|настоящ\w+|этого|указанн\w+|Федеральн\w+|Конвенц\w+|من|أو|أعلاه|المذكورة)(?!\w)"
    r"|d[’']|规定|所|的|至|和|及|或|第"
)
# Words before which an article is named without being cited: "Act to implement Article 7".
_NAMING = {"of", "under", "to", "with", "by", "in", "implement", "implementing"}
_NAMING |= {"de", "del", "el", "la", "al", "par", "por", "по", "из", "согласно"}
_LAST = 200  # characters at the end of a piece in which its pinpoint is looked for


def split(text: str) -> Pasted:
    """Take a pasted text apart; nothing but separators is dropped, and any text is read somehow.

    Without any article the whole text is the title.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    title: list[str] = []
    parts: list[tuple[str, list[str]]] = []
    for line in lines:
        rest = parts[-1][1] if parts else title
        if cited := _cited(line, first=not parts, alone=len(lines) == 1):
            before, pinpoints = cited
            rest += [before] if before else []
            parts += [(pinpoint, []) for pinpoint in pinpoints]
        elif (found := _AT_START.match(line)) and not _GOES_ON.match(line[found.end() :].lstrip()):
            after = line[found.end() :].lstrip(" \t\u3000" + SEPARATORS)
            parts.append((found[1].strip(), [after] if after else []))
        else:
            rest.append(line)
    provisions = tuple(Provision(pinpoint, "\n".join(written)) for pinpoint, written in parts)
    return Pasted(" ".join(title), provisions)


def _cited(line: str, *, first: bool, alone: bool) -> tuple[str, list[str]] | None:
    """What stands before the pinpoints of a line that is a list of them, and the pinpoints; None for another line.

    Only before the first article may something stand before them, and only in a line alone without a separator.
    """
    pieces = list(_pieces(line))
    place = len(pieces)
    while place and (_ALONE.fullmatch(pieces[place - 1][1]) or _NUMBER_ALONE.fullmatch(pieces[place - 1][1])):
        place -= 1
    ending = place and (alone or place < len(pieces)) and _at_the_end(pieces[place - 1][1])
    if ending:
        start = pieces[place - 1][0] + ending
        pinpoints = [pieces[place - 1][1][ending:]]
    else:
        while place < len(pieces) and not _ALONE.fullmatch(pieces[place][1]):
            place += 1
        if place == len(pieces):
            return None
        start, pinpoints = pieces[place][0], []
    pinpoints += [piece for _start, piece in pieces[place:]]
    before = line[:start].strip().rstrip(" \t\u3000" + _BETWEEN)
    if before:
        return (before, pinpoints) if first else None
    return (before, pinpoints) if len(pinpoints) > 1 else None


def _at_the_end(piece: str) -> int:
    """Where the pinpoint begins with which a piece ends after a title, "Penal Code art. 5"; 0 when there is none."""
    for begin in _BEGINS.finditer(piece, max(1, len(piece) - _LAST)):
        before = piece[: begin.start()].split()
        if before and before[-1] not in _NAMING and _ALONE.fullmatch(piece, begin.start()):
            return begin.start()
    return 0


def _pieces(line: str) -> Iterator[tuple[int, str]]:
    """The pieces between separators, each with its place; a separator inside brackets separates nothing."""
    start = depth = 0
    for place, character in enumerate(line + _BETWEEN[0]):
        depth += (character in "(（") - (character in ")）" and depth > 0)
        if place < len(line) and (depth or character not in _BETWEEN):
            continue
        piece = line[start:place]
        if stripped := piece.strip(" \t\u3000."):
            yield start + piece.index(stripped), stripped
        start = place + 1
