// Makes the rows of each table sortable by its columns. Rows stay within their panel.
for (const table of document.querySelectorAll("table.numbers, table.list")) {
  const heads = [...table.querySelectorAll("thead th")];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const order = head.getAttribute("aria-sort") === "descending" ? 1 : -1;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", order > 0 ? "ascending" : "descending");
      for (const body of table.tBodies) {
        const rows = [...body.rows].filter((row) => !row.classList.contains("panel"));
        rows.sort((a, b) => compare(value(a.cells[column]), value(b.cells[column]), order));
        body.append(...rows);
      }
    });
  });
}

// Returns the number at the beginning of a cell, or its text if there is none.
function value(cell) {
  const text = (cell.firstChild?.textContent ?? "").trim();
  const digits = text.replace("−", "-").replaceAll(",", "").match(/^[+-]?\d+(\.\d+)?/);
  return digits ? Number(digits[0]) : text;
}

// Numbers come before texts in both orders, so that gaps are last.
function compare(a, b, order) {
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return order * (typeof a === "number" ? a - b : a.localeCompare(b));
}
