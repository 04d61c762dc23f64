"""Makes the small models that the tests serve, and what ONNX Runtime's Python binding answers for them.

    python -m venv .venv && .venv/bin/pip install -r ../../../../examples/quickstart/requirements.txt
    .venv/bin/python make.py

Writes *.onnx and expected.json here. The same versions give the same bytes.
"""

import json
import os
import pathlib

for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto as T
from onnx import helper as h
from onnx import numpy_helper
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression

HERE = pathlib.Path(__file__).parent
OPSET = {"": 17, "ai.onnx.ml": 3}
expected = {}


def save(name, model):
    onnx.checker.check_model(model)
    (HERE / f"{name}.onnx").write_bytes(model.SerializeToString(deterministic=True))


def graph(name, nodes, inputs, outputs, initializers=(), opsets=None):
    model = h.make_model(
        h.make_graph(nodes, name, inputs, outputs, initializer=list(initializers)),
        opset_imports=[h.make_opsetid(d, v) for d, v in sorted((opsets or {"": 17}).items())],
        ir_version=8,
        producer_name="make.py",
        producer_version="1",
    )
    save(name, model)


def tensor(name, kind, shape):
    return h.make_tensor_value_info(name, kind, shape)


def plain(array):
    if array.dtype == np.float16:
        return [float(v) for v in array.ravel()]
    if array.dtype == np.float32:
        return [float(str(v)) for v in array.ravel()]
    return array.ravel().tolist()


def record(name, feeds):
    session = onnxruntime.InferenceSession(HERE / f"{name}.onnx", providers=["CPUExecutionProvider"])
    results = session.run(None, feeds)
    expected[name] = {
        "inputs": {k: {"shape": list(v.shape), "data": plain(v)} for k, v in feeds.items()},
        "outputs": {
            o.name: {"shape": list(r.shape), "data": plain(r)}
            for o, r in zip(session.get_outputs(), results)
            if isinstance(r, np.ndarray)
        },
    }


def rename(model, names):
    for node in model.graph.node:
        node.input[:] = [names.get(n, n) for n in node.input]
        node.output[:] = [names.get(n, n) for n in node.output]
    for value in [*model.graph.input, *model.graph.output]:
        value.name = names.get(value.name, value.name)


def classifiers():
    data = load_iris()
    rows = data.data.astype(np.float32)
    names = data.target_names[data.target]
    sample = rows[[0, 77, 140]]
    numbers = LogisticRegression(max_iter=500, random_state=7).fit(rows, data.target)
    words = LogisticRegression(max_iter=500, random_state=7).fit(rows, names)

    def converted(classifier, zipmap):
        model = to_onnx(
            classifier,
            initial_types=[("input_0", FloatTensorType([None, 4]))],
            options={id(classifier): {"zipmap": zipmap}},
            target_opset=OPSET,
            name="iris",
        )
        model.graph.input[0].type.tensor_type.shape.dim[0].dim_param = "batch"
        rename(model, {"input_0": "input-0"})
        opsets = {entry.domain: entry.version for entry in model.opset_import}
        del model.opset_import[:]
        model.opset_import.extend(h.make_opsetid(d, opsets[d]) for d in sorted(opsets))
        return model

    # One output: the label, as scikit-learn's predict gives it.
    label = converted(numbers, False)
    rename(label, {"label": "output-0"})
    del label.graph.output[1:]
    label.graph.output[0].type.tensor_type.shape.dim[0].dim_param = "batch"
    save("iris-label", label)
    record("iris-label", {"input-0": sample})

    save("iris-words", converted(words, False))
    record("iris-words", {"input-0": sample})

    # With the sequence of maps that skl2onnx makes unless told otherwise.
    save("iris-zipmap", converted(words, True))
    record("iris-zipmap", {"input-0": sample})
    session = onnxruntime.InferenceSession(HERE / "iris-zipmap.onnx", providers=["CPUExecutionProvider"])
    maps = session.run(None, {"input-0": sample})[1]
    expected["iris-zipmap"]["maps"] = [[float(str(np.float32(m[k]))) for k in sorted(m)] for m in maps]


def identity():
    kinds = {
        "int64": (T.INT64, np.int64),
        "int32": (T.INT32, np.int32),
        "int16": (T.INT16, np.int16),
        "int8": (T.INT8, np.int8),
        "uint8": (T.UINT8, np.uint8),
        "uint16": (T.UINT16, np.uint16),
        "uint32": (T.UINT32, np.uint32),
        "uint64": (T.UINT64, np.uint64),
        "bool": (T.BOOL, np.bool_),
        "string": (T.STRING, np.object_),
        "fp16": (T.FLOAT16, np.float16),
        "bf16": (T.BFLOAT16, None),
        "fp32": (T.FLOAT, np.float32),
        "fp64": (T.DOUBLE, np.float64),
    }
    graph(
        "identity",
        [h.make_node("Identity", [f"{k}-in"], [f"{k}-out"]) for k in kinds],
        [tensor(f"{k}-in", kind, ["batch"]) for k, (kind, _) in kinds.items()],
        [tensor(f"{k}-out", kind, ["batch"]) for k, (kind, _) in kinds.items()],
    )


