"""Components, projection on campaigns and communities by python3-igraph and python3-networkx; building their graphs is not timed."""
import functools
import json
import random

import igraph
import networkx
import numpy
from networkx.algorithms import bipartite

from peer import folder, serve


@functools.lru_cache(maxsize=1)
def edges(name):
    with open(folder() + name + ".json") as file:
        graph = json.load(file)
    return graph["donors"], graph["campaigns"], graph["seed"], numpy.fromfile(folder() + name + ".bin", dtype="<i4").reshape(-1, 2)


@functools.lru_cache(maxsize=1)
def in_igraph(name):
    donors, campaigns, _, pairs = edges(name)
    graph = igraph.Graph(n=donors + campaigns, edges=pairs.tolist())
    graph.vs["type"] = [False] * donors + [True] * campaigns
    return graph


@functools.lru_cache(maxsize=1)
def in_networkx(name):
    donors, campaigns, _, pairs = edges(name)
    graph = networkx.Graph()
    graph.add_nodes_from(range(donors + campaigns))
    graph.add_edges_from(pairs.tolist())
    return graph


def parts(sizes):
    """Single vertices are no parts: a donor or campaign without a gift is not there."""
    connected = [size for size in sizes if size > 1]
    return {"parts": len(connected), "largest": max(connected)}


def shown(pairs, degrees):
    """The rule of src/Succesmeter/Networks/SmallNumbers.cs; pairs are (campaign, campaign, shared donors)."""
    links, shared_donors = 0, 0
    for one, other, shared in pairs:
        if shared >= 5 and all(degree >= 20 and degree - shared >= 5 for degree in (degrees[one], degrees[other])):
            links += 1
            shared_donors += shared - shared % 5
    return {"links": links, "shared": shared_donors}


def leiden(graph, generator):
    igraph.set_random_number_generator(generator)
    found = graph.community_leiden(objective_function="modularity", n_iterations=2)
    isolated = sum(1 for degree in graph.degree() if degree == 0)
    return {"modularity": found.modularity, "communities": len(found) - isolated}


def igraph_links(graph, donors):
    projected = graph.bipartite_projection(types="type", multiplicity=True, which=1)
    weights = projected.es["weight"]
    return shown(((e.source, e.target, weight) for e, weight in zip(projected.es, weights)), graph.degree(range(donors, graph.vcount())))


def networkx_links(graph, donors, campaigns):
    ours = range(donors, donors + campaigns)
    projected = bipartite.weighted_projected_graph(graph, ours)
    return shown(projected.edges(data="weight"), dict(graph.degree(ours)))


def prepared(name):
    library, what, which = name.split("/")
    donors, campaigns, seed, _ = edges(which)
    if library == "networkx":
        graph = in_networkx(which)
        return {
            "components": lambda: parts(len(part) for part in networkx.connected_components(graph)),
            "projection": lambda: networkx_links(graph, donors, campaigns),
        }[what]
    graph = in_igraph(which)
    random.seed(seed)
    return {
        "components": lambda: parts(graph.connected_components().sizes()),
        "projection": lambda: igraph_links(graph, donors),
        "leiden": lambda: leiden(graph, None),
        "leiden-python-random": lambda: leiden(graph, random),
    }[what]


serve(prepared)
