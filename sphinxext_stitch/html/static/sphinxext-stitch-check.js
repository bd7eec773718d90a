// What is wrong with the properties that a client would send, as the command “validate” says it: catalogue/validating/ in
// Python has the same steps, and a test holds both to one answer.  It is given the validator and the words of messages.
globalThis.stitchForms.checker = (validator, words) => {
  "use strict";

  const { Validator, format } = validator;

  const DIALECT = "2020-12";

  // Messages quote no more characters of a value or name, and suggest nothing for longer names.
  const QUOTED = 60;
  const LONGEST = 100;

  /* ---- Schemas ---- */

  // The validator is made without formats of its own.
  for (const [name, { pattern }] of Object.entries(words.formats)) {
    const whole = new RegExp(`^(?:${pattern})$`);
    format[name] = (text) => whole.test(text);
  }

  function isReadable(pattern) {
    try {
      return Boolean(new RegExp(pattern, "u"));
    } catch {
      return false;
    }
  }

  // The schema of a JSON text, without what browsers cannot read as a pattern.
  const parse = (text) =>
    JSON.parse(text, (key, value) =>
      key === "pattern" && typeof value === "string" && !isReadable(value) ? undefined : value,
    );

  const holds = (schema, payload) => new Validator(schema, DIALECT).validate(payload).valid;

  // The keys of a pointer, which the validator writes as an address.
  const keysOf = (pointer) =>
    pointer
      .split("/")
      .slice(1)
      .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"));

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const membersOf = (value) => (typeof value === "object" && value !== null ? Object.entries(value) : []);
  const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);
  const at = (root, keys) => keys.reduce((part, key) => own(part, key) ?? {}, root);

  // The schema of a member or item; empty if there is none.
  function below(schema, key) {
    if (typeof key === "number") return schema.items ?? {};
    return own(schema.properties ?? {}, key) ?? schema.additionalProperties ?? {};
  }

  const casesOf = (schema) => schema.anyOf ?? [schema];

  function isSecret(schema, path) {
    let here = schema;
    return path.some((key) => {
      here = below(here, key);
      return casesOf(here).some((one) => one.writeOnly);
    });
  }

  /* ---- Words ---- */

  const say = (template, values) => template.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

  // A value as JSON, with spaces as on pages.
  const asJson = (value) =>
    JSON.stringify(value, null, 1)
      .replace(/([[{])\n\s*/g, "$1")
      .replace(/\n\s*([\]}])/g, "$1")
      .replace(/\n\s*/g, " ");

  function cut(text) {
    const letters = [...text];
    return letters.length <= QUOTED ? text : `${letters.slice(0, QUOTED - 1).join("")}…`;
  }

  const quoted = (value) => cut(asJson(value));

  // “a, b or c”
  function listing(texts) {
    const first = texts.slice(0, -1).join(", ");
    return first ? `${first} ${words.or} ${texts.at(-1)}` : texts[0];
  }

  const every = (names) => names.map((name) => `“${name}”`).join(` ${words.and} `);

  // How many letters two words have in common, in their order: of the longest common part, and before and after it.
  function common(a, b) {
    let [size, inA, inB] = [0, 0, 0];
    for (let i = 0; i < a.length; i++) {
      for (let j = 0; j < b.length; j++) {
        let length = 0;
        while (i + length < a.length && j + length < b.length && a[i + length] === b[j + length]) length++;
        if (length > size) [size, inA, inB] = [length, i, j];
      }
    }
    if (!size) return 0;
    const before = common(a.slice(0, inA), b.slice(0, inB));
    return before + size + common(a.slice(inA + size), b.slice(inB + size));
  }

  function meant(word, known) {
    if (word.length > LONGEST) return "";
    const near = [...new Set(known)]
      .filter((other) => other.length <= LONGEST)
      .map((other) => [(2 * common(other, word)) / (other.length + word.length), other])
      .filter(([likeness]) => likeness >= 0.6)
      .sort(([a, one], [b, other]) => b - a || (one < other ? 1 : -1));
    const names = near.slice(0, 3).map(([, other]) => `“${cut(other)}”`);
    return names.length ? say(words.meant, { names: listing(names) }) : "";
  }

  function conditions(schema) {
    const texts = (schema.allOf ?? [schema]).map((one) => {
      if (one.not) return say(words.isNotSent, { name: one.not.required[0] });
      if (!one.properties) return say(words.isSent, { name: one.required[0] });
      const [[name, member]] = Object.entries(one.properties);
      return say(words.hasValue, { name, values: listing(member.enum.map(quoted)) });
    });
    return texts.join(` ${words.and} `);
  }

  const missing = (condition) =>
    condition ? say(words.missingIf, { condition: conditions(condition) }) : words.missing;

  // The names of a set; those of nested members are dotted.
  function namesOf(schema) {
    return (schema.required ?? []).flatMap((name) => {
      const nested = namesOf(own(schema.properties ?? {}, name) ?? {});
      return nested.length ? nested.map((further) => `${name}.${further}`) : [name];
    });
  }

  function has(value, keys) {
    if (!isObject(value)) return false;
    if (Object.hasOwn(value, keys.join("."))) return true;
    return keys.some((_, end) => end && has(own(value, keys.slice(0, end).join(".")), keys.slice(end)));
  }

  function sets(schemas, value, kind) {
    const names = schemas.map(namesOf);
    const found = [...new Set(names.flat())].filter((name) => has(value, name.split(".")));
    return say(words[kind === "oneOf" ? "oneSet" : "anySet"], {
      sets: names.map(every).join(` ${words.or} `),
      found: found.length ? every(found) : words.none,
    });
  }

  // The forms of JSON's scalars, in texts.
  const FORMS = {
    integer: /^-?(0|[1-9][0-9]{0,99})$/,
    number: /^-?(0|[1-9][0-9]{0,99})(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?$/,
    boolean: /^(true|false)$/,
  };

  function kindOf(value) {
    if (value === null) return "null";
    if (Array.isArray(value)) return "array";
    return Number.isInteger(value) ? "integer" : typeof value;
  }

  function typeMessage(types, value, secret) {
    if (!secret) {
      if (types.includes("string") && ["boolean", "number"].includes(typeof value))
        return say(words.quoted, { text: quoted(asJson(value)), value: quoted(value) });
      if (typeof value === "string" && types.some((name) => FORMS[name]?.test(value)))
        return say(words.unquoted, { value, text: quoted(value) });
    }
    const expected = types.map((name) => words.kinds[name]).join(` ${words.or} `);
    return say(words.type, { types: expected, found: words.kinds[kindOf(value)] });
  }

  function valueMessage({ keyword, bound, value }, secret) {
    if (keyword === "type") return typeMessage([bound].flat(), value, secret);
    const found = secret ? "" : say(words.found, { value: quoted(value) });
    if (keyword === "enum") {
      const texts = bound.filter((one) => typeof one === "string");
      const hint = typeof value === "string" && !secret ? meant(value, texts) : "";
      return say(words.mustBe, { values: listing(bound.map(quoted)) }) + found + hint;
    }
    if (keyword === "format") return say(words.mustBe, { values: words.formats[bound].meaning }) + found;
    if (words.bounds[keyword]) return say(words.bounds[keyword], { bound }) + found;
    const size = typeof value === "string" ? [...value].length : value?.length;
    const numbers = { bound: bound.toLocaleString("en"), size: size?.toLocaleString("en") };
    return words.sizes[keyword] ? say(words.sizes[keyword], numbers) : words.wrong;
  }

  /* ---- Errors ---- */

  // Keywords that only hand on the errors of what is in them.
  const HOLDERS = ["properties", "additionalProperties", "items", "allOf", "if"];

  // What the validator says, with the places as keys, in the order of the schema.
  function raw(schema, payload) {
    const { errors } = new Validator(schema, DIALECT, false).validate(payload);
    const found = errors.filter(({ keyword }) => !HOLDERS.includes(keyword));
    const full = found.map(({ instanceLocation, keyword, keywordLocation }) => {
      let value = payload;
      const path = keysOf(instanceLocation).map((key) => {
        const step = Array.isArray(value) ? Number(key) : key;
        value = value[key];
        return step;
      });
      const parts = keysOf(keywordLocation);
      const order = [];
      parts.reduce((part, key) => {
        order.push(Object.keys(part).indexOf(key));
        return part[key];
      }, schema);
      return { path, parts, order, keyword, value, bound: at(schema, parts) };
    });
    return full.sort((a, b) => {
      const place = a.order.findIndex((number, index) => number !== b.order[index]);
      return place < 0 ? a.order.length - b.order.length : a.order[place] - (b.order[place] ?? -1);
    });
  }

  const inCase = /\/(anyOf|oneOf)\/\d+\//;
  const isWithin = (one, other) => other.parts.every((key, index) => one.parts[index] === key);

  // One error for a value that fits none of the cases: of a case that takes its type, else with the types of all.
  function ofCases(error, all) {
    const inner = all.filter((one) => one !== error && isWithin(one, error));
    const types = [];
    for (const number of new Set(inner.map((one) => one.parts[error.parts.length]))) {
      const errors = inner.filter((one) => one.parts[error.parts.length] === number);
      const ofType = errors.filter((one) => one.keyword === "type" && one.path.length === error.path.length);
      if (!ofType.length) return errors[0];
      types.push(...ofType);
    }
    return { ...types[0], bound: [...new Set(types.flatMap((one) => one.bound))] };
  }

  const written = (path) =>
    path
      .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
      .join("")
      .replace(/^\./, "");

  function* errorsOf(schema, payload) {
    const all = raw(schema, payload);
    const errors = all.filter(({ parts }) => !inCase.test(`/${parts.join("/")}/`));
    const at_ = (one, other) => written(one.path) === written(other.path);
    for (const error of errors) {
      const { keyword, path, parts, bound, value } = error;
      const secret = isSecret(schema, path);
      if (keyword !== "type" && errors.some((one) => one.keyword === "type" && at_(one, error))) continue;
      if (keyword === "required") {
        const rule = parts.lastIndexOf("then");
        const condition = rule < 0 ? undefined : at(schema, [...parts.slice(0, rule), "if"]);
        for (const name of bound) if (!Object.hasOwn(value, name)) yield [[...path, name], missing(condition)];
      } else if (["oneOf", "anyOf"].includes(keyword) && parts.slice(-4).includes("allOf"))
        yield [path, sets(bound, value, keyword)];
      else if (keyword !== "anyOf") yield [path, valueMessage(error, secret)];
      // A property that is something else in each case, and is none of it.
      else if (!errors.some((one) => one.keyword !== "anyOf" && at_(one, error)))
        yield [path, valueMessage(ofCases(error, all), secret)];
    }
  }

  // Errors of members that are read-only, and notes of unknown ones.
  function* beyondTheSchema(schema, value, path) {
    const known = schema.properties;
    for (const [name, member] of membersOf(value)) {
      const key = Array.isArray(value) ? Number(name) : name;
      const here = [...path, key];
      const member_ = below(schema, key);
      if (casesOf(member_).every((one) => one.readOnly)) yield [here, words.readOnly];
      else if (typeof key === "string" && known && !Object.hasOwn(known, key) && !schema.additionalProperties) {
        const isBody = !path.length && key === "properties" && isObject(member);
        yield [here, words.unknown + (isBody ? words.wholeBody : meant(key, Object.keys(known))), true];
      }
      for (const one of casesOf(member_)) yield* beyondTheSchema(one, member, here);
    }
  }

  // The errors and notes of a payload, by their place in it; each once.
  function faults(schema, payload) {
    const order = new Map();
    (function number(value, path) {
      order.set(written(path), order.size);
      for (const [key, member] of membersOf(value)) number(member, [...path, Array.isArray(value) ? Number(key) : key]);
    })(payload, []);
    const found = [...errorsOf(schema, payload), ...beyondTheSchema(schema, payload, [])];
    const made = found.map(([path, message, isNote = false]) => ({ path: written(path), message, isNote }));
    // What is missing stands behind what its object has.
    made.sort((a, b) => (order.get(a.path) ?? order.size) - (order.get(b.path) ?? order.size));
    const texts = made.map((fault) => JSON.stringify(fault));
    return made.filter((_, index) => texts.indexOf(texts[index]) === index);
  }

  return { parse, holds, faults, casesOf, namesOf, written, say, FORMS };
};
