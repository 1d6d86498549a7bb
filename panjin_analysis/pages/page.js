// Makes each table sortable and filterable. Without it the tables are whole and can be read.
"use strict";

for (const box of document.querySelectorAll("div.table")) {
  const rows = [...box.querySelectorAll("tbody tr")];
  if (box.dataset.sorted === "1") addSorting(box, rows);
  if (box.dataset.filtered === "1") addFilter(box, rows);
}

function addSorting(box, rows) {
  const heads = [...box.querySelectorAll("thead th")];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = box.dataset.sort;
    button.append(...head.childNodes);
    head.append(button);
    head.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => {
      const next = { none: "ascending", ascending: "descending", descending: "none" }[head.getAttribute("aria-sort")];
      for (const other of heads) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", next);
      box.querySelector("tbody").append(...sorted(rows, column, next));
    });
  });
}

// A missing value stands last whichever way is up; equal rows keep the order they came in.
function sorted(rows, column, order) {
  if (order === "none") return rows;
  const up = order === "ascending" ? 1 : -1;
  return [...rows].sort((one, other) => {
    const a = one.cells[column], b = other.cells[column];
    const lacking = a.classList.contains("missing") - b.classList.contains("missing");
    return lacking || up * compared(a, b);
  });
}

function compared(a, b) {
  if (a.dataset.value !== undefined && b.dataset.value !== undefined) return a.dataset.value - b.dataset.value;
  return a.textContent.localeCompare(b.textContent, document.documentElement.lang, { numeric: true });
}

function addFilter(box, rows) {
  const tools = document.createElement("div"), label = document.createElement("label");
  const input = document.createElement("input"), count = document.createElement("output");
  tools.className = "tools";
  input.type = "search";
  input.autocomplete = "off";
  input.setAttribute("aria-describedby", box.querySelector("caption span").id);
  label.append(box.dataset.filter, " ", input);
  count.setAttribute("aria-live", "polite");
  tools.append(label, count);
  box.prepend(tools);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const show = () => {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, place) => {
      row.hidden = !wanted.every((part) => texts[place].includes(part));
      shown += row.hidden ? 0 : 1;
    });
    const words = shown === rows.length ? box.dataset.rows : box.dataset.shown;
    count.textContent = words.replace("{shown}", shown).replace("{n}", rows.length);
  };
  input.addEventListener("input", show);
  show();
}
