// SPDX-License-Identifier: MIT
/*
 * A client of the SDK that holds every answer against the SDK's own schema: what the model requires has been parsed, and into the
 * right kind. Counts which operations answered and which refused.
 */
import assert from "node:assert/strict";

const KINDS = { 0: "string", 1: "number", 2: "boolean", 4: "date", 5: "date", 6: "date", 7: "date" };
const LIST = 64, MAP = 128; // as bits of a schema that is a number
const DOCUMENT = 15;

/** The bare schema of a reference: "() => Schema", "[Schema, traits]" or the schema itself. */
function schemaOf(reference) {
    let schema = reference;
    while (typeof schema === "function" || (Array.isArray(schema) && typeof schema[1] !== "string"))
        schema = typeof schema === "function" ? schema() : schema[0];
    return schema;
}

const isStructure = (schema) => Array.isArray(schema) && Math.abs(schema[0]) === 3;

/** Names of a structure's members that its model requires. */
function required(schema) {
    return isStructure(schema) ? schema[4].slice(0, schema[6] ?? 0) : [];
}

function checkKind(kind, value, path) {
    const seen = value instanceof Date ? "date" : typeof value;
    assert.equal(seen, kind, `${path} is ${seen}`);
    assert.ok(kind !== "date" || !Number.isNaN(value.getTime()), `${path} is no time`);
}

/** Throws if `value` is not what the schema promises. */
export function checkValue(reference, value, path) {
    const schema = schemaOf(reference);
    if (typeof schema === "number" && schema >= LIST)
        return checkMembers(schema >= MAP ? "map" : "list", schema % LIST, value, path);
    if (typeof schema === "number")
        return schema === DOCUMENT ? undefined : checkKind(KINDS[schema], value, path);
    if (!Array.isArray(schema)) // "unit"
        return undefined;
    const [form, , , , ...rest] = schema;
    if (form === 0) return checkValue(rest[0], value, path);
    if (form === 1) return checkMembers("list", rest[0], value, path);
    if (form === 2) return checkMembers("map", rest[1], value, path);
    assert.equal(typeof value, "object", `${path} is no structure`);
    for (const name of required(schema)) assert.notEqual(value[name] ?? undefined, undefined, `${path}.${name} is missing`);
    const [names, members] = rest;
    names.forEach((name, i) => value[name] == null || checkValue(members[i], value[name], `${path}.${name}`));
    return undefined;
}

function checkMembers(kind, schema, value, path) {
    assert.equal(Array.isArray(value), kind === "list", `${path} is no ${kind}`);
    for (const [key, item] of Object.entries(value)) checkValue(schema, item, `${path}[${key}]`);
}

/** What a service and its client have in common; keeps account of every call. */
export class Service {
    constructor(module, clientName, offeredAs, { missing = "ValidationException", forged = "InvalidSignatureException" } = {}) {
        this.module = module;
        this.Client = module[clientName];
        Object.assign(this, { offeredAs, missing, forged }); // the last two: errors for a member left out and a false signature
        this.valid = {}; // operation: an input that was answered
        this.refused = new Set();
        this.calls = { answered: 0, refused: 0 };
    }

    client(url, key, secret, region = "us-east-1") {
        return new Sdk(this, new this.Client({
            endpoint: url, region, maxAttempts: 1, credentials: { accessKeyId: key, secretAccessKey: secret } }));
    }

    schema(operation) {
        const schema = this.module[operation + "$"];
        return { input: schemaOf(schema[4]), output: schemaOf(schema[5]) };
    }

    /** Inputs without one of the members that the model requires, made from one that was answered. */
    *incomplete(operation) {
        const input = this.valid[operation];
        for (const name of required(this.schema(operation).input)) {
            const { [name]: _, ...rest } = input;
            yield rest;
        }
    }
}

export class Sdk {
    constructor(service, client) {
        Object.assign(this, { service, client });
    }

    /** The answer, without what the SDK adds. */
    async ask(operation, input = {}) {
        const { service } = this;
        const { $metadata, ...answer } = await this.client.send(new service.module[operation + "Command"](input));
        assert.equal($metadata.httpStatusCode, 200, operation);
        assert.ok($metadata.requestId, `${operation}: a request id`);
        checkValue(service.schema(operation).output, answer, operation);
        service.valid[operation] ??= input;
        service.calls.answered++;
        return answer;
    }

    /** A call that must be refused with this name, as the SDK's class of that name if it has one. */
    async refuses(name, operation, input = {}) {
        const { service } = this, what = `${operation} ${JSON.stringify(input).slice(0, 160)}`;
        const error = await this.client.send(new service.module[operation + "Command"](input)).then(() => null, (thrown) => thrown);
        assert.ok(error, `${what}: is refused`);
        assert.equal(error.name, name, `${what}: ${error}`);
        const Known = service.module[name];
        assert.ok(!Known || error instanceof Known, `${what}: is the SDK's ${name}`);
        assert.ok(error.$metadata.httpStatusCode >= 400 && error.$metadata.httpStatusCode < 500, what);
        assert.ok(error.message && error.$metadata.requestId, `${what}: has a message and a request id`);
        service.refused.add(operation);
        service.calls.refused++;
    }

    /** A list by the SDK's own paginator, one item at a time, is the list asked for at once. */
    async pages(operation, input = {}) {
        const { service } = this, whole = await this.ask(operation, input), collected = {};
        const lists = Object.keys(whole).filter((name) => Array.isArray(whole[name]));
        const own = { ...input }; // the SDK writes its tokens into what it is given
        const sized = service.schema(operation).input[4].some((name) => ["MaxResults", "MaxItems"].includes(name));
        for await (const page of service.module["paginate" + operation]({ client: this.client, pageSize: 1 }, own))
            for (const name of lists) {
                assert.ok(!sized || (page[name] ?? []).length <= 1, `${operation}: a page holds one`);
                collected[name] = [...(collected[name] ?? []), ...(page[name] ?? [])];
            }
        for (const name of lists) assert.deepEqual(collected[name], whole[name], `${operation}: pages of ${name}`);
        return whole;
    }
}
