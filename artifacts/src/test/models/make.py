"""Makes the models of this folder that libraries write. Run it once for each set of libraries:

    python make.py onnx xgboost lightgbm sklearn safetensors mlflow
    python make.py torch
    python make.py tensorflow
    python make.py xgboost-binary      # needs XGBoost before 3.1
"""

import os
import pathlib
import pickle
import shutil
import sys

HERE = pathlib.Path(__file__).parent


def folder(name):
    path = HERE / name
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def iris():
    from sklearn.datasets import load_iris

    return load_iris(return_X_y=True)


def onnx():
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper, save

    weights = numpy_helper.from_array(np.arange(64, dtype=np.float32).reshape(16, 4), "w")
    bias = numpy_helper.from_array(np.zeros(4, dtype=np.float32), "b")
    graph = helper.make_graph(
        [helper.make_node("Gemm", ["x", "w", "b"], ["y"])],
        "linear",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["rows", 16])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["rows", 4])],
        [weights, bias],
    )
    model = helper.make_model(
        graph, producer_name="make.py", opset_imports=[helper.make_opsetid("", 17)], ir_version=8
    )
    save(
        model,
        folder("onnx-external") / "model.onnx",
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location="weights.bin",
        size_threshold=0,
    )


def xgboost():
    import numpy as np
    import xgboost as xgb

    out = folder("xgboost")
    x, y = iris()
    data = xgb.DMatrix(x, y, feature_names=["sl", "sw", "pl", "pw"])
    small = {"max_depth": 2, "seed": 1, "nthread": 1}
    three = xgb.train({**small, "objective": "multi:softprob", "num_class": 3}, data, 2)
    three.save_model(out / "iris.json")
    three.save_model(out / "iris.ubj")
    xgb.train({**small, "objective": "binary:logistic"}, xgb.DMatrix(x, y > 0), 2).save_model(
        out / "binary.ubj"
    )
    xgb.train({**small, "objective": "reg:squarederror"}, xgb.DMatrix(x, x[:, :2]), 2).save_model(
        out / "two-targets.json"
    )
    xgb.train(
        {"booster": "gblinear", "objective": "reg:squarederror", "nthread": 1},
        xgb.DMatrix(x, y),
        2,
    ).save_model(out / "linear.json")
    kinds = xgb.DMatrix(
        np.array([[i % 5, i] for i in range(40)], dtype=np.float32),
        np.array([i % 2 for i in range(40)]),
        feature_types=["c", "float"],
        enable_categorical=True,
    )
    xgb.train({**small, "objective": "binary:logistic", "max_cat_to_onehot": 2}, kinds, 1).save_model(
        out / "categories.json"
    )


def xgboost_binary():
    import numpy as np
    import xgboost as xgb

    random = np.random.default_rng(1)
    x = random.random((60, 4))
    data = xgb.DMatrix(x, (x[:, 0] * 3).astype(int))
    three = xgb.train(
        {"max_depth": 2, "objective": "multi:softprob", "num_class": 3, "nthread": 1}, data, 2
    )
    three.save_model(HERE / "xgboost" / "three.deprecated")
    os.replace(HERE / "xgboost" / "three.deprecated", HERE / "xgboost" / "three.bst")


def lightgbm():
    import lightgbm as lgb

    out = folder("lightgbm")
    x, y = iris()
    small = {"num_leaves": 3, "verbose": -1, "num_threads": 1, "seed": 1}
    lgb.train(
        {**small, "objective": "multiclass", "num_class": 3}, lgb.Dataset(x, y), 2
    ).save_model(out / "iris.txt")
    lgb.train(
        {**small, "objective": "regression"}, lgb.Dataset(x[:, :3], x[:, 3]), 2
    ).save_model(out / "width.bst")


def sklearn():
    import joblib
    from sklearn.linear_model import LogisticRegression

    out = folder("sklearn")
    model = LogisticRegression().fit(*iris())
    joblib.dump(model, out / "iris.joblib")
    joblib.dump(model, out / "packed.joblib", compress=3)
    (out / "iris.pkl").write_bytes(pickle.dumps(model, protocol=4))


