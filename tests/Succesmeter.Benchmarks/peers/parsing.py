"""Rows of a file by Python's own json and csv: values as they stand, nothing checked."""
import csv
import io
import json

from peer import folder, serve


def prepared(name):
    with open(folder() + name, "rb") as file:
        content = file.read()

    def lines():
        rows, pledged = 0, 0
        for line in content.splitlines():
            rows += 1
            pledged += json.loads(line)["pledged"]
        return {"rows": rows, "pledged": pledged}

    def table():
        rows, pledged = 0, 0
        for row in csv.DictReader(io.StringIO(content.decode("utf-8"))):
            rows += 1
            pledged += float(row["pledged"])
        return {"rows": rows, "pledged": pledged}

    return table if name.endswith(".csv") else lines


serve(prepared)
