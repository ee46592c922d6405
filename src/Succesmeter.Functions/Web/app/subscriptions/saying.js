// What the page of subscriptions says when something was asked: beside it, in its own words, and the focus stays where it was.
import { ApiError } from "../api.js";
import { element } from "../dom.js";

/** The API's rules, field by field, and the words for them. */
const rules = [
  ["url", /https?:\/\//, "https"],
  ["url", /public internet/, "public"],
  ["url", /user name or password/, "password"],
  ["url", /port/, "port"],
  ["url", /absolute address/, "address"],
  ["label", /characters/, "label"],
  ["minimumIntervalMinutes", /from/, "minutes"],
  ["campaign", /platform\/campaign/, "campaign"],
  ["from", /must be a time/, "time"],
  ["to", /must be a time/, "time"],
  ["to", /before from/, "order"],
];

export function troubleOf(error, { words }) {
  const { field, rule = "" } = error.problem ?? {};
  if (field === "Webhooks:Keys") return words("subs.error.unset");
  if (error.status === 0 || error.status >= 500) return words("page.down");
  if (error.status === 429) return words("coaches.tooOften");
  if (error.status === 401 || error.status === 403) return words("subs.error.forbidden");
  if (error.status === 404) return words("subs.error.gone");
  if (error.status === 409 && field === "subscriptions") return words("subs.error.full", { most: Number(/\d+/.exec(rule)?.[0] ?? 0) });
  if (error.status === 409 && field === "state") return words("subs.error.rests");
  if (error.status === 422) {
    const status = /it answered (\d+)/.exec(rule)?.[1];
    return status ? words("subs.error.answered", { status }) : words("subs.error.silent", { why: rule.split("2xx: ").at(-1) });
  }
  const known = rules.find(([of, pattern]) => of === field && pattern.test(rule));
  return known ? words(`subs.error.${known[2]}`) : words("coaches.refused", { why: field ? `${field} ${rule}` : error.message });
}

export const saying = () => element("p", { role: "status" });

/** Runs what a button asks for, once at a time. The button is not disabled: who came to it by keys would lose their place. */
export function once(view, button, said, does) {
  return async event => {
    event?.preventDefault?.();
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    said.replaceChildren(view.words("subs.busy"));
    try {
      said.replaceChildren(...[await does()].flat().filter(Boolean));
    } catch (error) {
      said.replaceChildren();
      if (!(error instanceof ApiError)) throw error;
      said.replaceChildren(element("span", { class: "said-not", text: troubleOf(error, view) }));
    } finally {
      button.removeAttribute("aria-disabled");
    }
  };
}

export const well = text => element("span", { class: "said-ok", text });

/** Asks in a dialog, and is answered by a button or by Escape. The first stop is the way back. */
export function sure({ words }, { title, texts, yes }) {
  return new Promise(resolve => {
    let isSure = false;
    const dialog = element("dialog", { class: "ask", "aria-labelledby": "sure-title", "aria-describedby": "sure-why" },
      element("form", { method: "dialog", on: { submit: () => { isSure = true; } } },
        element("h2", { id: "sure-title", text: title }),
        element("div", { id: "sure-why", class: "section" }, texts.map(text => element("p", { text }))),
        element("p", { class: "buttons" },
          element("button", { type: "button", autofocus: true, text: words("subs.keep"), on: { click: () => dialog.close() } }),
          element("button", { type: "submit", class: "main", "data-testid": "sure", text: yes }))));
    dialog.addEventListener("close", () => { dialog.remove(); resolve(isSure); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** One try: what came back, after how long. */
export function answerOf(one, { words, format }) {
  const milliseconds = format.number(one.milliseconds, 0);
  return one.status === null ? words("subs.try.silent", { why: one.error ?? "–", milliseconds }) : words("subs.try.answered", { status: String(one.status), milliseconds });
}