def safetensors():
    import json

    import numpy as np
    from safetensors.numpy import save_file

    out = folder("huggingface")
    save_file(
        {
            "embed.weight": np.zeros((32, 8), dtype=np.float16),
            "head.weight": np.zeros((4, 8), dtype=np.float32),
            "head.bias": np.zeros(4, dtype=np.float32),
        },
        out / "model.safetensors",
        metadata={"format": "pt"},
    )
    config = {
        "architectures": ["BertForSequenceClassification"],
        "model_type": "bert",
        "torch_dtype": "float16",
        "hidden_size": 8,
        "id2label": {"0": "no", "1": "yes"},
    }
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def mlflow():
    import shutil

    import numpy as np
    from mlflow.models import Model
    from mlflow.models.signature import ModelSignature
    from mlflow.types import ColSpec, Schema, TensorSpec

    columns = ModelSignature(
        inputs=Schema([ColSpec("double", "sepal length (cm)"), ColSpec("string", "species")]),
        outputs=Schema([ColSpec("long")]),
    )
    out = folder("mlflow-columns")
    model = Model(signature=columns)
    model.add_flavor("python_function", loader_module="mlflow.sklearn", model_path="model.pkl")
    model.add_flavor("sklearn", pickled_model="model.pkl", serialization_format="cloudpickle")
    model.save(str(out / "MLmodel"))
    shutil.copy(HERE / "sklearn" / "iris.pkl", out / "model.pkl")

    tensors = ModelSignature(
        inputs=Schema([TensorSpec(np.dtype("float32"), (-1, 28, 28), "image")]),
        outputs=Schema([TensorSpec(np.dtype("int64"), (-1,))]),
    )
    out = folder("mlflow-tensors")
    model = Model(signature=tensors)
    model.add_flavor("python_function", loader_module="mlflow.xgboost", data="model.ubj")
    model.add_flavor("xgboost", data="model.ubj", model_class="xgboost.core.Booster")
    model.save(str(out / "MLmodel"))
    shutil.copy(HERE / "xgboost" / "iris.ubj", out / "model.ubj")


def torch():
    from typing import Dict, List, Optional, Tuple

    import torch

    out = folder("torch")

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = torch.nn.Linear(4, 3)

        def forward(
            self,
            x: torch.Tensor,
            lengths: Optional[torch.Tensor],
            names: List[str],
            mode: str = "a, b)",
            scale: float = 1.0,
            extra: Optional[Dict[str, torch.Tensor]] = None,
        ) -> Tuple[torch.Tensor, int]:
            return self.layer(x) * scale, x.size(0)

    class Plain(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = torch.nn.Linear(4, 3)

        def forward(self, x):
            return self.layer(x).softmax(-1)

    torch.manual_seed(1)
    torch.jit.script(Net()).save(str(out / "scripted.pt"))
    torch.jit.trace(Plain(), torch.zeros(1, 4)).save(str(out / "traced.pt"))
    torch.save(Plain().state_dict(), out / "state.pth")
    torch.save(Plain().state_dict(), out / "old.pth", _use_new_zipfile_serialization=False)


def tensorflow():
    import tensorflow as tf

    class Net(tf.Module):
        def __init__(self):
            super().__init__()
            self.weight = tf.Variable(tf.zeros([4, 3]))

        @tf.function(
            input_signature=[
                tf.TensorSpec([None, 4], tf.float32, name="x"),
                tf.TensorSpec([], tf.int32, name="offset"),
            ]
        )
        def serve(self, x, offset):
            y = tf.matmul(x, self.weight)
            return {"scores": y, "class": tf.argmax(y, 1) + tf.cast(offset, tf.int64)}

    net = Net()
    out = folder("savedmodel")
    tf.saved_model.save(net, str(out), signatures=net.serve)
    for each in ["fingerprint.pb", "assets"]:
        path = out / each
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


for name in sys.argv[1:]:
    globals()[name.replace("-", "_")]()
