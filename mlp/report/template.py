"""Render the HTML templates of this package."""

from jinja2 import Environment, PackageLoader, StrictUndefined


def render(name: str, **values: object) -> str:
    """Return a page that asks for no other file; every value is escaped.

    Parameters
    ----------
    name : str
        The file of the template. All templates extend base.html.j2, which has the styles.
    **values
        The variables of the template.
    """
    loader = PackageLoader("mlp.report", "")
    environment = Environment(autoescape=True, undefined=StrictUndefined, loader=loader)
    return environment.get_template(name).render(values)
