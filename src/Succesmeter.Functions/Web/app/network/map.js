// The map, drawn by Sigma in WebGL: two thousand campaigns and twenty thousand links are two draw calls, where SVG or a plain canvas would draw each by itself.
import { UndirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeLineProgram, EdgeRectangleProgram } from "sigma/rendering";
import { settle } from "./layout.js";
import { shapeProgram } from "./shape-program.js";
import { beginningOf, groundOf, isLaunchedBy, shapes } from "./swarm.js";

const smallest = 5, largest = 14;
const manyLinks = 4000;         // from here on links are lines of one pixel, at a fourth of the cost
const cameraMilliseconds = 300;
const stepOfZoom = 1.6;
const pause = 1000, framesToJudge = 6, slowFrame = 40;   // milliseconds: a camera that rested this long stood still; frames; milliseconds
const nameAbove = 24;         // pixels

/** @param colours { none, blue, …, link, linkFaint, ink, card, line }, as any CSS colour. @param say { community(number) }: labels. @param isStill No animation. */
export function mapOf(container, swarm, { colours, say, onChosen, isStill }) {
  const graph = new UndirectedGraph();
  const begin = beginningOf(swarm);
  const most = Math.max(1, ...swarm.campaigns.map(one => one.links.length));
  const ground = groundOf(swarm.campaigns);
  for (const one of swarm.campaigns)
    graph.addNode(one.campaign, {
      ...begin.get(one), label: one.title, size: smallest + (largest - smallest) * Math.sqrt(one.links.length / most) * (swarm.campaigns.length > 300 ? 0.6 : 1), color: colours[one.hue], shape: shapes.indexOf(one.shape), one,
    });
  for (const { one, other, shared } of swarm.links) graph.mergeEdge(one.campaign, other.campaign, { shared, size: Math.min(6, 0.6 + shared / 12), color: colours.link });

  const state = { until: Infinity, chosen: null, near: new Set(), isGround: false, community: null };
  const settled = new Map();    // where the layout put them, while they stand on the ground
  const isMany = graph.size > manyLinks;
  const sigma = new Sigma(graph, container, {
    nodeProgramClasses: { shape: shapeProgram(rgbOf(colours.card)) }, defaultNodeType: "shape",
    edgeProgramClasses: { line: isMany ? EdgeLineProgram : EdgeRectangleProgram }, defaultEdgeType: "line",
    labelFont: "system-ui, sans-serif", labelSize: 13, labelColor: { color: colours.ink }, labelRenderedSizeThreshold: swarm.campaigns.length > 300 ? 9 : 7, labelDensity: 0.6, labelGridCellSize: 140,
    defaultDrawNodeLabel: labelWith(colours), defaultDrawNodeHover: hoverWith(colours),
    stagePadding: 36, minCameraRatio: 0.05, maxCameraRatio: 3, zIndex: false, allowInvalidContainer: true, enableCameraRotation: false,
    nodeReducer: (_, data) => {
      const { one } = data;
      if (!isLaunchedBy(one, state.until) || (state.isGround && !ground.at.has(one))) return { ...data, hidden: true };
      const isFaint = (state.chosen && state.chosen !== one && !state.near.has(one)) || (state.community !== null && one.community !== state.community);
      return isFaint ? { ...data, color: colours.faint, label: null } : state.chosen === one ? { ...data, highlighted: true, forceLabel: true } : state.near.has(one) ? { ...data, forceLabel: !isMany } : data;
    },
    edgeReducer: (edge, data) => {
      const [one, other] = graph.extremities(edge).map(name => graph.getNodeAttribute(name, "one"));
      if (!isLaunchedBy(one, state.until) || !isLaunchedBy(other, state.until) || (state.isGround && !(ground.at.has(one) && ground.at.has(other)))) return { ...data, hidden: true };
      if (state.chosen) return state.chosen === one || state.chosen === other ? { ...data, color: colours.linkChosen } : { ...data, hidden: isMany, color: colours.linkFaint };
      if (state.community !== null) return one.community === state.community && other.community === state.community ? { ...data, color: colours.linkChosen } : { ...data, color: colours.linkFaint };
      return data;
    },
  });
  sigma.on("clickNode", ({ node }) => onChosen(graph.getNodeAttribute(node, "one")));
  sigma.on("clickStage", () => onChosen(null));
  sigma.on("enterNode", () => container.classList.add("over"));
  sigma.on("leaveNode", () => container.classList.remove("over"));

  if (isMany) lightenWhenSlow(sigma);
  const names = namesOver(container, sigma, graph, swarm, ground, state, say);
  const layout = settle(graph, { iterations: iterationsFor(graph.order), betweenDrawings: isStill ? Infinity : isMany ? 1500 : 250, onDrawn: () => { if (!state.isGround) { sigma.refresh({ skipIndexation: false }); } else keepSettled(); } });
  layout.done.then(finished => { if (finished) { container.dataset.settled = "true"; names.draw(); } });

  function keepSettled() {
    graph.forEachNode((name, { one, x, y }) => settled.set(name, { x, y, one }));
    putOnGround();
  }

  function putOnGround() {
    // Who stands nowhere is hidden, and among the others: what is hidden counts in the map's size, too.
    const anywhere = ground.places[0] ?? { x: 0, y: 0 };
    graph.updateEachNodeAttributes((_, attributes) => { const { x, y } = ground.at.get(attributes.one) ?? anywhere; return { ...attributes, x, y }; }, { attributes: ["x", "y"] });
  }

  const refresh = () => { sigma.refresh({ skipIndexation: true }); names.draw(); };
  const camera = sigma.getCamera();
  const move = to => isStill ? camera.setState(to) : camera.animate(to, { duration: cameraMilliseconds });

  return {
    sigma,
    settled: layout.done,
    /** Hides what was launched at this instant or later. */
    showUntil(until) { state.until = until; refresh(); },
    choose(one) {
      state.chosen = one;
      state.near = new Set(one?.links.map(link => link.campaign));
      refresh();
      const shown = one && sigma.getNodeDisplayData(one.campaign);
      if (shown && !shown.hidden) move({ x: shown.x, y: shown.y, ratio: Math.min(camera.ratio, 0.6) });
    },
    highlight(number) { state.community = number; refresh(); },
    /** Where campaigns are, or who shares donors with whom. */
    standOnGround(isGround) {
      if (isGround === state.isGround) return;
      if (isGround) graph.forEachNode((name, { x, y }) => settled.set(name, { x, y }));
      state.isGround = isGround;
      if (isGround) putOnGround();
      else graph.updateEachNodeAttributes((name, attributes) => ({ ...attributes, ...settled.get(name) }), { attributes: ["x", "y"] });
      sigma.refresh();
      camera.setState({ x: 0.5, y: 0.5, ratio: 1 });
      names.draw();
    },
    zoom(isIn) { move({ ratio: Math.min(3, Math.max(0.05, camera.ratio * (isIn ? 1 / stepOfZoom : stepOfZoom))) }); },
    whole() { move({ x: 0.5, y: 0.5, ratio: 1 }); },
    end() { layout.stop(); names.end(); sigma.kill(); },
  };
}

