"""`mlp predict` refuses a model file that is not the project's, before it does harm."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from predicting import SECTION, folder_of
from project import Project
from samples import numeric

from mlp.model import export
from mlp.training.fit import fit

VALUES = np.random.default_rng(0).normal(size=(60, 3))
LABELS = np.where(VALUES[:, 0] > 0, "yes", "no").astype(object)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("model") / "model.onnx"
    export.export(fit(SECTION, numeric(VALUES, LABELS)), path)
    return path.read_bytes()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = folder_of(tmp_path)
    (tmp_path / "new.csv").write_text("x0,x1,x2\n1,2,3\n", encoding="utf-8")
    return project


def metadata(**changes: Any) -> Callable[[Any], None]:
    """Return a change of metadata; None removes a key."""

    def change(model: Any) -> None:
        found = {item.key: item.value for item in model.metadata_props} | changes
        del model.metadata_props[:]
        helper.set_model_props(model, {k: v for k, v in found.items() if v is not None})

    return change


def columns(**changes: Any) -> Callable[[Any], None]:
    def change(model: Any) -> None:
        (found,) = (json.loads(i.value) for i in model.metadata_props if i.key == "columns")
        metadata(columns=json.dumps(found | changes))(model)

    return change


def before(*nodes: Any, weights: Any = ()) -> Callable[[Any], None]:
    """Return a change that puts operators in front."""

    def change(model: Any) -> None:
        rest = list(model.graph.node)
        del model.graph.node[:]
        model.graph.node.extend([*nodes, *rest])
        model.graph.initializer.extend(weights)

    return change


def endless(model: Any) -> None:
    """Put a loop in front that ends when its condition, which is constant, changes."""
    tensor = helper.make_tensor_value_info
    body = helper.make_graph(
        [helper.make_node("Identity", ["go"], ["on"])],
        "body",
        [tensor("i", TensorProto.INT64, []), tensor("go", TensorProto.BOOL, [])],
        [tensor("on", TensorProto.BOOL, [])],
    )
    true = numpy_helper.from_array(np.ones((), dtype=bool), "true")
    before(helper.make_node("Loop", ["", "true"], [], body=body), weights=[true])(model)


def large(kind: str) -> Callable[[Any], None]:
    size = numpy_helper.from_array(np.array([20_000_000_000]), "size")
    one = numpy_helper.from_array(np.array([1.0]), "one")
    inputs = {"ConstantOfShape": ["size"], "Expand": ["one", "size"], "Tile": ["one", "size"]}
    return before(helper.make_node(kind, inputs[kind], ["huge"]), weights=[size, one])


def broadcast(model: Any) -> None:
    """Add a row to a column, which makes a matrix of 32 TB, with operators that networks use."""
    count = 2_000_000
    arrays = {
        "wide": np.ones((1, count)),
        "three": np.ones((count, 3)),
        "zero": np.array([0]),
        "column": np.array([-1, 1]),
    }
    for node in model.graph.node:
        node.input[:] = ["more" if name == "features" else name for name in node.input]
    nodes = [
        helper.make_node("Gather", ["features", "zero"], ["first"], axis=1),
        helper.make_node("Add", ["first", "wide"], ["row"]),
        helper.make_node("Reshape", ["row", "column"], ["tall"]),
        helper.make_node("Add", ["tall", "wide"], ["huge"]),
        helper.make_node("MatMul", ["huge", "three"], ["sums"]),
        helper.make_node("Gather", ["sums", "zero"], ["sum"]),
        helper.make_node("Add", ["features", "sum"], ["more"]),
    ]
    added = [numpy_helper.from_array(array, name) for name, array in arrays.items()]
    before(*nodes, weights=added)(model)


def weights(**values: float | list[float]) -> Callable[[Any], None]:
    """Return a change of weights by name: of the first ones, if there are fewer values."""

    def change(model: Any) -> None:
        for i, tensor in enumerate(model.graph.initializer):
            if tensor.name in values:
                array = numpy_helper.to_array(tensor).copy()
                array.flat[: np.size(values[tensor.name])] = values[tensor.name]
                model.graph.initializer[i].CopyFrom(numpy_helper.from_array(array, tensor.name))

    return change


def slow(kind: str) -> Callable[[Any], None]:
    """Return a change that lets a small file compute for long."""
    square = numpy_helper.from_array(np.ones((3, 3)), "square")
    nodes = {
        "a constant": [helper.make_node("MatMul", ["square", "square"], ["z"])],
        "rows by rows": [
            helper.make_node("Reshape", ["features", "other"], ["turned"]),
            helper.make_node("MatMul", ["features", "turned"], ["z"]),
        ],
        "the same weights": [
            helper.make_node("MatMul", ["features", "square"], ["y"]),
            helper.make_node("MatMul", ["y", "square"], ["z"]),
        ],
        "many": [helper.make_node("Tanh", ["features"], [f"z{i}"]) for i in range(1040)],
    }
    other = numpy_helper.from_array(np.array([3, -1]), "other")
    return before(*nodes[kind], weights=[square, other])


def last(*nodes: Any, weights: Any = ()) -> Callable[[Any], None]:
    """Return a change that puts operators between the probabilities and their output."""

    def change(model: Any) -> None:
        for node in model.graph.node:
            for names in (node.input, node.output):
                names[:] = ["shares" if name == "probabilities" else name for name in names]
        model.graph.node.extend(nodes)
        model.graph.initializer.extend(weights)

    return change


def listed(model: Any) -> None:
    """Give an operator a list of weights, each of which could be in another file."""
    weights = helper.make_tensor("w", TensorProto.FLOAT, [1], [1.0])
    model.graph.node[0].attribute.append(helper.make_attribute("extra", [weights]))


def trains(model: Any) -> None:
    model.training_info.add().algorithm.CopyFrom(model.graph)


TWO = numpy_helper.from_array(np.array([2.0]), "two")
LARGE = [1.7e308, 1.7e308]
# Two hidden units are infinite, and the output is one minus the other.
OVERFLOWING = weights(coefficient=LARGE, intercepts=LARGE, coefficient1=[1, -1])


def external(model: Any) -> None:
    tensor = model.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.ClearField("double_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/passwd")


def renamed_input(model: Any) -> None:
    model.graph.input[0].name = "values"
    for node in model.graph.node:
        node.input[:] = ["values" if name == "features" else name for name in node.input]


def in_function(model: Any) -> None:
    opset = helper.make_opsetid("", 16)
    body = [helper.make_node("Identity", ["x"], ["y"])]
    model.functions.append(helper.make_function("ours", "F", ["x"], ["y"], body, [opset]))


def refused(change: Callable[[Any], None], written: bytes, project: Project) -> str:
    """Return the one line that `mlp predict` says of a changed model."""
    model = onnx.load_model_from_string(written)
    change(model)
    (project.path / "other.onnx").write_bytes(model.SerializeToString())
    done = project.mlp("predict", "new.csv", "--model", "other.onnx", code=1)
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)
    return done.stderr


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (endless, "its operator Loop is none that a network needs"),
        (large("ConstantOfShape"), "its operator ConstantOfShape is none that"),
        (large("Expand"), "its operator Expand is none that"),
        (large("Tile"), "its operator Tile is none that"),
        (before(helper.make_node("Call", ["features"], ["z"], domain="com.example")), "its operator Call is none that"),
        (in_function, "it is not a list of operators and weights"),
        (external, "its weights are in another file"),
        (listed, "its operator Sub holds operators of its own"),
        (trains, "it is not a list of operators and weights"),
        (slow("a constant"), "its operator MatMul computes something that depends on no row"),
        (slow("rows by rows"), "its operator MatMul multiplies by something other than own weights"),
        (slow("the same weights"), "its operator MatMul multiplies by something other than own"),
        (slow("many"), "its 1054 operators are more than a network needs"),
        (metadata(columns="[" * 100_000), "maximum recursion depth exceeded"),
        (metadata(parameters="1" * 10_000), "Exceeds the limit"),
        (renamed_input, "its inputs should be features of 3 columns"),
        (metadata(columns=None), "'columns'"),
        (metadata(columns="[1]"), "list indices must be"),
        (metadata(columns="{"), "Expecting property name"),
        (metadata(classes='["a", "b", "c"]'), "its outputs should be label and probabilities of 3 columns"),
        (metadata(classes="{}"), "its metadata classes is wrong"),
        (metadata(training="[]"), "its metadata training is wrong"),
        (metadata(converged="1"), "its metadata converged is wrong"),
        (columns(numbers=["x0"]), "its metadata columns.numbers is wrong"),
        (columns(numbers={"x0": [0, 1], "x1": None}), "its inputs should be features of 2 columns"),
        (columns(numbers={"x0": [0], "x1": None, "x2": None}), "its metadata columns.numbers.x0 is wrong"),
        (columns(texts={"t": ["a"]}), "its inputs should be features of 3 columns and texts of 1 column"),
        (columns(impute="zero"), "its metadata columns.impute is wrong"),
        (metadata(target_values='{"mean": 0}'), "its metadata"),
    ],
)  # fmt: skip
def test_a_model_of_other_origin_is_refused(
    change: Callable[[Any], None], reason: str, written: bytes, project: Project
) -> None:
    said = refused(change, written, project).replace(f"{project.path}/", "")
    sentence = "other.onnx should be an ONNX file that the stage train wrote: "
    assert said.startswith(f"error: {sentence}{reason}")


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_weights_that_are_not_finite_are_refused(
    value: float, written: bytes, project: Project
) -> None:
    said = refused(weights(coefficient=value), written, project)
    assert "other.onnx: the training diverged, and weights are not finite" in said


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (broadcast, "Available memory of"),
        (OVERFLOWING, "new.csv, row 0: the prediction is not a finite number."),
        (last(helper.make_node("Mul", ["shares", "two"], ["probabilities"]), weights=[TWO]), "the model gives probabilities that are not from 0 to 1."),
        (last(helper.make_node("Concat", ["shares", "shares"], ["probabilities"], axis=0)), "the model gives something other than one prediction a row."),
    ],
)  # fmt: skip
def test_a_network_that_cannot_predict_says_so(
    change: Callable[[Any], None], reason: str, written: bytes, project: Project
) -> None:
    assert reason in refused(change, written, project)
