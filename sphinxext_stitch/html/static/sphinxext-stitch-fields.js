// The fields of a form, made from a JSON Schema: titles, types and descriptions are those of the rows on the page.  Whether a
// condition holds, the schema says; ``refresh`` is called when a part was added or removed.
globalThis.stitchForms.fields = (parts) => {
  "use strict";

  const { box, token, make, checker, words, refresh } = parts;
  const { say, holds, FORMS } = checker;
  const forms = globalThis.stitchForms;

  forms.ids ??= 0;
  const newId = () => `stitch-form-${forms.ids++}`;
  const text = (className, ...content) => make("span", { className }, ...content);
  // What tells a link or button from its like, for who does not see where it is.
  const unseen = (words) => text("stitch-said", words);
  const describe = (element, ids) => element.setAttribute("aria-describedby", ids.join(" "));

  function makeButton(words, press) {
    const button = make("button", { type: "button" }, words);
    button.addEventListener("click", press);
    return button;
  }

  /* ---- The rows of the page ---- */

  // The rows of the table before the example, by dotted names, each with the title of its group; a name that depends on
  // the case has several.
  const rows = new Map();
  const isBefore = (table) => table.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING;
  const tables = [...document.querySelectorAll("table.stitch-properties")].filter(isBefore);
  let group;
  for (const row of tables.at(-1)?.querySelectorAll("tbody > tr") ?? []) {
    if (row.classList.contains("stitch-group")) group = row.textContent.trim();
    const name = row.querySelector("th code")?.textContent;
    if (name) rows.set(name, [...(rows.get(name) ?? []), { row, group, id: row.cells[0].id }]);
  }

  // The row of the value at a path, or that of what it is in.
  function rowAt(path) {
    const names = path.replace(/\[\d+\]/g, "").split(".");
    for (let end = names.length; end; end--) {
      const above = names.slice(0, end);
      const found = rows.get(above.join(".")) ?? rows.get([...above.slice(0, -1), "*"].join("."));
      if (found) return found[0];
    }
  }

  // The first paragraph of a description, as it is on the page; a cell that begins with one may have it without an element.
  function lead(row) {
    const isBlock = (node) => /^(P|UL|OL|DIV|PRE)$/.test(node.nodeName);
    const nodes = [...(row.cells[3]?.cloneNode(true).childNodes ?? [])];
    const parts = nodes.filter((node) => node.textContent.trim() && !node.classList?.contains("stitch-flags"));
    const end = parts.findIndex(isBlock);
    const first = end ? parts.slice(0, end < 0 ? undefined : end) : [...parts[0].childNodes];
    for (const part of first.flatMap((node) => [node, ...(node.querySelectorAll?.("[id]") ?? [])]))
      part.removeAttribute?.("id");
    return first.length ? [...first, " "] : [];
  }

  /* ---- What all fields have in common ---- */

  const typesOf = (schema) => [schema.type ?? []].flat().filter((type) => type !== "null");
  const isNullable = (schema) => [schema.type].flat().includes("null");
  // Of a secret object whose members say which of them are secret, these are.
  const hasSecrets = ({ properties = {}, items }) =>
    [...Object.values(properties).flatMap(checker.casesOf), ...(items ? [items] : [])].some(
      (one) => one.writeOnly || hasSecrets(one),
    );
  const firstOf = (texts) => texts.find((one) => one !== undefined);

  // A field; ``dotted`` is its name in the table, and ``about`` has its schema and hints, and its row if it has one.
  class Field {
    isRequired = false;
    touched = false;

    constructor(parent, name, dotted, about) {
      Object.assign(this, { parent, name, dotted, ...about });
      this.secret = Boolean(this.schema.writeOnly || (parent?.secret && !hasSecrets(parent.schema)));
      this.error = make("p", { className: "stitch-error", id: newId(), hidden: true });
    }

    get path() {
      return this.parent ? [...this.parent.path, this.parent.keyOf(this)] : [];
    }

    get fields() {
      return [this];
    }

    get isEmpty() {
      return this.read() === undefined;
    }

    // What names it: the title of the platform's own form, and the name.
    heading() {
      const title = this.row?.querySelector(".stitch-title")?.textContent ?? this.title ?? this.schema.title;
      const name = this.title ? [] : [make("code", {}, this.name)];
      return [...(title ? [text("stitch-title", title), " "] : []), ...name];
    }

    // Its facts and the beginning of its description, with a link to all of it; gives the elements.
    about() {
      this.facts = text("stitch-facts");
      this.facts.id = newId();
      this.hint = make("div", { className: "stitch-hint", id: newId() }, ...(this.row ? lead(this.row) : []));
      if (this.id) this.hint.append(make("a", { href: `#${this.id}` }, words.more, unseen(` ${this.name}`)));
      this.source = make("p", {});
      if (this.secret && !this.isHolder) this.hint.append(this.source);
      return [this.facts, this.hint];
    }

    // The environment variable from which requests read a secret.
    variable() {
      const name = this.path
        .join("_")
        .replace(/\W+/g, "_")
        .toUpperCase()
        .replace(/^(?=\d)/, "_");
      return name === token ? `${name}_2` : name;
    }

    // Its value; with ``secrets``, a text stands for each secret, and its name is noted there.
    value(secrets) {
      const value = this.read(secrets);
      if (!secrets || !this.secret || value === undefined || this.isHolder) return value;
      const standIn = `<${this.variable()}>`;
      secrets.set(JSON.stringify(standIn), { name: this.variable(), isText: typeof value === "string" });
      return standIn;
    }

    // The same of an item, or of a member whose name is there: it is sent, even if it is empty.
    filled(secrets) {
      const value = this.value(secrets);
      return value === undefined ? (this.schema.properties ? {} : "") : value;
    }

    settle() {
      return false;
    }

    // Say what holds now: whether it is required, and whether it stands aside.
    mark(onlyRequired) {
      const facts = [this.row?.cells[1].textContent.trim(), this.isRequired && words.required];
      this.facts.textContent = [...facts, this.schema.deprecated && words.deprecated].filter(Boolean).join(", ");
      if (this.control) this.control.ariaRequired = this.isRequired;
      this.source.textContent = say(words.secret, { name: this.variable() });
      const isAside = onlyRequired && !this.isRequired && !this.isWanted && this.isEmpty;
      this.element.classList.toggle("stitch-aside", isAside && !this.element.contains(document.activeElement));
    }

    complain(messages) {
      this.error.textContent = messages.join("; ");
      this.error.hidden = !messages.length;
      if (this.control) this.control.ariaInvalid = messages.length > 0;
    }
  }

  /* ---- A single value ---- */

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch {}
  }

  // What is typed, as the first type that it fits; else as it is, and the check says what is wrong.
  function typed(text, types) {
    for (const type of types) {
      if (type === "string") return text;
      if (FORMS[type]?.test(text)) return JSON.parse(text);
      const value = parsed(text);
      if (!FORMS[type] && typeof value === "object" && value && Array.isArray(value) === (type === "array"))
        return value;
    }
    return parsed(text) ?? text;
  }

  const shownAs = (value) => (typeof value === "string" ? value : JSON.stringify(value));

  class Value extends Field {
    constructor(...about) {
      super(...about);
      const id = newId();
      this.types = typesOf(this.schema);
      this.choices = this.schema.enum?.filter((value) => value !== null);
      if (this.types.join() === "boolean") this.choices ??= [true, false];
      this.control = this.choices ? this.select() : this.input();
      Object.assign(this.control, { id, autocomplete: "off", spellcheck: false });
      const label = make("label", { htmlFor: id, id: newId() }, ...this.heading());
      const head = this.about();
      describe(
        this.control,
        [...head, this.error].map((element) => element.id),
      );
      this.element = make("div", { className: "stitch-field" }, label, " ", ...head, this.control, this.error);
      if (isNullable(this.schema)) {
        this.none = make("input", { type: "checkbox" });
        describe(this.none, [label.id]);
        this.none.addEventListener("change", () => (this.control.disabled = this.none.checked));
        this.error.before(make("label", { className: "stitch-null" }, this.none, " ", words.sendNull));
      }
    }

    select() {
      const { default: preset } = this.schema;
      const empty = preset === undefined ? words.notSent : say(words.default, { value: shownAs(preset) });
      const options = this.choices.map((value, index) => make("option", { value: index }, shownAs(value)));
      return make("select", {}, make("option", { value: "" }, empty), ...options);
    }

    input() {
      const hint = firstOf([this.sample, this.schema.examples?.[0], this.schema.default]);
      const shown = hint === undefined ? "" : shownAs(hint);
      const isLong = this.types.some((type) => ["object", "array"].includes(type)) || shown.includes("\n");
      if (isLong && !this.secret) return make("textarea", { rows: 3, placeholder: shown });
      // What stands for a value in examples says no more than the name.
      const placeholder = /^<[A-Z\d_]+>$/.test(shown) || this.secret ? "" : shown;
      return make("input", { type: this.secret ? "password" : "text", placeholder });
    }

    read() {
      if (this.none?.checked) return null;
      const { value } = this.control;
      if (value === "") return undefined;
      return this.choices ? this.choices[value] : typed(value, this.types);
    }

    write(value) {
      if (this.none) this.control.disabled = this.none.checked = value === null;
      if (value === undefined || value === null) this.control.value = "";
      else if (this.choices) this.control.value = String(this.choices.indexOf(value)).replace("-1", "");
      else this.control.value = shownAs(value);
    }
  }

  /* ---- Objects and arrays ---- */

  // What has further fields; it is a fieldset, but for the form itself.
  class Holder extends Field {
    isHolder = true;
    children = [];

    constructor(...about) {
      super(...about);
      this.content = make("div", { className: "stitch-fields" });
      if (!this.parent) this.element = make("div", {}, this.error, this.content);
      if (!this.parent) this.facts = text("");
      else {
        const legend = make("legend", {}, ...this.heading());
        const [facts, ...head] = this.about();
        legend.append(" ", facts);
        this.element = make("fieldset", { className: "stitch-field" }, legend, ...head, this.content, this.error);
        describe(
          this.element,
          [...head, this.error].map((element) => element.id),
        );
      }
    }

    get fields() {
      return [this, ...this.children.flatMap((child) => child.fields)];
    }

    mark(onlyRequired) {
      if (this.parent) super.mark(onlyRequired);
      for (const child of this.children) child.mark(onlyRequired);
    }

    // Add a part that can be removed again, with what stands before it.
    addPart(child, ...before) {
      const remove = makeButton(words.remove, () => this.removePart(child));
      child.part = make("div", { className: "stitch-part" }, ...before, child.element, remove);
      child.removing = remove;
      this.children.push(child);
      this.adding.before(child.part);
      this.number();
    }

    removePart(child) {
      this.children.splice(this.children.indexOf(child), 1);
      child.part.remove();
      this.number();
      this.adding.focus();
      refresh();
    }

    number() {}

    makeAdding(press) {
      const open = () => {
        press();
        refresh();
        this.children.at(-1).part.querySelector("input, select, textarea, button").focus();
      };
      this.adding = makeButton(say(words.add, { name: this.name }), open);
      this.content.append(this.adding);
    }
  }

  class List extends Holder {
    constructor(...about) {
      super(...about);
      this.makeAdding(() => this.add());
    }

    keyOf(child) {
      return this.children.indexOf(child);
    }

    add() {
      const { fields, choices } = this.hints;
      const title = say(words.item, { number: this.children.length + 1 });
      this.addPart(
        makeField(this, title, this.dotted, {
          schema: this.schema.items,
          hints: { fields, choices },
          title,
          sample: this.sample?.[0],
        }),
      );
    }

    // Items are called by their places.
    number() {
      this.children.forEach((child, index) => {
        child.title = child.name = say(words.item, { number: index + 1 });
        const name = child.element.querySelector("label, legend");
        name.replaceChildren(...child.heading(), ...(child.isHolder ? [" ", child.facts] : []));
        child.removing.replaceChildren(words.remove, unseen(` ${child.name}`));
      });
    }

    settle(value) {
      return this.children.map((child, index) => child.settle(value?.[index])).some(Boolean);
    }

    read(secrets) {
      if (!this.children.length) return undefined;
      return this.children.map((child) => child.filled(secrets));
    }

    write(value) {
      for (const child of this.children.splice(0)) child.part.remove();
      for (const item of Array.isArray(value) ? value : []) {
        this.add();
        this.children.at(-1).write(item);
      }
    }
  }

  class Group extends Holder {
    constructor(...about) {
      super(...about);
      const { properties = {}, additionalProperties: free, allOf = [] } = this.schema;
      for (const [name, member] of Object.entries(properties)) this.addMember(name, member);
      const choices = allOf
        .map((rule) => (rule.oneOf || rule.anyOf ? rule : rule.then))
        .filter((rule) => rule.oneOf || rule.anyOf);
      this.choices = choices.map((rule, index) => this.choose(rule, this.hints.choices?.[index] ?? []));
      if (free) this.makeAdding(() => this.addEntry(free, ""));
    }

    // A member, as it is in each case; those of a group of the page are in a fieldset.
    addMember(name, member) {
      (member.anyOf ?? [member]).forEach((schema, number) => {
        const hints = Object.hasOwn(this.hints.fields ?? {}, name) ? this.hints.fields[name][number] : {};
        if (schema.readOnly || hints.internal) return;
        const dotted = this.dotted ? `${this.dotted}.${name}` : name;
        const found = rows.get(dotted);
        const field = makeField(this, name, dotted, {
          schema,
          hints,
          sample: this.sample?.[name],
          ...(found?.[number] ?? found?.[0]),
        });
        this.children.push(field);
        this.holderOf(this.parent ? undefined : field.group).append(field.element);
      });
    }

    holderOf(group) {
      if (!group) return this.content;
      if (this.lastGroup?.group !== group) {
        const fieldset = make("fieldset", { className: "stitch-form-group" }, make("legend", {}, group));
        this.lastGroup = { group, fieldset };
        this.content.append(fieldset);
      }
      return this.lastGroup.fieldset;
    }

    // A choice between sets of members: of those that exclude each other, a list.
    choose(rule, labels) {
      const sets = (rule.oneOf ?? rule.anyOf).map(checker.namesOf);
      const choice = { sets, select: undefined };
      if (!rule.oneOf) return choice;
      const id = newId();
      const options = sets.map((names, index) => {
        const joined = names.join(", ");
        return make("option", { value: index }, labels[index] ? `${labels[index]} (${joined})` : joined);
      });
      choice.select = make("select", { id, autocomplete: "off" }, ...options);
      const label = make("label", { htmlFor: id }, words.oneOf);
      const line = make("div", { className: "stitch-field stitch-one-of" }, label, choice.select);
      const first = this.children.find(({ name }) =>
        sets.flat().some((one) => one === name || one.startsWith(`${name}.`)),
      );
      if (first) first.element.before(line);
      else this.content.prepend(line);
      this.control ??= choice.select;
      describe(choice.select, [this.error.id]);
      return choice;
    }

    keyOf(child) {
      return child.key ? child.key.value : child.name;
    }

    // A member whose name is free.
    addEntry(schema, name) {
      const label = make("label", {}, schema.title ?? words.name, " ");
      const key = make("input", { type: "text", value: name, autocomplete: "off", spellcheck: false });
      label.append(key);
      const dotted = this.dotted ? `${this.dotted}.*` : "*";
      const { title: _title, ...unnamed } = schema;
      const hints = this.hints.fields?.["*"]?.[0] ?? {};
      const child = makeField(this, words.value, dotted, {
        schema: unnamed,
        hints,
        title: words.value,
        ...rows.get(dotted)?.[0],
        row: undefined,
      });
      child.key = key;
      this.addPart(child, label);
    }

    number() {
      for (const child of this.children)
        if (child.key) child.removing.replaceChildren(words.remove, unseen(` ${child.key.value}`));
    }

    // Show what has an effect among these values, and the sets that are chosen; say whether anything changed.  Members of
    // ``hidden`` are of a set that is not chosen, and those of ``needed`` of the one that is.
    settle(value = {}, hidden = [], needed = []) {
      for (const { sets, select } of this.choices) {
        const chosen = select ? sets[select.value] : [];
        hidden = [...hidden, ...(select ? sets.flat().filter((name) => !chosen.includes(name)) : [])];
        needed = [...needed, ...chosen];
      }
      const rules = (this.schema.allOf ?? []).filter((rule) => rule.then?.required && holds(rule.if, value));
      const required = [this.schema, ...rules.map((rule) => rule.then)].flatMap((one) => one.required ?? []);
      const below = (names, name) =>
        names.filter((one) => one.startsWith(`${name}.`)).map((one) => one.slice(name.length + 1));
      const changes = this.children.map((child) => {
        const { name, element, isRequired } = child;
        const isHidden = hidden.includes(name) || Boolean(child.hints.if && !holds(child.hints.if, value));
        child.isRequired = required.includes(name) || needed.includes(name) || below(needed, name).length > 0;
        child.isWanted = this.choices.some(({ sets }) => sets.flat().some((one) => one.split(".")[0] === name));
        const changed = child.key ? false : element.hidden !== isHidden || isRequired !== child.isRequired;
        if (!child.key) element.hidden = isHidden;
        return child.settle(value[this.keyOf(child)] ?? undefined, below(hidden, name), below(needed, name)) || changed;
      });
      return changes.some(Boolean);
    }

    get fields() {
      return [this, ...this.children.filter(({ element }) => !element.hidden).flatMap((child) => child.fields)];
    }

    read(secrets) {
      const members = this.children
        .filter((child) => !child.element.hidden && this.keyOf(child) !== "")
        .map((child) => [this.keyOf(child), child.key ? child.filled(secrets) : child.value(secrets)])
        .filter(([, value]) => value !== undefined);
      // A required object that is empty says which of its members are missing.
      return members.length || this.isRequired || !this.parent ? Object.fromEntries(members) : undefined;
    }

    write(value) {
      const members = typeof value === "object" && value && !Array.isArray(value) ? value : {};
      const has = (name) => name.split(".").reduce((part, key) => part?.[key], members) !== undefined;
      for (const { sets, select } of this.choices)
        if (select)
          select.value = Math.max(
            0,
            sets.findIndex((names) => names.every(has)),
          );
      for (const child of this.children.filter(({ key }) => key)) {
        child.part.remove();
        this.children.splice(this.children.indexOf(child), 1);
      }
      for (const child of this.children) {
        const isOfCase = !child.hints.if || holds(child.hints.if, members);
        child.write(isOfCase && Object.hasOwn(members, child.name) ? members[child.name] : undefined);
      }
      const { properties = {}, additionalProperties: free } = this.schema;
      for (const [name, member] of Object.entries(members)) {
        if (!free || Object.hasOwn(properties, name)) continue;
        this.addEntry(free, name);
        this.children.at(-1).write(member);
      }
    }
  }

  function makeField(parent, name, dotted, about) {
    const { schema } = about;
    const type = typesOf(schema).join();
    const isGroup = type === "object" && (schema.properties || schema.additionalProperties) && !isNullable(schema);
    const isList = type === "array" && schema.items && !isNullable(schema);
    return new (isGroup ? Group : isList ? List : Value)(parent, name, dotted, about);
  }

  return { Group, rowAt, newId, makeButton };
};
