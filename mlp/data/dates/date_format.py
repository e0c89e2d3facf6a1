"""Check how dates are written, and turn that into a regular expression.

A format is written as for Python's `datetime.strptime`, and means the same on every machine, in
English. Its directives are those in `DIRECTIVES`; a blank stands for any number of blanks.
"""

import re
from collections import Counter

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in MONTHS)
DAY = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in DAYS.split("|"))
DIRECTIVES = {
    "%Y": r"(?P<Y>\d{4})",
    "%y": r"(?P<y>\d{2})",
    "%m": r"(?P<m>\d{1,2})",
    "%d": r"(?P<d>\d{1,2})",
    "%b": rf"(?P<b>(?i:{MONTH}))",
    "%B": rf"(?P<b>(?i:{MONTH}))",
    "%a": rf"(?i:{DAY})",
    "%A": rf"(?i:{DAY})",
    "%H": r"(?P<H>\d{1,2})",
    "%I": r"(?P<I>\d{1,2})",
    "%M": r"(?P<M>\d{1,2})",
    "%S": r"(?P<S>\d{1,2})",
    "%f": r"(?P<f>\d{1,9})",
    "%p": r"(?P<p>(?i:[ap]m))",
    "%z": r"(?P<z>(?i:Z)|[+-]\d{2}(?::?\d{2})?)",
    "%%": "%",
}
SECONDS = r"(?::(?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
CLOCK = rf"(?P<H>\d{{2}})(?::(?P<M>\d{{2}}){SECONDS})? ?{DIRECTIVES['%z']}?"
ISO = rf"(?P<Y>\d{{4}})-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?:[Tt ]{CLOCK})?"
TIME_OF_DAY = rf"(?P<H>\d{{1,2}}):(?P<M>\d{{2}}){SECONDS}"
TOKEN = re.compile(r"%.?|\s+|[^%\s]+", re.DOTALL)


def pattern(form: str) -> str:
    r"""Return the regular expression, for Arrow, of texts that are written in a format.

    Its groups have the names of the directives; %B and %b share one.

    Raises
    ------
    ValueError
        If there is no such format; the end of a sentence that begins with its name.

    >>> pattern("%d.%m.%Y")
    '(?P<d>\\d{1,2})\\.(?P<m>\\d{1,2})\\.(?P<Y>\\d{4})'
    """
    tokens = TOKEN.findall(form)
    _check([token for token in tokens if token.startswith("%")])
    return "".join(_expression(tokens, i) for i in range(len(tokens)))


def _expression(tokens: list[str], i: int) -> str:
    token = tokens[i]
    if token.isspace():
        return r"\s+"
    if not token.startswith("%"):
        return re.escape(token)
    beside = [*tokens[max(i - 1, 0) : i], *tokens[i + 1 : i + 2]]
    is_packed = any(other.startswith("%") for other in beside)  # as in %Y%m%d
    expression = DIRECTIVES[token]
    return expression.replace("{1,2}", "{2}") if is_packed else expression


def _check(directives: list[str]) -> None:
    for directive in directives:
        if directive not in DIRECTIVES:
            known = " ".join(DIRECTIVES)
            raise ValueError(f"should not hold {directive}; the directives are {known}")
    kinds = Counter(_kind(directive) for directive in directives if directive != "%%")
    if repeated := next((kind for kind, count in kinds.items() if count > 1), None):
        raise ValueError(f"should say the {repeated} once")
    if "year" not in kinds and "hour" not in kinds:
        raise ValueError("should hold %Y or %y for the year, as in %d/%m/%Y, or %H, as in %H:%M")
    if "year" not in kinds and kinds.keys() & {"month", "day"}:
        raise ValueError("should hold %Y or %y for the year")
    if "day" in kinds and "month" not in kinds:
        raise ValueError("should hold %m or %b for the month")
    if ("%I" in directives) != ("%p" in directives):
        raise ValueError("should hold %p (AM or PM) with %I, and only with it; %H counts to 23")


def _kind(directive: str) -> str:
    kinds = {"Yy": "year", "mbB": "month", "d": "day", "aA": "weekday", "HI": "hour", "M": "minute",
             "S": "second", "f": "fraction", "p": "AM or PM", "z": "zone"}  # fmt: skip
    return next(kind for letters, kind in kinds.items() if directive[1] in letters)
