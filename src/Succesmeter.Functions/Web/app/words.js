// Every word on the page stands in files/words/{language}.json, by code; the keys are the same in each language.
// A text with numbers that bend it has one form per plural category: { "by": "comments", "one": "…", "other": "…" }.
export const languages = ["nl", "fr", "en"];
export const languageNames = { nl: "Nederlands", fr: "Français", en: "English" };

const files = {
  nl: () => import("../files/words/nl.json"),
  fr: () => import("../files/words/fr.json"),
  en: () => import("../files/words/en.json"),
};

export async function wordsIn(language) {
  return (await files[language]()).default;
}

export function languageOf(chosen, preferred) {
  if (languages.includes(chosen)) return chosen;
  return preferred.map(tag => tag.slice(0, 2).toLowerCase()).find(code => languages.includes(code)) ?? "en";
}

// Values are shown as given, and bare numbers in the language's form; `counts` has the numbers that choose a plural form where the values were written out already.
// Null where no such code is known, so that a new code of the API can be seen to have no words yet.
export function sayer(texts, language) {
  const rules = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return (code, values = {}, counts = values) => {
    const text = texts[code];
    if (text === undefined) return null;
    const form = typeof text === "string" ? text : text[rules.select(Number(counts[text.by]))] ?? text.other;
    return form.replace(/\{(\w+)\}/g, (_, name) => typeof values[name] === "number" ? number.format(values[name]) : values[name] ?? "–");
  };
}
