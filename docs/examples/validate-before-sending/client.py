import json
import os
import sys

import requests
from jsonschema import Draft202012Validator

SCHEMA = f"{os.environ['ACME_DOCS']}/_stitch/source/shop.form.json"
SOURCES = f"{os.environ['ACME_API']}/sources"

with open(sys.argv[1], encoding="utf-8") as file:
    properties = json.load(file)

schema = requests.get(SCHEMA, timeout=10).json()
errors = list(Draft202012Validator(schema).iter_errors(properties))
for error in errors:
    print(f"{error.json_path}: {error.message}")
if errors:
    sys.exit(1)

body = {"type": "acme.shop", "properties": properties}
requests.post(SOURCES, json=body, timeout=10).raise_for_status()
