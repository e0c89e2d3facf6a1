"""Show a text that others wrote, such as a label, in a place where some characters would act."""

import re

JOINER = "\u2060"  # a character that nothing shows, and at which no line breaks
# Controls, line ends of Unicode, marks that reorder what follows, and halves of a character.
STRANGE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
MARKUP = re.compile("<(?=[/!])")
FORMULA = "^[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"  # the last four are the same signs, full width
NUMBER = r"^[+-]?[0-9.,]*[0-9][0-9.,]*([eE][+-]?[0-9]+)?$"


def in_terminal(text: str) -> str:
    r"""Return text whose controls are written out, so that a terminal obeys none.

    >>> in_terminal("red\x1b[31m") == r"red\x1b[31m"
    True
    """
    return STRANGE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def in_script(text: str) -> str:
    r"""Return text that neither ends a script in an HTML page nor begins a comment there.

    DVC writes the tables of its plots into such a script without escaping these two.

    >>> in_script("</script>") == "<\u2060/script>", in_script("a < b")
    (True, 'a < b')
    """
    return MARKUP.sub(f"<{JOINER}", text)


def in_spreadsheet(text: str) -> str:
    """Return text with an apostrophe in front if a spreadsheet would run it as a formula.

    Source: https://owasp.org/www-community/attacks/CSV_Injection

    >>> in_spreadsheet("=1+1"), in_spreadsheet("-1"), in_spreadsheet("a")
    ("'=1+1", '-1', 'a')
    """
    is_formula = re.match(FORMULA, text) and not re.match(NUMBER, text)
    return f"'{text}" if is_formula else text
