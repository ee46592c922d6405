// The map of the application on a made-up network: how many frames a second it draws while it is moved, and how long its layout takes.
import { mapOf } from "../../src/Succesmeter.Functions/Web/app/network/map.js";
import { swarmOf } from "../../src/Succesmeter.Functions/Web/app/network/swarm.js";

const asked = new URLSearchParams(location.search);
const [campaigns, links] = ["campaigns", "links"].map(name => Number(asked.get(name)));
const movedMilliseconds = 5000;
const communities = 12;
let seed = 1;
const dice = () => (seed = (seed * 48271) % 2147483647) / 2147483647;

const names = Array.from({ length: campaigns }, (_, at) => `town/c${at}`);
const made = new Map();
while (made.size < links) {
  const one = Math.floor(dice() * campaigns);
  // Nine links in ten within a community, as a town with clubs has them.
  const other = dice() < 0.9 ? (one % communities) + communities * Math.floor(dice() * Math.floor(campaigns / communities)) : Math.floor(dice() * campaigns);
  if (one !== other && other < campaigns) made.set(`${Math.min(one, other)} ${Math.max(one, other)}`, 5 * (1 + Math.floor(dice() * 4)));
}
const swarm = swarmOf({
  campaigns: names.map((campaign, at) => ({ campaign, title: `Campaign ${at}`, launchedAt: new Date(Date.UTC(2020, at * 60 / campaigns, 1)).toISOString(), place: null, latitude: null, longitude: null })),
  links: [...made].map(([pair, shared]) => { const [one, other] = pair.split(" ").map(at => names[at]); return { one, other, shared }; }),
  communities: { items: Array.from({ length: communities }, (_, number) => ({ number: number + 1, donors: 100, campaigns: names.filter((_, at) => at % communities === number) })) },
});
const colours = { blue: "#1f6fb2", amber: "#d98a00", violet: "#7a4fb5", sky: "#4ba3d4", rose: "#c0719e", none: "#77858c", faint: "#dadedc", link: "#c3ced2", linkFaint: "#eff0ec", linkChosen: "#10607f", ink: "#16252c", card: "#fffefb" };

const began = performance.now();
const map = mapOf(document.querySelector("div"), swarm, { colours, say: { community: number => `Group ${number}` }, onChosen: () => {}, isStill: false });
const untilFirst = performance.now() - began;
const whileSettling = await framesWhile(map.settled);
const untilSettled = performance.now() - began;

const camera = map.sigma.getCamera();
// As the buttons and the wheel move it. The first move may find out that the machine is slow, and leaves out links from then on.
const move = (x, y, ratio, duration) => new Promise(resolve => camera.animate({ x, y, ratio }, { duration }, resolve));
const whileFirstMoved = await framesWhile(move(0.4, 0.6, 0.5, movedMilliseconds));
const whileMoved = await framesWhile(move(0.6, 0.4, 1.2, movedMilliseconds));
const leavesOutLinks = map.sigma.getSetting("hideEdgesOnMove");

const steps = [];
for (const until of swarm.months.filter((_, at) => at % 6 === 0)) {
  const from = performance.now();
  map.showUntil(until);
  await new Promise(requestAnimationFrame);
  steps.push(performance.now() - from);
}

const gl = document.createElement("canvas").getContext("webgl");
const drawnBy = gl?.getExtension("WEBGL_debug_renderer_info");
await fetch("/result", { method: "POST", body: JSON.stringify({
  campaigns, links: made.size, drawnBy: drawnBy ? gl.getParameter(drawnBy.UNMASKED_RENDERER_WEBGL) : "unknown", firstMilliseconds: Math.round(untilFirst), settledMilliseconds: Math.round(untilSettled),
  whileSettling, whileFirstMoved, whileMoved, leavesOutLinksWhileMoved: leavesOutLinks, growthStepMilliseconds: { median: Math.round(steps.sort((a, b) => a - b)[steps.length >> 1]), worst: Math.round(steps.at(-1)) },
}) });

/** Frames a second, and the longest time between two, until a promise is kept. */
async function framesWhile(promise) {
  let over = false;
  promise.then(() => { over = true; });
  const gaps = [];
  let last = performance.now();
  const from = last;
  while (!over) {
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    gaps.push(now - last);
    last = now;
  }
  gaps.sort((a, b) => a - b);
  return { framesPerSecond: Math.round(10_000 * gaps.length / (last - from)) / 10, medianMilliseconds: Math.round(gaps[gaps.length >> 1] ?? 0), worstMilliseconds: Math.round(gaps.at(-1) ?? 0) };
}
