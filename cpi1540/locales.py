"""The six languages of the portal, and what a page needs to know of each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """One official language of the United Nations.

    ``code`` stands in addresses, command lines and data files; ``locale`` is Babel's name;
    ``tag`` is the value of ``<html lang>``; ``direction`` is "ltr" or "rtl".
    """

    code: str
    locale: str
    tag: str
    direction: str
    own_name: str


LANGUAGES = (
    Language("ar", "ar", "ar", "rtl", "العربية"),
    Language("en", "en", "en", "ltr", "English"),
    Language("es", "es", "es", "ltr", "Español"),
    Language("fr", "fr", "fr", "ltr", "Français"),
    Language("ru", "ru", "ru", "ltr", "Русский"),
    Language("zh", "zh_Hans", "zh-Hans", "ltr", "中文"),
)
BY_CODE = {language.code: language for language in LANGUAGES}
CODES = tuple(BY_CODE)
DEFAULT = "en"
