"""Translates SAM templates as CloudFormation would, without an account."""

import json
import logging
import os
import sys
from pathlib import Path

from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "target" / "templates"
SOURCES = ["template.yaml"] + [f"infra/{name}.yaml" for name in ("network", "data", "functions", "api", "observability")]
BUCKET = "packages"
"""The bucket that stands for this folder: the key of an object is the path of a package in it."""

CODE = {"AWS::Serverless::Function": "CodeUri", "AWS::Serverless::LayerVersion": "ContentUri"}


class _ManagedPolicies:
    """The templates name managed policies by their ARN, so the translator has none to look up."""

    def load(self):
        return {}


def target(path):
    """Where the translation of a template lies; nested ones lie beside the one that names them."""
    return TARGET / (Path(path).stem + ".json")


def source(path):
    """A template as it is written, with short forms of functions written out."""
    return yaml_parse((ROOT / path).read_text(encoding="utf-8"))


def translated(template, folder):
    """A translated template.

    :param template: as source() gives it; is changed
    :param folder: that its packages are relative to
    """
    for resource in template["Resources"].values():
        member = CODE.get(resource["Type"])
        if member:
            package = os.path.normpath(os.path.join(folder, resource["Properties"][member]))
            resource["Properties"][member] = {"Bucket": BUCKET, "Key": package}
        if resource["Type"] == "AWS::CloudFormation::Stack":
            resource["Properties"]["TemplateURL"] = target(resource["Properties"]["TemplateURL"]).name
    if not any(resource["Type"].startswith("AWS::Serverless::") for resource in template["Resources"].values()):
        template.pop("Transform", None)
        return template
    # The translator may not know the parameters' values: what it can't see, it leaves as a reference.
    return transform(template, {}, _ManagedPolicies())


def all_translated():
    """Every translated template by its source's path."""
    logging.getLogger("samtranslator").setLevel(logging.ERROR)
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
    return {path: translated(source(path), os.path.dirname(path)) for path in SOURCES}


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    for path, template in all_translated().items():
        target(path).write_text(json.dumps(template, indent=2) + "\n", encoding="utf-8")
        print(target(path).relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
