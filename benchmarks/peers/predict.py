"""Predict the rows of a CSV file with a scikit-learn Pipeline, a batch of pyarrow at a time.

``python benchmarks/peers/predict.py TRAIN NEW OUT`` fits the network of params.yaml, with scaled
inputs, on the few rows of the CSV file TRAIN, whose last column holds the labels. It then reads the
CSV file NEW in batches, and writes the label and the probabilities of each row to OUT. This is what
`mlp predict` does, less its checks and warnings.
"""

import sys

import numpy as np
import pyarrow as pa
from pyarrow import csv
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler


def main(train: str, new: str, out: str) -> None:
    table = csv.read_csv(train)
    *names, label = table.column_names
    matrix = np.column_stack([table[name].to_numpy() for name in names])
    network = MLPClassifier(hidden_layer_sizes=[50], max_iter=3, random_state=0)
    pipeline = make_pipeline(StandardScaler(), network)
    pipeline.fit(matrix, np.array(table[label].to_pylist()))
    predict(pipeline, names, new, out)


def predict(pipeline: Pipeline, names: list[str], new: str, out: str) -> None:
    """Write the label and the probabilities of each row of a CSV file."""
    kinds = csv.ConvertOptions(
        include_columns=names, column_types=dict.fromkeys(names, pa.float64())
    )
    numbers = [(f"probability_{label}", pa.float64()) for label in pipeline.classes_]
    schema = pa.schema([("predicted", pa.string()), *numbers])
    with csv.open_csv(new, convert_options=kinds) as reader, csv.CSVWriter(out, schema) as writer:
        for batch in reader:
            shares = pipeline.predict_proba(batch.to_tensor(null_to_nan=True).to_numpy())
            labels = pa.array(pipeline.classes_[shares.argmax(axis=1)])
            columns = [pa.array(np.ascontiguousarray(column)) for column in shares.T]
            writer.write_table(pa.table([labels, *columns], schema=schema))


if __name__ == "__main__":
    main(*sys.argv[1:])
