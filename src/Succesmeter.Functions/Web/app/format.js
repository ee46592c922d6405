// Numbers, money and dates as each language writes them. Null is what is not known: a dash.
const unknown = "–";

export function formats(language) {
  const kept = new Map();
  const intl = (type, options) => {
    const key = `${type.name} ${JSON.stringify(options)}`;
    if (!kept.has(key)) kept.set(key, new type(language, options));
    return kept.get(key);
  };
  const known = write => (value, ...rest) => value === null || value === undefined || Number.isNaN(value) ? unknown : write(value, ...rest);
  const written = (at, options) => intl(Intl.DateTimeFormat, options).format(new Date(at));

  return {
    number: known((value, digits = 1) => intl(Intl.NumberFormat, { maximumFractionDigits: digits }).format(value)),
    signed: known((value, digits = 2) => intl(Intl.NumberFormat, { maximumFractionDigits: digits, signDisplay: "exceptZero" }).format(value)),
    percent: known(value => intl(Intl.NumberFormat, { style: "percent", maximumFractionDigits: 0 }).format(value)),
    /** In a currency, or as a bare number where there is none (orders). Whole euros from a hundred on: cents say nothing there. */
    money: known((value, currency) => currency
      ? intl(Intl.NumberFormat, { style: "currency", currency, minimumFractionDigits: 0, maximumFractionDigits: Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 2 }).format(value)
      : intl(Intl.NumberFormat, { maximumFractionDigits: 0 }).format(value)),
    /** A day and a time. */
    date: known(at => written(at, { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" })),
    /** A day; short without its year. */
    day: known((at, short = false) => written(at, short ? { day: "numeric", month: "short" } : { day: "numeric", month: "long", year: "numeric" })),
    /** How long before (or after) `now`, which is the campaign's own clock where it has one: a demo's runs ahead of ours. */
    ago: known((at, now = Date.now()) => {
      const minutes = (new Date(at) - new Date(now)) / 60_000;
      const [value, unit] = Math.abs(minutes) < 60 ? [minutes, "minute"] : Math.abs(minutes) < 48 * 60 ? [minutes / 60, "hour"] : Math.abs(minutes) < 60 * 24 * 60 ? [minutes / 1440, "day"] : [minutes / 43_200, "month"];
      return intl(Intl.RelativeTimeFormat, { numeric: "auto" }).format(Math.round(value), unit);
    }),
  };
}
