"""A sweep as an Airflow DAG. It plans, runs one spark-submit for each shard of the plan, and reports.

    plan ──> shards ──> run (mapped: one task a shard) ──> report (all_done) ──> outcome

Shards run side by side. A failed shard does not stop the others, and the report covers what has finished. The DAG run
still fails, because `outcome` needs every shard. Clearing a failed shard runs only the missing trials. The connection
`spark_default` names the master. docs/operations.md shows the way to a first run.
"""
from __future__ import annotations

import os
import re
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import Param, Variable, dag, task
from airflow.sdk.exceptions import AirflowException, AirflowFailException

# The exit codes are those of docs/operations.md.
PAUSED = 5
LASTING = {2: "the configuration is wrong", 4: "settings, machines or data do not fit"}

EXIT_CODE = re.compile(
    r"finegrain ended with exit code (\d+)|Kubernetes spark exit code is: ([1-9]\d*)|Error code is: (\d+)")


def setting(name: str, default: str) -> str:
    """Returns the environment variable FINEGRAIN_NAME, or else the Airflow Variable finegrain_name."""
    return os.environ.get(f"FINEGRAIN_{name.upper()}") or Variable.get(f"finegrain_{name}", default)


HOME = Path(setting("home", str(Path(__file__).resolve().parents[2])))
CORES = int(setting("threads", "2"))
JARS = sorted(HOME.glob("jobs/target/finegrain-[0-9]*.jar")) or sorted(HOME.glob("finegrain-[0-9]*.jar"))


def spark_property(name: str) -> str:
    """Returns a setting of conf/spark-standalone.conf."""
    for line in (HOME / "conf" / "spark-standalone.conf").read_text().splitlines():
        if line.startswith(name + " "):
            return line.split(None, 1)[1]
    raise ValueError(f"Cannot find {name} in conf/spark-standalone.conf")


def driver_options() -> str:
    """Returns the Java options of the properties file, and the folder of the files that configurations include."""
    return f"{spark_property('spark.driver.extraJavaOptions')} \"-Dfinegrain.conf={HOME / 'conf'}\""


def fail(code: int, message: str) -> None:
    """Ends an attempt of a task. Ends the task too if the next attempt would fail in the same way."""
    if code in LASTING:
        raise AirflowFailException(f"Not tried again, as {LASTING[code]} (exit code {code}): {message}")
    raise AirflowException(f"Exit code {code}: {message}")


def finegrain(*arguments: str) -> str:
    """Runs a command that needs no Spark application on this worker, and returns what it prints."""
    command = [str(HOME / "submit-scripts" / "finegrain"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    print(done.stderr)
    if done.returncode:
        fail(done.returncode, done.stderr[-2000:])
    return done.stdout


class ShardOperator(SparkSubmitOperator):
    """Runs a shard. It goes on after train.max-duration, and gives up at once if the shard would fail again."""

    def execute(self, context):
        os.environ.setdefault("KMP_BLOCKTIME", spark_property("spark.executorEnv.KMP_BLOCKTIME"))  # of the driver
        while True:
            self._hook = None  # the hook keeps the output of the last attempt
            try:
                return super().execute(context)
            except AirflowException as failure:
                code = exit_code(str(failure))
                if code == PAUSED and self.has_trials_to_go_on_with():
                    self.log.info("train.max-duration ran out: going on")
                else:
                    fail(code, str(failure))

    def has_trials_to_go_on_with(self) -> bool:
        arguments = dict(zip(self.application_args[1::2], self.application_args[2::2]))
        status = finegrain("sweep", "status", "--out", arguments["--out"], "--shard", arguments["--shard"])
        return any(int(count) for count in re.findall(r"(\d+) (?:planned|paused)", status.splitlines()[-1]))


def exit_code(failure: str) -> int:
    """Returns the exit code of the command. In cluster mode spark-submit itself has another."""
    found = EXIT_CODE.findall(failure)
    codes = [driver or pod for driver, pod, _ in found if driver or pod] or [submit for _, _, submit in found]
    return int(codes[0]) if codes else 1


SPARK = {
    "application": str(JARS[0]) if JARS else str(HOME / "finegrain.jar"),
    "conn_id": "spark_default",
    "properties_file": str(HOME / "conf" / "spark-standalone.conf"),
    "driver_memory": setting("memory", "4g"),
    "executor_cores": CORES,
    "durable": False,  # a shard that is submitted again runs only what is missing
    "conf": {
        "spark.driver.extraJavaOptions": driver_options(),
        # A standalone master reads the first; YARN and Kubernetes read the second; local masters read neither.
        "spark.cores.max": "{{ params.executors * " + str(CORES) + " }}",
        "spark.executor.instances": "{{ params.executors }}",
    },
}


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
    @task
    def plan(params: dict | None = None) -> None:
        finegrain("sweep", "plan", "--config", params["config"], "--data", params["data"], "--out", params["out"])

    @task
    def shards(params: dict | None = None) -> list[list[str]]:
        count = params["shards"]
        sweep = ["--config", params["config"], "--data", params["data"], "--out", params["out"]]
        return [["run", *sweep, "--shard", f"{shard}/{count}"] for shard in range(1, count + 1)]

    @task(trigger_rule="all_done")
    def report(params: dict | None = None) -> None:
        finegrain("report", "--out", params["report"], "--data", params["data"], params["out"])

    arguments = shards()
    most = setting("parallel_shards", "")
    run = ShardOperator.partial(
        task_id="run", name="finegrain shard {{ ti.map_index }}", java_class="org.finegrain.jobs.SweepJob",
        max_active_tis_per_dagrun=int(most) if most else None,
        retries=int(setting("retries", "1")), retry_delay=timedelta(minutes=1), **SPARK,
    ).expand(application_args=arguments)
    outcome = EmptyOperator(task_id="outcome")

    plan() >> arguments
    run >> report() >> outcome
    run >> outcome


finegrain_sweep()
