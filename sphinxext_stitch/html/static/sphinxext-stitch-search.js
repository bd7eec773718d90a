// The results of the quick jump, loaded with the project's index when it is first opened: a function that takes the
// index, the folder to which its addresses are relative, and the dialog with a box, a list and a status.
window.stitchSearch = (made, root, dialog) => {
  "use strict";

  /* ---- The search ---- */

  // The most results, and the shortest word that can have a typo.
  const MOST = 30;
  const LONG = 4;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  // Things have their names as lines of a text, and the positions of its words, which are compared once for all.
  function prepare() {
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
    return { names, entries, words: [...words.keys()] };
  }

  // Whether a text has a query as its first line, another line, the beginning of one, of a word, or within one.
  function rank(text, query) {
    const line = text.indexOf(`\n${query}\n`);
    if (line >= 0) return line ? 1 : 0;
    if (text.includes(`\n${query}`)) return 2;
    let at = text.indexOf(query);
    while (at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1])) at = text.indexOf(query, at + 1);
    return at > 0 ? 3 : 4;
  }

  function ranked(things, rankOf) {
    const ranks = [[], [], [], [], []];
    for (const thing of things) ranks[rankOf(thing.text)].push(thing);
    return ranks.flat();
  }

  // Whether a word begins with a query that has one letter wrong, missing or too many, or two exchanged.
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

  // The alias that has a query.
  const aliasOf = ({ aliases }, query) => aliases.find((alias) => fold(alias).includes(query));

  // The best results of what is typed, in the order of the index where they are equally good.
  function search(typed) {
    const query = fold(typed).trim().replace(/\s+/g, " ");
    const found = new Map();
    if (!query) return [];
    const take = (entry, property) => {
      const anchor = property ? `${entry.anchor}.${property.path}` : entry.anchor;
      if (found.size < MOST && !found.has(anchor))
        found.set(anchor, { anchor, entry, property, alias: aliasOf(entry, query) });
    };
    const words = query.split(" ");
    // Typos come last.
    for (const isExact of [true, false]) {
      if (found.size === MOST) break;
      const tests = words.map((word) => {
        const near = isExact || word.length < LONG ? [] : index.words.map((other) => isNear(other, word));
        const fits = (thing) => thing.text.includes(word) || thing.words.some((other) => near[other]);
        return { word, fits, owners: new Set(index.entries.filter(fits)) };
      });
      const entries = index.entries.filter((entry) => tests.every(({ owners }) => owners.has(entry)));
      for (const entry of ranked(entries, (text) => rank(text, query))) take(entry);
      // The properties of a type: “platform.mysql.ho”.
      for (const entry of index.entries.filter(({ stem }) => query.startsWith(stem))) {
        const rest = query.slice(entry.stem.length);
        const begun = entry.names.filter(({ text }) => text.includes(rest));
        for (const property of ranked(begun, (text) => rank(text, rest))) take(entry, property);
      }
      // Properties with some of the words, of objects with the others.
      const named = index.names.filter((property) => tests.some(({ fits }) => fits(property)));
      for (const property of ranked(named, (text) => Math.min(...words.map((word) => rank(text, word))))) {
        if (found.size === MOST) break;
        const others = tests.filter(({ fits }) => !fits(property));
        const owners = property.owners.filter((entry) => others.every((test) => test.owners.has(entry)));
        // First the objects that the other words name best.
        const rankOf = (text) => Math.min(4, ...others.map(({ word }) => rank(text, word)));
        for (const entry of ranked(owners, rankOf)) take(entry, property);
      }
    }
    return [...found.values()];
  }

  const index = prepare();

  /* ---- The dialog ---- */

  const [box, list, status] = dialog.children;

  function make(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  const code = (text) => make("code", { className: "literal" }, text);
  const plainPath = ({ pathname }) => pathname.replace(/index\.html$/, "");

  function makeOption({ anchor, entry, property, alias }, number) {
    const option = make("a", { id: `stitch-jump-${number}`, role: "option", tabIndex: -1, ariaSelected: false });
    const page = made.pages[entry.page];
    const url = new URL(page, root);
    // A link within the page is one that our other scripts listen to.
    option.href = (!page || plainPath(url) === plainPath(location) ? "" : url) + encodeURI(`#${anchor}`);
    const [kind, named] = made.kinds[entry.kind];
    if (property) {
      // With its step, if there is one of the same name in another.
      const same = entry.names.filter(({ name }) => name === property.name);
      option.append(
        code(same[1] ? property.path : property.name),
        named.replace("%(name)s", () => entry.name),
      );
    } else {
      option.append(make("b", {}, entry.name), code(entry.type), alias ?? "");
    }
    option.append(make("small", {}, property ? made.property : kind));
    return option;
  }

  function show() {
    const found = search(box.value);
    list.replaceChildren(...found.map(makeOption));
    list.hidden = !found.length;
    box.ariaExpanded = !list.hidden;
    const words = found.length ? made.found.replace("%(count)s", found.length) : made.none;
    status.textContent = box.value.trim() && words;
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
  show();
};
