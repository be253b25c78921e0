"""The commands of finegrain as tasks of Airflow, and the settings of the installation: the parts that its DAGs share.

The DAGs import this module from the DAGs folder, where it must lie beside them. docs/airflow.md shows how.
"""
from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
from datetime import timedelta
from pathlib import Path

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import Connection, Param, Variable
from airflow.sdk.exceptions import AirflowException, AirflowFailException

# The exit codes are those of docs/operations.md.
FAILED, TRIALS_FAILED, PAUSED = 1, 3, 5
LASTING = {
    FAILED: "it would fail again",
    2: "the command line or the configuration is wrong",
    TRIALS_FAILED: "some trials failed, and would fail again",
    4: "settings, machines or data do not fit",
}

CONNECTION = "spark_default"
DRIVER_CODE = re.compile(r"finegrain ended with exit code (\d+)")
POD_CODE = re.compile(r"Kubernetes spark exit code is: (\d+)")


def setting(name: str, default: str) -> str:
    """Returns the environment variable FINEGRAIN_NAME, or else the Airflow Variable finegrain_name."""
    return os.environ.get(f"FINEGRAIN_{name.upper()}") or Variable.get(f"finegrain_{name}", default)


HOME = Path(setting("home", str(Path(__file__).resolve().parent.parent.parent)))
if not (HOME / "conf" / "spark-standalone.conf").exists():
    raise FileNotFoundError(
        f"Cannot find conf/spark-standalone.conf in {HOME}: link the DAGs from a checkout of finegrain instead of copying"
        " them, or set the Airflow Variable finegrain_home to one.")
LAUNCHER = str(HOME / "submit-scripts" / "finegrain")
CORES = int(setting("threads", "2"))
JARS = sorted(HOME.glob("jobs/target/finegrain-[0-9]*.jar")) or sorted(HOME.glob("finegrain-[0-9]*.jar"))


def spark_property(name: str) -> str:
    """Returns a setting of conf/spark-standalone.conf."""
    for line in (HOME / "conf" / "spark-standalone.conf").read_text().splitlines():
        if line.startswith(name + " "):
            return line.split(None, 1)[1]
    raise ValueError(f"Cannot find {name} in conf/spark-standalone.conf")


def driver_options() -> str:
    """Returns the Java options of the properties file and those that this module needs.

    These are the folder of the files that configurations include, and the last line that tells the exit code.
    """
    options = spark_property("spark.driver.extraJavaOptions")
    return f"{options} \"-Dfinegrain.conf={HOME / 'conf'}\" -Dfinegrain.print-exit-code=true"


def fail(arguments: list[str], code: int) -> None:
    """Ends an attempt of a task. Ends the task too if the next attempt would fail in the same way."""
    words = itertools.takewhile(lambda argument: not argument.startswith("-"), arguments)
    message = f"finegrain {' '.join(words)} ended with exit code {code}"
    if code in LASTING:
        raise AirflowFailException(f"{message}: {LASTING[code]}. It is not retried; the log says what to mend.")
    raise AirflowException(f"{message}. It may succeed when it is given again.")


def finegrain(*arguments: str) -> None:
    """Runs a command that needs no Spark application on this worker. What it prints goes to the task's log."""
    done = subprocess.run([LAUNCHER, *arguments], stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        fail(list(arguments), done.returncode)


def answer(*arguments: str) -> dict:
    """Runs a command that prints a JSON object, and returns the object."""
    done = subprocess.run([LAUNCHER, *arguments], stdout=subprocess.PIPE, check=False)
    if done.returncode:
        fail(list(arguments), done.returncode)
    return json.loads(done.stdout)


class CommandOperator(SparkSubmitOperator):
    """Runs a command of finegrain with spark-submit. Its exit code decides whether the task is retried."""

    def __init__(self, *, command: str, **kwargs):
        super().__init__(
            name=f"finegrain {command}",
            java_class=f"org.finegrain.jobs.{command.capitalize()}Job",
            application=str(JARS[0]) if JARS else str(HOME / "finegrain.jar"),
            conn_id=CONNECTION,
            properties_file=str(HOME / "conf" / "spark-standalone.conf"),
            driver_memory=setting("memory", "4g"),
            executor_cores=CORES,
            durable=False,  # a command that is submitted again does only what is missing
            conf={
                "spark.driver.extraJavaOptions": driver_options(),
                # A standalone master reads the first; YARN and Kubernetes read the second; local masters read neither.
                "spark.cores.max": "{{ params.executors * " + str(CORES) + " }}",
                "spark.executor.instances": "{{ params.executors }}",
            },
            **kwargs,
        )
        self.command = command

    def execute(self, context):
        code = self.run_once(context)
        if code:
            self.fail(code)

    def fail(self, code: int) -> None:
        fail([self.command, *self.application_args], code)

    def run_once(self, context) -> int:
        """Runs the command, and returns its exit code.

        Raises the exception of the Spark provider if the code is not finegrain's: spark-submit itself failed, or the
        process was killed. Airflow retries that.
        """
        os.environ.setdefault("KMP_BLOCKTIME", spark_property("spark.executorEnv.KMP_BLOCKTIME"))  # of the driver
        if Connection.get(CONNECTION).host.startswith("local"):
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # Spark's page has no password
        self._hook = None  # the hook keeps the output of the last attempt
        try:
            super().execute(context)
        except AirflowException as failure:
            code = exit_code(str(failure))
            if code is None:
                raise
            return code
        return 0


def exit_code(failure: str) -> int | None:
    """Returns the exit code of the command, or None if it is not known to be finegrain's.

    `failure` is the message of the Spark provider, with the last lines that spark-submit printed. In cluster mode on
    Kubernetes these are not the driver's, and code 1 of the driver's container may be that of spark-submit in it.
    """
    driver = DRIVER_CODE.findall(failure)
    if driver:
        return int(driver[-1])
    pod = [int(code) for code in POD_CODE.findall(failure)]
    return pod[-1] if pod and pod[-1] in {*LASTING, PAUSED} - {FAILED} else None


MOST = setting("parallel", "")
DEFAULT_ARGS = {
    "retries": int(setting("retries", "1")),
    "retry_delay": timedelta(minutes=1),
    "max_active_tis_per_dagrun": int(MOST) if MOST else None,
}

# What the parameters of both DAGs name, unless a run gives them other values.
QUICKSTART = HOME / "quickstart"
CONFIG = Param(str(HOME / "conf" / "experiments" / "quickstart.conf"), type="string", description="experiment")
DATA = Param(str(QUICKSTART / "data"), type="string", description="folder of ingested datasets")
EXECUTORS = Param(1, type="integer", minimum=1, description="executors of each Spark application")
