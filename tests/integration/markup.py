"""Reading a page as a browser would, far enough to check what every page promises."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
POINTING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-activedescendant", "form")
# Elements HTMX wakes by itself. Each has a way beside it that works without: buttons, and a link to refresh.
WOKEN_BY_ITSELF = {"autosave", "report-progress"}


@dataclass
class Element:
    """An element with its attributes and all the text inside it."""

    tag: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    text: str = ""
    holds_image: bool = False

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")


@dataclass
class Markup(HTMLParser):
    """A parsed page or part."""

    source: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.open: list[Element] = []
        self.unbalanced: list[str] = []
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(e.tag for e in self.open))
        self.elements.append(element)
        if tag in {"svg", "img", "input", "select", "textarea"}:
            for parent in self.open:
                parent.holds_image = True
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1].tag != tag:
            self.unbalanced.append(tag)
            return
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def by_id(self, name: str) -> Element:
        return next(element for element in self.elements if element["id"] == name)

    def classed(self, name: str) -> list[Element]:
        return [element for element in self.elements if name in element["class"].split()]

    @property
    def words(self) -> str:
        """The visible words with single spaces."""
        return " ".join(" ".join(e.text for e in self.all("main") or self.elements[:1]).split())

    def links(self, page: str) -> set[str]:
        """Addresses inside the product, found in links and in what HTMX asks for."""
        found = [e[name] for e in self.elements for name in ("href", "hx-get") if e[name] and e.tag != "link"]
        whole = {urljoin(page, address.partition("#")[0]) for address in found if not address.startswith("mailto:")}
        return {address for address in whole if not urlsplit(address).netloc}


def markup(answer: Any) -> Markup:
    return Markup(answer.content.decode())


def faults(page: Markup, *, part: bool = False) -> list[str]:
    """What is wrong with a page, in words; an empty list where it keeps every promise."""
    ids = Counter(e["id"] for e in page.elements if "id" in e.attributes)
    found = [f"the id {name!r} stands {count} times" for name, count in ids.items() if count > 1 or not name]
    found += [f"</{tag}> closes something else" for tag in page.unbalanced]
    found += [f"<{e.tag}> is never closed" for e in page.open]
    found += [f"inline style on <{e.tag}>" for e in page.elements if "style" in e.attributes or e.tag == "style"]
    found += [f"inline script: {e.text[:40]!r}" for e in page.all("script") if not e["src"]]
    found += [
        f"inline handler {name} on <{e.tag}>" for e in page.elements for name in e.attributes if name.startswith("on")
    ]
    found += [f"an empty <{e.tag}>" for e in page.all("td", "th") if not e.text.strip() and not e.holds_image]
    found += [f"a link or button without a name: {e.attributes}" for e in page.all("a", "button") if not named(e)]
    found += [
        f"<{e.tag} {name}={e[name]!r}> points at nothing"
        for e in page.elements
        for name in POINTING
        if e[name] and not part and any(target not in ids for target in e[name].split())
    ]
    found += [f"<a href={e['href']!r}> points at nothing" for e in page.all("a") if points_nowhere(e, ids)]
    found += [f"<{e.tag}> needs HTMX: {e.attributes}" for e in page.elements if needs_htmx(e)]
    found += [
        f"hx-target {e['hx-target']!r} is not on the page"
        for e in page.elements
        if e["hx-target"].startswith("#") and not part and e["hx-target"][1:] not in ids
    ]
    found += [f"a field without a label: {e.attributes}" for e in unlabelled(page)]
    if not part:
        titles = [" ".join(e.text.split()) for e in page.all("h1")]
        found += [f"{len(titles)} first headings: {titles}"] if len(titles) != 1 or not titles[0] else []
        found += ["no language"] if [e["lang"] for e in page.all("html")] != ["en-GB"] else []
        found += ["no title"] if not page.all("title")[0].text.partition(" – ")[0].strip() else []
        found += skipped_levels(page)
    return found


def named(element: Element) -> bool:
    return bool(element.text.strip() or element["aria-label"] or element.holds_image)


def points_nowhere(link: Element, ids: Counter[str]) -> bool:
    href = link["href"]
    return not href or href == "#" or (href.startswith("#") and href[1:] not in ids)


def needs_htmx(element: Element) -> bool:
    """Whether an element does something with HTMX that it does not do without, or does something else."""
    asks = element["hx-get"] or element["hx-post"]
    if not asks or element["id"] in WOKEN_BY_ITSELF:
        return False
    if element.tag == "form":
        method = "hx-post" if element["method"].lower() == "post" else "hx-get"
        return element["action"] != element[method]
    return element["href"] != asks


def unlabelled(page: Markup) -> list[Element]:
    labelled = {e["for"] for e in page.all("label")}
    return [
        e
        for e in page.all("input", "select", "textarea")
        if e["type"] not in {"hidden", "submit"} and e["id"] not in labelled and not e["aria-label"]
    ]


def skipped_levels(page: Markup) -> list[str]:
    levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4", "h5", "h6") if "footer" not in e.parents]
    first = levels.index(1) if 1 in levels else 0
    steps = zip(levels[first:], levels[first + 1 :], strict=False)
    return [f"a heading of level {low} follows one of level {high}" for high, low in steps if low > high + 1]
