// What pages gain with JavaScript; their content is complete without it.
//
// Pages load this file as a module. Browsers refuse modules of pages that are opened from disk, and then load it as a
// classic script. So it imports and exports nothing, and one function keeps its names to itself.
(() => {
  "use strict";

  /* ---- Catalogue: a search box over each table of connections ---- */

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  function enhanceCatalogue(box) {
    const rows = [...box.querySelectorAll("tbody > tr:not(.stitch-closing-row)")];
    const texts = rows.map((row) => plain(row.textContent));

    const input = document.createElement("input");
    input.type = "search";
    input.placeholder = box.dataset.placeholder;
    input.setAttribute("aria-label", box.dataset.label);

    const count = document.createElement("output");
    const controls = document.createElement("div");
    controls.className = "stitch-search-controls";
    controls.setAttribute("role", "search");
    controls.append(input, count);
    box.prepend(controls);

    const filter = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, index) => {
        row.hidden = !words.every((word) => texts[index].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      count.textContent = words.length
        ? box.dataset.count.replace("%(shown)s", shown).replace("%(all)s", rows.length)
        : "";
    };
    input.addEventListener("input", filter);
  }

  /* ---- Each feature, on what it is for ---- */

  function enhance() {
    document.querySelectorAll(".stitch-search").forEach(enhanceCatalogue);
  }

  // A module runs when the page is read; a classic script that a script adds may run before.
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", enhance);
  } else {
    enhance();
  }
})();
