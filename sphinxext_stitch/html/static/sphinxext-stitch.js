// What pages gain with JavaScript; their content is complete without it.
//
// Pages load this file as a module. Browsers refuse modules of pages that are opened from disk, and then load it as a
// classic script. So it imports and exports nothing, and one function keeps its names to itself.
(() => {
  "use strict";

  // The id that the address names. Browsers take what is no valid encoding as it stands.
  function idInAddress() {
    const id = location.hash.slice(1);
    try {
      return decodeURIComponent(id);
    } catch {
      return id;
    }
  }

  /* ---- Filter: the table of connections ---- */

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
      // The names of all properties, each once; rows have their positions.
      const places = new Map();
      const place = (name) => places.get(name) ?? places.set(name, places.size).size - 1;
      box.dataset.properties.split(" ").filter(Boolean).forEach(place);
      const table = box.querySelector("table");
      this.headers = [...table.tHead.rows[0].cells];
      this.body = table.tBodies[0];
      this.closing = this.body.querySelector(".stitch-closing-row");
      const facts = JSON.parse(box.dataset.rows);
      this.rows = [...this.body.rows]
        .filter((row) => row !== this.closing)
        .map((element, index) => {
          const options = facts[index].slice(0, this.facets.length);
          const words = this.facets.map(({ boxes }, facet) => boxes[options[facet]]?.parentElement.textContent);
          const text = fold([element.textContent, ...words].join(" "));
          const stated = facts[index].slice(this.facets.length);
          const properties = stated.length ? stated : this.readProperties(element).map(place);
          return { element, options, text, properties };
        });
      this.properties = [...places.keys()].map((name) => {
        const shown = name.slice(name.indexOf(".") + 1);
        return { name, shown, folded: fold(shown) };
      });
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

    // The link of a row to its object, if there is one.
    linkOf(element) {
      return element.cells[this.columns.indexOf("object")]?.querySelector("a")?.getAttribute("href");
    }

    // The names of the properties of a row whose object is on the same page, with their steps.
    readProperties(element) {
      const link = this.linkOf(element);
      const section = link?.startsWith("#") && document.getElementById(link.slice(1));
      if (!section) return [];
      return [...section.querySelectorAll(".stitch-properties th[id]")].map(({ id }) => id.slice(link.length));
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
      this.form.addEventListener("input", (event) => {
        this.apply();
        clearTimeout(pause);
        const typing = event.target === this.query;
        pause = setTimeout(() => this.settle(typing), typing ? PAUSE : 0);
      });
      this.query.addEventListener("change", () => (this.typing = false));
      this.query.addEventListener("keydown", (event) => {
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
      for (const [name, value] of [["q", this.query.value], ...new FormData(this.form)]) {
        if (value) parameters.append(this.prefix + name, value);
      }
      return parameters.toString();
    }

    fill(parameters) {
      this.query.value = parameters.get(`${this.prefix}q`) ?? "";
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
      const misses = (option, facet) => chosen[facet] && !chosen[facet][option];
      this.shown = rows.filter(({ options }) => {
        const missed = options.filter(misses).length;
        // An option counts what it would show: rows that miss nothing, or nothing but its own facet.
        if (missed < 2) {
          options.forEach((option, facet) => {
            if (option >= 0 && missed === (misses(option, facet) ? 1 : 0)) counts[facet][option]++;
          });
        }
        return !missed;
      });
      this.facets.forEach((facet, index) => {
        facet.counts.forEach((element, option) => {
          element.textContent = counts[index][option];
        });
      });
      this.headers.forEach((header, index) => {
        const [column, backwards] = [this.sorting.replace(/^-/, ""), this.sorting.startsWith("-")];
        if (this.columns[index] !== column) header.removeAttribute("aria-sort");
        else header.setAttribute("aria-sort", backwards ? "descending" : "ascending");
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
        this.orders.set(this.sorting, this.sorting === column ? rows : rows.reverse());
      }
      return this.orders.get(this.sorting);
    }

    // Lay out the next rows.
    add(number) {
      const rows = this.shown.slice(this.drawn, this.drawn + number);
      for (const row of rows) this.explain(row);
      const elements = rows.map((row) => row.element);
      const closing = this.closing ? [this.closing] : [];
      if (this.drawn === 0) this.body.replaceChildren(...elements, ...closing);
      else if (this.closing) this.closing.before(...elements);
      else this.body.append(...elements);
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
      const { cells } = row.element;
      const place = this.columns.indexOf("object");
      const link = this.linkOf(row.element);
      row.hint = this.hint.cloneNode(true);
      names.slice(0, 3).forEach((name, index) => {
        const { name: anchor, shown } = this.properties[name];
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
      });
      if (names.length > 3) row.hint.append(", …");
      cells[Math.max(place, 0)].append(row.hint);
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
      for (const name of ["q", "sort", ...this.facets.map(({ boxes }) => boxes[0].name)]) {
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
      const id = idInAddress();
      if (!id || document.getElementById(id)) return;
      const row = this.rows.find(({ element }) => element.id === id || element.querySelector(`#${CSS.escape(id)}`));
      if (!row) return;
      this.clear();
      this.add(Infinity);
      row.element.scrollIntoView();
    }
  }

  function enhanceFilters() {
    document.querySelectorAll(".stitch-filter").forEach((box, index) => {
      new Filter(box, index ? `${box.id}.` : "");
    });
  }

  /* ---- Objects: what all of their parts use ---- */

  const data = JSON.parse(document.getElementById("stitch-data")?.textContent ?? "{}");

  // Say something politely to who does not see it.
  function say(text) {
    let status = document.querySelector(".stitch-said");
    if (!status) {
      status = document.createElement("div");
      status.className = "stitch-said";
      status.setAttribute("role", "status");
      document.body.append(status);
    }
    status.textContent = "";
    requestAnimationFrame(() => (status.textContent = text));
  }

  async function copy(text, words) {
    await navigator.clipboard.writeText(text);
    say(words);
  }

  // Make an element with properties and children.
  function make(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  /* ---- Property tables: folds, and links to properties ---- */

  const level = (row) => Number(/stitch-level-(\d+)/.exec(row.className)?.[1] ?? 1);
  const isOpen = (row) => row.querySelector(".stitch-fold")?.getAttribute("aria-expanded") !== "false";

  // Hide the rows of a body that a folded row above hides: the heading of a group, or the parent of nested properties.
  function showRows(body) {
    const [first, ...others] = body.rows;
    const isGroup = first.classList.contains("stitch-group");
    let deepest = isGroup && !isOpen(first) ? 0 : Infinity;
    for (const row of isGroup ? others : body.rows) {
      const depth = level(row);
      if (depth <= deepest && deepest) deepest = Infinity;
      row.hidden = depth > deepest;
      if (!row.hidden && !isOpen(row)) deepest = depth;
    }
  }

  function setOpen(row, open) {
    row.querySelector(".stitch-fold")?.setAttribute("aria-expanded", open);
  }

  function addFold(row, button, open) {
    button.type = "button";
    button.className = "stitch-fold";
    button.setAttribute("aria-expanded", open);
    button.addEventListener("click", () => {
      setOpen(row, !isOpen(row));
      showRows(row.parentElement);
    });
  }

  function enhanceGroup(row) {
    const [cell] = row.cells;
    const button = make("button", {}, ...cell.childNodes);
    cell.append(button);
    const open = !row.classList.contains("stitch-folded");
    addFold(row, button, open);
    if (!open) showRows(row.parentElement);
  }

  function enhanceNested(row) {
    const parent = row.previousElementSibling;
    if (!parent || level(parent) >= level(row)) return;
    const name = parent.querySelector("code").textContent;
    const button = make("button", { ariaLabel: data.words.nested.replace("%(name)s", name) });
    parent.cells[0].prepend(button);
    addFold(parent, button, true);
  }

  // Open what hides the property that the address names, and go there.
  function reveal() {
    const target = document.getElementById(idInAddress());
    const row = target?.closest(".stitch-properties tbody tr");
    if (row) {
      let depth = level(row);
      for (let above = row.previousElementSibling; above; above = above.previousElementSibling) {
        if (above.classList.contains("stitch-group")) setOpen(above, true);
        if (level(above) < depth) {
          depth = level(above);
          setOpen(above, true);
        }
      }
      showRows(row.parentElement);
    }
    if (target) target.scrollIntoView({ behavior: "instant" });
  }

  // What the theme keeps at the top of the window must not hide the header of a table, or the place of a link.
  function measureTop() {
    let bottom = 0;
    for (let part = document.elementFromPoint(innerWidth / 2, 1); part; part = part.parentElement) {
      const { position } = getComputedStyle(part);
      const box = part.getBoundingClientRect();
      const isBar = position === "fixed" || position === "sticky";
      if (isBar && box.height < innerHeight / 3) bottom = Math.max(bottom, box.bottom);
    }
    document.documentElement.style.setProperty("--stitch-top", `${bottom}px`);
  }

  // A ¶ behind each property, as the theme has it behind headings: a page can have thousands, and would weigh a tenth
  // more with them.
  function addPermalink(cell) {
    cell.append(make("a", { className: "headerlink", href: `#${cell.id}`, innerHTML: data.permalink }));
  }

  function enhanceProperties() {
    document.querySelectorAll(".stitch-properties tr.stitch-group").forEach(enhanceGroup);
    document.querySelectorAll(".stitch-properties tr[class*=stitch-level-]").forEach(enhanceNested);
    if (data.permalink) document.querySelectorAll(".stitch-properties tbody th[id]").forEach(addPermalink);
    measureTop();
    addEventListener("resize", measureTop);
    addEventListener("hashchange", reveal);
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href^='#']");
      // Where the address is there already, the browser tells nobody.
      if (link && link.hash === location.hash) reveal();
      if (link?.matches(".stitch-properties .headerlink") && navigator.clipboard)
        copy(link.href, data.words.linkCopied);
    });
    if (location.hash) reveal();
  }

  /* ---- Examples: their sizes, and the same as requests ---- */

  const FORMATS = { json: "JSON", curl: "curl", python: "Python", javascript: "JavaScript" };
  const STORE = "stitch-examples";
  const choice = { format: "json", size: "full" };

  const span = (name, text) => make("span", { className: name }, text);

  // Change the texts of some nodes; each comes with the class of its element.
  function mapTexts(root, map) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      node.data = map(node.data, node.parentNode.className);
    }
    return root;
  }

  // Give JSON the elements that Pygments gives it: a page can have thousands, and would weigh a tenth more with them.
  function color(pre) {
    const text = pre.textContent;
    let end = 0;
    pre.textContent = "";
    for (const found of text.matchAll(/("(?:\\.|[^"\\])*")(:?)|-?\d[\d.eE+-]*|true|false|null/g)) {
      const [value, quoted, colon] = [found[1] ?? found[0], found[1], found[2]];
      const name = quoted ? (colon ? "nt" : "s2") : /[a-z]{4}/.test(value) ? "kc" : /[.eE]/.test(value) ? "mf" : "mi";
      pre.append(text.slice(end, found.index), span(name, value));
      end = found.index + value.length;
    }
    pre.append(text.slice(end));
  }

  const indent = (root, spaces) => mapTexts(root, (text) => text.replaceAll("\n", `\n${spaces}`));

  // A literal of JSON, Python and JavaScript alike.
  const quote = (text) => JSON.stringify(text);
  const shellQuote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

  // The name of an object, if it is not stated: its title without the words around it, which a number can precede.
  function nameIn(section) {
    const heading = section.querySelector("h1, h2, h3, h4, h5, h6").cloneNode(true);
    heading.querySelector(".headerlink")?.remove();
    const title = heading.textContent;
    for (const [before, after] of data.titles.map((template) => template.split("%(name)s"))) {
      const start = title.indexOf(before);
      const end = title.lastIndexOf(after);
      if (start >= 0 && start + before.length < end) return title.slice(start + before.length, end);
    }
    return title;
  }

  function bodyOf(box, pre, endpoint) {
    const properties = document.createDocumentFragment();
    properties.append(...pre.cloneNode(true).childNodes);
    properties.lastChild.data = properties.lastChild.data?.trimEnd();
    const members = Object.entries(endpoint.body);
    if (!members.length) return properties;
    const made = document.createDocumentFragment();
    members.forEach(([name, template], index) => {
      made.append(index ? ",\n  " : "{\n  ", span("nt", quote(name)), ": ");
      const section = box.closest(".stitch-object");
      const type = () => section.querySelector(".stitch-summary code").textContent;
      const text = template.replace("{{type}}", type).replace("{{name}}", () => box.dataset.name ?? nameIn(section));
      made.append(template === "{{properties}}" ? indent(properties, "  ") : span("s2", quote(text)));
    });
    made.append("\n}");
    return made;
  }

  // A header's value, as pieces of code; the secret is read from the environment.
  function header(template, secret, plus) {
    const pieces = template.split(/(\{\{token\}\})/).filter(Boolean);
    return pieces.map((piece) => (piece === "{{token}}" ? secret : quote(piece))).join(plus);
  }

  const REQUESTS = {
    curl({ method, url, headers, token, body }) {
      const inQuotes = (text) => text.replace(/[\\"$`]/g, "\\$&");
      const secret = `\${${token}}`;
      const lines = headers.map(([name, template]) => {
        const value = template.split("{{token}}").map(inQuotes).join(secret);
        return `  -H "${inQuotes(name)}: ${value}" \\\n`;
      });
      const type = "  -H 'Content-Type: application/json' \\\n";
      const start = `curl -X ${method} ${shellQuote(url)} \\\n${lines.join("")}${type}  -d '`;
      return [start, mapTexts(body, (text) => text.replaceAll("'", "'\\''")), "'"];
    },
    python({ method, url, headers, token, body }) {
      const LITERALS = { true: "True", false: "False", null: "None" };
      const secret = `os.environ[${quote(token)}]`;
      const lines = headers.map(([name, template]) => `        ${quote(name)}: ${header(template, secret, " + ")},\n`);
      const start =
        `import os\n\nimport requests\n\nresponse = requests.request(\n    ${quote(method)},\n    ${quote(url)},\n` +
        `    headers={\n${lines.join("")}    },\n    json=`;
      const literals = mapTexts(body, (text, name) => (name === "kc" ? LITERALS[text] : text));
      return [start, indent(literals, "    "), ",\n)\nresponse.raise_for_status()\nprint(response.json())"];
    },
    javascript({ method, url, headers, token, body }) {
      const lines = headers.map(([name, template]) => {
        return `    ${quote(name)}: ${header(template, `process.env.${token}`, " + ")},\n`;
      });
      const start =
        `const response = await fetch(${quote(url)}, {\n  method: ${quote(method)},\n  headers: {\n${lines.join("")}` +
        `    "Content-Type": "application/json",\n  },\n  body: JSON.stringify(`;
      const end =
        "),\n});\nif (!response.ok) throw new Error(await response.text());\nconsole.log(await response.json());";
      return [start, indent(body, "  "), end];
    },
  };

  class Examples {
    constructor(box, number) {
      this.box = box;
      const [full, minimal] = box.querySelectorAll("div[class*=highlight-]");
      this.blocks = minimal ? { full, minimal } : { full };
      this.endpoint = data.endpoints?.[box.dataset.endpoint];
      this.captions = box.querySelectorAll(".stitch-full, .stitch-minimal");
      this.made = {};
      this.bar = make("div", { className: "stitch-choices" });
      if (this.endpoint) this.addChoice("format", Object.entries(FORMATS), number);
      if (minimal) {
        const sizes = Object.keys(this.blocks).map((size) => [size, data.words[size]]);
        this.addChoice("size", sizes, number);
      }
      if (navigator.clipboard) {
        const button = make("button", { type: "button", className: "stitch-copy" }, data.words.copy);
        button.addEventListener("click", () => copy(this.shown.querySelector("pre").textContent, data.words.copied));
        this.bar.append(button);
      }
    }

    addChoice(name, options, number) {
      const labels = options.map(([value, label]) => {
        const input = make("input", { type: "radio", name: `stitch-${name}-${number}`, value });
        input.addEventListener("change", () => choose(name, value));
        return make("label", {}, input, make("span", {}, label));
      });
      this.bar.append(make("fieldset", {}, make("legend", {}, data.words[name]), ...labels));
    }

    // Show what the reader has chosen, as far as there is such a thing here.
    show() {
      const size = this.blocks[choice.size] ? choice.size : "full";
      const format = this.endpoint ? choice.format : "json";
      const key = `${format}-${size}`;
      if (!this.bar.isConnected) {
        for (const block of Object.values(this.blocks)) color(block.querySelector("pre"));
        this.box.prepend(this.bar);
        this.box.classList.add("stitch-chosen");
        for (const caption of this.captions) caption.hidden = true;
      }
      for (const input of this.bar.querySelectorAll("input")) input.checked = [size, format].includes(input.value);
      if (format !== "json") this.made[key] ??= this.request(format, size);
      this.shown = this.made[key] ?? this.blocks[size];
      for (const block of [...Object.values(this.blocks), ...Object.values(this.made)])
        block.hidden = block !== this.shown;
    }

    request(format, size) {
      const block = this.blocks[size];
      const made = block.cloneNode(false);
      made.classList.add("stitch-request");
      const body = bodyOf(this.box, block.querySelector("pre"), this.endpoint);
      const { method, path } = this.endpoint;
      const url = data.url + path;
      const snippet = REQUESTS[format]({ method, url, headers: Object.entries(data.headers), token: data.token, body });
      made.append(make("div", { className: "highlight" }, make("pre", { tabIndex: 0 }, ...snippet, "\n")));
      this.box.append(made);
      return made;
    }
  }

  // Only examples in sight, or nearly so, are changed: a page can have hundreds.
  const near = new Map();
  let settled = false;
  const sight = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const examples = near.get(target);
        examples.near = isIntersecting;
        if (isIntersecting) examples.show();
      }
      // The first ones are of another height now than when the page went to the place that its address names.
      if (!settled && location.hash) reveal();
      settled = true;
    },
    { rootMargin: "50%" },
  );

  function choose(name, value) {
    choice[name] = value;
    for (const examples of near.values()) if (examples.near) examples.show();
    // A reader may forbid it.
    try {
      localStorage.setItem(STORE, JSON.stringify(choice));
    } catch {}
  }

  function enhanceExamples() {
    try {
      Object.assign(choice, JSON.parse(localStorage.getItem(STORE)));
    } catch {}
    if (!FORMATS[choice.format]) choice.format = "json";
    document.querySelectorAll(".stitch-examples").forEach((box, number) => {
      near.set(box, new Examples(box, number));
      sight.observe(box);
    });
  }

  /* ---- Each feature, on what it is for ---- */

  function enhance() {
    enhanceFilters();
    enhanceProperties();
    enhanceExamples();
  }

  // A module runs when the page is read; a classic script that a script adds may run before.
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", enhance);
  } else {
    enhance();
  }
})();
