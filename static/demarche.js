// Saves steps; every page works without it.
// In the matrix: arrow keys with one tab stop, and the quotes of a cell without loading the page anew.

const table = document.getElementById("matrix");

if (table) {
  start(table);
}

function start(matrix) {
  const rows = [...matrix.querySelectorAll("tr.mx-row")].map((row) => [...row.querySelectorAll("td.cell > a")]);
  const cells = rows.flat();
  if (!cells.length) return;

  let current = cells.find((cell) => cell.hasAttribute("aria-current")) ?? cells[0];
  for (const cell of cells) cell.tabIndex = cell === current ? 0 : -1;

  function place(cell) {
    current.tabIndex = -1;
    current = cell;
    current.tabIndex = 0;
  }

  // Which cell an arrow, Home or End leads to; null when the key means something else here.
  function target(event, row, column) {
    const width = rows[row].length;
    switch (event.key) {
      case "ArrowLeft": return [row, Math.max(column - 1, 0)];
      case "ArrowRight": return [row, Math.min(column + 1, width - 1)];
      case "ArrowUp": return [Math.max(row - 1, 0), column];
      case "ArrowDown": return [Math.min(row + 1, rows.length - 1), column];
      case "Home": return event.ctrlKey ? [0, 0] : [row, 0];
      case "End": return event.ctrlKey ? [rows.length - 1, width - 1] : [row, width - 1];
      default: return null;
    }
  }

  matrix.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td.cell > a");
    if (!cell || event.altKey || event.metaKey || event.shiftKey) return;
    const row = rows.findIndex((line) => line.includes(cell));
    const found = target(event, row, rows[row].indexOf(cell));
    if (!found) return;
    event.preventDefault();
    place(rows[found[0]][found[1]]);
    current.focus();
  });

  matrix.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td.cell > a");
    if (cell) place(cell);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("td.cell > a, .panel .pager a, .panel-top > a");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.href, true);
  });

  window.addEventListener("popstate", () => open(location.href, false));

  let latest = 0;

  // Fetches the view and takes its quotes over. Whatever goes wrong, the browser follows the link itself.
  async function open(address, remember) {
    const turn = ++latest;
    let page;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.statusText);
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      location.assign(address);
      return;
    }
    if (turn !== latest) return;
    if (remember) history.pushState(null, "", address);
    show(page, remember);
  }

  function show(page, move) {
    const layout = document.querySelector(".mx-layout");
    const panel = page.getElementById("quotes");
    document.getElementById("quotes")?.remove();
    layout.classList.toggle("no-panel", !panel);
    // Forms and the printed address belong to the view, so they follow it.
    for (const selector of [".asof-form", ".foot"]) {
      const [here, there] = [document.querySelector(selector), page.querySelector(selector)];
      if (here && there) here.replaceWith(document.adoptNode(there));
    }
    const selected = page.querySelector("td.cell > a[aria-current]")?.getAttribute("href");
    for (const cell of cells) {
      if (cell.getAttribute("href") === selected) {
        cell.setAttribute("aria-current", "true");
        place(cell);
      } else {
        cell.removeAttribute("aria-current");
      }
    }
    if (!panel) {
      if (move) current.focus();
      return;
    }
    const shown = document.adoptNode(panel);
    layout.append(shown);
    if (!move) return;
    shown.focus({ preventScroll: true });
    // Beside the table the panel is in sight; below it, it has to be brought there.
    if (getComputedStyle(shown).position !== "sticky") shown.scrollIntoView();
  }
}
