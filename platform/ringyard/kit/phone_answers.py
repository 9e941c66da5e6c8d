"""What phonenumbers says about one number: the only judge of numbers here."""

from dataclasses import dataclass
from traceback import clear_frames

import msgspec
import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType, ValidationResult, enable_pattern_cache

from ringyard.kit.zones import zone_of

# There are more expressions than `re` remembers.
enable_pattern_cache()


class Phone(msgspec.Struct, frozen=True, gc=False):
    """A number that can be dialed. `number` is E.164, `region` a country (`PL`), `timezone` an IANA name or empty."""

    number: str
    region: str
    timezone: str
    kind: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a cell is no number: one of the codes of `REASONS` in `ringyard.kit.phone`."""

    reason: str


KINDS = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "fixed",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed_or_mobile",
    PhoneNumberType.TOLL_FREE: "toll_free",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "shared_cost",
    PhoneNumberType.VOIP: "voip",
}
_PARSE_REASONS = {
    NumberParseException.INVALID_COUNTRY_CODE: "unknown_country_code",
    NumberParseException.TOO_SHORT_NSN: "too_short",
    NumberParseException.TOO_SHORT_AFTER_IDD: "too_short",
    NumberParseException.TOO_LONG: "too_long",
}
_LENGTH_REASONS = {
    ValidationResult.TOO_SHORT: "too_short",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "too_short",
    ValidationResult.TOO_LONG: "too_long",
    ValidationResult.INVALID_COUNTRY_CODE: "unknown_country_code",
}
# A local number never has so many digits; from here on a missing + may be what is wrong.
_INTERNATIONAL_DIGITS = 11


def may_lack_plus(text: str) -> bool:
    """Whether a text that is no number of its country may be one with its country code."""
    digits = sum(character.isdigit() for character in text)
    return digits >= _INTERNATIONAL_DIGITS and not text.startswith(("+", "0"))


def answer(text: str, country: str) -> Phone | Unreadable:
    """`text` has no letters; `country` (`PL`) completes a local number."""
    found = _parsed(text, country)
    if isinstance(found, Unreadable) and may_lack_plus(text):
        abroad = _parsed("+" + text, country)
        return abroad if isinstance(abroad, Phone) else found
    return found


def _parsed(text: str, country: str) -> Phone | Unreadable:
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException as error:
        # phonenumbers keeps it in a frame of its own: a circle that would hold our callers' frames, and a slice in them
        clear_frames(error.__traceback__)
        return Unreadable(_PARSE_REASONS.get(error.error_type, "not_a_number"))
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.UNKNOWN:  # exactly the numbers that are not valid, and the answer serves twice
        return Unreadable(
            _LENGTH_REASONS.get(phonenumbers.is_possible_number_with_reason(number), "invalid_for_country")
        )
    region = phonenumbers.region_code_for_number(number) or ""
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return Phone(e164, region, zone_of(number, region), KINDS.get(kind, "other"))