def others():
    # Two inputs of different width, joined: [batch, 2] and [batch, 3] to [batch, 5], and a sum per row.
    graph(
        "two-inputs",
        [
            h.make_node("Concat", ["left", "right"], ["joined"], axis=1),
            h.make_node("ReduceSum", ["joined", "axes"], ["sum"], keepdims=0),
        ],
        [tensor("left", T.FLOAT, ["batch", 2]), tensor("right", T.FLOAT, ["batch", 3])],
        [tensor("joined", T.FLOAT, ["batch", 5]), tensor("sum", T.FLOAT, ["batch"])],
        [numpy_helper.from_array(np.array([1], dtype=np.int64), "axes")],
    )
    record(
        "two-inputs",
        {
            "left": np.array([[1, 2], [3, 4]], dtype=np.float32),
            "right": np.array([[0.5, 0.25, 0.125], [10, 20, 30]], dtype=np.float32),
        },
    )
    # One column per input, as skl2onnx makes it for data frames; one of text.
    graph(
        "columns",
        [
            h.make_node("LabelEncoder", ["city"], ["code"], domain="ai.onnx.ml",
                        keys_strings=["Bern", "Zürich", "😀"], values_floats=[1.0, 2.0, 3.0], default_float=-1.0),
            h.make_node("Add", ["age", "code"], ["score"]),
        ],
        [tensor("age", T.FLOAT, ["batch", 1]), tensor("city", T.STRING, ["batch", 1])],
        [tensor("score", T.FLOAT, ["batch", 1])],
        opsets=OPSET,
    )
    record(
        "columns",
        {
            "age": np.array([[40], [50], [60], [70]], dtype=np.float32),
            "city": np.array([["Bern"], ["Zürich"], ["Rome"], ["😀"]], dtype=np.object_),
        },
    )
    # Sizes known only at run time, and more than the rows: [batch, length] to the number of values above 0 per row.
    graph(
        "dynamic",
        [
            h.make_node("Greater", ["values", "zero"], ["above"]),
            h.make_node("Cast", ["above"], ["ones"], to=T.INT64),
            h.make_node("ReduceSum", ["ones", "axes"], ["count"], keepdims=0),
            h.make_node("Identity", ["values"], ["same"]),
        ],
        [tensor("values", T.FLOAT, ["batch", "length"])],
        [tensor("count", T.INT64, ["batch"]), tensor("same", T.FLOAT, ["batch", "length"])],
        [
            numpy_helper.from_array(np.array(0, dtype=np.float32), "zero"),
            numpy_helper.from_array(np.array([1], dtype=np.int64), "axes"),
        ],
    )
    record("dynamic", {"values": np.array([[1, -1, 2], [0, -3, -4]], dtype=np.float32)})
    # The number of results depends on the values; the file claims that it is the number of rows.
    graph(
        "lying",
        [h.make_node("NonZero", ["values"], ["where"])],
        [tensor("values", T.FLOAT, ["batch"])],
        [tensor("where", T.INT64, [1, "batch"])],
    )
    # Division: infinities and NaN out of plain numbers.
    graph(
        "divide",
        [h.make_node("Div", ["a", "b"], ["quotient"])],
        [tensor("a", T.FLOAT, ["batch"]), tensor("b", T.FLOAT, ["batch"])],
        [tensor("quotient", T.FLOAT, ["batch"])],
    )
    # Looks up rows of a table; positions out of it make the run fail.
    graph(
        "lookup",
        [h.make_node("Gather", ["table", "position"], ["row"])],
        [tensor("position", T.INT64, ["batch"])],
        [tensor("row", T.FLOAT, ["batch", 2])],
        [numpy_helper.from_array(np.arange(6, dtype=np.float32).reshape(3, 2), "table")],
    )
    # A scalar, and an input that an initializer fills.
    graph(
        "scalar",
        [h.make_node("Mul", ["x", "factor"], ["y"])],
        [tensor("x", T.FLOAT, []), tensor("factor", T.FLOAT, [])],
        [tensor("y", T.FLOAT, [])],
        [numpy_helper.from_array(np.array(3, dtype=np.float32), "factor")],
    )
    # Counts to the number given: as slow as one likes.
    body = h.make_graph(
        [
            h.make_node("Identity", ["go"], ["go_on"]),
            h.make_node("Add", ["sum", "one"], ["more"]),
        ],
        "body",
        [tensor("i", T.INT64, []), tensor("go", T.BOOL, []), tensor("sum", T.FLOAT, [])],
        [tensor("go_on", T.BOOL, []), tensor("more", T.FLOAT, [])],
    )
    graph(
        "slow",
        [h.make_node("Loop", ["rounds", "", "start"], ["total"], body=body)],
        [tensor("rounds", T.INT64, [])],
        [tensor("total", T.FLOAT, [])],
        [
            numpy_helper.from_array(np.array(0, dtype=np.float32), "start"),
            numpy_helper.from_array(np.array(1, dtype=np.float32), "one"),
        ],
    )
    # An output that the protocol has no word for.
    graph(
        "sequence",
        [h.make_node("SequenceConstruct", ["x"], ["xs"])],
        [tensor("x", T.FLOAT, ["batch"])],
        [h.make_tensor_sequence_value_info("xs", T.FLOAT, None)],
    )


def main():
    classifiers()
    identity()
    others()
    (HERE / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")
    for file in sorted(HERE.glob("*.onnx")):
        print(file.name, file.stat().st_size)


if __name__ == "__main__":
    main()
