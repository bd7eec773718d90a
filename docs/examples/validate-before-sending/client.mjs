import { readFile } from "node:fs/promises";
import { Validator } from "@cfworker/json-schema";

const SCHEMA = `${process.env.ACME_DOCS}/_stitch/source/shop.form.json`;
const SOURCES = `${process.env.ACME_API}/sources`;

const properties = JSON.parse(await readFile(process.argv[2], "utf-8"));
const schema = await (await fetch(SCHEMA)).json();
const { valid, errors } = new Validator(schema, "2020-12", false).validate(properties);
if (!valid) {
  for (const { instanceLocation, error } of errors) console.log(`${instanceLocation}: ${error}`);
  process.exit(1);
}

const response = await fetch(SOURCES, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ type: "acme.shop", properties }),
});
if (!response.ok) throw new Error(await response.text());
