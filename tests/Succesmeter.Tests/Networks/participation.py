"""Participation coefficients by numpy, to hold Participation.Of against: python3 participation.py < davis.txt > davis.participation.txt"""
import sys
import numpy

rows = [[int(event) for event in line.split()] for line in sys.stdin]
labels = numpy.array([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 1, 2, 2, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 2, 2, 2, 2])
side = numpy.array([[event in row for event in range(14)] for row in rows], float)
adjacency = numpy.block([[numpy.zeros((18, 18)), side], [side.T, numpy.zeros((14, 14))]])
inside = adjacency @ (labels[:, None] == numpy.arange(3))
print(*(1 - ((inside / adjacency.sum(1, keepdims=True)) ** 2).sum(1)), sep="\n")
half = labels[:18, None] == labels[None, 18:]
print("Barber", ((side - numpy.outer(side.sum(1), side.sum(0)) / side.sum()) * half).sum() / side.sum(), file=sys.stderr)
