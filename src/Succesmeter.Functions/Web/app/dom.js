// Elements from plain calls. Text is text: nothing here reads HTML, so a title with a script in it shows as it is written.
const svgSpace = "http://www.w3.org/2000/svg";

/** element("button", { class: "quiet", text: "…", on: { click } }, ...children). Attributes that are null or false are left out; children that are null too. */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

export function shape(name, attributes = {}, ...children) {
  return filled(document.createElementNS(svgSpace, name), attributes, children);
}

function filled(made, { text, on, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  for (const [event, does] of Object.entries(on ?? {})) made.addEventListener(event, does);
  if (text !== null && text !== undefined) made.append(String(text));
  made.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return made;
}

/** A platform's own addresses may hold anything; only web addresses become links. */
export const isWebAddress = address => typeof address === "string" && /^https?:\/\//i.test(address);

/** Puts new children in, and leaves the reader where the reader was: the same control focused, the same details open, what was typed still there. */
export function renew(root, ...children) {
  const name = node => node?.id || node?.dataset?.keep;
  const find = key => root.querySelector(`#${CSS.escape(key)}, [data-keep="${CSS.escape(key)}"]`);
  const focused = root.contains(document.activeElement) ? name(document.activeElement) : null;
  const toggled = [...root.querySelectorAll("details")].filter(name).map(node => [name(node), node.open]);
  root.replaceChildren(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  for (const [key, open] of toggled) { const node = find(key); if (node) node.open = open; }
  if (focused) find(focused)?.focus({ preventScroll: true });
}

/** Focuses what is kept under this name; where it is folded away, what unfolds it. */
export function focusOn(root, key) {
  const node = root.querySelector(`[data-keep="${CSS.escape(key)}"]`);
  const folded = node?.closest("details:not([open])");
  (folded ? folded.querySelector("summary") : node)?.focus();
}

/** Remembers the figures in it (elements with data-figure) and marks those that say something else than the last time. */
export function figuresIn() {
  const said = new Map();
  return root => {
    for (const node of root.querySelectorAll("[data-figure]")) {
      const key = node.dataset.figure;
      if (said.has(key) && said.get(key) !== node.textContent) node.classList.add("changed");
      said.set(key, node.textContent);
    }
  };
}
