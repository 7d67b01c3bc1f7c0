"""The plain nodes inside the indicator model."""

from __future__ import annotations

from desktop.presenters.indicator_tree import Facts, Line


class Node:
    """A line of the tree that lives as long as the line does."""

    __slots__ = ("at", "children", "facts", "id", "parent", "row")

    def __init__(self, node_id: int, facts: Facts) -> None:
        self.id = node_id
        self.facts = facts
        self.parent: Node | None = None
        self.at = 0
        """Place among the parent's children."""
        self.row = -1
        """Row of the form; of a parent its first one, -1 where it has none."""
        self.children: list[Node] = []


class Wanted:
    """A line to come, the node that it is (None: a new one), and the lines beneath it."""

    __slots__ = ("children", "line", "node")

    def __init__(self, line: Line, node: Node | None, children: list[Wanted]) -> None:
        self.line = line
        self.node = node
        self.children = children

    @property
    def placed(self) -> Node:
        """The node, once every line has one."""
        if self.node is None:
            raise LookupError(self.line.facts.name)
        return self.node


def number(parent: Node, start: int) -> None:
    """Tell the children from ``start`` on their places."""
    for at in range(start, len(parent.children)):
        parent.children[at].at = at
