"""Read the graph of the stages from docs/graph.mmd."""

import re


def edges(mermaid: str) -> list[tuple[str, str]]:
    r"""Return the pairs of a stage and a stage that reads what it writes.

    >>> edges('flowchart TD\n  node1["load"]\n  node2["split"]\n  node1-->node2\n')
    [('load', 'split')]
    """
    names = dict(re.findall(r'(\w+)\["(.+?)"\]', mermaid))
    return [(names[start], names[end]) for start, end in re.findall(r"(\w+)-->(\w+)", mermaid)]
