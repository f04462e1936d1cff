"""What the layouts that come with the software hold, and how a layout counts its fields."""

from collections import Counter

import pytest

from cpi1540 import locales, paths
from cpi1540.matrix.layout import Aspect, Confidence, Domain, Layout, Role, field_key
from cpi1540.matrix.layout_json import parse_layout


def seeded(code: str) -> Layout:
    file = paths.SEED / "layouts" / f"{code}.json"
    return parse_layout(file.read_text("utf-8"), file.name)


LAYOUTS = {code: seeded(code) for code in ("2013", "2017")}
NEW, OLD = LAYOUTS["2017"], LAYOUTS["2013"]


def fields_by_section(layout: Layout, role: Role | None = None) -> dict[str, int]:
    return dict(Counter(field.section for field in layout.fields if role in (None, field.role)))


def words(text: str) -> list[str]:
    return text.split()


def rows(layout: Layout, section: str, domain: Domain | None = None) -> list[str]:
    return [row.key for row in dict(layout.section(section).tables)[domain]]


def test_the_layout_of_2017_has_its_fields() -> None:
    assert fields_by_section(NEW) == {"op1": 17, "op2": 66, "op3ab": 100, "op3cd": 156, "op678": 11}
    assert fields_by_section(NEW, Role.COUNTED) == {
        "op1": 10,
        "op2": 66,
        "op3ab": 94,
        "op3cd": 156,
        "op678": 6,
    }
    assert len(NEW.fields) == 350


def test_the_layout_of_2013_has_its_fields() -> None:
    assert fields_by_section(OLD) == {"op1": 17, "op2": 84, "op3ab": 104, "op3cd": 162, "op678": 11}
    assert fields_by_section(OLD, Role.COUNTED) == {
        "op1": 10,
        "op2": 78,
        "op3ab": 98,
        "op3cd": 156,
        "op678": 6,
    }


def test_the_prohibitions_stand_in_printed_order() -> None:
    assert rows(NEW, "op2") == words(
        "manufacture acquire possess develop transport transfer use accomplice assist finance means-of-delivery"
    )
    assert rows(OLD, "op2") == words(
        "manufacture acquire possess stockpile develop transport transfer use accomplice assist finance "
        "means-of-delivery non-state-actors other"
    )


def test_each_domain_of_op3ab_has_a_table_of_its_own() -> None:
    common = words(
        "account-production account-use account-storage account-transport secure-production secure-use "
        "secure-storage secure-transport physical-protection licensing personnel-reliability "
        "means-of-delivery-protection"
    )
    assert rows(NEW, "op3ab", Domain.NW) == [
        *common,
        *words("regulatory-authority iaea-safeguards iaea-code-of-conduct iaea-supplementary-guidance itdb"),
        *words("iaea-other-agreements other"),
    ]
    assert rows(NEW, "op3ab", Domain.CW) == [
        *common,
        *words("national-cwc-authority opcw-declarations old-chemical-weapons other"),
    ]
    assert rows(NEW, "op3ab", Domain.BW) == [
        *common,
        *words("genetic-engineering biosafety-biosecurity other"),
    ]
    assert rows(OLD, "op3ab", Domain.NW)[-2:] == ["national-legislation", "other"]
    assert rows(OLD, "op3ab", Domain.CW)[-2:] == ["other-legislation", "other"]
    assert rows(OLD, "op3ab", Domain.BW) == rows(NEW, "op3ab", Domain.BW)


def test_the_controls_stand_in_printed_order() -> None:
    assert rows(NEW, "op3cd") == words(
        "border-control border-technical-support brokering enforcement-agencies export-legislation "
        "licensing-provisions individual-licensing general-licensing licensing-exceptions deemed-exports "
        "licensing-authority interagency-review control-lists list-updating technologies "
        "means-of-delivery-items end-user-controls catch-all intangible-transfers transit transshipment "
        "re-export funds transport-services importation extraterritoriality"
    )
    assert rows(OLD, "op3cd") == [*rows(NEW, "op3cd"), "other"]


