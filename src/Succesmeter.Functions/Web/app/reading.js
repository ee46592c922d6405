// What a campaign's figures say, in sentences. Today and a campaign's own page say the same thing of the same figures.

const day = 86_400_000;
const nearEndDays = 3;

export const currencyOf = campaign => campaign.goalUnit === "orders" ? null : campaign.currency;

/** "64 people carry this." */
export const carried = (campaign, { words }) => campaign.backers === null ? words("page.carriedUnknown") : words("page.carried", { n: campaign.backers });

/** "€ 2.310 of € 7.500" */
export function raised(campaign, { words, format }) {
  const pledged = format.money(campaign.pledged, currencyOf(campaign));
  return campaign.goal ? words("page.ofGoal", { pledged, goal: format.money(campaign.goal, currencyOf(campaign)) }) : pledged;
}

/** A probability as so many campaigns of a hundred; never none and never all, which no forecast knows. */
export const ofHundred = probability => Math.min(99, Math.max(1, Math.round(100 * probability)));

/** An abstained probability is not to be acted upon, so it is not said. */
export const isTold = campaign => campaign.probability !== null && campaign.confidence !== "abstain";

/** @param mayRead Scores may be read: a null is then something that cannot be told. */
export function chance(campaign, mayRead, { words }) {
  if (campaign.state !== "live") return words(`over.${campaign.state}`);
  if (campaign.awaitsFacts) return words("page.noScore");
  if (!mayRead) return null;
  if (campaign.status === "reached") return words("page.chanceReached");
  if (campaign.status === "ended") return words("page.chanceEnded");
  return isTold(campaign) ? words("page.chanceIs", { n: ofHundred(campaign.probability) }) : words("page.chanceUntested");
}

/** The end that was announced; null without one. The API then names an instant that the forecast assumes, and nobody promised that. */
export const endOf = campaign => campaign.horizon === "assumed" ? null : campaign.endsAt;

/** The time that is left on the campaign's own clock, in days; null without an end. */
export const daysLeft = campaign => endOf(campaign) ? (new Date(endOf(campaign)) - new Date(campaign.asOf)) / day : null;

export function endsIn(campaign, { words, format }) {
  const left = daysLeft(campaign);
  if (left === null) return words("page.noEnd");
  if (campaign.state !== "live" || left <= 0) return words("page.endedOn", { day: format.day(campaign.endsAt) });
  return left < 1 ? words("page.endsToday") : words("page.endsIn", { n: Math.floor(left), day: format.day(campaign.endsAt, true) });
}

/**
 * Does it need you? The first of these that holds; "needs you" is only said where a person can do something now:
 *   1 end      it ends within three days and its goal is not reached
 *   2 dialogue people wrote and wait for an answer (the rule answer-comments of the advice)
 *   3 behind   its forecast is behind or could go either way, and the forecast is one that was tested (not abstained)
 *   4 advice   another piece of advice applies
 *   5 quiet    nothing is needed
 * Among equals the one that ends first comes first. The meter plays no part.
 */
export function needOf(campaign, score) {
  const left = daysLeft(campaign);
  if (campaign.state !== "live") return "quiet";
  if (left !== null && left >= 0 && left <= nearEndDays && campaign.goal && (campaign.pledged ?? 0) < campaign.goal) return "end";
  const advice = score?.advice ?? [];
  if (advice.some(piece => piece.code === "answer-comments")) return "dialogue";
  if (campaign.confidence !== "abstain" && ["behind", "uncertain", "unlikely"].includes(campaign.status)) return "behind";
  return advice.length > 0 ? "advice" : "quiet";
}

export const needs = ["end", "dialogue", "behind", "advice", "quiet"];

/** The piece that goes with the need, else the first that the lot drew. */
export const firstAdvice = (score, need) => (need === "dialogue" ? score?.advice.find(piece => piece.code === "answer-comments") : null) ?? score?.advice[0] ?? null;

/** A piece of advice in words: { title, does, trigger, evidence }. */
export function adviceOf(piece, campaign, { words, format }) {
  const trigger = piece.trigger ?? {};
  const written = Object.fromEntries(Object.entries(trigger).map(([name, value]) => [name,
    name === "share" ? format.percent(value) : name === "percent" ? format.percent(value / 100) : ["below", "above", "needed", "pace"].includes(name) ? format.money(value, currencyOf(campaign)) : format.number(value)]));
  const points = value => format.signed(Math.round(1000 * value) / 10);
  const { compared } = piece;
  return {
    title: words(`advice.${piece.code}`) ?? piece.code,
    does: words(`advice.${piece.code}.do`),
    trigger: words(`advice.${piece.code}.trigger`, written, trigger),
    evidence: compared
      ? words("evidence.own-campaigns", { did: compared.did, didNot: compared.didNot, difference: points(compared.difference), low: points(compared.interval[0]), high: points(compared.interval[1]) })
      : words(`evidence.${piece.evidence}`),
  };
}

/** A score is stale when three daily looks were missed, on the platform's own clock. */
export function staleAmong(campaigns) {
  const newest = new Map();
  for (const { campaign, asOf } of campaigns) {
    const platform = campaign.split("/")[0];
    newest.set(platform, Math.max(newest.get(platform) ?? 0, new Date(asOf).getTime()));
  }
  return campaign => campaign.state === "live" && newest.get(campaign.campaign.split("/")[0]) - new Date(campaign.asOf) > 3 * day;
}
