/* SPDX-License-Identifier: MIT */
/* Worlds with names, and snapshots of a world, on the control surface. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "services/control/control.h"
#include "wire/dispatch.h"
#include "wire/paths.h"

#define NAME_WANTED "expected a name of up to 40 of a-z, 0-9 and '-'"

static const struct shape NAMED_MEMBERS[] = {
    {.name = "name", .required = true}, {.name = "url", .required = true}, {0}};
static const struct shape NAMED_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = NAMED_MEMBERS}};
static const struct shape WORLDS_OUT[] = {
    {.name = "worlds", .kind = SHAPE_LIST, .required = true, .members = NAMED_ELEMENT}, {0}};
static const struct shape SNAPSHOT_OUT[] = {
    {.name = "name", .required = true},
    {.name = "now", .required = true},
    {.name = "edition", .required = true},
    {.name = "digest", .required = true},
    {.name = "bytes", .kind = SHAPE_INTEGER, .required = true},
    {0}};
static const struct shape SNAPSHOT_ELEMENT[] = {
    {.name = "member", .kind = SHAPE_STRUCTURE, .members = SNAPSHOT_OUT}};
static const struct shape SNAPSHOTS_OUT[] = {
    {.name = "snapshots", .kind = SHAPE_LIST, .required = true, .members = SNAPSHOT_ELEMENT}, {0}};

static enum fault check_name(struct call *call)
{
    return snapshot_name_is_good(call->path_id)
               ? FAULT_NONE
               : problem_set(&call->problem, FAULT_INVALID, "'%.64s' is no name; " NAME_WANTED,
                             call->path_id);
}

/* Where clients find that world, by the address that the call came to. A new text. */
static char *url_of(const struct call *call, const char *name)
{
    const char *host = strstr(call->base_url, "://") + 3;
    size_t root_bytes = (size_t)(host - call->base_url) + strcspn(host, "/");
    return mem_format("%.*s" WORLD_PREFIX "%s", (int)root_bytes, call->base_url, name);
}

/* What the new world's resets go back to: what the body says, or what this world's do. */
static void keep_document(const struct call *call, const struct served *here, struct served *made)
{
    const struct json *own = json_member(call->input, "world");
    bool other = json_true(json_member(call->input, "empty")) ||
                 json_member(call->input, "snapshot") != NULL;
    const struct json *kept = own != NULL ? own : other ? NULL : here->document;
    made->document = kept == NULL ? NULL : json_copy(kept);
    made->document_gives_tokens = own != NULL || here->document_gives_tokens;
}

/* The call acts in the new world for a while: that is how a reset fills it. */
static enum fault fill(struct call *call, struct served *made)
{
    struct served *here = call->world;
    const char *base_url = call->base_url;
    char *url = url_of(call, made->name);
    enum fault fault = served_begin(made, &call->problem);
    if (fault == FAULT_NONE) {
        call->world = made;
        call->base_url = url;
        made->document = here->document; /* lent: like this one as it was started */
        made->document_gives_tokens = here->document_gives_tokens;
        fault = control_reset_from(call, &here->snapshots);
        made->document = NULL;
        if (fault == FAULT_NONE) {
            world_keep_start(made->world);
            keep_document(call, here, made);
            fault = served_commit(made);
        } else {
            served_rollback(made);
        }
        call->world = here;
        call->base_url = base_url;
    }
    free(url);
    return fault;
}

/* Like this one as it was started, unless the body says otherwise. */
static enum fault put_named_world(struct call *call)
{
    struct served *here = call->world;
    const struct world *like = here->world;
    const struct world_options options = {.seed = like->start_seed,
                                          .facts_checked = like->facts_checked,
                                          .start_s = like->start_s,
                                          .running = like->start_running,
                                          .reading = like->start_reading,
                                          .tell = like->tell};
    enum fault fault = check_name(call);
    if (fault != FAULT_NONE)
        return fault;
    struct served *made = served_new(call->path_id, &options, here->worlds, &call->problem);
    if (made == NULL)
        return FAULT_INTERNAL;
    fault = fill(call, made);
    if (fault == FAULT_NONE)
        fault = worlds_add(here->worlds, made, &call->problem);
    if (fault != FAULT_NONE)
        served_free(made);
    return fault;
}

/* Two worlds that delete each other would wait for each other. */
static enum fault delete_named_world(struct call *call)
{
    struct served *here = call->world;
    if (here->name[0] != '\0')
        return problem_set(&call->problem, FAULT_CONFLICT,
                           "worlds are deleted from outside, without " WORLD_PREFIX
                           "%s before the path",
                           here->name);
    enum fault fault = check_name(call);
    if (fault != FAULT_NONE)
        return fault;
    return worlds_delete(here->worlds, call->path_id, &call->problem);
}

struct seen_worlds {
    const struct call *call;
    struct json *array;
};

static void see_name(void *self, const char *name)
{
    const struct seen_worlds *seen = self;
    struct json *out = json_push(seen->array, json_new_object());
    char *url = url_of(seen->call, name);
    json_put_text(out, "name", name);
    json_put_text(out, "url", url);
    free(url);
}

static enum fault get_named_worlds(struct call *call)
{
    struct served *here = call->world;
    struct seen_worlds seen = {.call = call,
                               .array = json_put(call->output, "worlds", json_new_array())};
    worlds_each(here->worlds, see_name, &seen);
    return FAULT_NONE;
}

