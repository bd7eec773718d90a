// The form beside an example: its fields are made from the JSON Schema of the object (sphinxext-stitch-fields.js), which
// alone says what is missing or wrong (sphinxext-stitch-check.js).
//
// ``show`` takes the JSON of the form as a text, with the names of secrets by the texts that stand for them there; without
// a text it shows the examples again.  The result opens and closes the form.
globalThis.stitchForms.open = (parts) => {
  "use strict";

  const { box, schema: schemaName, example, token, make, show } = parts;
  const forms = globalThis.stitchForms;
  const { words } = forms;
  const checker = forms.checker(globalThis.stitchJsonSchema, words);
  const { say, written } = checker;
  const wanted = { box, token, make, checker, words, refresh: () => refresh() };
  const { Group, rowAt, newId, makeButton } = forms.fields(wanted);
  const { schema, hints } = checker.parse(forms[schemaName]);
  const sample = JSON.parse(example);

  // From this number of fields on, only the required ones are shown at first.
  const LONG = 8;

  /* ---- What is missing or wrong ---- */

  const messageOf = ({ path, message, isNote }) => {
    const whole = path ? `${path}: ${message}` : message;
    return isNote ? say(words.note, { message: whole }) : whole;
  };

  // List faults below a heading, each as a link if there is one.
  function list(place, faults, linkOf) {
    const lines = faults.map((fault) => {
      const link = linkOf(fault);
      if (link) link.textContent = messageOf(fault);
      return make("li", {}, link ?? messageOf(fault));
    });
    const isFine = !faults.some(({ isNote }) => !isNote);
    const heading = make("p", {}, make("strong", {}, isFine ? words.fine : words.problems));
    place.replaceChildren(heading, ...(lines.length ? [make("ul", {}, ...lines)] : []));
    place.classList.toggle("stitch-fine", isFine);
    place.hidden = false;
  }

  const makeSummary = () =>
    make("div", { className: "stitch-problems", role: "group", ariaLabel: words.problems, tabIndex: -1, hidden: true });

  /* ---- The form ---- */

  const root = new Group(undefined, "", "", { schema, hints, sample });
  const summary = makeSummary();
  const form = make("form", { noValidate: true, autocomplete: "off" });
  form.ariaLabel = say(words.form, { name: schema.title });
  const only = make("input", { type: "checkbox" });
  let isChecked = false;
  let isPressed = false;

  // The field of a fault: that of its place, or the nearest one around it.
  function fieldOf(path) {
    const around = root.fields.filter((field) => {
      const own = written(field.path);
      return !own || path === own || (path.startsWith(own) && ".[".includes(path[own.length]));
    });
    return around.sort((one, other) => written(one.path).length - written(other.path).length).at(-1);
  }

  function refresh() {
    // A condition can depend on what another one shows.
    for (let round = 0; round < LONG && root.settle(root.value()); round++);
    root.mark(only.checked);
    const secrets = new Map();
    show(JSON.stringify(root.value(secrets), null, 2), secrets);
    const faults = checker.faults(schema, root.value());
    const byField = Map.groupBy(faults, ({ path }) => fieldOf(path));
    for (const field of root.fields) {
      const isSaid = isChecked || (field.touched && !field.isEmpty);
      const own = written(field.path);
      const messages = (byField.get(field) ?? []).map((fault) =>
        fault.path === own ? fault.message : messageOf(fault),
      );
      field.complain(isSaid ? messages : []);
    }
    if (!isChecked) return;
    const ordered = root.fields.flatMap((field) => byField.get(field) ?? []);
    list(summary, ordered, ({ path }) => linkTo(fieldOf(path)));
  }

  function linkTo(field) {
    const chosen = field.control ? undefined : field.children?.find(({ isWanted }) => isWanted);
    const control = (chosen ?? field).fields.find((one) => one.control)?.control ?? field.adding;
    if (!control) return undefined;
    control.id ||= newId();
    const link = make("a", { href: `#${control.id}` });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      control.focus();
    });
    return link;
  }

  function start(value) {
    root.write(value);
    isChecked = false;
    summary.hidden = true;
    for (const field of root.fields) field.touched = false;
    refresh();
  }

  form.addEventListener("input", refresh);
  form.addEventListener("change", ({ target }) => {
    for (const field of root.fields) field.touched ||= field.control === target;
    if (!isPressed) refresh();
  });
  // A message that appears while something is pressed would move it away, so that it is not pressed after all.
  box.addEventListener("pointerdown", () => {
    isPressed = true;
    const release = () => {
      isPressed = false;
      setTimeout(() => panel.hidden || refresh());
    };
    for (const name of ["pointerup", "pointercancel"]) addEventListener(name, release, { once: true });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    isChecked = true;
    refresh();
    summary.focus();
  });

  /* ---- A payload that is pasted ---- */

  const found = makeSummary();
  const payload = make("textarea", { id: newId(), rows: 8, autocomplete: "off", spellcheck: false });

  function checkPayload() {
    try {
      const faults = checker.faults(schema, JSON.parse(payload.value));
      list(found, faults, ({ path }) => {
        const id = path && rowAt(path)?.id;
        return id ? make("a", { href: `#${id}` }) : undefined;
      });
    } catch (error) {
      list(found, [{ path: "", message: say(words.notJson, { reason: error.message }) }], () => undefined);
    }
    found.focus();
  }

  root.settle(root.value());
  const isOptional = ({ isRequired, isWanted, parent }) => parent === root && !isRequired && !isWanted;
  const optional = root.fields.filter(isOptional).length;
  only.checked = optional >= LONG && optional < root.children.length;
  const tools = make(
    "div",
    { className: "stitch-form-tools" },
    makeButton(words.start, () => start(sample)),
    makeButton(words.clear, () => start({})),
    ...(optional ? [make("label", {}, only, " ", words.requiredOnly)] : []),
  );
  form.append(
    make("p", { className: "stitch-hint" }, words.stays),
    tools,
    summary,
    root.element,
    make("button", { type: "submit" }, words.check),
  );
  const paste = make(
    "details",
    { className: "stitch-paste" },
    make("summary", {}, words.paste),
    make("label", { htmlFor: payload.id }, words.payload),
    payload,
    makeButton(words.check, checkPayload),
    found,
  );
  const panel = make("div", { className: "stitch-form" }, form, paste);
  box.querySelector(".stitch-choices").after(panel);

  return (isOpen) => {
    panel.hidden = !isOpen;
    if (isOpen) refresh();
    else show();
  };
};