const iterationsFor = order => order > 1000 ? 200 : order > 200 ? 350 : 600;

/** Where a machine without a graphics card cannot move so many links, they are left out while it moves and are there again when it stands. */
function lightenWhenSlow(sigma) {
  const gaps = [];
  let last = 0;
  const camera = sigma.getCamera();
  camera.on("updated", function measure() {
    const now = performance.now();
    if (now - last < pause) gaps.push(now - last); else gaps.length = 0;
    last = now;
    if (gaps.length < framesToJudge) return;
    if (gaps.sort((one, other) => one - other)[framesToJudge >> 1] > slowFrame) {
      sigma.setSetting("hideEdgesOnMove", true);
      camera.off("updated", measure);
    }
    gaps.length = 0;
  });
}

/** Names of communities over their middles, or of places on the ground: few, so they are elements and not paint. */
function namesOver(container, sigma, graph, swarm, ground, state, say) {
  const layer = document.createElement("div");
  layer.className = "names";
  layer.setAttribute("aria-hidden", "true");
  container.append(layer);
  const made = new Map();
  const draw = () => {
    const wanted = state.isGround
      ? ground.places.filter(place => place.name && place.campaigns.some(one => isLaunchedBy(one, state.until))).slice(0, 60).map(place => ({ key: `p ${place.name}`, text: place.name, x: place.x, y: place.campaigns.reduce((most, one) => Math.max(most, ground.at.get(one).y), -Infinity), up: nameAbove }))
      : swarm.communities.slice(0, 20).map(community => middleOf(community)).filter(Boolean);
    const keys = new Set(wanted.map(one => one.key));
    for (const [key, one] of made) if (!keys.has(key)) { one.remove(); made.delete(key); }
    for (const { key, text, x, y, up = 0 } of wanted) {
      const one = made.get(key) ?? made.set(key, layer.appendChild(document.createElement("span"))).get(key);
      one.textContent = text;
      const at = sigma.graphToViewport({ x, y });
      one.style.transform = `translate(-50%, -50%) translate(${Math.round(at.x)}px, ${Math.round(at.y - up)}px)`;
    }
  };

  function middleOf(community) {
    const shown = community.campaigns.filter(name => graph.hasNode(name) && isLaunchedBy(graph.getNodeAttribute(name, "one"), state.until)).map(name => graph.getNodeAttributes(name));
    if (shown.length === 0) return null;
    // Above the highest: a name over the dots would hide them.
    return { key: `c ${community.number}`, text: say.community(community.number), x: shown.reduce((sum, one) => sum + one.x, 0) / shown.length, y: shown.reduce((most, one) => Math.max(most, one.y), -Infinity), up: nameAbove };
  }

  sigma.on("afterRender", draw);
  return { draw, end: () => layer.remove() };
}

function rgbOf(colour) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const paint = canvas.getContext("2d");
  paint.fillStyle = colour;
  paint.fillRect(0, 0, 1, 1);
  return [...paint.getImageData(0, 0, 1, 1).data.slice(0, 3)].map(part => part / 255);
}

/** A title with the paper's colour around it, readable over links. */
const labelWith = colours => (paint, data, settings) => {
  if (!data.label) return;
  paint.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
  paint.lineWidth = 3;
  paint.lineJoin = "round";
  paint.strokeStyle = colours.card;
  paint.fillStyle = colours.ink;
  const text = data.label.length > 34 ? `${data.label.slice(0, 32)}…` : data.label;
  paint.strokeText(text, data.x + data.size + 4, data.y + settings.labelSize / 3);
  paint.fillText(text, data.x + data.size + 4, data.y + settings.labelSize / 3);
};

const hoverWith = colours => (paint, data, settings) => {
  paint.beginPath();
  paint.arc(data.x, data.y, data.size + 4, 0, 2 * Math.PI);
  paint.lineWidth = 2.5;
  paint.strokeStyle = colours.ink;
  paint.stroke();
  labelWith(colours)(paint, data, settings);
};
