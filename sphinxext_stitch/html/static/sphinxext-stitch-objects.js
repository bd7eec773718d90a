// What the sections of objects gain. A classic script: browsers refuse modules of pages opened from disk.
((enhancePage) => {
  // Once for each page: some themes load the next one into this one, and run the script for the first of them alone. They
  // insert an element of the body again.
  const source = document.currentScript.src;
  let holder;
  let page;
  function start() {
    const found = document.getElementById("stitch-data");
    if (!found || found === holder) return;
    holder = found;
    page?.abort();
    page = new AbortController();
    enhancePage(JSON.parse(holder.content.textContent), source, { signal: page.signal });
  }
  start();
  new MutationObserver(start).observe(document.body, { childList: true });
})((data, source, whileShown) => {
  "use strict";

  /* ---- What all parts use ---- */

  // Make an element with properties and children.
  function make(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  // The folder of the JSON files, beside that of the scripts.
  const jsonFolder = new URL("../_stitch/", source);

  // The summary of the object that an element is of: the last one before it. A theme may write no elements for sections.
  function summaryOf(element) {
    const isBefore = (summary) => summary.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    return [...document.querySelectorAll(".stitch-summary")].findLast(isBefore);
  }

  // What an object is called, and its type.
  function factsOf(summary) {
    return { name: summary.dataset.name, type: summary.querySelector("dd code").textContent };
  }

  const status = make("div", { className: "stitch-said", role: "status" });

  // Say something: where it was pressed for a while, and politely to who does not see it.
  function tell(words, pressed) {
    const mark = make("span", { className: "stitch-copied", ariaHidden: true }, words);
    pressed.after(mark);
    setTimeout(() => mark.remove(), COPIED);
    status.textContent = "";
    document.body.append(status);
    requestAnimationFrame(() => (status.textContent = words));
  }

  async function copy(text, words, pressed) {
    await navigator.clipboard.writeText(text);
    tell(words, pressed);
  }

  // What the scripts of the form hand over to each other.
  globalThis.stitchForms ??= {};

  // Load a script or style sheet beside this one, or a script of the build, once.
  const loads = new Map();
  function load(address) {
    if (!loads.has(address)) {
      const isStyle = /\.css\b/.test(address);
      const file = isStyle
        ? make("link", { rel: "stylesheet", href: address })
        : make("script", { src: address, async: true });
      const loading = new Promise((resolve, reject) => Object.assign(file, { onload: resolve, onerror: reject }));
      loads.set(address, loading);
      loading.catch(() => loads.delete(address));
      // Before the style sheets of a project.
      (document.querySelector("link[href*='sphinxext-stitch.css']") ?? document.head.lastChild).after(file);
    }
    return loads.get(address);
  }

  // How long it says so, in milliseconds.
  const COPIED = 2000;

  // When a page has come to rest after it began to scroll, in milliseconds.
  const PAUSE = 300;

  // From this number of rows on, a table has a control for those that are required.
  const LONG = 8;

  // The bar of an object comes when its heading is about this far above the top, in pixels.
  const HEADING = 100;

  // A page is quiet if nothing has moved for this number of frames.
  const QUIET = 20;

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

  function makeFold(button, open) {
    Object.assign(button, { type: "button", className: "stitch-fold", ariaExpanded: open });
  }

  function enhanceGroup(row) {
    const [cell] = row.cells;
    const button = make("button", {}, ...cell.childNodes);
    cell.append(button);
    const open = !row.classList.contains("stitch-folded");
    makeFold(button, open);
    if (!open) showRows(row.parentElement);
  }

  function enhanceNested(row) {
    const parent = row.previousElementSibling;
    if (!parent || level(parent) >= level(row)) return;
    const name = parent.querySelector("code").textContent;
    const button = make("button", { ariaLabel: data.words.nested.replace("%(name)s", name) });
    parent.cells[0].prepend(button);
    makeFold(button, true);
  }

  // The element that the address names, if there is one.
  function targetOfAddress() {
    let id = location.hash.slice(1);
    // Browsers take what is no valid encoding as it stands.
    try {
      id = decodeURIComponent(id);
    } catch {}
    return document.getElementById(id);
  }

  // Open what hides the property that the address names, and go there.
  function reveal() {
    const target = targetOfAddress();
    if (!target) return;
    const section = target.closest(".stitch-object");
    if (section) enhance(section);
    const row = target.closest(".stitch-properties tbody tr");
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
    land(target);
  }

  // Stay at a place until the page is quiet: what is above it has its real height only when it comes near.
  let landing;
  function land(target) {
    landing?.abort();
    landing = new AbortController();
    const { signal } = landing;
    // From then on the reader decides.
    for (const name of ["wheel", "touchstart", "keydown", "pointerdown"])
      addEventListener(name, () => landing.abort(), { signal, passive: true });
    let quiet = 0;
    let before = NaN;
    const step = () => {
      if (signal.aborted) return;
      // Some themes show their header only below the top of the page.
      measureTop();
      target.scrollIntoView({ behavior: "instant" });
      const { top } = target.getBoundingClientRect();
      quiet = Math.abs(top - before) < 1 && document.readyState === "complete" ? quiet + 1 : 0;
      before = top;
      if (quiet < QUIET) requestAnimationFrame(step);
      else landing.abort();
    };
    step();
  }

  // What the theme keeps at the top of the window must not hide the header of a table, or the place of a link.
  let top = 0;
  function measureTop() {
    let bottom = 0;
    for (let part = document.elementFromPoint(innerWidth / 2, 1); part; part = part.parentElement) {
      const { position } = getComputedStyle(part);
      const box = part.getBoundingClientRect();
      const isBar = (position === "fixed" || position === "sticky") && !part.closest("table, .stitch-object");
      if (isBar && box.height < innerHeight / 3) bottom = Math.max(bottom, box.bottom);
    }
    // Some themes keep space at the top for all that is scrolled to.
    const kept = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
    const { style } = document.documentElement;
    // Not where nothing is kept nor was: browsers would style all elements of the page again.
    if (bottom || style.length) {
      style.setProperty("--stitch-top", `${bottom}px`);
      style.setProperty("--stitch-jump", `${Math.max(0, bottom - kept)}px`);
    }
    if (bottom !== top) {
      top = bottom;
      watchTop();
    }
  }

  // The header of a table cannot stay in sight in a box that could scroll. Some themes have one, which never does.
  function freeHeaders() {
    const table = document.querySelector("table.stitch-properties");
    for (let part = table?.parentElement; part && part !== document.body; part = part.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(part);
      const scrolls = part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1;
      if ((overflowX === "auto" || overflowY === "auto") && !scrolls) part.style.overflow = "visible";
    }
  }

  // A ¶ behind each property, as the theme has it behind headings: a page can have thousands, and would weigh a tenth
  // more with them.
  function addPermalink(cell) {
    const name = cell.querySelector("code");
    const title = data.words.permalink.replace("%(name)s", name.textContent);
    name.after(make("a", { className: "headerlink", href: `#${cell.id}`, title, innerHTML: data.permalink }));
  }

  function listenToLinks() {
    measureTop();
    addEventListener("resize", measureTop, whileShown);
    addEventListener("resize", watchTop, whileShown);
    addEventListener("scroll", () => setTimeout(measureTop, PAUSE), { ...whileShown, once: true, passive: true });
    addEventListener("hashchange", reveal, whileShown);
    // Not on the buttons: the script of a theme may make tables again from their HTML.
    document.addEventListener(
      "click",
      (event) => {
        const folding = event.target.closest?.(".stitch-fold")?.closest("tr");
        if (folding) {
          setOpen(folding, !isOpen(folding));
          showRows(folding.parentElement);
        }
        const link = event.target.closest?.("a[href^='#']");
        // Where the address is there already, the browser tells nobody.
        if (link && link.hash === location.hash) reveal();
        if (link?.matches(".stitch-properties .headerlink") && navigator.clipboard) {
          // Without what the reader has filtered a table by.
          copy(new URL(link.hash, location.href.replace(/[?#].*/, "")).href, data.words.linkCopied, link);
        }
      },
      whileShown,
    );
  }

  // What a long table has above it: only what is required, and all folds at once.
  function addControls(table) {
    const bar = make("p", { className: "stitch-controls" });
    // The script of a theme may have made the table again.
    const rowsNow = () => [...bar.nextElementSibling.querySelectorAll("tbody > tr")];
    const foldsNow = () => rowsNow().filter((row) => row.querySelector(".stitch-fold"));
    const place = table.closest(".table-wrapper") ?? table;
    place.before(bar);
    const rows = rowsNow();
    const optional = rows.filter(isOptional);
    if (rows.length >= LONG && optional.length && optional.length < rows.length) {
      const box = make("input", { type: "checkbox" });
      box.addEventListener("change", () => {
        for (const row of rowsNow()) row.classList.toggle("stitch-optional", box.checked && isOptional(row));
      });
      bar.append(make("label", {}, box, " ", data.words.requiredOnly));
    }
    if (foldsNow().length > 1) {
      const button = make("button", { type: "button" });
      const say = () => (button.textContent = data.words[foldsNow().every(isOpen) ? "collapse" : "expand"]);
      button.addEventListener("click", () => {
        const folds = foldsNow();
        const open = !folds.every(isOpen);
        for (const row of folds) setOpen(row, open);
        for (const body of new Set(folds.map((row) => row.parentElement))) showRows(body);
        say();
      });
      // When the fold that was pressed is open or closed.
      document.addEventListener("click", say, whileShown);
      say();
      bar.append(button);
    }
    if (!bar.children.length) bar.remove();
    const heading = table.closest("section")?.querySelector("h1, h2, h3, h4, h5, h6");
    if (heading) table.ariaLabel = titleOf(heading);
    // The sentence above the table says it, too.
    table.tHead.rows[0].cells[2].title = data.words.required;
  }

  // Whether the third cell says no more than that the property is optional, or is to be left out.
  const isOptional = (row) => row.cells.length > 1 && data.words.notRequired.includes(row.cells[2].textContent.trim());

  function titleOf(heading) {
    const copied = heading.cloneNode(true);
    copied.querySelector(".headerlink")?.remove();
    return copied.textContent;
  }

  /* ---- The bar of a long object: whose properties these are, and where to go from here ---- */

  // Which objects are at the top of the window, below what the theme keeps there.
  let atTop;
  function watchTop() {
    atTop?.disconnect();
    const place = Math.round(top - HEADING);
    atTop = new IntersectionObserver(showBars, { rootMargin: `${-place}px 0px ${place + 1 - innerHeight}px` });
    for (const section of sections) atTop.observe(section);
  }

  function showBars(entries) {
    for (const { target, isIntersecting } of entries) {
      const isLong = isIntersecting && target.offsetHeight > innerHeight;
      if (isLong && !target.querySelector(".stitch-bar")) addBar(target);
      target.classList.toggle("stitch-long", isLong);
    }
  }

  function addBar(section) {
    const summary = section.querySelector(".stitch-summary");
    const { name, type } = factsOf(summary);
    const bar = make("div", {}, make("b", {}, name), make("code", { className: "literal" }, type));
    if (navigator.clipboard) {
      const { words } = data;
      const button = make("button", { type: "button", ariaLabel: `${words.copy} ${type}` }, words.copy);
      button.addEventListener("click", () => copy(type, words.copied, button));
      bar.append(button);
    }
    const steps = section.querySelectorAll(".stitch-steps > li > a[href^='#']:first-child");
    bar.append(...[...steps].map((link) => link.cloneNode(true)));
    const example = section.querySelector(".rubric[id]");
    if (example) bar.append(make("a", { href: `#${example.id}` }, data.words.example));
    const back = section.querySelector(".stitch-back a");
    if (back) {
      const { textContent } = back;
      const link = Object.assign(back.cloneNode(), { title: textContent, ariaLabel: textContent });
      link.append("\u2191");
      bar.append(link);
    }
    summary.before(make("div", { className: "stitch-bar", role: "group", ariaLabel: name }, bar));
  }

  /* ---- Properties and their places in examples ---- */

  // Put a table, what follows it, and the example into a box, in which the style sheet lets them stand beside each other.
  function addColumns(example) {
    const heading = example.previousElementSibling;
    const parts = [];
    // The table, and the endpoint; a step without properties has neither.
    for (let part = heading?.previousElementSibling; part && parts.length < 2; part = part.previousElementSibling) {
      parts.unshift(part);
      if (part.matches("table, :has(> table)")) {
        const columns = make("div", { className: "stitch-columns" });
        part.before(columns);
        columns.append(...parts, make("div", { className: "stitch-side" }, heading, example));
        return;
      }
    }
  }

  // The ids of the rows of the table that an example stands beside, by the names of their properties.
  function rowsBeside(pre) {
    const rows = new Map();
    for (const name of pre.closest(".stitch-columns")?.querySelectorAll("tbody th[id] > code") ?? []) {
      if (!rows.has(name.textContent)) rows.set(name.textContent, name.parentElement.id);
    }
    return rows;
  }

  // A row and its lines in the example light up together, when the pointer or the focus is on one of them.
  let lit = [];
  function light({ target }) {
    const place = target.closest?.(".stitch-columns :is(tbody tr, a.nt)");
    if (place && lit.includes(place)) return;
    for (const element of lit) element.classList.remove("stitch-lit");
    lit = [];
    if (!place) return;
    const address = place.getAttribute("href") ?? `#${place.cells[0].id}`;
    const box = place.closest(".stitch-columns");
    const keys = [...box.querySelectorAll("a.nt")].filter((key) => key.getAttribute("href") === address);
    if (!keys.length) return;
    lit = [document.getElementById(address.slice(1)).parentElement, ...keys];
    for (const element of lit) element.classList.add("stitch-lit");
    // Where an example scrolls in its box, its line comes into sight.
    const key = place.matches("tr") && keys.find((each) => each.offsetParent);
    if (key) key.offsetParent.scrollTop = key.offsetTop - key.offsetParent.clientHeight / 2;
  }

  /* ---- Examples: their sizes, and the same as requests ---- */

  const FORMATS = { json: "JSON", body: data.words.body, curl: "curl", python: "Python", javascript: "JavaScript" };
  const STORE = "stitch-examples";
  const choice = { format: "json", size: "full" };

  // Code can scroll in its box, by the keyboard too.
  const SCROLLS = { tabIndex: 0, role: "group", ariaLabel: data.words.example };

  const span = (name, text) => make("span", { className: name }, text);

  // Change the texts of some nodes; each comes with the class of its element.
  function mapTexts(root, map) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      node.data = map(node.data, node.parentNode.className);
    }
    return root;
  }

  // The code of a block, without the numbers that a page can give its lines; a table has them before the code.
  function codeOf(block) {
    const code = [...block.querySelectorAll("pre")].at(-1).cloneNode(true);
    for (const number of code.querySelectorAll(".linenos")) number.remove();
    return code;
  }

  // Give JSON the elements that Pygments gives it: a page can have thousands, and would weigh a tenth more with them. The
  // names of members are links to the rows of their properties.
  function color(pre) {
    if (pre.children.length) return;
    Object.assign(pre, SCROLLS);
    const rows = rowsBeside(pre);
    const text = pre.textContent;
    let end = 0;
    pre.textContent = "";
    // The names of the members that it is in, as rows have them; lists have no names.
    const names = [];
    for (const found of text.matchAll(/("(?:\\.|[^"\\])*")(:?)|-?\d[\d.eE+-]*|true|false|null|[{}]/g)) {
      const [value, quoted, colon] = [found[1] ?? found[0], found[1], found[2]];
      if (value === "{") names.push("");
      if (value === "}") names.pop();
      if (value === "{" || value === "}") continue;
      const name = quoted ? (colon ? "nt" : "s2") : /[a-z]{4}/.test(value) ? "kc" : /[.eE]/.test(value) ? "mf" : "mi";
      if (colon) {
        const within = names.length > 1 ? `${names.at(-2)}.` : "";
        // Free names have one row.
        names[names.length - 1] = [within + JSON.parse(quoted), `${within}*`].find((each) => rows.has(each)) ?? "";
      }
      const row = colon && rows.get(names.at(-1));
      pre.append(
        text.slice(end, found.index),
        row ? make("a", { className: name, href: `#${row}` }, value) : span(name, value),
      );
      end = found.index + value.length;
    }
    pre.append(text.slice(end));
  }

  const indent = (root, spaces) => mapTexts(root, (text) => text.replaceAll("\n", `\n${spaces}`));

  // A literal of JSON, Python and JavaScript alike.
  const quote = (text) => JSON.stringify(text);
  const shellQuote = (text) => `'${text.replaceAll("'", "'\\''")}'`;

  function bodyOf(box, code, endpoint) {
    const properties = document.createDocumentFragment();
    properties.append(...code.childNodes);
    properties.lastChild.data = properties.lastChild.data?.trimEnd();
    const members = Object.entries(endpoint.body);
    const facts = factsOf(summaryOf(box));
    if (!members.length) return properties;
    const made = document.createDocumentFragment();
    members.forEach(([name, template], index) => {
      made.append(index ? ",\n  " : "{\n  ", span("nt", quote(name)), ": ");
      // In one pass: what is filled in is text.
      const text = template.replace(/{{(type|name)}}/g, (_, variable) => facts[variable]);
      made.append(template === "{{properties}}" ? indent(properties.cloneNode(true), "  ") : span("s2", quote(text)));
    });
    made.append("\n}");
    return made;
  }

  // A header's value, as pieces of code; the secret is read from the environment.
  function header(template, secret, plus) {
    const pieces = template.split(/(\{\{token\}\})/).filter(Boolean);
    return pieces.map((piece) => (piece === "{{token}}" ? secret : quote(piece))).join(plus);
  }

  // How code reads a secret from the environment, in place of a string of JSON; what is no text is there as JSON.
  const SECRETS = {
    curl: (name, isText) => (isText ? `"'"\${${name}}"'"` : `'"\${${name}}"'`),
    python: (name, isText) => (isText ? `os.environ[${quote(name)}]` : `json.loads(os.environ[${quote(name)}])`),
    javascript: (name, isText) => (isText ? `process.env.${name}` : `JSON.parse(process.env.${name})`),
  };

  const REQUESTS = {
    body: ({ body }) => [body],
    curl({ method, url, headers, token, body }) {
      // Shells at a prompt read “!” in double quotes, escaped or not.
      const inQuotes = (text) => text.replace(/[\\"$`]/g, "\\$&").replaceAll("!", `"'!'"`);
      const secret = `\${${token}}`;
      const lines = headers.map(([name, template]) => {
        const value = template.split("{{token}}").map(inQuotes).join(secret);
        return `  -H "${name}: ${value}" \\\n`;
      });
      // -g: braces in the address are no list of addresses.
      const start = `curl -X ${method} -g ${shellQuote(url)} \\\n${lines.join("")}  -d '`;
      return [start, mapTexts(body, (text) => text.replaceAll("'", "'\\''")), "'"];
    },
    python({ method, url, headers, token, body }) {
      const LITERALS = { true: "True", false: "False", null: "None" };
      const secret = `os.environ[${quote(token)}]`;
      const lines = headers.map(([name, template]) => `        ${quote(name)}: ${header(template, secret, " + ")},\n`);
      const start =
        `${body.querySelector("[data-json]") ? "import json\n" : ""}import os\n\nimport requests\n\nresponse = requests.request(\n    ${quote(method)},\n    ${quote(url)},\n` +
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
        "  },\n  body: ";
      const end =
        ",\n});\nif (!response.ok) throw new Error(await response.text());\nconsole.log(await response.json());";
      const text = body.textContent;
      // An object would lose “__proto__”, and digits of large numbers.
      if (!text.includes('"__proto__"') && JSON.stringify(JSON.parse(text), null, 2) === text)
        return [`${start}JSON.stringify(`, indent(body, "  "), `)${end}`];
      const raw = (part) => part.replaceAll("`", "\\u0060").replaceAll("${", "\\u0024{");
      for (const secret of body.querySelectorAll("[data-secret]")) secret.dataset.raw = "";
      return [`${start}String.raw\``, mapTexts(body, raw), `\`${end}`];
    },
  };

  class Examples {
    constructor(box, number) {
      this.box = box;
      const [full, minimal] = box.querySelectorAll("div[class*=highlight-]");
      this.blocks = minimal ? { full, minimal } : { full };
      const { key } = summaryOf(box).dataset;
      const { step } = box.dataset;
      this.endpoint = data.endpoints?.[key.replace(/\/.*/, `.${step}`)];
      this.schema = data.json && `${key}.${step}`;
      this.captions = box.querySelectorAll(".stitch-full, .stitch-minimal");
      this.made = {};
      this.bar = make("div", { className: "stitch-choices" });
      // Without members of its own, the body of a request is what JSON shows.
      this.hasBody = Object.keys(this.endpoint?.body ?? {}).length > 0;
      const formats = Object.entries(FORMATS).filter(([name]) => name !== "body" || this.hasBody);
      if (this.endpoint) this.addChoice("format", formats, number);
      if (minimal) {
        const sizes = Object.keys(this.blocks).map((size) => [size, data.words[size]]);
        this.addChoice("size", sizes, number);
      }
      // Without properties there is nothing to fill in.
      if (this.schema && codeOf(full).textContent.trim() !== "{}") {
        const button = make(
          "button",
          { type: "button", className: "stitch-fill", ariaExpanded: false },
          data.words.fill,
        );
        button.addEventListener("click", () => this.fill(button));
        this.bar.append(button);
      }
      if (this.schema)
        this.bar.append(make("a", { href: new URL(`${this.schema}.json`, jsonFolder).href }, "JSON Schema"));
      if (navigator.clipboard) {
        const button = make("button", { type: "button", className: "stitch-copy" }, data.words.copy);
        button.addEventListener("click", () => {
          copy(codeOf(this.shown).textContent, data.words.copied, button);
        });
        this.bar.append(button);
      }
    }

    // Open or close the form beside the examples; what it needs is loaded when it is opened first.
    async fill(button) {
      const { schema } = this;
      const parts = ["json-schema.js", "check.js", "fields.js", "form.js", "form.css"];
      const addresses = [
        ...parts.map((part) => new URL(`sphinxext-stitch-${part}?v=${data.form}`, source)),
        ...["form-words.js", `${schema}.js`].map((part) => new URL(part, jsonFolder)),
      ];
      try {
        await Promise.all(addresses.map(({ href }) => load(href)));
      } catch {
        return tell(data.words.notLoaded, button);
      }
      this.form ??= globalThis.stitchForms.open({
        box: this.box,
        schema,
        example: codeOf(this.blocks.full).textContent,
        token: data.token,
        make,
        show: (text, secrets) => this.showOwn(text, secrets),
      });
      const open = button.ariaExpanded !== "true";
      button.ariaExpanded = open;
      this.box.classList.toggle("stitch-filling", open);
      for (const input of this.bar.querySelectorAll("input[name^='stitch-size-']"))
        input.closest("fieldset").hidden = open;
      this.form(open);
    }

    // Show the JSON of the form, with the names of secrets by the texts that stand for them; or, without a text, the
    // examples again.
    showOwn(text, secrets) {
      const scrolled = this.shown?.scrollTop;
      for (const key of Object.keys(this.made).filter((made) => made.endsWith("-own"))) {
        this.made[key].remove();
        delete this.made[key];
      }
      this.blocks.own?.remove();
      delete this.blocks.own;
      if (text !== undefined) {
        const pre = make("pre", SCROLLS, text);
        color(pre);
        for (const string of pre.querySelectorAll(".s2")) {
          const secret = secrets.get(string.textContent);
          if (secret) string.dataset.secret = secret.name;
          if (secret && !secret.isText) string.dataset.json = "";
        }
        this.blocks.own = this.blocks.full.cloneNode(false);
        this.blocks.own.append(make("div", { className: "highlight" }, pre));
        this.box.append(this.blocks.own);
      }
      this.show();
      this.shown.scrollTop = scrolled;
    }

    addChoice(name, options, number) {
      const labels = options.map(([value, label]) => {
        const input = make("input", { type: "radio", name: `stitch-${name}-${number}`, value });
        input.addEventListener("change", () => {
          choose(name, value);
          this.show();
        });
        return make("label", {}, input, make("span", {}, label));
      });
      this.bar.append(make("fieldset", {}, make("legend", {}, data.words[name]), ...labels));
    }

    // Show what the reader has chosen, as far as there is such a thing here.
    show() {
      const size = this.blocks.own ? "own" : this.blocks[choice.size] ? choice.size : "full";
      const format = this.endpoint && (choice.format !== "body" || this.hasBody) ? choice.format : "json";
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
      const body = bodyOf(this.box, codeOf(block), this.endpoint);
      const { method, path } = this.endpoint;
      const url = data.url + path;
      const headers = Object.entries({ "Content-Type": "application/json", ...data.headers });
      const snippet = REQUESTS[format]({ method, url, headers, token: data.token, body });
      for (const secret of snippet.flatMap((part) => [...(part.querySelectorAll?.("[data-secret]") ?? [])])) {
        const { secret: name, json, raw } = secret.dataset;
        const read = SECRETS[format]?.(name, json === undefined);
        if (read) secret.textContent = raw === undefined ? read : `\${JSON.stringify(${read})}`;
      }
      made.append(make("div", { className: "highlight" }, make("pre", SCROLLS, ...snippet, "\n")));
      this.box.append(made);
      return made;
    }
  }

  function choose(name, value) {
    choice[name] = value;
    for (const section of near) for (const examples of enhanced.get(section)) examples.show();
    // A reader may forbid it.
    try {
      localStorage.setItem(STORE, JSON.stringify(choice));
    } catch {}
  }

  try {
    Object.assign(choice, JSON.parse(localStorage.getItem(STORE)));
  } catch {}
  if (!FORMATS[choice.format]) choice.format = "json";

  /* ---- Objects, when they come near: a page can have hundreds ---- */

  // The examples of each object that has its controls, and the objects that are near.
  const enhanced = new Map();
  const near = new Set();
  let number = 0;

  function enhance(section) {
    if (enhanced.has(section)) return;
    if (!enhanced.size) freeHeaders();
    section.querySelectorAll(".stitch-properties tr.stitch-group").forEach(enhanceGroup);
    section.querySelectorAll(".stitch-properties tr[class*=stitch-level-]").forEach(enhanceNested);
    section.querySelectorAll("table.stitch-properties").forEach(addControls);
    if (data.permalink) section.querySelectorAll(".stitch-properties tbody th[id]").forEach(addPermalink);
    const boxes = [...section.querySelectorAll(".stitch-examples")];
    boxes.forEach(addColumns);
    enhanced.set(
      section,
      boxes.map((box) => new Examples(box, number++)),
    );
  }

  const sight = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        near[isIntersecting ? "add" : "delete"](target);
        if (!isIntersecting) continue;
        enhance(target);
        for (const examples of enhanced.get(target)) examples.show();
      }
    },
    { rootMargin: "100%" },
  );

  whileShown.signal.addEventListener("abort", () => {
    sight.disconnect();
    atTop.disconnect();
  });

  const sections = document.querySelectorAll(".stitch-object");
  listenToLinks();
  watchTop();
  for (const event of ["pointerover", "focusin"]) document.addEventListener(event, light, whileShown);
  for (const section of sections) sight.observe(section);
  // Some themes write no elements for sections.
  if (!sections.length) sight.observe(document.querySelector(".stitch-properties, .stitch-examples").parentElement);
  if (location.hash) reveal();
});
