// Makes the rows of each table sortable by its columns. Rows stay within their panel.
for (const table of document.querySelectorAll("table.numbers, table.list")) {
  const heads = [...table.querySelectorAll("thead th")];
  heads.forEach((head, column) => {
    // A real button is blank where a printed table repeats its head on the next sheet.
    const button = document.createElement("span");
    button.setAttribute("role", "button");
    button.tabIndex = 0;
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      button.click();
    });
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
  if (/^\d+(:\d\d)+$/.test(text)) return text.split(":").reduce((sum, part) => 60 * sum + Number(part), 0);
  const found = text.replace("−", "-").replaceAll(",", "").match(/^([+-]?\d+(?:\.\d+)?)(?![\w.])(?: ([kMGT])\b)?/);
  return found ? Number(found[1]) * 1000 ** (" kMGT".indexOf(found[2] ?? " ")) : text;
}

// Numbers come before texts in both orders, so that gaps are last.
function compare(a, b, order) {
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return order * (typeof a === "number" ? a - b : a.localeCompare(b));
}

// Folded parts are open in print, also in browsers whose style sheets cannot open them.
const folded = document.querySelectorAll("details:not([open])");
window.addEventListener("beforeprint", () => folded.forEach((part) => (part.wasOpen = part.open, part.open = true)));
window.addEventListener("afterprint", () => folded.forEach((part) => (part.open = part.wasOpen)));
