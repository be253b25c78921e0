"""A sweep as an Airflow DAG: plan, one spark-submit for each shard of the plan, report.

    plan ──> shards ──> run (mapped: one task a shard) ──> report (all_done) ──> outcome

A failed shard does not stop the others, and the report is written of whatever is there; the DAG run is a failure all
the same, because `outcome` needs every shard. Clearing a failed shard runs only the trials that are missing.

Put this file, or a link to it, into Airflow's dags folder. The connection `spark_default` names the master. Start it
with the parameters below, for example

    airflow dags trigger finegrain_sweep --conf '{"config": "conf/experiments/paper-k.conf", "shards": 4}'
"""
from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import Param, dag, task

HOME = Path(os.environ.get("FINEGRAIN_HOME", Path(__file__).resolve().parents[2]))
CORES = int(os.environ.get("FINEGRAIN_THREADS", "2"))
JARS = sorted(HOME.glob("jobs/target/finegrain-[0-9]*.jar")) or sorted(HOME.glob("finegrain-[0-9]*.jar"))


def java_options() -> str:
    """What Spark and the engine need when a JVM starts, on the driver and on the executors."""
    for line in (HOME / "conf" / "spark-standalone.conf").read_text().splitlines():
        if line.startswith("spark.driver.extraJavaOptions"):
            options = line.split(None, 1)[1]
            return f"{options} -Dbigdl.mklNumThreads={CORES} -Dfinegrain.conf={HOME / 'conf'}"
    raise ValueError("Cannot find spark.driver.extraJavaOptions in conf/spark-standalone.conf")


SPARK = {
    "application": str(JARS[0]) if JARS else str(HOME / "finegrain.jar"),
    "conn_id": "spark_default",
    "properties_file": str(HOME / "conf" / "spark-standalone.conf"),
    "driver_memory": os.environ.get("FINEGRAIN_MEMORY", "4g"),
    "executor_cores": CORES,
    "conf": {
        "spark.driver.extraJavaOptions": java_options(),
        "spark.executor.extraJavaOptions": java_options(),
        "spark.executor.cores": str(CORES),
        "spark.cores.max": "{{ params.executors * " + str(CORES) + " }}",
    },
}
SWEEP = ["--config", "{{ params.config }}", "--data", "{{ params.data }}", "--out", "{{ params.out }}"]


@dag(
    dag_id="finegrain_sweep",
    description="Plan, run and report a finegrain sweep",
    schedule=None,
    start_date=datetime(2024, 1, 1),
    catchup=False,
    params={
        "config": Param(str(HOME / "conf" / "experiments" / "quickstart.conf"), type="string", description="experiment"),
        "data": Param(str(HOME / "quickstart" / "data"), type="string", description="folder of ingested datasets"),
        "out": Param(str(HOME / "airflow-sweep"), type="string", description="the sweep's folder"),
        "report": Param(str(HOME / "airflow-report"), type="string", description="the report's folder"),
        "shards": Param(2, type="integer", minimum=1, description="Spark applications that share the plan"),
        "executors": Param(1, type="integer", minimum=1, description="executors of each"),
    },
)
def finegrain_sweep():
    plan = SparkSubmitOperator(
        task_id="plan", name="finegrain plan", java_class="org.finegrain.jobs.SweepJob",
        application_args=["plan", *SWEEP], **SPARK)

    @task
    def shards(params: dict | None = None) -> list[list[str]]:
        count = params["shards"]
        sweep = ["--config", params["config"], "--data", params["data"], "--out", params["out"]]
        return [["run", *sweep, "--shard", f"{shard}/{count}"] for shard in range(1, count + 1)]

    arguments = shards()
    run = SparkSubmitOperator.partial(
        task_id="run", name="finegrain shard {{ ti.map_index }}", java_class="org.finegrain.jobs.SweepJob",
        max_active_tis_per_dagrun=int(os.environ.get("FINEGRAIN_PARALLEL_SHARDS", "1")),
        retries=1, retry_delay=timedelta(minutes=1), **SPARK,
    ).expand(application_args=arguments)

    report = SparkSubmitOperator(
        task_id="report", name="finegrain report", java_class="org.finegrain.jobs.ReportJob",
        application_args=["--out", "{{ params.report }}", "--data", "{{ params.data }}", "{{ params.out }}"],
        trigger_rule="all_done", **SPARK)

    outcome = EmptyOperator(task_id="outcome")

    plan >> arguments
    run >> report >> outcome
    run >> outcome


finegrain_sweep()
