"""A sweep as an Airflow DAG. It plans, runs one spark-submit for each shard of the plan, and reports.

    plan ──> shards ──> run (mapped: one task a shard) ──> report (all_done) ──> outcome

Shards run side by side. A failed shard does not stop the others, and the report covers what has finished. The DAG run
still fails, because `outcome` needs every shard. Clearing a failed shard runs only the missing trials. docs/airflow.md
shows the way to a first run.
"""
from __future__ import annotations

import time
from contextlib import suppress
from datetime import datetime

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import Param, dag, task
from airflow.sdk.exceptions import AirflowException

from finegrain_commands import (
    CONFIG, DATA, DEFAULT_ARGS, EXECUTORS, FAILED, PAUSED, QUICKSTART, TRIALS_FAILED, CommandOperator, answer, finegrain)

# The pauses after goes that brought nothing, in seconds. The shard fails after the last one.
PAUSES = [60, 120, 240, 480, 960]


class ShardOperator(CommandOperator):
    """Runs a shard. It goes on in the same attempt after a time limit, as long as this brings trials further."""

    def execute(self, context):
        pauses = iter(PAUSES)
        before = self.progress()
        while (code := self.run_once(context)) == PAUSED:
            now = self.progress()
            if now != before:
                before, pauses = now, iter(PAUSES)
                self.log.info("A time limit ran out, and the shard came further. It goes on.")
            else:
                self.wait(next(pauses, None))
        if code in (FAILED, TRIALS_FAILED):
            with suppress(AirflowException):  # the failure of the shard counts
                finegrain("sweep", "status", "--failed", *self.trials())
        if code:
            self.fail(code)

    def progress(self) -> list:
        """Returns how far each trial of the shard has come: two equal lists mean that nothing was trained between them."""
        trials = answer("sweep", "status", "--json", *self.trials())["trials"]
        return [[trial[field] for field in ("id", "state", "epochs", "message")] for trial in trials]

    def trials(self) -> list[str]:
        """Returns the options that name the trials of the shard."""
        given = self.application_args
        return [word for option in ("--out", "--shard") for word in (option, given[given.index(option) + 1])]

    def wait(self, seconds: int | None) -> None:
        if seconds is None:
            raise AirflowException(
                f"The shard did not come further in {len(PAUSES) + 1} goes and {sum(PAUSES) // 60} minutes between them:"
                " raise sweep.max-duration, or look at the processes that hold its trials.")
        self.log.warning("The shard did not come further. It goes on in %s s.", seconds)
        time.sleep(seconds)


@dag(
    dag_id="finegrain_sweep",
    description="Plan, run and report a finegrain sweep",
    schedule=None,
    start_date=datetime(2024, 1, 1),
    catchup=False,
    default_args=DEFAULT_ARGS,
    params={
        "config": CONFIG,
        "data": DATA,
        "out": Param(str(QUICKSTART / "airflow-sweep"), type="string", description="the sweep's folder"),
        "report": Param(str(QUICKSTART / "airflow-report"), type="string", description="the report's folder"),
        "shards": Param(2, type="integer", minimum=1, description="Spark applications that share the plan"),
        "executors": EXECUTORS,
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
        # A shard that is started again while its first process lives waits for it, and takes over what it leaves.
        return [["run", *sweep, "--wait", "--shard", f"{shard}/{count}"] for shard in range(1, count + 1)]

    @task(trigger_rule="all_done")
    def report(params: dict | None = None) -> None:
        finegrain("report", "--out", params["report"], "--data", params["data"], params["out"])

    arguments = shards()
    run = ShardOperator.partial(
        task_id="run",
        command="sweep",
        map_index_template="shard {{ task.application_args | last }}",
    ).expand(application_args=arguments)
    outcome = EmptyOperator(task_id="outcome")

    plan() >> arguments
    run >> report() >> outcome
    run >> outcome


finegrain_sweep()
