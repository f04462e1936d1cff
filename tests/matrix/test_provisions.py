"""Laws pasted as text, in six languages; every law here is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.matrix.provisions import SEPARATORS, Pasted, Provision, split

ENGLISH = """Strategic Goods Act, 2011
No. 14 of 2011

Article 1. Scope
This Act applies to goods on the national control list.
Article 5 bis Transit
(1) Nobody moves controlled goods in transit without a permit.
(2) A permit under
Article 12 of the Convention is no permit under this Act.
Section 3(2) Brokering is permitted to licence holders.
Sec. 4: Records are kept for five years.
Art. 9 (1) Every exporter registers.
§ 5 Penalties
Annex II
Goods of the first category
"""
FRENCH = """Loi no 2011-266 relative aux biens stratégiques
Article premier. – Objet
La présente loi régit l'exportation.
Article 1er bis : Champ d'application
Art. 5 ter. Le transit est soumis à autorisation.
Article L. 2339-2 - Autorisation préalable
Annexe II
"""
SPANISH = """Ley 5/2011 de control de bienes estratégicos
Artículo 3. Objeto.
La presente Ley regula el comercio exterior.
Artículo primero.- Definiciones
Art. 4.º Ámbito de aplicación
Disposición adicional primera. Registro
Anexo II
"""
RUSSIAN = """Закон об экспортном контроле
Статья 14. Транзит
1. Транзит осуществляется на основании разрешения.
Статья 14 настоящего Закона применяется с 2012 года.
Статья 226.1. Контрабанда
ст. 7 Лицензирование
Приложение № 2
"""
CHINESE = """战略物项管理条例
第一条　为了加强战略物项的管理，制定本条例。
第十二条 国家实行许可证制度。
第十二条规定的许可证有效期为一年。
第12条：过境
第十二条之一 转运
附件二
"""
ARABIC = """قانون الرقابة على السلع الاستراتيجية
المادة 5
يحظر تصدير السلع دون ترخيص.
المادة 5 من الاتفاقية لا تمس.
المادة الخامسة: العقوبات
المادة (6) المرور العابر
المادة الحادية عشرة - السجلات
مادة 7 مكررا
الملحق الثاني
"""
WHOLE = {
    ENGLISH: (
        "Strategic Goods Act, 2011 No. 14 of 2011",
        ["Article 1", "Article 5 bis", "Section 3(2)", "Sec. 4", "Art. 9", "§ 5", "Annex II"],
    ),
    FRENCH: (
        "Loi no 2011-266 relative aux biens stratégiques",
        ["Article premier", "Article 1er bis", "Art. 5 ter", "Article L. 2339-2", "Annexe II"],
    ),
    SPANISH: (
        "Ley 5/2011 de control de bienes estratégicos",
        ["Artículo 3", "Artículo primero", "Art. 4.º", "Disposición adicional primera", "Anexo II"],
    ),
    RUSSIAN: ("Закон об экспортном контроле", ["Статья 14", "Статья 226.1", "ст. 7", "Приложение № 2"]),
    CHINESE: ("战略物项管理条例", ["第一条", "第十二条", "第12条", "第十二条之一", "附件二"]),
    ARABIC: (
        "قانون الرقابة على السلع الاستراتيجية",
        ["المادة 5", "المادة الخامسة", "المادة (6)", "المادة الحادية عشرة", "مادة 7 مكررا", "الملحق الثاني"],
    ),
}


@pytest.mark.parametrize("text", WHOLE, ids=["en", "fr", "es", "ru", "zh", "ar"])
def test_a_law_in_each_language(text: str) -> None:
    title, pinpoints = WHOLE[text]
    found = split(text)
    assert (found.title, [each.pinpoint for each in found.provisions]) == (title, pinpoints)


def test_the_text_of_each_article() -> None:
    assert {each.pinpoint: each.text for each in split(ENGLISH).provisions} == {
        "Article 1": "Scope\nThis Act applies to goods on the national control list.",
        "Article 5 bis": (
            "Transit\n(1) Nobody moves controlled goods in transit without a permit.\n(2) A permit under\n"
            "Article 12 of the Convention is no permit under this Act."
        ),
        "Section 3(2)": "Brokering is permitted to licence holders.",
        "Sec. 4": "Records are kept for five years.",
        "Art. 9": "(1) Every exporter registers.",
        "§ 5": "Penalties",
        "Annex II": "Goods of the first category",
    }
    assert [each.text for each in split(CHINESE).provisions][:2] == [
        "为了加强战略物项的管理，制定本条例。",
        "国家实行许可证制度。\n第十二条规定的许可证有效期为一年。",
    ]
    assert split(ARABIC).provisions[0].text == "يحظر تصدير السلع دون ترخيص.\nالمادة 5 من الاتفاقية لا تمس."
    assert split(RUSSIAN).provisions[0].text.endswith("\nСтатья 14 настоящего Закона применяется с 2012 года.")


@pytest.mark.parametrize(
    ("line", "title", "pinpoints"),
    [
        (
            "Strategic Goods Act, art. 9 (2); art. 31; annex II",
            "Strategic Goods Act",
            ["art. 9 (2)", "art. 31", "annex II"],
        ),
        ("Strategic Goods Act, 2011, arts. 9, 10 and 31", "Strategic Goods Act, 2011", ["arts. 9", "10 and 31"]),
        ("Penal Code art. 5", "Penal Code", ["art. 5"]),
        ("Code pénal, art. 5 et 6 ; annexe II", "Code pénal", ["art. 5 et 6", "annexe II"]),
        ("Ley 5/2011, arts. 3 y 4; anexo II", "Ley 5/2011", ["arts. 3 y 4", "anexo II"]),
        ("Уголовный кодекс, ст. 226.1, ст. 355", "Уголовный кодекс", ["ст. 226.1", "ст. 355"]),
        ("《战略物项管理条例》第九条、第三十一条、附件二", "《战略物项管理条例》", ["第九条", "第三十一条", "附件二"]),
        (
            "قانون الرقابة، المادة 5؛ المادة الخامسة؛ الملحق الثاني",
            "قانون الرقابة",
            ["المادة 5", "المادة الخامسة", "الملحق الثاني"],
        ),
        ("Strategic Goods Act\nart. 9 (2); art. 31", "Strategic Goods Act", ["art. 9 (2)", "art. 31"]),
    ],
)
def test_a_list_on_one_line(line: str, title: str, pinpoints: list[str]) -> None:
    assert split(line) == Pasted(title, tuple(Provision(each, "") for each in pinpoints))


@pytest.mark.parametrize(
    "title", ["", "Penal Code", "Act to implement Article 7", "Law No. 5, 2011", "Loi de l'article 5", "civil section"]
)
def test_a_title_alone(title: str) -> None:
    assert split(title) == Pasted(title, ())


def bare(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in SEPARATORS)


pieces = st.sampled_from(
    [
        "Article 5",
        "art. 9 (2)",
        "annex II",
        "第九条",
        "المادة 5",
        "ст. 7",
        "§ 5",
        "bis",
        "(1)",
        "; ",
        ", ",
        "\n",
        " ",
        "Act",
        "of",
        "31",
        "–",
    ]
)
pastes = st.one_of(
    st.text(max_size=80),
    st.lists(pieces, max_size=20).map("".join),
    st.permutations(list(WHOLE)).map("\n".join),
)


@given(pastes)
def test_nothing_is_lost(text: str) -> None:
    found = split(text)
    again = found.title + "".join(each.pinpoint + each.text for each in found.provisions)
    assert bare(again) == bare(text)
    assert all(each.pinpoint and each.pinpoint == each.pinpoint.strip() for each in found.provisions)
