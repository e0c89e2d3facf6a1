"""Put what changed since a commit on the report, whose own inputs know no commit."""

from mlp.core.errors import InputError
from mlp.report import template
from mlp.report.document import Document, groups

BEGIN, END = "<!-- what changed -->", "<!-- end of what changed -->"


def put(page: str, document: Document) -> str:
    """Return the report with a document in the place of its section on changes.

    Parameters
    ----------
    page : str
        The report as the stage wrote it: see `mlp.report.page.render`.
    document : Document
        Its title is the section's heading.

    Raises
    ------
    InputError
        If the page is cut short, or has no such section.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (end and after.endswith("</html>")):
        raise InputError("the report is damaged or of another version; `dvc repro` writes it anew.")
    section = template.render("since.html.j2", title=document.title, groups=groups(document.blocks))
    return f"{before}{begin}\n{section}\n{end}{after}"