def test_the_instruments_and_the_rest_are_the_same_in_both() -> None:
    assert rows(NEW, "op1") == words(
        "npt nwfz icsant cppnm cppnm-amendment ctbt cwc bwc geneva-protocol other-conventions iaea hcoc "
        "other-arrangements statement-non-possession statement-disarmament statement-non-provision membership"
    )
    assert rows(NEW, "op678") == words(
        "control-lists-items control-lists-other assistance-offered assistance-requested assistance-contact "
        "assistance-in-place inform-industry inform-public contact-point action-plan other"
    )
    assert [rows(OLD, section) for section in ("op1", "op678")] == [rows(NEW, section) for section in ("op1", "op678")]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_numbers_run_from_one_in_each_table(layout: Layout) -> None:
    for section in layout.sections:
        for domain, table in section.tables:
            assert [row.numbers[domain] for row in table] == [str(n + 1) for n in range(len(table))]


def test_the_layout_of_2017_names_its_information_rows() -> None:
    information = {key for key, row in NEW.rows.items() if row.role is Role.INFORMATION}
    assert information == {
        ("op1", "nwfz"),
        ("op1", "other-conventions"),
        ("op1", "other-arrangements"),
        ("op1", "statement-non-possession"),
        ("op1", "statement-disarmament"),
        ("op1", "statement-non-provision"),
        ("op1", "membership"),
        ("op3ab", "other"),
        ("op678", "assistance-offered"),
        ("op678", "assistance-requested"),
        ("op678", "assistance-contact"),
        ("op678", "assistance-in-place"),
        ("op678", "other"),
    }


def test_only_what_was_read_in_a_copy_is_marked_seen() -> None:
    seen = [key for key, row in NEW.rows.items() if row.confidence is Confidence.SEEN]
    assert seen == [("op1", key) for key in rows(NEW, "op1")[:9]]
    assert [section.code for section in NEW.sections if section.confidence is Confidence.SEEN] == ["op1"]
    provisional = {row.confidence for row in OLD.rows.values()} | {part.confidence for part in OLD.sections}
    assert provisional == {Confidence.REMEMBERED}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_no_two_rows_of_a_section_read_the_same(layout: Layout) -> None:
    for section in layout.sections:
        for code in locales.CODES:
            labels = [row.labels[code] for row in section.rows]
            assert len(set(labels)) == len(labels), (section.code, code)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_each_text_is_in_the_script_of_its_language(layout: Layout) -> None:
    scripts = {"ar": ("\u0600", "\u06ff"), "ru": ("\u0400", "\u04ff"), "zh": ("\u4e00", "\u9fff")}
    texts = [
        *(row.labels for row in layout.rows.values()),
        *(section.titles for section in layout.sections),
        *(section.short_titles for section in layout.sections),
        layout.titles,
    ]
    for text in texts:
        for code, (first, last) in scripts.items():
            assert any(first <= character <= last for character in text[code]), text["en"]
        for code in ("en", "es", "fr"):
            assert all(character < "\u0400" or character in "’–" for character in text[code]), text[code]


def test_a_field_key_names_section_row_domain_and_aspect() -> None:
    assert field_key("op1", "npt") == "op1.npt"
    field = NEW.field("op2.manufacture.cw.enforcement")
    assert (field.section, field.row, field.number) == ("op2", "manufacture", "1")
    assert (field.domain, field.aspect) == (Domain.CW, Aspect.ENFORCEMENT)
    assert field.labels["en"] == "Manufacture"


def test_a_row_may_have_another_number_in_each_table() -> None:
    numbers = {domain: NEW.field(field_key("op3ab", "other", domain, Aspect.FRAMEWORK)).number for domain in Domain}
    assert numbers == {Domain.NW: "19", Domain.CW: "16", Domain.BW: "15"}


def test_positions_follow_the_printed_order() -> None:
    assert [NEW.fields[place].key for place in NEW.positions.values()] == list(NEW.positions)
    assert NEW.fields[0].key == "op1.npt"
    assert NEW.fields[-1].key == "op678.other"
    with pytest.raises(KeyError):
        NEW.field("op2.stockpile.nw.framework")
    with pytest.raises(KeyError):
        NEW.section("op9")