static void put_snapshot_row(struct json *out, const struct snapshot *snapshot)
{
    char digest[17];
    snprintf(digest, sizeof digest, "%016" PRIx64, snapshot->digest);
    json_put_text(out, "name", snapshot->name);
    call_put_time(out, "now", snapshot->now_s);
    json_put_text(out, "edition", snapshot->edition);
    json_put_text(out, "digest", digest);
    json_put_integer(out, "bytes", (int64_t)snapshot->bytes);
}

/*
 * Under the name of the path, in the place of what had it before. Takes the image over, kept or
 * not.
 */
static enum fault keep(struct call *call, struct snapshot *taken)
{
    struct served *here = call->world;
    const struct snapshot *old = snapshot_find(&here->snapshots, call->path_id);
    if (old == NULL && here->snapshots.count == LIMIT_SNAPSHOTS) {
        free(taken->image);
        return problem_set(&call->problem, FAULT_QUOTA, "this world has %d snapshots already",
                           LIMIT_SNAPSHOTS);
    }
    if (!worlds_count_bytes(here->worlds, taken->bytes, old == NULL ? 0 : old->bytes)) {
        free(taken->image);
        return problem_set(&call->problem, FAULT_QUOTA,
                           "the snapshots of all worlds would have more than %d MiB",
                           LIMIT_SNAPSHOTS_BYTES / 1024 / 1024);
    }
    struct snapshot *place = snapshot_place(&here->snapshots, call->path_id);
    free(place->image);
    memcpy(taken->name, place->name, sizeof taken->name);
    *place = *taken;
    put_snapshot_row(call->output, place);
    return FAULT_NONE;
}

static enum fault save_snapshot(struct call *call)
{
    struct snapshot taken;
    enum fault fault = check_name(call);
    if (fault != FAULT_NONE)
        return fault;
    fault = snapshot_take(world_of(call), &taken);
    if (fault != FAULT_NONE)
        return fault;
    return keep(call, &taken);
}

static enum fault upload_snapshot(struct call *call)
{
    struct snapshot taken;
    enum fault fault = check_name(call);
    if (fault != FAULT_NONE)
        return fault;
    fault = snapshot_read(call->bytes, call->byte_count, &taken, &call->problem);
    if (fault != FAULT_NONE)
        return fault;
    return keep(call, &taken);
}

static enum fault get_snapshot(struct call *call)
{
    struct served *here = call->world;
    struct snapshot *snapshot = NULL;
    enum fault fault = control_snapshot_named(call, &here->snapshots, call->path_id, &snapshot);
    if (fault != FAULT_NONE)
        return fault;
    call->text = memcpy(mem_new(snapshot->bytes), snapshot->image, snapshot->bytes);
    call->text_bytes = snapshot->bytes;
    call->text_type = SQLITE_MEDIA_TYPE;
    return FAULT_NONE;
}

static enum fault delete_snapshot(struct call *call)
{
    struct served *here = call->world;
    struct snapshot *snapshot = NULL;
    enum fault fault = control_snapshot_named(call, &here->snapshots, call->path_id, &snapshot);
    if (fault != FAULT_NONE)
        return fault;
    worlds_count_bytes(here->worlds, 0, snapshot->bytes);
    snapshot_drop(&here->snapshots, snapshot);
    return FAULT_NONE;
}

static enum fault get_snapshots(struct call *call)
{
    struct served *here = call->world;
    struct json *array = json_put(call->output, "snapshots", json_new_array());
    for (size_t i = 0; i < here->snapshots.count; i++)
        put_snapshot_row(json_push(array, json_new_object()), &here->snapshots.all[i]);
    return FAULT_NONE;
}

static const struct operation OPERATIONS[] = {
    OPERATION_AT("GET", "/_mock/worlds", "ListWorlds", READ, NO_SHAPE, WORLDS_OUT,
                 get_named_worlds),
    OPERATION_AT("PUT", "/_mock/worlds/*", "MakeWorld", WRITE, RESET_IN, NAMES_OUT,
                 put_named_world),
    OPERATION_AT("DELETE", "/_mock/worlds/*", "DeleteWorld", WRITE, NO_SHAPE, NO_SHAPE,
                 delete_named_world),
    OPERATION_AT("GET", "/_mock/snapshots", "ListSnapshots", READ, NO_SHAPE, SNAPSHOTS_OUT,
                 get_snapshots),
    OPERATION_AT("PUT", "/_mock/snapshots/*", "SaveSnapshot", WRITE, NO_SHAPE, SNAPSHOT_OUT,
                 save_snapshot),
    OPERATION_AT("GET", "/_mock/snapshots/*", "DownloadSnapshot", READ, NO_SHAPE, NO_SHAPE,
                 get_snapshot),
    OPERATION_AT("DELETE", "/_mock/snapshots/*", "DeleteSnapshot", WRITE, NO_SHAPE, NO_SHAPE,
                 delete_snapshot),
    {0}};

static const struct operation UPLOADS[] = {OPERATION_AT("PUT", "/_mock/snapshots/*",
                                                        "UploadSnapshot", WRITE, NO_SHAPE,
                                                        SNAPSHOT_OUT, upload_snapshot),
                                           {0}};

const struct service WORLDS_SERVICE = {.name = "worlds",
                                       .protocol = PROTOCOL_CONTROL,
                                       .content_type = "application/json",
                                       .operations = OPERATIONS};

const struct service UPLOADS_SERVICE = {.name = "uploads",
                                        .protocol = PROTOCOL_CONTROL,
                                        .content_type = "application/json",
                                        .body_type = SQLITE_MEDIA_TYPE,
                                        .operations = UPLOADS};
