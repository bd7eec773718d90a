// The quick jump to objects and properties. A classic script: browsers refuse modules of pages opened from disk.
(() => {
  "use strict";

  // How many results there are at most, and the shortest word that can have a typo.
  const MOST = 30;
  const LONG = 4;

  const { src, dataset } = document.currentScript;
  const root = new URL("../", src);
  const keys = dataset.keys.split("\n");

  function make(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /* ---- Search ---- */

  let index;

  // Each thing has its names as lines of a text, and the positions of their words: these are compared once for all.
  function prepare(made) {
    const words = new Map();
    const thing = (lines, properties) => {
      const text = `\n${fold(lines.join("\n"))}\n`;
      const own = [...new Set([...text.split("\n"), ...text.split(/[^\p{L}\p{N}]+/u)])];
      return { ...properties, text, words: own.map((word) => words.get(word) ?? words.set(word, words.size).size - 1) };
    };
    const names = made.names.map((path) => {
      const name = path.slice(path.indexOf(".") + 1);
      return thing([name, name.slice(name.lastIndexOf(".") + 1)], { path, name, owners: [] });
    });
    const entries = made.entries.map(([name, type, kind, page, anchor, aliases, properties]) => {
      const entry = thing([type, name, ...aliases], {
        name,
        type,
        kind,
        page,
        anchor,
        aliases,
        stem: fold(`${type}.`),
      });
      entry.names = properties.map((position) => names[position]);
      for (const property of entry.names) property.owners.push(entry);
      return entry;
    });
    index = { ...made, names, entries, words: [...words.keys()] };
  }

  // How well a text has a query: as its first line, another line, the beginning of one, that of a word, within one.
  function rank(text, query) {
    const line = text.indexOf(`\n${query}\n`);
    if (line >= 0) return line ? 1 : 0;
    if (text.includes(`\n${query}`)) return 2;
    let at = text.indexOf(query);
    while (at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1])) at = text.indexOf(query, at + 1);
    return at > 0 ? 3 : 4;
  }

  // By rank, else as they are: objects are sorted by name.
  function ranked(things, rankOf) {
    const ranks = [[], [], [], [], []];
    for (const thing of things) ranks[rankOf(thing.text)].push(thing);
    return ranks.flat();
  }

  // Whether a word begins with a query in which a letter is wrong, missing or too many, or two are exchanged.
  function isNear(word, query) {
    let at = 0;
    while (at < query.length && word[at] === query[at]) at++;
    const next = query.slice(at + 1);
    return (
      word.startsWith(next, at + 1) ||
      word.startsWith(next, at) ||
      word.startsWith(query[at] + next, at + 1) ||
      word.startsWith(next[0] + query[at] + next.slice(1), at)
    );
  }

  // The best results by their anchors: an object each, or one with a property.
  function search(query) {
    const found = new Map();
    const take = (entry, property) => {
      const anchor = property ? `${entry.anchor}.${property.path}` : entry.anchor;
      if (found.size < MOST && !found.has(anchor)) found.set(anchor, { entry, property });
    };
    const words = query.split(" ");
    // First what has all words, then what has them with a typo.
    for (const isExact of [true, false]) {
      const tests = words.map((word) => {
        const near = isExact || word.length < LONG ? [] : index.words.map((other) => isNear(other, word));
        return (thing) => thing.text.includes(word) || thing.words.some((other) => near[other]);
      });
      const entries = index.entries.filter((entry) => tests.every((test) => test(entry)));
      for (const entry of ranked(entries, (text) => rank(text, query))) take(entry);
      // The properties of a type: “platform.mysql.ho”.
      for (const entry of index.entries.filter(({ stem }) => query.startsWith(stem))) {
        const rest = query.slice(entry.stem.length);
        const begun = entry.names.filter(({ text }) => text.includes(rest));
        for (const property of ranked(begun, (text) => rank(text, rest))) take(entry, property);
      }
      // Properties with some of the words, of objects with the others.
      const named = index.names.filter((property) => tests.some((test) => test(property)));
      for (const property of ranked(named, (text) => Math.min(...words.map((word) => rank(text, word))))) {
        const others = tests.filter((test) => !test(property));
        for (const entry of property.owners) if (others.every((test) => test(entry))) take(entry, property);
        if (found.size === MOST) return found;
      }
    }
    return found;
  }

  /* ---- Dialog ---- */

  const dialog = make("dialog", { className: "stitch-jump" });
  dialog.innerHTML =
    '<input role="combobox" aria-autocomplete="list" aria-controls="stitch-jump-list" autocomplete="off" ' +
    'spellcheck="false" enterkeyhint="go"><div role="listbox" id="stitch-jump-list"></div><p role="status"></p>';
  const [box, list, status] = dialog.children;
  box.placeholder = dataset.hint;
  for (const part of [dialog, box, list]) part.ariaLabel = dataset.label;

  // Where the reader was, unless the reader goes elsewhere.
  let place;
  let loading;

  function open() {
    if (dialog.open) return;
    place = [scrollX, scrollY];
    document.body.append(dialog);
    dialog.showModal();
    box.select();
    show();
    if (loading) return;
    loading = make("script", { src: new URL("_stitch/jump.js", root) });
    loading.onload = () => {
      prepare(window.stitchJump);
      delete window.stitchJump;
      show();
    };
    loading.onerror = () => {
      loading = null;
      status.textContent = dataset.failed;
    };
    document.head.append(loading);
  }

  const code = (text) => make("code", { className: "literal" }, text);
  const plainPath = ({ pathname }) => pathname.replace(/index\.html$/, "");

  function makeOption(query, [anchor, { entry, property }], number) {
    const option = make("a", { id: `stitch-jump-${number}`, role: "option", tabIndex: -1 });
    const page = index.pages[entry.page];
    const url = new URL(page, root);
    // A link within the page is one that our other scripts listen to.
    option.href = (!page || plainPath(url) === plainPath(location) ? "" : url) + encodeURI(`#${anchor}`);
    const [kind, named] = index.kinds[entry.kind];
    if (property) {
      // With its step, if there is one of the same name in another.
      const same = entry.names.filter(({ name }) => name === property.name);
      option.append(
        code(same[1] ? property.path : property.name),
        named.replace("%(name)s", () => entry.name),
      );
    } else {
      const alias = entry.aliases.find((name) => fold(name).includes(query));
      option.append(make("b", {}, entry.name), code(entry.type), alias ?? "");
    }
    option.append(make("small", {}, property ? index.property : kind));
    return option;
  }

  function show() {
    if (!index) return;
    const query = fold(box.value).trim().replace(/\s+/g, " ");
    const found = query ? [...search(query)] : [];
    list.replaceChildren(...found.map((result, number) => makeOption(query, result, number)));
    list.hidden = !found.length;
    box.ariaExpanded = !list.hidden;
    const count = found.length + (found.length === MOST ? "+" : "");
    status.textContent = query && (found.length ? index.found.replace("%(count)s", count) : index.none);
    choose(list.firstChild);
  }

  let chosen;
  function choose(option) {
    if (chosen) chosen.ariaSelected = false;
    chosen = option;
    box.setAttribute("aria-activedescendant", option?.id ?? "");
    if (!option) return;
    option.ariaSelected = true;
    option.scrollIntoView({ block: "nearest" });
  }

  box.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") choose(chosen?.nextSibling ?? list.firstChild);
    else if (event.key === "ArrowUp") choose(chosen?.previousSibling ?? list.lastChild);
    else if (event.key === "Enter") chosen?.click();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => {
    const goes = event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (goes) place = null;
    // Beside the dialog it is the dialog that is pressed.
    if (goes || event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => place && scrollTo({ left: place[0], top: place[1], behavior: "instant" }));

  /* ---- What opens it ---- */

  const isMac = /mac|iP/i.test(navigator.platform);

  // “/” is taken from Sphinx's search, as the project says so. Of “Ctrl K” the theme is asked first.
  for (const isFirst of [true, false]) {
    const press = (event) => {
      const { key, altKey, ctrlKey, metaKey, shiftKey, target, defaultPrevented } = event;
      const [control, other] = isMac ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
      const name = control ? `Ctrl ${key.toUpperCase()}` : key;
      if ((name === "/") !== isFirst || !keys.includes(name) || defaultPrevented) return;
      if (other || altKey || (control && shiftKey) || target.closest("[contenteditable]")) return;
      // In fields it is a letter, and in the filter the filter's.
      if (isFirst && target.closest("input, textarea, select, .stitch-filter")) return;
      event.preventDefault();
      event.stopPropagation();
      open();
    };
    addEventListener("keydown", press, isFirst);
  }

  const button = make("button", { type: "button" }, dataset.label);
  button.addEventListener("click", open);
  // Not a key that the theme names as its own.
  const isTaken = [...document.querySelectorAll("kbd")].some((key) => key.textContent === "K" && !key.closest("main"));
  for (const key of keys)
    if (key === "/" || (key && !isTaken))
      button.append(" ", make("kbd", { ariaHidden: true }, isMac ? key.replace("Ctrl", "⌘") : key));
  const bar = make("p", { className: "stitch-jump-bar" }, button);

  // Once for each page: some themes load the next one into this one.
  function start() {
    if (bar.isConnected) return;
    const first = document.querySelector(".stitch-filter, .stitch-object");
    if (first) first.before(bar);
    else document.querySelector("[role=main] h1, main h1")?.after(bar);
  }
  start();
  new MutationObserver(start).observe(document.body, { childList: true });
})();
