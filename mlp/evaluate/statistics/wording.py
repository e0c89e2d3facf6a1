"""The wording of p values and of differences."""


def p_value(p: float) -> str:
    return "p < 0.0001" if p < 0.0001 else f"p = {p:.4f}"  # noqa: PLR2004 - the last of 4 decimals


def points(share: float) -> str:
    """Return a drop of accuracy as text."""
    return "any size" if share >= 1 else f"{100 * share:.1f} points"
