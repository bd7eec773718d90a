// What the sections of objects gain. A classic script: browsers refuse modules of pages opened from disk.
((enhance) => {
  // Once for each page: some themes load the next one into this one, and run the script for the first of them alone. They
  // put an element of the body in anew.
  const source = document.currentScript.src;
  let holder;
  let page;
  function start() {
    const found = document.getElementById("stitch-data");
    if (!found || found === holder) return;
    holder = found;
    page?.abort();
    page = new AbortController();
    enhance(JSON.parse(holder.content.textContent), source, { signal: page.signal });
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

  const status = make("div", { className: "stitch-said", role: "status" });

  // Copy a text, and say so politely to who does not see it.
  async function copy(text, words) {
    await navigator.clipboard.writeText(text);
    status.textContent = "";
    document.body.append(status);
    requestAnimationFrame(() => (status.textContent = words));
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

  // Open what hides the property that the address names, and go there.
  function reveal() {
    let id = location.hash.slice(1);
    // Browsers take what is no valid encoding as it stands.
    try {
      id = decodeURIComponent(id);
    } catch {}
    const target = document.getElementById(id);
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
    target?.scrollIntoView({ behavior: "instant" });
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
    cell
      .querySelector("code")
      .after(make("a", { className: "headerlink", href: `#${cell.id}`, innerHTML: data.permalink }));
  }

  function enhanceProperties() {
    document.querySelectorAll(".stitch-properties tr.stitch-group").forEach(enhanceGroup);
    document.querySelectorAll(".stitch-properties tr[class*=stitch-level-]").forEach(enhanceNested);
    if (data.permalink) document.querySelectorAll(".stitch-properties tbody th[id]").forEach(addPermalink);
    measureTop();
    addEventListener("resize", measureTop, whileShown);
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
        if (link?.matches(".stitch-properties .headerlink") && navigator.clipboard)
          copy(link.href, data.words.linkCopied);
      },
      whileShown,
    );
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

  // The code of a block, without the numbers that a page can give its lines; a table has them before the code.
  function codeOf(block) {
    const code = [...block.querySelectorAll("pre")].at(-1).cloneNode(true);
    for (const number of code.querySelectorAll(".linenos")) number.remove();
    return code;
  }

  // Give JSON the elements that Pygments gives it: a page can have thousands, and would weigh a tenth more with them.
  function color(pre) {
    if (pre.children.length) return;
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

  function bodyOf(box, code, endpoint) {
    const properties = document.createDocumentFragment();
    properties.append(...code.childNodes);
    properties.lastChild.data = properties.lastChild.data?.trimEnd();
    const members = Object.entries(endpoint.body);
    if (!members.length) return properties;
    const made = document.createDocumentFragment();
    members.forEach(([name, template], index) => {
      made.append(index ? ",\n  " : "{\n  ", span("nt", quote(name)), ": ");
      // In one pass: what is filled in is text.
      const text = template.replace(/{{(type|name)}}/g, (_, variable) => box.dataset[variable]);
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

  const REQUESTS = {
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
        "  },\n  body: ";
      const end =
        ",\n});\nif (!response.ok) throw new Error(await response.text());\nconsole.log(await response.json());";
      const text = body.textContent;
      // An object would lose “__proto__”, and digits of large numbers.
      if (!text.includes('"__proto__"') && JSON.stringify(JSON.parse(text), null, 2) === text)
        return [`${start}JSON.stringify(`, indent(body, "  "), `)${end}`];
      const raw = (part) => part.replaceAll("`", "\\u0060").replaceAll("${", "\\u0024{");
      return [`${start}String.raw\``, mapTexts(body, raw), `\`${end}`];
    },
  };

  class Examples {
    constructor(box, number) {
      this.box = box;
      const [full, minimal] = box.querySelectorAll("div[class*=highlight-]");
      this.blocks = minimal ? { full, minimal } : { full };
      this.endpoint = data.endpoints?.[box.dataset.endpoint ?? ""];
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
        button.addEventListener("click", () => copy(codeOf(this.shown).textContent, data.words.copied));
        this.bar.append(button);
      }
      const { schema } = box.dataset;
      if (schema) this.bar.append(make("a", { href: new URL(`${schema}.json`, jsonFolder).href }, "JSON Schema"));
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
      const body = bodyOf(this.box, codeOf(block), this.endpoint);
      const { method, path } = this.endpoint;
      const url = data.url + path;
      const headers = Object.entries({ "Content-Type": "application/json", ...data.headers });
      const snippet = REQUESTS[format]({ method, url, headers, token: data.token, body });
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

  enhanceProperties();
  enhanceExamples();
});
