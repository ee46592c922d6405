"""
The likelihood of docs/emergence.md written anew with numpy and fitted with scipy: a Hawkes process whose background's terms are integrated out by Laplace's method, days even, no actions
logged. Written from the formulas, array by array, so that it shares no code and no shape of code with ours.
"""
import json

import numpy
from scipy.linalg import cho_factor, cho_solve
from scipy.optimize import minimize

from peer import folder, serve

HOURS_OF_DAY = [0.39, 0.18, 0.10, 0.07, 0.07, 0.11, 0.21, 0.39, 0.67, 0.94, 1.11, 1.19, 1.22, 1.25, 1.30, 1.37, 1.49, 1.64, 1.80, 2.01, 2.14, 2.00, 1.51, 0.86]
DAYS_OF_WEEK = [1.10, 0.97, 1.03, 0.95, 1.00, 0.89, 1.05]
PERIODS = [24, 12, 8, 168, 84, 56]
SPREADS = [0.9, 0.9, 0.6, 0.6, 0.4, 0.4, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3]
ENOUGH = 1e-6


def pulse(start, end, decay):
    """log(1 + 20 × the mean of e^(−t/τ) over a span); nothing before t = 0 nor after 40 τ."""
    since = numpy.maximum(start, 0)
    mean = decay * (numpy.exp(-since / decay) - numpy.exp(-numpy.maximum(end, 0) / decay)) / numpy.maximum(end - start, 1e-9)
    return numpy.where((end <= 0) | (since > 40 * decay), 0, numpy.log1p(20 * numpy.maximum(mean, 0)))


