"""Show a text that others wrote, such as a label, in a place where some characters would act."""

import re

JOINER = "\u2060"  # a character that nothing shows, and at which no line breaks
# Controls, line ends of Unicode, marks that reorder what follows, and halves of a character.
STRANGE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
MARKUP = re.compile("<(?=[/!])")


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
