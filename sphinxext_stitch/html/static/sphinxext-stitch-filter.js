// The filter above a table of connections. A classic script: browsers refuse modules of pages opened from disk.
(() => {
  "use strict";

  // While a reader types, this many rows are laid out; the others follow, in lots, at the next pause (in milliseconds),
  // as far as a find in the page and a quick scroll reach (in pixels).
  const SCREENFUL = 30;
  const LOT = 200;
  const PAUSE = 250;
  const REACH = 30000;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // A text folded, and for each unit of that its place in the text.
  function foldWithPlaces(text) {
    const places = [];
    let folded = "";
    let place = 0;
    for (const character of text) {
      const plain = fold(character);
      for (let unit = 0; unit < plain.length; unit++) places.push(place);
      folded += plain;
      place += character.length;
    }
    return { folded, places: [...places, place] };
  }

  // The properties on the page, by all that their ids begin with before a stop, as the anchors of their objects. Not by
  // their sections, for which a theme may write no element.
  let properties;
  function propertiesHere() {
    if (!properties) {
      properties = new Map();
      for (const cell of document.querySelectorAll(".stitch-properties th[id]")) {
        for (let stop = cell.id.indexOf("."); stop >= 0; stop = cell.id.indexOf(".", stop + 1)) {
          const beginning = cell.id.slice(0, stop);
          if (!properties.has(beginning)) properties.set(beginning, []);
          properties.get(beginning).push(cell);
        }
      }
    }
    return properties;
  }

  // All tables mark into one highlight, which the style sheet names. Old browsers mark nothing.
  const marked = window.Highlight && new Highlight();
  if (marked) CSS.highlights.set("stitch-match", marked);

  class Filter {
    constructor(box, prefix) {
      const template = box.querySelector("template");
      box.prepend(template.content);
      template.remove();
      this.box = box;
      this.form = box.querySelector("form");
      this.query = this.form.querySelector("[type=search]");
      this.order = this.form.elements.sort;
      this.output = this.form.querySelector("output");
      this.hint = this.form.querySelector("template").content.firstElementChild;
      this.facets = [...this.form.querySelectorAll("fieldset")].map((set) => ({
        boxes: [...set.querySelectorAll("input")],
        counts: [...set.querySelectorAll(".stitch-count")],
      }));
      // In the address, every table but the first puts its id before the names of its parameters.
      this.prefix = prefix;
      this.columns = box.dataset.columns.split(" ");
      const table = box.querySelector("table");
      this.keep(table);
      this.headers = [...table.tHead.rows[0].cells];
      this.body = table.tBodies[0];
      this.closing = this.body.querySelectorAll(".stitch-closing-row");
      this.rows = JSON.parse(box.dataset.rows).map((numbers, index) => ({
        element: this.body.rows[index],
        // The positions of its options in each facet, which can have several or none (-1).
        options: numbers.splice(0, this.facets.length).map((option) => [option].flat()),
        properties: numbers,
      }));
      this.orders = new Map([["name", this.rows]]);
      this.drawn = this.rows.length;
      this.words = [];
      this.ranges = [];
      this.observer = new IntersectionObserver(
        (entries) => {
          if (!entries.some((entry) => entry.isIntersecting)) return;
          this.add(LOT);
          this.watch();
        },
        { rootMargin: `${REACH}px` },
      );
      this.columns.forEach((column, index) => {
        this.addButton(this.headers[index], column);
      });
      this.listen();
      this.restore();
    }

    // Add the tips of links, and read what is searched, once a reader comes here: a table can have thousands of rows.
    prepare() {
      if (this.properties) return;
      for (const link of this.body.querySelectorAll(".stitch-docs")) link.title = link.ariaLabel;
      // The names of all properties with their titles, each once; rows have their positions.
      const places = new Map();
      const place = (name) => places.get(name) ?? places.set(name, places.size).size - 1;
      this.box.dataset.properties.split("\n").filter(Boolean).forEach(place);
      const aliases = JSON.parse(this.box.dataset.aliases ?? "{}");
      this.rows.forEach((row, index) => {
        const words = this.facets.flatMap(({ boxes }, facet) =>
          row.options[facet].map((option) => boxes[option]?.parentElement.textContent),
        );
        row.text = fold([row.element.textContent, aliases[index], ...words].join(" "));
        if (!row.properties.length) row.properties = this.readProperties(row.element).map(place);
      });
      this.properties = [...places.keys()].map((entry) => {
        const [, name, shown, title] = /^([^.]*\.(\S+)) ?(.*)/.exec(entry);
        return { name, shown, title, folded: fold(`${shown} ${title}`) };
      });
    }

    // The script of a theme may make the table again from its HTML, as those do that wrap each: then put this one back.
    keep(table) {
      const observer = new MutationObserver(() => {
        if (!this.box.contains(table)) this.box.querySelector("table.stitch-connections")?.replaceWith(table);
      });
      observer.observe(this.box, { childList: true, subtree: true });
    }

    // The link of a row to its object, if there is one.
    linkOf(element) {
      const cell = element.cells[this.columns.indexOf("object")];
      return cell?.querySelector("a") ?? element.querySelector("a:not(.external, .stitch-docs)");
    }

    // The names of the properties of a row whose object is on the same page, with their steps and titles.
    readProperties(element) {
      const link = this.linkOf(element)?.getAttribute("href");
      const cells = (link?.startsWith("#") && propertiesHere().get(link.slice(1))) || [];
      return cells.map(
        (cell) => `${cell.id.slice(link.length)} ${cell.querySelector(".stitch-title")?.textContent ?? ""}`,
      );
    }

    addButton(header, column) {
      const content = header.querySelector("p") ?? header;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "stitch-sort";
      button.append(...content.childNodes);
      button.addEventListener("click", () => {
        this.order.value = this.sorting === column ? `-${column}` : column;
        this.apply();
        this.settle();
      });
      content.append(button);
    }

    listen() {
      let pause;
      for (const event of ["focusin", "pointerover"]) this.box.addEventListener(event, () => this.prepare());
      this.form.addEventListener("input", (event) => {
        this.apply();
        clearTimeout(pause);
        const typing = event.target === this.query;
        pause = setTimeout(() => this.settle(typing), typing ? PAUSE : 0);
      });
      this.query.addEventListener("change", () => (this.typing = false));
      this.query.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === "ArrowDown") {
          const [row] = this.shown;
          const link = row && (this.linkOf(row.element) ?? row.element.querySelector("a"));
          if (link) event.preventDefault();
          link?.focus();
        }
        if (event.key !== "Escape" || !this.query.value) return;
        event.preventDefault();
        this.query.value = "";
        this.apply();
        this.settle();
      });
      // Elsewhere on the page the key is the theme's.
      this.box.addEventListener("keydown", (event) => {
        if (event.key !== "/" || event.target === this.query) return;
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        event.stopPropagation();
        this.query.select();
        this.query.focus();
      });
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.form.addEventListener("reset", (event) => {
        event.preventDefault();
        this.clear();
        this.query.focus();
      });
      addEventListener("popstate", () => this.restore());
      addEventListener("hashchange", () => this.reveal());
      addEventListener("beforeprint", () => this.add(Infinity));
    }

    clear() {
      this.fill(new URLSearchParams());
      this.apply();
      this.settle();
    }

    // Show what the address says, unless it is shown: a link within the page is a new state of history too.
    restore() {
      this.typing = false;
      const before = this.state();
      this.fill(new URLSearchParams(location.search));
      if (this.state() !== before) this.apply();
      else if (!this.shown) this.count(this.rows);
      this.tell();
    }

    // What is chosen, as parameters of an address.
    state(parameters = new URLSearchParams()) {
      for (const [name, value] of [["find", this.query.value], ...new FormData(this.form)]) {
        if (value) parameters.append(this.prefix + name, value);
      }
      return parameters.toString();
    }

    fill(parameters) {
      this.query.value = parameters.get(`${this.prefix}find`) ?? "";
      this.order.value = parameters.get(`${this.prefix}sort`) ?? "";
      for (const { boxes } of this.facets) {
        const chosen = parameters.getAll(this.prefix + boxes[0].name);
        for (const box of boxes) box.checked = chosen.includes(box.value);
      }
    }

    // The column that the rows are sorted by; with a minus if backwards. As they are read, it is the name.
    get sorting() {
      const column = this.order.value.replace(/^-/, "");
      return this.columns.includes(column) ? this.order.value : "name";
    }

    apply() {
      this.prepare();
      this.words = fold(this.query.value).split(/\s+/).filter(Boolean);
      // For each word the properties with it: a name that many rows have is compared once.
      this.named = this.words.map((word) => this.properties.map(({ folded }) => folded.includes(word)));
      const fits = (row) =>
        this.words.every(
          (word, index) => row.text.includes(word) || row.properties.some((name) => this.named[index][name]),
        );
      this.count(this.words.length ? this.sorted().filter(fits) : this.sorted());
      this.drawn = 0;
      this.observer.disconnect();
      this.unmark();
      this.add(SCREENFUL);
    }

    // Choose the rows whose options are checked, and count for each option what it would show.
    count(rows) {
      const chosen = this.facets.map(({ boxes }) => {
        const checked = boxes.map((box) => box.checked);
        return checked.includes(true) ? checked : null;
      });
      const counts = this.facets.map(({ boxes }) => boxes.map(() => 0));
      const misses = (own, facet) => chosen[facet] && !own.some((option) => chosen[facet][option]);
      this.shown = rows.filter(({ options }) => {
        const missed = options.filter(misses).length;
        // An option counts what it would show: rows that miss nothing, or nothing but its own facet.
        if (missed < 2) {
          options.forEach((own, facet) => {
            if (missed !== (misses(own, facet) ? 1 : 0)) return;
            for (const option of own) if (option >= 0) counts[facet][option]++;
          });
        }
        return !missed;
      });
      this.facets.forEach((facet, index) => {
        facet.counts.forEach((element, option) => {
          element.textContent = counts[index][option];
          element.parentElement.classList.toggle("stitch-none", !counts[index][option]);
        });
      });
      this.headers.forEach((header, index) => {
        const sorts = { [this.columns[index]]: "ascending", [`-${this.columns[index]}`]: "descending" };
        header.ariaSort = sorts[this.sorting] ?? null;
      });
    }

    sorted() {
      if (!this.orders.has(this.sorting)) {
        const column = this.sorting.replace(/^-/, "");
        const index = this.columns.indexOf(column);
        const { compare } = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
        const keys = new Map(this.rows.map((row) => [row, row.element.cells[index].textContent.trim()]));
        // As it is read, the table is sorted by name.
        const rows = [...this.rows];
        if (column !== "name") rows.sort((a, b) => compare(keys.get(a), keys.get(b)));
        if (this.sorting !== column) rows.reverse();
        // What has no value is last in each direction.
        rows.sort((a, b) => !keys.get(a) - !keys.get(b));
        this.orders.set(this.sorting, rows);
      }
      return this.orders.get(this.sorting);
    }

    // Lay out the next rows.
    add(number) {
      const rows = this.shown.slice(this.drawn, this.drawn + number);
      for (const row of rows) this.explain(row);
      if (!this.drawn) this.body.replaceChildren();
      this.body.append(...rows.map((row) => row.element), ...this.closing);
      this.drawn += rows.length;
      this.mark(rows);
      this.observer.disconnect();
    }

    // Say which properties a row is shown for, if its text does not.
    explain(row) {
      row.hint?.remove();
      const hidden = this.words.map((word) => !row.text.includes(word));
      if (!hidden.includes(true)) return;
      const names = row.properties.filter((name) => this.named.some((named, index) => hidden[index] && named[name]));
      const link = this.linkOf(row.element)?.getAttribute("href");
      row.hint = this.hint.cloneNode(true);
      names.slice(0, 3).forEach((name, index) => {
        const { name: anchor, shown, title } = this.properties[name];
        const code = document.createElement("code");
        code.className = "literal";
        code.textContent = shown;
        row.hint.append(index ? ", " : "");
        if (link?.includes("#")) {
          const element = document.createElement("a");
          element.href = `${link}.${anchor}`;
          element.append(code);
          row.hint.append(element);
        } else row.hint.append(code);
        if (title) row.hint.append(` ${title}`);
      });
      if (names.length > 3) row.hint.append(", …");
      row.element.cells[Math.max(this.columns.indexOf("object"), 0)].append(row.hint);
    }

    unmark() {
      for (const range of this.ranges) marked.delete(range);
      this.ranges = [];
    }

    mark(rows) {
      if (!marked || !this.words.length) return;
      const ranges = rows.flatMap((row) =>
        this.textsOf(row).flatMap(({ node, folded, places }) =>
          this.words.flatMap((word) => {
            const found = [];
            for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
              const [startOffset, endOffset] = [places[at], places[at + word.length]];
              found.push(new StaticRange({ startContainer: node, startOffset, endContainer: node, endOffset }));
            }
            return found;
          }),
        ),
      );
      for (const range of ranges) marked.add(range);
      this.ranges.push(...ranges);
    }

    // The texts of a row to mark in, those of its hint too; the ones that stay are folded once.
    textsOf(row) {
      const read = (element) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const found = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          found.push({ node, ...foldWithPlaces(node.data) });
        }
        return found;
      };
      const hint = row.hint?.isConnected ? [...row.hint.querySelectorAll("code")].flatMap(read) : [];
      row.texts ??= [...row.element.cells].flatMap(read).filter(({ node }) => !row.hint?.contains(node));
      return [...row.texts, ...hint];
    }

    // When the reader pauses: say how many rows there are, lay out the others, and keep the state in the address.
    settle(typing = false) {
      this.tell();
      const address = new URL(location.href);
      for (const name of ["find", "sort", ...this.facets.map(({ boxes }) => boxes[0].name)]) {
        address.searchParams.delete(this.prefix + name);
      }
      this.state(address.searchParams);
      if (address.href === location.href) return;
      // One typed query is one step back.
      if (typing && this.typing) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
      this.typing = typing;
    }

    tell() {
      const { text } = this.output.dataset;
      this.output.textContent = text.replace("%(shown)s", this.shown.length).replace("%(all)s", this.rows.length);
      this.form.querySelector("[type=reset]").hidden = !this.state();
      this.watch();
    }

    watch() {
      if (this.drawn < this.shown.length) this.observer.observe(this.shown[this.drawn - 1].element);
    }

    // Show the row that the address names, if it is filtered out.
    reveal() {
      const id = location.hash.slice(1);
      if (!id || document.getElementById(id)) return;
      const row = this.rows.find(({ element }) => element.id === id || element.querySelector(`#${CSS.escape(id)}`));
      if (!row) return;
      this.clear();
      this.add(Infinity);
      row.element.scrollIntoView();
    }
  }

  const prefixOf = (box) => (box && box !== document.querySelector(".stitch-filter") ? `${box.id}.` : "");

  function addFilter(box) {
    const prefix = prefixOf(box);
    // Old links say “q”. In some themes Sphinx's search reads that on every page, once the page is there.
    const address = new URL(location.href);
    const query = address.searchParams.get(`${prefix}q`);
    if (query !== null) {
      address.searchParams.delete(`${prefix}q`);
      address.searchParams.append(`${prefix}find`, query);
      history.replaceState(null, "", address);
    }
    new Filter(box, prefix);
  }

  // Once for each page: some themes load the next one into this one, by an element of the body that they insert again.
  function start() {
    properties = undefined;
    // A filter has taken its template.
    document.querySelectorAll(".stitch-filter:has(> template)").forEach(addFilter);
  }
  start();
  new MutationObserver(start).observe(document.body, { childList: true });

  // Where all pages are one, links have their query beside them: the page may have been made into a PDF instead.
  for (const link of document.querySelectorAll("[data-query] > a")) {
    const prefix = prefixOf(document.getElementById(link.hash.slice(1)));
    const parameters = [...new URLSearchParams(link.parentElement.dataset.query)];
    link.search = new URLSearchParams(parameters.map(([name, value]) => [prefix + name, value]));
  }
})();
