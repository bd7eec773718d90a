// A search box over each table of connections. The table is complete without it.

for (const box of document.querySelectorAll(".stitch-search")) {
  const rows = [...box.querySelectorAll("tbody > tr:not(.stitch-closing-row)")];
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
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
