/* SPDX-License-Identifier: MIT */
/*
 * A certificate authority of this machine's own: its certificate and key are files, certificates
 * for single hosts are made when a client asks for them and kept in memory. Nothing is ever
 * installed into the system. Times of certificates are wall time.
 */
#ifndef MOCK_KIRO_WIRE_AUTHORITY_H
#define MOCK_KIRO_WIRE_AUTHORITY_H

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>

#include "base/fault.h"

struct authority;

/*
 * Read ca.pem and ca-key.pem (mode 0600) in `folder`, or make folder and files, under a lock that
 * other processes respect too (control-api.md, "mock-aws ca"). NULL with one line in `problem`:
 * what, where, what would be right.
 */
struct authority *authority_open(const char *folder, struct problem *problem);
void authority_close(struct authority *authority); /* NULL is fine */

/* The authority's own certificate, PEM; borrowed. */
const char *authority_certificate(const struct authority *authority);

/*
 * The certificate for a host name (NULL or an IP literal of loopback: the one for localhost,
 * 127.0.0.1 and ::1), made now if it is the first time. Borrowed, valid until authority_close. NULL
 * if the name is none, or too many were asked for. Safe from any thread.
 */
gnutls_pcert_st *authority_host(struct authority *authority, const char *name);

/* The key of all of them; borrowed. */
gnutls_privkey_t authority_key(const struct authority *authority);

#endif
