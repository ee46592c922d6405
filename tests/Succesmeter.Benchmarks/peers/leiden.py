"""Leiden by python3-igraph on the edges that `network --python` wrote; prints one line of JSON. Only the algorithm is timed."""
import json
import random
import sys
import time

import igraph
import numpy

path, donors, campaigns, rounds, seed = sys.argv[1], *map(int, sys.argv[2:6])
graph = igraph.Graph(n=donors + campaigns, edges=numpy.fromfile(path, dtype="<i4").reshape(-1, 2).tolist())
best = float("inf")
random.seed(seed)
for generator in [None] * rounds + [random]:  # None: igraph's own generator, the faster one; Python's is what a user gets unasked
    igraph.set_random_number_generator(generator)
    start = time.perf_counter()
    found = graph.community_leiden(objective_function="modularity", n_iterations=2)
    best = min(best, time.perf_counter() - start)
isolated = sum(1 for degree in graph.degree() if degree == 0)
print(json.dumps({"seconds": best, "modularity": found.modularity, "communities": len(found) - isolated}))
