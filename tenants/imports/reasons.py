"""Why a row, or a number in it, is junk: codes that are stored and sentences that are shown. Pure."""

from ringyard.kit.phone import REASONS as PHONE_REASONS
from ringyard.kit.text import N_, _

ROW_REASONS = {
    "no_number": N_("The row has no phone number."),
    "too_many_cells": N_("The row has more cells than the file has columns."),
    "quote_not_closed": N_("A quotation mark opens here and never closes."),
    "bad_encoding": N_("The row has characters that do not exist in the chosen encoding."),
    "control_characters": N_("The row is not text."),
    "too_long": N_("The row is too long."),
    "unknown_person": N_("Nobody in the workspace has this name, login or e-mail."),
    "too_many_categories": N_("The column has too many different values to be categories."),
    "wrong_number_value": N_("This is not a number."),
    "wrong_date": N_("This is not a date."),
    "wrong_choice": N_("This is not one of the field's choices."),
}


def reason_sentence(reason: str) -> str:
    return _({**PHONE_REASONS, **ROW_REASONS}[reason])
