"""Model files with other operators, weights, shapes and metadata than `stages.train` writes."""

import copy
import json
from collections.abc import Callable
from typing import Any

import fuzzing
import onnx
from hypothesis import strategies as st
from onnx import numpy_helper

NAMES = ["features", "texts", "label", "probabilities", "variable", ""]
KINDS = ["MatMul", "Add", "Concat", "Reshape", "Gather", "Cast", "Softmax", "Loop", "OneHotEncoder", "ArgMax", "Identity"]  # fmt: skip


def files(corpus: list[bytes]) -> st.SearchStrategy[bytes]:
    """Return model files of a corpus after one to three edits, or after edits of their bytes."""
    models = [onnx.load_model_from_string(content) for content in corpus]

    @st.composite
    def other(draw: st.DrawFn) -> bytes:
        model = copy.deepcopy(draw(st.sampled_from(models)))
        for _ in range(draw(st.sampled_from([1, 1, 2, 3]))):
            draw(st.sampled_from(EDITS))(draw, model)
        return bytes(model.SerializeToString())

    return (
        other()
        | other()
        | other()
        | other()
        | fuzzing.edited(corpus, [b"\0", b"\xff\xff\xff\xff\x0f"])
    )


def _one(draw: st.DrawFn, items: Any) -> Any:
    return draw(st.sampled_from(list(items)))


def _name(draw: st.DrawFn, model: Any) -> str:
    """Return the name of a value in the graph, or of none."""
    made = [name for node in model.graph.node for name in node.output]
    weights = [tensor.name for tensor in model.graph.initializer]
    return str(_one(draw, [*NAMES, *made, *weights]))


def _kind(draw: st.DrawFn, model: Any) -> None:
    _one(draw, model.graph.node).op_type = _one(draw, KINDS)


def _input(draw: st.DrawFn, model: Any) -> None:
    names = _one(draw, model.graph.node).input
    if names:
        names[draw(st.integers(0, len(names) - 1))] = _name(draw, model)


def _output(draw: st.DrawFn, model: Any) -> None:
    _one(draw, model.graph.node).output[0] = _name(draw, model)


def _weights(draw: st.DrawFn, model: Any) -> None:
    tensor = _one(draw, model.graph.initializer)
    if tensor.data_type in {1, 11} and 0 not in tensor.dims:
        try:
            array = numpy_helper.to_array(tensor).copy()
        except ValueError:  # its shape was edited before
            return
        array.flat[: draw(st.integers(1, 3))] = draw(st.floats(width=32))
        tensor.CopyFrom(numpy_helper.from_array(array, tensor.name))


def _dims(draw: st.DrawFn, model: Any) -> None:
    sizes = st.lists(st.sampled_from([0, 1, 3, -1, 2 * 10**10]), max_size=3)
    _one(draw, model.graph.initializer).dims[:] = draw(sizes)


def _drop(draw: st.DrawFn, model: Any) -> None:
    if len(model.graph.node) > 1:
        model.graph.node.remove(_one(draw, model.graph.node))


def _metadata(draw: st.DrawFn, model: Any) -> None:
    item = _one(draw, model.metadata_props)
    try:
        content = json.loads(item.value)
    except ValueError:
        content = item.value
    edits = [(draw(st.floats(0, 1)), draw(fuzzing.ANYTHING))]
    item.value = json.dumps(fuzzing.changed({"_": content}, edits).get("_"))


def _attribute(draw: st.DrawFn, model: Any) -> None:
    attributes = [item for node in model.graph.node for item in node.attribute]
    attribute = _one(draw, attributes)
    attribute.i = _one(draw, [-1, 0, 2, 2**40])
    attribute.ints[:] = draw(st.lists(st.integers(-2, 3), max_size=3))


def _type(draw: st.DrawFn, model: Any) -> None:
    side = _one(draw, [*model.graph.input, *model.graph.output])
    side.type.tensor_type.elem_type = draw(st.integers(0, 16))


EDITS: list[Callable[[st.DrawFn, Any], None]] = [
    _kind, _input, _output, _weights, _dims, _drop, _metadata, _metadata, _attribute, _type
]  # fmt: skip
