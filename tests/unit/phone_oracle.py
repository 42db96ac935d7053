#!/usr/bin/python3
"""phone_oracle.py: reads telephone numbers, one a line, as somebody in the UK would dial or write them,
and says what python3-phonenumbers (libphonenumber's rules) makes of each: "possible valid kind e164",
or "0 0 - -". Used by test_phone_oracle.c. Status 77 when the library is not there."""
import sys

try:
    import phonenumbers
except ImportError:
    sys.exit(77)

MOBILE = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE}
DEAR = {phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.PERSONAL_NUMBER}

for line in sys.stdin.buffer:
    typed = line.rstrip(b"\n").decode("utf-8", "replace")
    try:
        number = phonenumbers.parse(typed, "GB")
    except phonenumbers.NumberParseException:
        print("0 0 - -")
        continue
    kind = phonenumbers.number_type(number)
    print(
        int(phonenumbers.is_possible_number(number)),
        int(phonenumbers.is_valid_number(number)),
        "mobile" if kind in MOBILE else "dear" if kind in DEAR else "other",
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
    )
