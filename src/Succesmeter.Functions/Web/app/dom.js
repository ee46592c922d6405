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
