// SPDX-License-Identifier: MIT
/* CloudTrail: the events that the walks before have left. */
import assert from "node:assert/strict";
import * as module from "@aws-sdk/client-cloudtrail";
import { Service } from "./sdk.js";

export const service = new Service(module, "CloudTrailClient", "cloudtrail");

export async function walk(sdk, { server }) {
    await server.control("POST", "clock/advance", { by: "1h" }); // asking leaves an event as well
    const EndTime = new Date((await server.control("GET", "clock")).now), one = { AttributeKey: "EventName", AttributeValue: "CreateGroup" };
    const found = await sdk.pages("LookupEvents", { LookupAttributes: [one] });
    assert.ok(found.Events.length > 0);
    for (const event of found.Events) {
        assert.equal(event.EventName, "CreateGroup");
        assert.ok(event.EventTime <= EndTime && JSON.parse(event.CloudTrailEvent).eventName === "CreateGroup");
    }
    for (const [name, wrong] of [
        ["InvalidLookupAttributesException", { LookupAttributes: [one, one] }],
        ["InvalidLookupAttributesException", { LookupAttributes: [{ AttributeKey: "Colour", AttributeValue: "x" }] }],
        ["InvalidMaxResultsException", { MaxResults: 51 }],
        ["InvalidNextTokenException", { NextToken: "x" }],
        ["InvalidEventCategoryException", { EventCategory: "data" }],
        ["InvalidTimeRangeException", { StartTime: EndTime, EndTime: new Date(EndTime - 1000) }]])
        await sdk.refuses(name, "LookupEvents", wrong);
}
