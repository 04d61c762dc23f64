"""Trains the two models of the quickstart from scikit-learn's own data sets and writes them as ONNX.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python train.py

Writes models/*.onnx, requests/*.json (true held-out samples) and expected.json (what the models answer for them).
The same versions give the same bytes.
"""

import json
import os
import pathlib

for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"  # sums in one order: the same bytes on every machine of a kind

import numpy as np
import onnx
import onnxruntime
from onnx import helper
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.datasets import load_digits, load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

HERE = pathlib.Path(__file__).parent
OPSET = {"": 17, "ai.onnx.ml": 3}


def convert(pipeline, name, width, description):
    """The fitted pipeline as ONNX: `name: f32[batch, width]` to `label: i64[batch]`, `probabilities: f32[batch, classes]`."""
    model = to_onnx(
        pipeline,
        initial_types=[(name, FloatTensorType([None, width]))],
        options={id(pipeline): {"zipmap": False}},
        target_opset=OPSET,
        name="quickstart",
    )
    rename(model, {"output_label": "label", "output_probability": "probabilities"})
    classes = len(pipeline.classes_)
    declare(model.graph.input[0], ["batch", width])
    for output in model.graph.output:
        declare(output, ["batch"] if output.name == "label" else ["batch", classes])
    opsets = {entry.domain: entry.version for entry in model.opset_import}
    del model.opset_import[:]
    model.opset_import.extend(helper.make_opsetid(domain, opsets[domain]) for domain in sorted(opsets))
    model.producer_name = "quickstart"
    model.producer_version = ""
    model.doc_string = description
    return model


def rename(model, names):
    for node in model.graph.node:
        node.input[:] = [names.get(n, n) for n in node.input]
        node.output[:] = [names.get(n, n) for n in node.output]
    for value in model.graph.output:
        value.name = names.get(value.name, value.name)


def declare(value, dims):
    shape = value.type.tensor_type.shape
    del shape.dim[:]
    for dim in dims:
        entry = shape.dim.add()
        if isinstance(dim, str):
            entry.dim_param = dim
        else:
            entry.dim_value = dim


def flatten_first(model, name, dims):
    """Lets the model take `dims` per row where the pipeline takes them flat."""
    old = model.graph.input[0].name
    model.graph.node.insert(0, helper.make_node("Flatten", [name], [old], axis=1, name="rows"))
    model.graph.input[0].name = name
    declare(model.graph.input[0], ["batch", *dims])


def answer(path, name, rows):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    label, probabilities = session.run(["label", "probabilities"], {name: rows})
    return label, probabilities


def nested(values):
    """Lists of the shortest decimals that name the same floats."""
    return [nested(v) for v in values] if values.ndim > 1 else [float(str(v)) for v in values]


def request(name, rows):
    return {
        "inputs": [
            {
                "name": name,
                "shape": list(rows.shape),
                "datatype": "FP32",
                "data": nested(rows.ravel()),
            }
        ]
    }


def write(path, value):
    path.write_text(json.dumps(value) + "\n")


def train(name, pipeline, data, input_name, dims, description):
    rows = data.data.astype(np.float32)
    learn, held, learn_label, held_label = train_test_split(
        rows, data.target, test_size=0.2, random_state=7, stratify=data.target
    )
    pipeline.fit(learn, learn_label)
    width = rows.shape[1]
    flat = input_name if dims == [width] else "pixels"
    model = convert(pipeline, flat, width, description)
    if flat != input_name:
        flatten_first(model, input_name, dims)
    onnx.checker.check_model(model, full_check=True)
    path = HERE / "models" / f"{name}.onnx"
    path.write_bytes(model.SerializeToString(deterministic=True))

    held = held.reshape(-1, *dims)
    labels, _ = answer(path, input_name, held)
    accuracy = float((labels == held_label).mean())
    print(f"{name}: {accuracy:.3f} of {len(held)} held-out samples right, {path.stat().st_size} bytes")

    sample, truth = held[:1], held_label[:1]
    label, probabilities = answer(path, input_name, sample)
    assert (label == truth).all(), "the sample of the quickstart should be one that the model gets right"
    write(HERE / "requests" / f"{name}.json", request(input_name, sample))
    write(HERE / "requests" / f"{name}-v1.json", {"instances": nested(sample)})
    return {
        "accuracy": round(accuracy, 4),
        "truth": truth.tolist(),
        "label": label.tolist(),
        "probabilities": nested(probabilities),
    }


def main():
    (HERE / "models").mkdir(exist_ok=True)
    (HERE / "requests").mkdir(exist_ok=True)
    expected = {
        "iris": train(
            "iris",
            make_pipeline(StandardScaler(), LogisticRegression(max_iter=500, random_state=7)),
            load_iris(),
            "input",
            [4],
            "Iris species from sepal length, sepal width, petal length, petal width in cm: setosa, versicolor, virginica",
        ),
        "digits": train(
            "digits",
            make_pipeline(
                MinMaxScaler(feature_range=(0, 1)),
                MLPClassifier(hidden_layer_sizes=(128,), alpha=0.01, max_iter=600, random_state=7),
            ),
            load_digits(),
            "image",
            [8, 8],
            "Handwritten digit from 8 by 8 grey values, 0 (paper) to 16 (ink)",
        ),
    }
    write(HERE / "expected.json", expected)


if __name__ == "__main__":
    main()
