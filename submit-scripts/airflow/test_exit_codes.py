"""Tests what a run of the DAGs cannot show in minutes: other clusters' messages, and a sweep that comes no further.

usage: python test_exit_codes.py, with the Python of the environment that `setup` prints
"""
import unittest
from unittest.mock import Mock, patch

from airflow.sdk.exceptions import AirflowException, AirflowFailException

import finegrain_commands as commands
import finegrain_sweep as sweep


class ExitCodeTest(unittest.TestCase):
    def test_the_driver_says_its_code_whatever_that_of_spark_submit_is(self):
        self.assertEqual(3, commands.exit_code("Error code is: 3.\n…\nfinegrain ended with exit code 3\n…"))
        self.assertEqual(4, commands.exit_code("Error code is: 1.\n diagnostics: finegrain ended with exit code 4; the"))

    def test_a_code_of_spark_submit_or_of_a_killed_process_is_not_finegrains(self):
        for text in ("Error code is: 1.\nMaster must either be yarn …", "Error code is: 101.", "Error code is: 137."):
            self.assertIsNone(commands.exit_code(text))

    def test_kubernetes_tells_the_code_of_the_drivers_container(self):
        self.assertEqual(2, commands.exit_code("Error code is: 0. Kubernetes spark exit code is: 2"))
        for code in ("None", 0, 1, 137):
            self.assertIsNone(commands.exit_code(f"Error code is: 1. Kubernetes spark exit code is: {code}"))

    def test_only_what_would_fail_again_is_not_retried(self):
        for code in (1, 2, 3, 4, 5, 6, 130, 134, 137, 143):
            with self.assertRaises(AirflowException) as raised:
                commands.fail(["sweep", "run", "--out", "o"], code)
            self.assertEqual(code in (1, 2, 3, 4), isinstance(raised.exception, AirflowFailException), code)
            self.assertIn(f"finegrain sweep run ended with exit code {code}", str(raised.exception))


def shard(codes, progress):
    """Returns a shard whose goes end with given exit codes, and have come so far before and after them."""
    operator = sweep.ShardOperator(task_id="shard", command="sweep", application_args=["run"])
    operator.run_once = Mock(side_effect=codes)
    operator.progress = Mock(side_effect=progress)
    return operator


@patch("time.sleep")
class GoingOnTest(unittest.TestCase):
    def test_a_shard_that_comes_further_goes_on_at_once_however_often(self, sleep):
        shard([5] * 50 + [0], range(51)).execute({})
        sleep.assert_not_called()

    def test_a_shard_that_comes_no_further_waits_longer_each_time_and_fails(self, sleep):
        with self.assertRaisesRegex(AirflowException, "did not come further in 6 goes and 31 minutes"):
            shard([5] * 7, ["a"] + ["b"] * 7).execute({})
        self.assertEqual([60, 120, 240, 480, 960], [call.args[0] for call in sleep.call_args_list])

    def test_the_pauses_begin_again_when_a_shard_comes_further(self, sleep):
        shard([5, 5, 5, 5, 0], ["a", "a", "a", "b", "b"]).execute({})
        self.assertEqual([60, 120, 60], [call.args[0] for call in sleep.call_args_list])


if __name__ == "__main__":
    unittest.main()
