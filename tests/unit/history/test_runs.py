"""Which stages ran between two lock files, and for which change."""

from locks import content

from mlp.history.runs import Runs


def test_stages_that_ran_in_the_order_of_the_graph() -> None:
    assert Runs(content(), content()).reran == []
    everything = ["split", "train@mlp", "evaluate", "report"]
    assert Runs(content(), content(seed=1)).reran == everything
    assert Runs(content(), content(alpha=0.2)).reran == everything[1:]
    assert Runs(content(), content(code="c2")).reran == ["split"]  # it wrote the same
    assert Runs({}, content()).reran == ["check", "search", *everything]


def test_what_they_ran_for() -> None:
    runs = Runs(content(), content(seed=1, alpha=0.2))
    everything = ["split", "train@mlp", "evaluate", "report"]
    assert runs.of_key("params.yaml", "split.seed") == everything
    assert runs.of_key("params.yaml", "mlp.alpha") == everything[1:]
    assert runs.of_key("params.yaml", "gate.model") == []
    assert runs.of_file("split.py") == everything
    assert runs.of_file("mlp/core/files.py") == everything[1:]
    assert runs.of_file("README.md") == []


def test_nothing_ran_for_an_output_that_stayed_the_same() -> None:
    """Split ran for its code and wrote the same, so train ran for alpha alone."""
    runs = Runs(content(), content(alpha=0.2, code="c2"))
    assert runs.of_file("split.py") == ["split"]
    assert runs.of_key("params.yaml", "mlp.alpha") == ["train@mlp", "evaluate", "report"]


def test_check_passes_on_the_names_of_networks_alone() -> None:
    assert Runs(content(), content(names="n2")).of_key("params.yaml", "networks.x") == ["search"]
    assert Runs(content(), content(alpha=0.2)).of_key("params.yaml", "networks.x") == []


def test_edited_inputs_are_those_that_no_stage_writes() -> None:
    assert Runs(content(), content(seed=1, code="c2")).edited() == {"split.py": True}
    assert Runs(content(), content(core="k2.dir")).edited() == {"mlp/core": True}


def test_an_input_that_is_new_was_not_read_before_and_one_that_is_gone_was_not_edited() -> None:
    old, new = content(), content()
    new["stages"]["split"]["deps"][1]["path"] = "divide.py"
    assert Runs(old, new).edited() == {"divide.py": False}


def test_a_state_that_a_stage_left_behind_is_no_edit() -> None:
    """`old` was run by a stage that is gone since; the other read the state of now all along."""
    old, new = content(), content()
    given = {"path": "mlp/x", "md5": "now.dir"}
    for lock in (old, new):
        lock["stages"]["split"]["deps"].append(given)
    old["stages"]["evaluate"]["deps"].append({**given, "md5": "old.dir"})
    assert Runs(old, new).edited() == {}
    new["stages"]["evaluate"]["deps"].append(given)
    assert Runs(old, new).edited() == {"mlp/x": True}
    del old["stages"]["evaluate"]["deps"][-1]
    assert Runs(old, new).edited() == {}  # another stage reads it too now


def test_of_what_check_reads_the_locked_versions_alone_count() -> None:
    before, after = content(), content()
    check = after["stages"]["check"]
    check["deps"] = [dep | {"md5": "other"} for dep in check["deps"]]
    assert Runs(before, after).edited() == {}
    for side, md5 in ((before, "v1"), (after, "v2")):
        side["stages"]["check"]["deps"].append({"path": "requirements.lock", "md5": md5})
    assert Runs(before, after).edited() == {"requirements.lock": True}
    assert Runs(before, after).reran == ["check"]
