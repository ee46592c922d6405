"""Our shipped trees walked by scikit-learn's own predictor, and the calibration and measures of its library, on the same rows."""
import json

import numpy
from scipy.special import expit
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.ensemble._hist_gradient_boosting.common import PREDICTOR_RECORD_DTYPE
from sklearn.ensemble._hist_gradient_boosting.predictor import TreePredictor
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, brier_score_loss, roc_auc_score

from peer import folder, serve


def nodes_of(tree):
    splits, leaves = tree["splits"], tree["leaves"]
    nodes = numpy.zeros(len(splits) + len(leaves), dtype=PREDICTOR_RECORD_DTYPE)
    place = lambda child: int(child) if child >= 0 else len(splits) + ~int(child)
    for at, (feature, threshold, unknown_left, left, right) in enumerate(splits):
        nodes[at]["feature_idx"], nodes[at]["num_threshold"], nodes[at]["missing_go_to_left"] = feature, float(threshold), unknown_left
        nodes[at]["left"], nodes[at]["right"] = place(left), place(right)
    for at, value in enumerate(leaves, len(splits)):
        nodes[at]["value"], nodes[at]["is_leaf"] = value, 1
    return nodes


def classifier(trees, features):
    """One that was fitted to anything, with our trees in place of its own: what it then does to predict is all its own code."""
    anything = numpy.random.default_rng(1).random((100, features))
    fitted = HistGradientBoostingClassifier(max_iter=1).fit(anything, anything[:, 0] > 0.5)
    none = numpy.zeros((0, 8), dtype=numpy.uint32)
    fitted._predictors = [[TreePredictor(nodes_of(tree), none, none)] for tree in trees]
    fitted._baseline_prediction = numpy.zeros((1, 1))
    return fitted


def prepared(name):
    with open(folder() + "model.json") as file:
        model = json.load(file)
    rows = numpy.fromfile(folder() + "rows.bin", dtype="<f8").reshape(-1, model["features"])
    log_odds = numpy.fromfile(folder() + "log-odds.bin", dtype="<f8")
    happened = numpy.fromfile(folder() + "happened.bin", dtype="u1")
    trees = classifier(model["trees"], model["features"])
    probabilities = expit(model["intercept"] + model["slope"] * log_odds)

    def predict(some):
        return expit(model["intercept"] + model["slope"] * trees.decision_function(some))

    def calibrate():
        line = LogisticRegression(penalty=None, solver="newton-cholesky", tol=1e-10).fit(log_odds[:, None], happened)
        return {"intercept": line.intercept_[0], "slope": line.coef_[0, 0]}

    def measure():
        return {
            "brier": brier_score_loss(happened, probabilities),
            "auc": roc_auc_score(happened, probabilities),
            "accuracy": accuracy_score(happened, probabilities >= 0.5),
        }

    return {"one": lambda: predict(rows[:1]), "all": lambda: predict(rows), "calibrate": calibrate, "measure": measure}[name]


serve(prepared)
