// The form by which a subscription is made or changed. What is refused is said at the field that it is about.
import { ApiError } from "../api.js";
import { element } from "../dom.js";
import { languageNames, languages } from "../words.js";
import { saying, troubleOf } from "./saying.js";

export const ofCampaign = ["milestone.reached", "forecast.turned", "pace.behind", "dialogue.stalled", "community.ignited", "campaign.ended", "campaign.discovered"];
export const ofPlatform = [...ofCampaign, "platform.broken"];
export const formats = ["standard", "slack"];
const usualMinutes = 60;

export const rhythmOf = one => one.daily ? "daily" : one.minimumIntervalMinutes > 0 ? "every" : "once";

/** @param key Begins the ids of this form's fields. @param one What is changed; null where one is made. @param send (body) → what is said when it went well. */
export function formOf({ key, one = null, isOfCampaign, button: label, send }, view) {
  const { words } = view;
  const errors = {};
  const said = saying();
  said.className = "whole";
  const errorAt = name => errors[name] = element("span", { class: "said-not", id: `${key}-${name}-error` });
  const field = (name, input, why = null) => {
    input.id = `${key}-${name}`;
    input.setAttribute("aria-describedby", [why && `${key}-${name}-why`, `${key}-${name}-error`].filter(Boolean).join(" "));
    return element("p", { class: "field" }, element("label", { for: input.id, text: words(`subs.${name}`) }), input, why && element("span", { class: "quiet", id: `${key}-${name}-why`, text: why }), errorAt(name));
  };
  const radio = (name, value, chosen, text, why = null) => element("label", { class: "check" },
    element("input", { type: "radio", name, value, checked: value === chosen }), element("span", {}, text, why && element("span", { class: "quiet said-below", text: why })));
  const choices = (name, ...inside) => element("fieldset", { class: "choices", "aria-describedby": `${key}-${name}-error` }, element("legend", { text: words(`subs.${name}`) }), inside, errorAt(name));

  const url = element("input", { name: "url", type: "url", inputmode: "url", autocomplete: "off", spellcheck: "false", required: true, maxlength: 2000, value: one?.url, placeholder: "https://" });
  const labelled = element("input", { name: "label", maxlength: 100, autocomplete: "off", value: one?.label });
  const language = element("select", { name: "language" }, languages.map(code => element("option", { value: code, lang: code, selected: code === (one?.language ?? view.language), text: languageNames[code] })));
  const minutes = element("input", { name: "minimumIntervalMinutes", type: "number", inputmode: "numeric", min: 5, max: 10080, step: 1, value: one?.minimumIntervalMinutes || usualMinutes });
  const types = isOfCampaign ? ofCampaign : ofPlatform;
  const some = element("div", { class: "choices", role: "group", "aria-label": words("subs.events.some") },
    types.map(type => element("label", { class: "check" }, element("input", { type: "checkbox", name: "type", value: type, checked: one?.events.includes(type) }), words(`subs.event.${type}`))));
  const every = field("minimumIntervalMinutes", minutes);
  const isSome = one !== null && one.events.length > 0;
  some.hidden = !isSome;
  every.hidden = one === null || rhythmOf(one) !== "every";

  const button = element("button", { type: "submit", class: "main", "data-testid": `${key.startsWith("sub_") ? "change" : "make"}-send`, text: label });
  const form = element("form", { class: "asks subscription-form", novalidate: true, on: { change: () => {
    some.hidden = chosen("which") !== "some";
    every.hidden = chosen("rhythm") !== "every";
  } } },
    element("div", { class: "section" }, field("url", url, words("subs.url.why")), field("label", labelled, words("subs.label.why")), field("language", language)),
    choices("events", radio("which", "all", isSome ? "some" : "all", words("subs.events.all")), radio("which", "some", isSome ? "some" : "all", words("subs.events.some")), some),
    choices("format", formats.map(name => radio("format", name, one?.format ?? "standard", words(`subs.format.${name}`), words(`subs.format.${name}.why`)))),
    choices("rhythm", ["once", "every", "daily"].map(name => radio("rhythm", name, one ? rhythmOf(one) : "once", words(`subs.rhythm.${name}`))), every),
    element("p", { class: "whole buttons" }, button), said);
  const chosen = name => new FormData(form).get(name);

  /** Says it at the field, and leads there; what is about no field is said below. */
  function refuse(name, text) {
    const inputs = { url, label: labelled, language, minimumIntervalMinutes: minutes, daily: minutes, events: some.querySelector("input"), format: form.querySelector("[name=format]:checked") };
    const at = name === "daily" ? "rhythm" : name;
    said.replaceChildren(...(errors[at] ? [] : [element("span", { class: "said-not", text })]));
    if (!errors[at]) return;
    errors[at].textContent = text;
    inputs[name]?.setAttribute("aria-invalid", "true");
    inputs[name]?.focus();
  }

  function clear() {
    for (const error of Object.values(errors)) error.replaceChildren();
    for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  }

  form.addEventListener("submit", async event => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    clear();
    const events = chosen("which") === "some" ? new FormData(form).getAll("type") : [];
    const rhythm = chosen("rhythm");
    if (url.value.trim() === "") return refuse("url", words("subs.error.address"));
    // To the API, none means all: somebody who chose nothing did not mean that.
    if (chosen("which") === "some" && events.length === 0) return refuse("events", words("subs.error.events"));
    const number = Number(minutes.value);
    if (rhythm === "every" && !(Number.isInteger(number) && number >= 5 && number <= 10080)) return refuse("minimumIntervalMinutes", words("subs.error.minutes"));
    button.setAttribute("aria-disabled", "true");
    said.replaceChildren(words("subs.trying"));
    try {
      const text = await send({
        url: url.value.trim(), label: labelled.value.trim(), language: language.value, format: chosen("format"), events,
        ...(rhythm === "daily" ? { daily: true } : { daily: false, minimumIntervalMinutes: rhythm === "every" ? number : 0 }),
      });
      said.replaceChildren(...(text ? [element("span", { class: "said-ok", text })] : []));
    } catch (error) {
      said.replaceChildren();
      if (!(error instanceof ApiError)) throw error;
      refuse(error.status === 400 || error.status === 422 ? error.problem?.field : null, troubleOf(error, view));
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
  return form;
}