class Likelihood:
    def __init__(self, instants, hours, planned, first_hour):
        self.instants, self.hours = instants, hours
        width = max(min(max(270 / len(instants), 1), 3), hours / 4000)
        cuts = numpy.arange(0, hours, width)
        edges = numpy.concatenate([[0], cuts[(cuts > 0.05) & (hours - cuts > 0.05)], [hours]])
        start, end = edges[:-1], edges[1:]
        middle = (start + end) / 2
        hour = (first_hour + middle) % 168
        of_day = (hour % 24 - 0.5) % 24
        at, share = of_day.astype(int), of_day % 1
        by_hour, by_day = numpy.array(HOURS_OF_DAY), numpy.array(DAYS_OF_WEEK)
        usual = numpy.log(((1 - share) * by_hour[at % 24] + share * by_hour[(at + 1) % 24]) * by_day[(hour // 24).astype(int) % 7])
        columns, mean, spread, speed = [usual], [1], [1], [2 * numpy.pi / 24]
        for period, wave in zip(PERIODS, range(0, 12, 2)):
            columns += [numpy.cos(2 * numpy.pi * hour / period), numpy.sin(2 * numpy.pi * hour / period)]
            mean, spread, speed = mean + [0, 0], spread + SPREADS[wave : wave + 2], speed + [2 * numpy.pi / period] * 2
        columns += [numpy.ones_like(middle), 2 * middle / planned]
        mean, spread, speed = mean + [numpy.log(len(instants) / hours) - 0.5, 0], spread + [3, 1], speed + [0, 0]
        for decay in [24, 48, 96]:
            columns.append(pulse(start, end, decay))
            mean, spread, speed = mean + [0.3], spread + [0.8], speed + [1 / decay]
        for rise in [12, 48]:
            columns.append(pulse(planned - end, planned - start, rise))
            mean, spread, speed = mean + [0.3], spread + [0.8], speed + [1 / rise]
        self.terms = numpy.column_stack(columns)
        self.mean, self.precision, self.speed = numpy.array(mean), 1 / numpy.array(spread) ** 2, numpy.array(speed)
        self.width = end - start
        self.span = numpy.clip(numpy.searchsorted(edges, instants, side="right") - 1, 0, len(middle) - 1)
        self.start = self.mean
        value, information, self.start = self.climb(0.0, numpy.zeros_like(instants), 0.0)
        self.without = value, information

    def excited(self, decay):
        """Σ β e^(−β(t − tⱼ)) over earlier gifts, by cumulated sums in blocks that keep the exponential finite (Ozaki's recursion, without its loop)."""
        rates, before, last = numpy.empty_like(self.instants), 0.0, 0.0
        blocks = (self.instants * decay // 500).astype(int)
        for block in numpy.split(numpy.arange(len(self.instants)), numpy.flatnonzero(numpy.diff(blocks)) + 1):
            at = self.instants[block]
            grown = numpy.exp(decay * (at - at[0]))
            sums = numpy.cumsum(grown)
            carried = before * numpy.exp(-decay * (at[0] - last))
            rates[block] = decay * (sums - grown + carried) / grown
            before, last = (sums[-1] + carried) / grown[-1], at[-1]
        return rates, numpy.sum(1 - numpy.exp(-decay * (self.hours - self.instants)))

    def joint(self, terms, ratio, rates, followers):
        level = numpy.exp(numpy.clip(self.terms @ terms, -30, 30))
        gifts = level[self.span] + ratio * rates
        away = terms - self.mean
        return numpy.sum(numpy.log(gifts)) - level @ self.width - ratio * followers - self.precision @ away**2 / 2, level, gifts

    def climb(self, ratio, rates, followers):
        """Newton's method with halved steps from where there are no followers; what the last step promises is added, as it is right to second order."""
        terms = self.start
        value, level, gifts = self.joint(terms, ratio, rates, followers)
        for _ in range(40):
            own = level[self.span] / gifts
            gradient = self.terms.T @ (numpy.bincount(self.span, own, len(level)) - level * self.width) - self.precision * (terms - self.mean)
            bend = level * self.width - numpy.bincount(self.span, own * (1 - own), len(level))
            try:
                factor = cho_factor((self.terms.T * bend) @ self.terms + numpy.diag(self.precision), lower=True)
            except numpy.linalg.LinAlgError:
                factor = cho_factor((self.terms.T * numpy.maximum(bend, 0)) @ self.terms + numpy.diag(self.precision), lower=True)
            information = 2 * numpy.log(numpy.diag(factor[0]))
            step = cho_solve(factor, gradient)
            promise = step @ gradient
            if 0 <= promise < ENOUGH:
                value, terms = value + promise / 2, terms + step
                break
            length = 1.0
            while length > 2**-12:
                tried = self.joint(terms + length * step, ratio, rates, followers)
                if tried[0] > value:
                    break
                length /= 2
            else:
                break
            terms = terms + length * step
            value, level, gifts = tried
        return value, information, terms

    def at(self, ratio, half_life, excited=None):
        base, without = self.without
        if ratio == 0:
            return base - numpy.sum(without) / 2
        decay = numpy.log(2) / half_life
        rates, followers = excited if excited is not None else self.excited(decay)
        value, information, _ = self.climb(ratio, rates, followers)
        repeated = numpy.sqrt(decay / numpy.sqrt(decay**2 + self.speed**2))
        return value + numpy.sum(repeated * (without - information) - without) / 2


def prepared(name):
    what, gifts = name.split("/")
    with open(folder() + gifts + ".json") as file:
        watch = json.load(file)
    instants = numpy.fromfile(folder() + gifts + ".bin", dtype="<f8")

    def surface():
        likelihood = Likelihood(instants, watch["hours"], watch["planned"], watch["firstHour"])
        values = []
        for half_life in watch["halfLives"]:
            excited = likelihood.excited(numpy.log(2) / half_life)
            values.append([likelihood.at(ratio, half_life, excited) for ratio in watch["ratios"]])
        return values

    def fit():
        """The likeliest ratio and half-life under the usual half-lives' prior (median 3 h, σ of the logarithm 1.2), by a simplex in both."""
        likelihood = Likelihood(instants, watch["hours"], watch["planned"], watch["firstHour"])

        def missing(x):
            half_life = numpy.exp(x[1])
            return -likelihood.at(x[0], half_life) + (numpy.log(half_life / 3) / 1.2) ** 2 / 2

        found = minimize(missing, [0.4, numpy.log(4)], method="Nelder-Mead", bounds=[(0, 1), (numpy.log(0.5), numpy.log(36))], options={"xatol": 0.005, "fatol": 0.05})
        return {"likelihoodRatio": 2 * max(0, -found.fun - likelihood.at(0, 3)), "ratio": found.x[0], "halfLife": float(numpy.exp(found.x[1]))}

    return {"surface": surface, "fit": fit}[what]


serve(prepared)
