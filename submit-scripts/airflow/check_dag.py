"""Imports the DAG with the real Airflow and checks what a user relies on.

usage: check_dag.py [--run PARAMETERS]

With --run it runs the DAG in this process, with its Spark applications, and prints the state of each task as its last
line, in JSON. PARAMETERS are in JSON too.
"""
import json
import sys
from pathlib import Path

from airflow.sdk.exceptions import AirflowException, AirflowFailException

sys.path.insert(0, str(Path(__file__).parent))
import finegrain_sweep as module  # noqa: E402


def check(condition, message):
    if not condition:
        sys.exit("check_dag: " + message)


def check_structure(dag):
    tasks = dag.task_dict
    check(set(tasks) == {"plan", "shards", "run", "report", "outcome"}, f"unexpected tasks {sorted(tasks)}")
    check(tasks["shards"].upstream_task_ids == {"plan"}, "shards must follow plan")
    run = tasks["run"]
    check(run.is_mapped and run.operator_class is module.ShardOperator, "run must map ShardOperator")
    check(run.upstream_task_ids == {"shards"}, "run must be mapped over shards")
    check(run.max_active_tis_per_dagrun is None, "shards must run side by side")
    check(tasks["report"].trigger_rule == "all_done", "a failed shard must not keep the report from being written")
    check(tasks["outcome"].upstream_task_ids == {"run", "report"}, "a failed shard must fail the DAG run")
    check(tasks["outcome"].trigger_rule == "all_success", "a failed shard must fail the DAG run")
    arguments = tasks["shards"].python_callable(
        params={"shards": 3, "config": "c.conf", "data": "d", "out": "o"})
    check([a[-1] for a in arguments] == ["1/3", "2/3", "3/3"], f"shards are numbered from 1: {arguments}")
    check(Path(module.SPARK["application"]).exists(), f"cannot find the jar {module.SPARK['application']}")


def check_exit_codes():
    for text, code in {
        "Cannot execute: spark-submit. Error code is: 3.": 3,
        "Error code is: 1.\nLast spark-submit output:\n diagnostics: finegrain ended with exit code 4; see": 4,
        "Error code is: 0. Kubernetes spark exit code is: 2": 2,
        "Error code is: 1. Kubernetes spark exit code is: 0": 1,
    }.items():
        check(module.exit_code(text) == code, f"the exit code of '{text}' is {code}")
    for code, expected in {1: AirflowException, 2: AirflowFailException, 3: AirflowException,
                           4: AirflowFailException}.items():
        try:
            module.fail(code, "why")
        except AirflowException as failure:
            check(type(failure) is expected, f"exit code {code} raises {type(failure).__name__}")


class Paused(module.ShardOperator):
    """An operator whose command ends by train.max-duration once, and finishes the second time."""

    attempts = 0

    def has_trials_to_go_on_with(self):
        return True

    def _get_hook(self):
        operator = self

        class Hook:
            _should_track_driver_status = _is_yarn_cluster_mode = False

            def _should_track_driver_via_k8s_api(self):
                return False

            def submit(self, application):
                operator.attempts += 1
                if operator.attempts == 1:
                    raise AirflowException("Error code is: 5.")

        return Hook()


def check_going_on():
    paused = Paused(task_id="paused", application_args=[])
    paused.execute({})
    check(paused.attempts == 2, "a pause is no failure: the shard goes on")


dag = module.finegrain_sweep()
check_structure(dag)
check_exit_codes()
check_going_on()
print("check_dag: structure is right")
if sys.argv[1:2] == ["--run"]:
    run = dag.test(run_conf=json.loads(sys.argv[2]))
    states = {f"{t.task_id}[{t.map_index}]": str(t.state) for t in run.get_task_instances()}
    print(json.dumps({"run": str(run.state), **states}))
