// What opens the quick jump to objects and properties, and its dialog; all else is loaded when it is first opened. A
// classic script: browsers refuse modules of pages opened from disk.
(() => {
  "use strict";

  const { src, dataset } = document.currentScript;
  const keys = dataset.keys.split("\n");

  function make(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  const dialog = make("dialog", { className: "stitch-jump" });
  dialog.innerHTML =
    '<input role="combobox" aria-autocomplete="list" aria-controls="stitch-jump-list" autocomplete="off" ' +
    'aria-expanded="false" spellcheck="false" enterkeyhint="go"><div role="listbox" id="stitch-jump-list" hidden></div><p role="status"></p>';
  const [box, list, status] = dialog.children;
  box.placeholder = dataset.hint;
  for (const part of [dialog, box, list]) part.ariaLabel = dataset.label;

  // Where the reader was, unless the reader has gone elsewhere.
  let place;
  let isLoading;

  function open() {
    if (dialog.open) return;
    place = { left: scrollX, top: scrollY, behavior: "instant" };
    document.body.append(dialog);
    dialog.showModal();
    box.select();
    if (isLoading) return;
    isLoading = true;
    load().catch(() => {
      isLoading = false;
      status.textContent = dataset.failed;
    });
  }

  const run = (address) =>
    new Promise((onload, onerror) => document.head.append(make("script", { src: address, onload, onerror })));

  async function load() {
    const root = new URL("../", src);
    await run(new URL("sphinxext-stitch-search.js", src));
    await run(new URL("_stitch/jump.js", root));
    window.stitchSearch(window.stitchJump, root, dialog);
  }

  dialog.addEventListener("click", (event) => {
    const goes = event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (goes) place = null;
    // Beside the dialog it is the dialog that is pressed.
    if (goes || event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => place && scrollTo(place));

  const isMac = /mac|iP/i.test(navigator.platform);

  // “/” is taken from Sphinx's search, and “Ctrl K” only where the theme has no use for it.
  for (const isFirst of [true, false]) {
    const press = (event) => {
      const { key, altKey, ctrlKey, metaKey, shiftKey, target } = event;
      const [control, other] = isMac ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
      const isOther = other || altKey || (control && shiftKey);
      const name = control ? `Ctrl ${key.toUpperCase()}` : key;
      // In fields it is a letter, and in the filter the filter's.
      const fields = isFirst ? "[contenteditable], input, textarea, select, .stitch-filter" : "[contenteditable]";
      if (isOther || event.defaultPrevented || isFirst !== (name === "/") || !keys.includes(name)) return;
      if (target.closest(fields)) return;
      event.preventDefault();
      event.stopPropagation();
      open();
    };
    addEventListener("keydown", press, isFirst);
  }

  const button = make("button", { type: "button", onclick: open }, dataset.label);
  // A theme that has a use for the key says so.
  const isTaken = [...document.querySelectorAll("kbd")].some(
    (key) => key.textContent === "K" && !key.closest("main, [role=main]"),
  );
  for (const key of keys)
    if (key === "/" || (key && !isTaken))
      button.append(" ", make("kbd", { ariaHidden: true }, isMac ? key.replace("Ctrl", "⌘") : key));
  const bar = make("p", { className: "stitch-jump-bar" }, button);

  // Once for each page: some themes load the next one into this one.
  function start() {
    if (bar.isConnected) return;
    const first = document.querySelector(".stitch-filter, .stitch-object");
    // Not above the title of the page, where some themes have other buttons.
    const kind = first?.querySelector("h1 + .stitch-kind");
    if (kind) kind.after(bar);
    else if (first) first.before(bar);
    else document.querySelector("[role=main] h1, main h1")?.after(bar);
  }
  start();
  new MutationObserver(start).observe(document.body, { childList: true });
})();
