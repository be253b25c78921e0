"""Imports the DAG with the real Airflow and checks what a user relies on.

usage: check_dag.py [--run PARAMETERS]     PARAMETERS: JSON; runs the DAG in this process, with its Spark jobs
"""
import json
import sys
from pathlib import Path

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

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
    check(run.is_mapped and run.operator_class is SparkSubmitOperator, "run must map SparkSubmitOperator")
    check(run.upstream_task_ids == {"shards"}, "run must be mapped over shards")
    check(tasks["report"].trigger_rule == "all_done", "a failed shard must not keep the report from being written")
    check(tasks["outcome"].upstream_task_ids == {"run", "report"}, "a failed shard must fail the DAG run")
    check(tasks["outcome"].trigger_rule == "all_success", "a failed shard must fail the DAG run")
    arguments = tasks["shards"].python_callable(
        params={"shards": 3, "config": "c.conf", "data": "d", "out": "o"})
    check([a[-1] for a in arguments] == ["1/3", "2/3", "3/3"], f"shards are numbered from 1: {arguments}")
    for name in ("plan", "report"):
        check(Path(tasks[name].application).exists(), f"cannot find the jar {tasks[name].application}")


dag = module.finegrain_sweep()
check_structure(dag)
print("check_dag: structure is right")
if sys.argv[1:2] == ["--run"]:
    run = dag.test(run_conf=json.loads(sys.argv[2]))
    states = {(t.task_id, t.map_index): str(t.state) for t in run.get_task_instances()}
    print("check_dag:", run.state, json.dumps({f"{name}[{index}]": state for (name, index), state in states.items()}))
    sys.exit(0 if str(run.state) == "success" else 1)
