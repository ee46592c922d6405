// ForceAtlas2 (Jacomy et al. 2014, linear-logarithmic: communities stand apart) in slices of a few milliseconds between frames: graphology's worker is made from
// a blob, which the page's policy forbids, and in slices the map can be moved all the while.
import helpers from "graphology-layout-forceatlas2/helpers.js";
import iterate from "graphology-layout-forceatlas2/iterate.js";

const sliceMilliseconds = 8;

/** @param betweenDrawings Milliseconds; infinite = drawn once, at the end. @param onDrawn Positions were written into the graph. Returns { done, stop }. */
export function settle(graph, { iterations, betweenDrawings, onDrawn }) {
  const settings = {
    linLogMode: true, outboundAttractionDistribution: false, adjustSizes: false, edgeWeightInfluence: 1, scalingRatio: 10, strongGravityMode: false, gravity: 1,
    slowDown: 1 + Math.log(Math.max(1, graph.order)), barnesHutOptimize: graph.order > 400, barnesHutTheta: 0.8,
  };
  const { nodes, edges } = helpers.graphToByteArrays(graph, (_, attributes) => Math.log2(1 + attributes.shared / 5));
  let left = iterations, stopped = false, drawn = performance.now(), finish;
  const done = new Promise(resolve => { finish = resolve; });
  const draw = () => { helpers.assignLayoutChanges(graph, nodes, null); onDrawn(); };

  function slice() {
    if (stopped) return finish(false);
    const began = performance.now();
    do iterate(settings, nodes, edges); while (--left > 0 && performance.now() - began < sliceMilliseconds);
    if (left <= 0) {
      draw();
      return finish(true);
    }
    if (performance.now() - drawn > betweenDrawings) {
      draw();
      drawn = performance.now();
    }
    next();
  }

  // A message lets frames and input through and, unlike a timer, does not wait when they are none.
  const channel = new MessageChannel();
  channel.port1.onmessage = slice;
  const next = () => channel.port2.postMessage(null);
  if (graph.order > 0) next(); else finish(true);
  done.then(() => channel.port1.close());
  return { done, stop: () => { stopped = true; } };
}
