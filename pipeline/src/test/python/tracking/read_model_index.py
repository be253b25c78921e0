"""Reads a model-index.yaml as Hugging Face's hub does, and prints a line for each result."""

import sys

import yaml
from huggingface_hub import ModelCardData
from huggingface_hub.repocard_data import model_index_to_eval_results

with open(sys.argv[1], encoding="utf-8") as file:
    models = yaml.safe_load(file)["model-index"]
for model in models:
    name, results = model_index_to_eval_results([model])
    card = ModelCardData(model_name=name, eval_results=results)
    assert yaml.safe_load(card.to_yaml())["model-index"][0]["name"] == name
    for result in results:
        print(name, result.task_type, result.dataset_type, result.dataset_name, result.dataset_split,
              result.metric_type, result.metric_value, result.metric_name, result.source_url, sep=" | ")
