"""The figures that are measured, each with its bound."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from itertools import cycle
from math import inf, log
from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

from bs4 import BeautifulSoup
from docutils.nodes import make_id

from hatch_build import served
from sphinxext_stitch.html.form_files import FORM_FILES

from . import browser, hostile, jump, measure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .measure import Cost
    from .projects import Project, Workshop

#: The sizes of catalogues, as multiples of the real one, with the maximum number of builds of each side.
TURNS = {1: 5, 10: 3, 50: 1}

#: The themes in which a page for each object is built.
THEMES = ("alabaster", "furo", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme")

#: The ids that are compared; a page that is written by hand has further ones, from its titles.
_PUBLIC = re.compile(r"(source|destination)-form-properties-|connection-")

#: What stands before the first words of the first description of a property in a data file.
_DESCRIPTION = re.compile(r"^( {4,}description: \|\n +)", re.MULTILINE)


class Figure(NamedTuple):
    """A figure with its upper bound, infinite if it has none, and a detail on how it was computed."""

    name: str
    value: float
    bound: float
    unit: str = ""
    detail: str = ""

    @property
    def is_met(self) -> bool:
        return self.value <= self.bound


class Bench:
    """Measures the figures; projects that several of them need are built once."""

    def __init__(self, workshop: Workshop, max_turns: int) -> None:
        self.workshop = workshop
        self.turns = {size: min(turns, max_turns) for size, turns in TURNS.items()}

    def in_turns(
        self, size: int, ours: Callable[[], Cost], theirs: Callable[[], Cost], *, times: int = 1
    ) -> list[tuple[Cost, Cost]]:
        """The costs of both sides for each turn; ``times`` multiplies the number of turns."""
        return [(ours(), theirs()) for _turn in range(times * self.turns[size])]

    def hand(self, size: int) -> Iterator[Figure]:
        """A full build from data beside one of the same content, written by hand."""
        data, hand = self.workshop.from_data(size, "one"), self.workshop.by_hand(size, "one")
        yield _ratio(
            f"hand-{size}", 0.5, self.in_turns(size, lambda: data.build(fresh=True), lambda: hand.build(fresh=True))
        )
        ours, theirs = _content(data.output / "reference.html"), _content(hand.output / "reference.html")
        differing = sum(
            sum(((here - there) | (there - here)).values()) for here, there in zip(ours, theirs, strict=True)
        )
        shown = ", ".join(
            f"{sum(part.values()):,} {name}" for part, name in zip(ours, ("words", "links", "ids"), strict=True)
        )
        yield Figure(f"hand-{size}-differing", differing, 0, "", f"of {shown}")

    def floor(self, size: int) -> Iterator[Figure]:
        """A full build from data beside one of the same nodes, ready-made."""
        data, floor = self.workshop.from_data(size, "one"), self.workshop.floor(size)
        runs = self.in_turns(size, lambda: data.build(fresh=True), lambda: floor.build(fresh=True))
        yield _ratio(f"floor-{size}", 1.15, runs)

    def nothing(self, layout: str) -> Iterator[Figure]:
        """A build in which nothing changed, beside the same without the extension."""
        data, hand = self.workshop.from_data(1, layout), self.workshop.by_hand(1, layout)
        for project in (data, hand):
            project.build(fresh=True)
        # Builds of less than a second vary more, so they get more turns.
        yield _ratio(f"nothing-{layout}", 1.05, self.in_turns(1, data.build, hand.build, times=5))

    def changed(self) -> Iterator[Figure]:
        """A build after the description of one property changed, one page for each object."""
        project, full = self.each(10)
        costs = self.edits(project, self.property_file(10))
        read = set().union(
            *(re.findall(r"reading sources\.\.\. \[[ \d]+%\] (\S+)", _plain(cost.output)) for cost in costs)
        )
        yield Figure("changed-pages", len(read), 1, "", f"read again: {', '.join(sorted(read))}")
        yield _ratio("changed-10", 0.1, [(cost, whole) for cost, whole in zip(costs, cycle(full), strict=False)])

    def property_file(self, size: int) -> Path:
        """The data file whose property changes in :meth:`edits`."""
        return next((self.workshop.catalogue(size) / "sources").rglob("hubspot-2.yml"))

    def edits(self, project: Project, file: Path, *options: str) -> list[Cost]:
        """The costs of builds each of which follows a change of a file: of the description of a property, or of a page."""
        text = file.read_text(encoding="utf-8")
        costs = []
        for turn in range(self.turns[1]):
            is_data = file.suffix == ".yml"
            changed = _DESCRIPTION.sub(rf"\g<1>Word{turn} ", text, count=1) if is_data else f"{text}\nWord{turn}.\n"
            file.write_text(changed, encoding="utf-8")
            costs.append(project.build(*options, loud=True))
        file.write_text(text, encoding="utf-8")
        return costs

    def edited(self, size: int) -> Iterator[Figure]:
        """A build after the change of one object, one page for each, beside one after the change of that page by hand."""
        data, hand = self.workshop.from_data(size, "each"), self.workshop.by_hand(size, "each")
        for project in (data, hand):
            project.build(fresh=True)
        ours = self.edits(data, self.property_file(size))
        theirs = self.edits(hand, hand.folder / "pages" / "source" / "hubspot-2.rst")
        yield _ratio(f"edited-{size}", inf, list(zip(ours, theirs, strict=True)))

    def theme(self, name: str, size: int = 8) -> Iterator[Figure]:
        """A page for each object in a theme: the time and size of a page, how both grow, and the time after an edit.

        Some themes write the whole tree of pages into each page.
        """
        option = f"-Dhtml_theme={name}"
        runs, pages, weights = {}, {}, {}
        for each in (2, size):
            project = self.workshop.from_data(each, "each")
            runs[each] = project.build(option, fresh=True)
            pages[each] = [*(project.output / "pages").rglob("*.html")]
            weights[each] = median(page.stat().st_size for page in pages[each])
        label = f"theme-{name.removeprefix('sphinx_').partition('_')[0]}-{size}"
        detail = f"{len(pages[2]):,} pages: {_costs([runs[2]])}; {len(pages[size]):,}: {_costs([runs[size]])}"
        cost = 1000 * runs[size].cpu / len(pages[size])
        yield Figure(label, cost, 100, "ms", detail)
        yield Figure(f"{label}-growth", _exponent({each: cost.cpu for each, cost in runs.items()}), 1.05)
        detail = f"{weights[2]:,.0f} and {weights[size]:,.0f} bytes"
        yield Figure(f"{label}-size", weights[size] / weights[2], 1.05, "", detail)
        edits = self.edits(project, self.property_file(size), option)
        yield Figure(f"{label}-edit", median(cost.cpu for cost in edits), 1.5, "s", _costs(edits))

    def check(self, size: int) -> Iterator[Figure]:
        """Loading and checking a catalogue on the command line, and the growth of the time with the number of files."""
        costs = {}
        for each in (1, size):
            command = ("-m", "sphinxext_stitch", "check", self.workshop.catalogue(each))
            runs = [measure.run(*command, loud=True) for _turn in range(self.turns[1])]
            costs[each] = median(cost.cpu for cost in runs)
            bound = {1: 0.65, 50: 13}.get(each)
            if bound is not None:
                yield Figure(f"check-{each}", costs[each], bound, "s", _costs(runs))
        yield Figure(f"check-growth-{size}", _exponent(costs), 1.05, "", "exponent of the time")

    def growth(self, size: int) -> Iterator[Figure]:
        """The growth of the time of a full build with the catalogue, one page for each object."""
        runs = {each: self.each(each)[1] for each in (1, size)}
        costs = {each: median(cost.cpu for cost in builds) for each, builds in runs.items()}
        detail = f"{_costs(runs[1])}; {size} times as large: {_costs(runs[size])}"
        yield Figure(f"growth-{size}", _exponent(costs), 1.05, "", detail)

    def memory(self, size: int) -> Iterator[Figure]:
        """The peak memory of a build, one page for each object, beside one of the same content written by hand."""
        theirs = self.workshop.by_hand(size, "each").build(fresh=True)
        yield _ratio(f"memory-{size}", 1.15, [(cost, theirs) for cost in self.each(size)[1]], "memory")

    def parallel(self) -> Iterator[Figure]:
        """The elapsed time of a full build by two processes, one page for each object, beside one by one process."""
        project = self.workshop.from_data(10, "each")
        runs = self.in_turns(10, lambda: project.build("-j", 2, fresh=True), lambda: project.build(fresh=True))
        yield _ratio("parallel-10", 0.7, runs, "wall")

    def toctree(self) -> Iterator[Figure]:
        """The cost of lists of pages in Sphinx without the extension: one long list, and chapters."""
        for flat in (True, False):
            few, many = (self.workshop.short_pages(pages, flat=flat) for pages in (100, 400))
            costs = {100: few.build(fresh=True), 400: many.build(fresh=True)}
            size = len((many.output / "page-0.html").read_bytes())
            detail = f"{_costs([costs[100]])}; four times as many pages: {_costs([costs[400]])}; {size:,} bytes a page"
            name = "toctree-flat" if flat else "toctree-chapters"
            yield Figure(name, _exponent({pages: cost.cpu for pages, cost in costs.items()}), inf, "", detail)

    def weight(self) -> Iterator[Figure]:
        """The size of the page of the real catalogue and its assets, in the theme of the documentation."""
        project = self.workshop.from_data(1, "one")
        project.build("-D", "html_theme=furo", fresh=True)
        page = (project.output / "reference.html").read_bytes()
        yield Figure("weight-html", len(page) / 1e6, 1.6, "MB")
        yield Figure("weight-html-gzip", len(gzip.compress(page)) / 1e3, 130, "kB")
        sizes: Counter[str] = Counter()
        for path in (project.output / "_static").glob("sphinxext-stitch*"):
            later = "form" if path.name in FORM_FILES else "jump"
            sizes["page" if path.name.encode() in page else later] += len(gzip.compress(served(path).encode()))
        yield Figure("weight-assets-gzip", sizes["page"] / 1e3, 20, "kB", "as in the wheel")
        yield Figure("weight-form-gzip", (sizes["page"] + sizes["form"]) / 1e3, 35, "kB", "when a form is open")
        index = len(gzip.compress((project.output / "_stitch" / "jump.js").read_bytes()))
        detail = f"when the jump is first opened, and an index of {index / 1e3:.1f} kB"
        yield Figure("weight-jump-gzip", sizes["jump"] / 1e3, 3.5, "kB", detail)

    def page(self) -> Iterator[Figure]:
        """The page of the real catalogue in a browser: loading, folds, a link to its end, and keys in its filter."""
        project = self.workshop.from_data(1, "one")
        project.build("-D", "html_theme=furo", fresh=True)
        page = project.output / "reference.html"
        sections = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").select(".stitch-object")
        longest = max(sections, key=lambda section: len(section.select("tbody tr")))
        last = sections[-1].select(".stitch-properties [id]")[-1]
        turns = range(self.turns[1])
        loads = sorted(browser.load(page) for _turn in turns)
        yield Figure("page-load", median(loads), 0.6, "s", f"{loads[0]:.2f} to {loads[-1]:.2f} s, the main thread")
        yield _times("page-fold", 65, browser.fold(page, str(longest["id"])))
        links = sorted(browser.land(page, str(last["id"]), slowed=4) for _turn in turns)
        yield Figure("page-link", median(links), 6, "s", f"{links[0]:.2f} to {links[-1]:.2f} s, four times slower")
        slow = browser.type_queries(page, browser.REAL_QUERIES, slowed=4)
        yield Figure("page-key", max(slow), 200, "ms", f"the worst of {len(slow)}, four times slower")

    def keys(self, rows: int = 10_000) -> Iterator[Figure]:
        """A key in the filter of a table of many connections."""
        project = self.workshop.table(rows)
        project.build(fresh=True)
        # The first key removes thousands of rows from the page.
        first, *times = browser.type_queries(project.output / "index.html", browser.QUERIES)
        yield _times(f"keys-{rows}", 16, times, f"the first {first:.1f} ms")

    def jump(self, objects: int = 10_000) -> Iterator[Figure]:
        """A key in the quick jump over many objects, and the size of its index."""
        folder = self.workshop.folder / f"jump-{objects}"
        index = jump.write(folder, objects).read_bytes()
        yield _times(f"jump-{objects}", 16, browser.type_into_jump(folder / "index.html", jump.QUERIES))
        yield Figure(
            f"jump-{objects}-index", len(gzip.compress(index)) / 1e3, inf, "kB", f"of {len(index) / 1e6:.1f} MB"
        )

    def sources(self) -> Iterator[Figure]:
        """How much there is to write: the files of the real catalogue, and the same page by hand."""
        files = [*self.workshop.catalogue(1).rglob("*.yml")]
        page = self.workshop.by_hand(1, "one").folder / "reference.rst"
        for name, paths in (("data", files), ("hand", [page])):
            texts = [path.read_text(encoding="utf-8") for path in paths]
            lines = sum(len(text.splitlines()) for text in texts)
            yield Figure(
                f"sources-{name}", sum(map(len, texts)) / 1e6, inf, "MB", f"{lines:,} lines, {len(paths)} files"
            )

    def faults(self) -> Iterator[Figure]:
        """The growth of the time of loading a catalogue when it has twice as many faults of one kind."""
        for name, (files, number) in hostile.KINDS.items():
            few, many = (
                hostile.write(self.workshop.folder / f"{name}-{size}", files(size)) for size in (number, 2 * number)
            )
            times = [(hostile.seconds(few), hostile.seconds(many)) for _turn in range(self.turns[1])]
            once, twice = (min(each) for each in zip(*times, strict=True))
            detail = f"{once:.2f} s with {number:,}, {twice:.2f} s with twice as many"
            yield Figure(f"twice-{name}", twice / once, 2.2, "", detail)

    @cache  # noqa: B019 - there is one bench
    def each(self, size: int) -> tuple[Project, list[Cost]]:
        """The project with one page for each object, and the costs of full builds of it."""
        project = self.workshop.from_data(size, "each")
        return project, [project.build(fresh=True) for _turn in range(self.turns[size])]


class Part(NamedTuple):
    """A named part of the benchmark: the function that measures it, and the largest catalogue that it needs."""

    measure: Callable[[Bench], Iterable[Figure]]
    size: int


PARTS = {
    "hand-1": Part(lambda bench: bench.hand(1), 1),
    "floor-1": Part(lambda bench: bench.floor(1), 1),
    "nothing-one": Part(lambda bench: bench.nothing("one"), 1),
    "nothing-each": Part(lambda bench: bench.nothing("each"), 1),
    "weight": Part(Bench.weight, 1),
    "page": Part(Bench.page, 1),
    "keys": Part(Bench.keys, 1),
    "jump": Part(Bench.jump, 1),
    "sources": Part(Bench.sources, 1),
    "toctree": Part(Bench.toctree, 1),
    "faults": Part(Bench.faults, 1),
    "themes": Part(lambda bench: (figure for name in THEMES for figure in bench.theme(name)), 10),
    "themes-70": Part(lambda bench: (figure for name in THEMES for figure in bench.theme(name, 70)), 50),
    "edited-8": Part(lambda bench: bench.edited(8), 10),
    "changed": Part(Bench.changed, 10),
    "parallel": Part(Bench.parallel, 10),
    "check-10": Part(lambda bench: bench.check(10), 10),
    "growth-10": Part(lambda bench: bench.growth(10), 10),
    "memory-10": Part(lambda bench: bench.memory(10), 10),
    "hand-10": Part(lambda bench: bench.hand(10), 10),
    "floor-10": Part(lambda bench: bench.floor(10), 10),
    "check-50": Part(lambda bench: bench.check(50), 50),
    "growth-50": Part(lambda bench: bench.growth(50), 50),
    "memory-50": Part(lambda bench: bench.memory(50), 50),
}


def _ratio(name: str, bound: float, runs: list[tuple[Cost, Cost]], attribute: str = "cpu") -> Figure:
    """The median of the ratios of the turns."""
    ratios = sorted(getattr(ours, attribute) / getattr(theirs, attribute) for ours, theirs in runs)
    ours, theirs = ([run[side] for run in runs] for side in (0, 1))
    detail = f"{ratios[0]:.2f} to {ratios[-1]:.2f}; {_costs(ours)} ÷ {_costs(theirs)}"
    return Figure(name, median(ratios), bound, "", detail)


def _times(name: str, bound: float, times: list[float], detail: str = "") -> Figure:
    """The median of many milliseconds."""
    low, middle, high = quantiles(times, n=4)
    more = f"; {detail}" if detail else ""
    return Figure(
        name, middle, bound, "ms", f"{len(times)}: quarters {low:.1f} to {high:.1f}, longest {max(times):.1f} ms{more}"
    )


def _costs(costs: list[Cost]) -> str:
    """The median costs of some runs, as text."""
    cpu, wall, memory = (median(getattr(cost, attribute) for cost in costs) for attribute in ("cpu", "wall", "memory"))
    return f"{cpu:.2f} s CPU, {wall:.2f} s, {memory:.0f} MB"


def _compressed(path: Path) -> float:
    """The size of a file as web servers send it, in kB."""
    return len(gzip.compress(path.read_bytes())) / 1e3


def _plain(output: str) -> str:
    """The output of Sphinx without colors."""
    return re.sub(r"\x1b\[[0-9;]*m", "", output)


def _exponent(costs: dict[int, float]) -> float:
    """The exponent with which the time grows from the smallest size to the largest."""
    first, last = min(costs), max(costs)
    return log(costs[last] / costs[first]) / log(last / first)


def _content(page: Path) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """The words, links and ids of a page.

    Ids are normalized as docutils does for labels, and only those of :data:`_PUBLIC`; colons, ¶ and the colors of code
    are removed, as they depend on the style of a page.
    """
    # Places where a name can break are none where a word ends.
    html = page.read_text(encoding="utf-8").replace("<wbr>", "")
    body = BeautifulSoup(html, "html.parser").select_one("div.body")
    assert body is not None
    ids = {make_id(str(node["id"])) for node in body.select("[id]")}
    for mark in body.select(".headerlink, .colon"):
        mark.decompose()
    for code in body.select("pre, code"):
        code.string = code.get_text()
    for date in body.select("time"):
        date.unwrap()
    # Behind names, where the extension's style sheet has it.
    for arrow in body.find_all("a", string="↗"):
        arrow.clear()
    body.smooth()
    addresses = (str(link["href"]).partition("#") for link in body.select("a[href]"))
    return (
        Counter(body.get_text(" ").split()),
        Counter(f"{path}{mark}{make_id(anchor)}" for path, mark, anchor in addresses),
        Counter(name for name in ids if _PUBLIC.match(name)),
    )
