"""HTML that is safe by default: a plain string is text and is escaped, only `Html` is markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib.resources import files

_VOID = frozenset({"br", "meta", "rect", "image"})


class Html(str):
    """Markup made by `tag` or by a template of our own, never from a record."""

    __slots__ = ()


def tag(name: str, /, *children: Html | str | None, **attributes: str | int | bool | None) -> Html:
    """An element; text children and attribute values are escaped, None and False are left out.

    A trailing underscore of an attribute's name falls, other underscores become hyphens.

    >>> tag("a", "<b>", href="#x", class_="cite", data_page="1")
    '<a href="#x" class="cite" data-page="1">&lt;b&gt;</a>'
    """
    shown = "".join(
        f" {_attribute(key)}" if value is True else f' {_attribute(key)}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID and not children:
        return Html(f"<{name}{shown}/>")
    return Html(f"<{name}{shown}>{join(children)}</{name}>")


def join(children: Iterable[Html | str | None]) -> Html:
    """Children one after the other, text escaped."""
    return Html(
        "".join(
            child if isinstance(child, Html) else escape(child)
            for child in children
            if child is not None
        )
    )


def template(name: str) -> str:
    """A stylesheet or script of our own."""
    return files("openimr.render").joinpath("templates", name).read_text("utf-8")


def page(
    title: str,
    *content: Html,
    stylesheet: str,
    before: Html | None = None,
    anchor: str | None = None,
) -> str:
    """A whole HTML file of one heading and its content; it loads and runs nothing.

    Args:
        title: of the window and of the heading.
        content: what stands below the heading.
        stylesheet: name of the template that goes into the file.
        before: what stands above the heading, the way around a book.
        anchor: name of the content, to be skipped to.
    """
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    head = tag(
        "head",
        Html('<meta charset="utf-8">'),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        Html(f"<style>{template(stylesheet)}</style>"),
    )
    body = tag("body", before, tag("main", tag("h1", title), *content, id=anchor))
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
