"""The ingestion of datasets as an Airflow DAG. Each dataset is a branch of its own.

    datasets ──> verify ──> ingest ──> audit (mapped: each once a dataset)

`verify` decodes every image of the original, `ingest` writes the Parquet shards, and `audit` reads all of them back. A
damaged dataset fails its own branch and no other. A dataset that is ingested already is not written again.
docs/airflow.md shows the way to a first run.
"""
from __future__ import annotations

from datetime import datetime

from airflow.sdk import Param, dag, task, task_group
from airflow.sdk.exceptions import AirflowFailException

from finegrain_commands import CONFIG, DATA, DEFAULT_ARGS, EXECUTORS, HOME, QUICKSTART, CommandOperator, finegrain

NAMES = sorted(manifest.stem for manifest in (HOME / "datasets-manifest").glob("*.conf"))


@dag(
    dag_id="finegrain_ingest",
    description="Verify, ingest and audit datasets for finegrain",
    schedule=None,
    start_date=datetime(2024, 1, 1),
    catchup=False,
    default_args=DEFAULT_ARGS,
    params={
        "datasets": Param(NAMES, type="array", items={"type": "string"}, minItems=1, description="short names"),
        "roots": Param(
            {name: str(QUICKSTART / "original" / name) for name in NAMES}, type="object",
            description="the folder of each original dataset, by short name"),
        "config": CONFIG,
        "data": DATA,
        "overwrite": Param(
            False, type="boolean", description="replace an ingested dataset that differs or is damaged"),
        "executors": EXECUTORS,
    },
)
def finegrain_ingest():
    @task
    def datasets(params: dict | None = None) -> list[dict]:
        """Returns the arguments of the commands for each dataset."""
        roots = params["roots"]
        missing = [name for name in params["datasets"] if name not in roots]
        if missing:
            raise AirflowFailException(f"The parameter roots names no folder for {', '.join(missing)}: add it.")
        config = ["--config", params["config"]]
        branches = []
        for name in params["datasets"]:
            original = ["--root", roots[name], "--dataset", name]
            out = f"{params['data'].rstrip('/')}/{name}"
            branches.append({
                "original": ["dataset", "verify", *config, *original],
                "ingested": [*config, *["--overwrite"] * params["overwrite"], "--out", out, *original],
                "audited": ["verify", *config, "--data", out],
            })
        return branches

    @task_group
    def dataset(original: list[str], ingested: list[str], audited: list[str]):
        @task(map_index_template="{{ task.op_kwargs.arguments | last }}")
        def verify(arguments: list[str]) -> None:
            finegrain(*arguments)

        ingest = CommandOperator(
            task_id="ingest", command="ingest", application_args=ingested,
            map_index_template="{{ task.application_args | last }}")
        audit = CommandOperator(
            task_id="audit", command="dataset", application_args=audited,
            map_index_template="{{ (task.application_args | last).split('/') | last }}")
        verify(arguments=original) >> ingest >> audit

    dataset.expand_kwargs(datasets())


finegrain_ingest()
