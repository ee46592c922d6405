// Every word on the page stands in words/{language}.json, by code; the keys are the same in each language.
// A text with numbers that bend it has one form per plural category: { "by": "comments", "one": "…", "other": "…" }.
export const languages = ["nl", "fr", "en"];

const known = new Map();

export async function wordsIn(language) {
  if (!known.has(language)) {
    const answer = await fetch(`words/${language}.json`);
    if (!answer.ok) throw new Error(`${answer.status}`);
    known.set(language, await answer.json());
  }
  return known.get(language);
}

export function languageOf(chosen, preferred) {
  if (languages.includes(chosen)) return chosen;
  return preferred.map(tag => tag.slice(0, 2).toLowerCase()).find(code => languages.includes(code)) ?? "en";
}

// Values are shown as given; `counts` has the bare numbers that choose a plural form.
export function sayer(words, language) {
  const rules = new Intl.PluralRules(language);
  return (key, values = {}, counts = values) => {
    const text = words[key];
    if (text === undefined) return null;
    const form = typeof text === "string" ? text : text[rules.select(Number(counts[text.by]))] ?? text.other;
    return form.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "–");
  };
}
