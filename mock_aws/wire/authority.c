/* SPDX-License-Identifier: MIT */
/* The certificate authority; see authority.h. GnuTLS does what is cryptography. */
#include "wire/authority.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

enum {
    HOSTS_MAX = 1024,
    NAME_BYTES = 254,
    SERIAL_BYTES = 16,
    DAY_S = 86400,
    CA_DAYS = 3650,
    HOST_DAYS = 397, /* the longest that clients take */
    FILE_BYTES_MAX = 65536
};

struct host {
    char name[NAME_BYTES];
    gnutls_pcert_st certificate;
};

struct authority {
    gnutls_x509_crt_t certificate;
    gnutls_x509_privkey_t key;
    gnutls_x509_privkey_t host_key; /* one for all hosts */
    gnutls_privkey_t host_private;  /* the same, in the form that a handshake wants */
    char *pem;
    pthread_mutex_t lock; /* of hosts */
    size_t host_count;
    struct host *hosts[HOSTS_MAX];
};

static bool failed(int result, struct problem *problem, const char *what)
{
    if (result >= 0)
        return false;
    problem_set(problem, FAULT_INTERNAL, "%s: %s", what, gnutls_strerror(result));
    return true;
}

/* The folder and what leads there. */
static bool make_folder(const char *folder)
{
    char *path = mem_text(folder);
    bool made = true;
    for (char *at = path + 1; made && *at != '\0'; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        made = mkdir(path, 0700) == 0 || errno == EEXIST;
        *at = '/';
    }
    made = made && (mkdir(path, 0700) == 0 || errno == EEXIST);
    free(path);
    return made;
}

/* The whole file as a text; NULL if it is not there (errno is ENOENT) or cannot be read. */
static char *read_file(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return NULL;
    char *chars = mem_new(FILE_BYTES_MAX + 1);
    ssize_t bytes = read(file, chars, FILE_BYTES_MAX);
    close(file);
    if (bytes >= 0)
        return chars;
    free(chars);
    return NULL;
}

/* By rename, so that nobody reads half a file. */
static bool write_file(const char *path, mode_t mode, const gnutls_datum_t *data)
{
    char *draft = mem_format("%s.new", path);
    unlink(draft);
    int file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    bool good = file >= 0 && write(file, data->data, data->size) == (ssize_t)data->size;
    if (file >= 0)
        good = close(file) == 0 && good;
    good = good && rename(draft, path) == 0;
    free(draft);
    return good;
}

/* What every certificate here has, signed in the end by the authority's key. */
static int certificate_begin(gnutls_x509_crt_t certificate, gnutls_x509_privkey_t key, int days)
{
    unsigned char serial[SERIAL_BYTES];
    unsigned char key_id[20];
    size_t key_id_bytes = sizeof key_id;
    time_t now_s = time(NULL);
    int result = gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof serial);
    serial[0] = (unsigned char)((serial[0] & 0x7F) | 0x40); /* positive, and of full length */
    if (result >= 0)
        result = gnutls_x509_crt_set_version(certificate, 3);
    if (result >= 0)
        result = gnutls_x509_crt_set_serial(certificate, serial, sizeof serial);
    if (result >= 0)
        result = gnutls_x509_crt_set_activation_time(certificate, now_s - DAY_S);
    if (result >= 0)
        result = gnutls_x509_crt_set_expiration_time(certificate, now_s + (time_t)days * DAY_S);
    if (result >= 0)
        result = gnutls_x509_crt_set_key(certificate, key);
    if (result >= 0)
        result = gnutls_x509_privkey_get_key_id(key, GNUTLS_KEYID_USE_SHA1, key_id, &key_id_bytes);
    if (result >= 0)
        result = gnutls_x509_crt_set_subject_key_id(certificate, key_id, key_id_bytes);
    return result;
}

static int key_make(gnutls_x509_privkey_t *out_key)
{
    int result = gnutls_x509_privkey_init(out_key);
    if (result >= 0)
        result = gnutls_x509_privkey_generate(*out_key, GNUTLS_PK_ECDSA,
                                              GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
    return result;
}

static int authority_make(struct authority *authority)
{
    int result = key_make(&authority->key);
    if (result >= 0)
        result = gnutls_x509_crt_init(&authority->certificate);
    gnutls_x509_crt_t certificate = authority->certificate;
    if (result >= 0)
        result = certificate_begin(certificate, authority->key, CA_DAYS);
    if (result >= 0)
        result = gnutls_x509_crt_set_dn(certificate, "CN=mock-aws local CA,O=mock-kiro", NULL);
    if (result >= 0)
        result = gnutls_x509_crt_set_basic_constraints(certificate, 1, 0);
    if (result >= 0)
        result = gnutls_x509_crt_set_key_usage(certificate,
                                               GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN);
    if (result >= 0)
        result =
            gnutls_x509_crt_sign2(certificate, certificate, authority->key, GNUTLS_DIG_SHA256, 0);
    return result;
}

static bool authority_write(const struct authority *authority, const char *certificate_path,
                            const char *key_path, struct problem *problem)
{
    gnutls_datum_t key = {0};
    gnutls_datum_t certificate = {0};
    bool good = false;
    int result = gnutls_x509_privkey_export2(authority->key, GNUTLS_X509_FMT_PEM, &key);
    if (result >= 0)
        result = gnutls_x509_crt_export2(authority->certificate, GNUTLS_X509_FMT_PEM, &certificate);
    if (!failed(result, problem, "the certificate authority cannot be printed")) {
        good = write_file(key_path, 0600, &key) && write_file(certificate_path, 0644, &certificate);
        if (!good)
            problem_set(problem, FAULT_INTERNAL, "%s: cannot be written: %s", certificate_path,
                        strerror(errno));
    }
    gnutls_free(key.data);
    gnutls_free(certificate.data);
    return good;
}

static bool authority_parse(struct authority *authority, const char *certificate, const char *key,
                            const char *path, struct problem *problem)
{
    gnutls_datum_t certificate_data = {(unsigned char *)certificate, (unsigned)strlen(certificate)};
    gnutls_datum_t key_data = {(unsigned char *)key, (unsigned)strlen(key)};
    int result = gnutls_x509_crt_init(&authority->certificate);
    if (result >= 0)
        result =
            gnutls_x509_crt_import(authority->certificate, &certificate_data, GNUTLS_X509_FMT_PEM);
    if (result >= 0)
        result = gnutls_x509_privkey_init(&authority->key);
    if (result >= 0)
        result = gnutls_x509_privkey_import(authority->key, &key_data, GNUTLS_X509_FMT_PEM);
    if (result < 0)
        problem_set(problem, FAULT_INVALID,
                    "%s or its key is damaged (%s): remove both, and they are made anew", path,
                    gnutls_strerror(result));
    return result >= 0;
}

/* Under the lock: what is there, or what is made now. */
static bool authority_load(struct authority *authority, const char *folder, struct problem *problem)
{
    char *certificate_path = mem_format("%s/ca.pem", folder);
    char *key_path = mem_format("%s/ca-key.pem", folder);
    char *certificate = read_file(certificate_path);
    char *key = read_file(key_path);
    bool good;
    if (certificate != NULL && key != NULL)
        good = authority_parse(authority, certificate, key, certificate_path, problem);
    else
        good =
            !failed(authority_make(authority), problem, "no certificate authority can be made") &&
            authority_write(authority, certificate_path, key_path, problem);
    if (good) {
        gnutls_datum_t printed = {0};
        int result = gnutls_x509_crt_export2(authority->certificate, GNUTLS_X509_FMT_PEM, &printed);
        good = !failed(result, problem, "the certificate cannot be printed");
        authority->pem = good ? mem_text((const char *)printed.data) : NULL;
        gnutls_free(printed.data);
    }
    free(certificate);
    free(key);
    free(certificate_path);
    free(key_path);
    return good;
}

static bool host_key_make(struct authority *authority, struct problem *problem)
{
    int result = key_make(&authority->host_key);
    if (result >= 0)
        result = gnutls_privkey_init(&authority->host_private);
    if (result >= 0)
        result = gnutls_privkey_import_x509(authority->host_private, authority->host_key, 0);
    return !failed(result, problem, "no key for hosts can be made");
}

struct authority *authority_open(const char *folder, struct problem *problem)
{
    struct authority *authority = mem_new(sizeof *authority);
    int result = pthread_mutex_init(&authority->lock, NULL);
    assert(result == 0);
    char *lock_path = mem_format("%s/lock", folder);
    int lock = make_folder(folder) ? open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
    bool good = lock >= 0 && flock(lock, LOCK_EX) == 0;
    if (!good)
        problem_set(problem, FAULT_INVALID,
                    "%s: cannot be made or locked (%s); set XDG_STATE_HOME to a folder that can be "
                    "written",
                    lock_path, strerror(errno));
    good = good && authority_load(authority, folder, problem);
    if (lock >= 0)
        close(lock);
    free(lock_path);
    if (good && host_key_make(authority, problem))
        return authority;
    authority_close(authority);
    return NULL;
}

void authority_close(struct authority *authority)
{
    if (authority == NULL)
        return;
    for (size_t i = 0; i < authority->host_count; i++) {
        gnutls_pcert_deinit(&authority->hosts[i]->certificate);
        free(authority->hosts[i]);
    }
    if (authority->host_private != NULL)
        gnutls_privkey_deinit(authority->host_private);
    if (authority->host_key != NULL)
        gnutls_x509_privkey_deinit(authority->host_key);
    if (authority->key != NULL)
        gnutls_x509_privkey_deinit(authority->key);
    if (authority->certificate != NULL)
        gnutls_x509_crt_deinit(authority->certificate);
    pthread_mutex_destroy(&authority->lock);
    free(authority->pem);
    free(authority);
}

const char *authority_certificate(const struct authority *authority)
{
    return authority->pem;
}

gnutls_privkey_t authority_key(const struct authority *authority)
{
    return authority->host_private;
}

static int add_name(gnutls_x509_crt_t certificate, gnutls_x509_subject_alt_name_t type,
                    const void *name, unsigned bytes)
{
    return gnutls_x509_crt_set_subject_alt_name(certificate, type, name, bytes, GNUTLS_FSAN_APPEND);
}

/* With localhost come the addresses that are the same machine. */
static int add_names(gnutls_x509_crt_t certificate, const char *name)
{
    static const unsigned char V4[4] = {127, 0, 0, 1};
    static const unsigned char V6[16] = {[15] = 1};
    int result = add_name(certificate, GNUTLS_SAN_DNSNAME, name, (unsigned)strlen(name));
    if (result >= 0 && strcmp(name, "localhost") == 0) {
        result = add_name(certificate, GNUTLS_SAN_IPADDRESS, V4, sizeof V4);
        if (result >= 0)
            result = add_name(certificate, GNUTLS_SAN_IPADDRESS, V6, sizeof V6);
    }
    return result;
}

static int host_sign(struct authority *authority, gnutls_x509_crt_t certificate, const char *name)
{
    int result = certificate_begin(certificate, authority->host_key, HOST_DAYS);
    if (result >= 0) /* the name itself is in the alternative names: a common name ends at 64 */
        result = gnutls_x509_crt_set_dn(certificate, "CN=mock-aws,O=mock-kiro", NULL);
    if (result >= 0)
        result = gnutls_x509_crt_set_basic_constraints(certificate, 0, -1);
    if (result >= 0)
        result = gnutls_x509_crt_set_key_usage(certificate, GNUTLS_KEY_DIGITAL_SIGNATURE);
    if (result >= 0)
        result = gnutls_x509_crt_set_key_purpose_oid(certificate, GNUTLS_KP_TLS_WWW_SERVER, 0);
    if (result >= 0)
        result = add_names(certificate, name);
    if (result >= 0)
        result = gnutls_x509_crt_sign2(certificate, authority->certificate, authority->key,
                                       GNUTLS_DIG_SHA256, 0);
    return result;
}

static struct host *host_make(struct authority *authority, const char *name)
{
    gnutls_x509_crt_t certificate = NULL;
    struct host *host = mem_new(sizeof *host);
    text_copy(host->name, sizeof host->name, name);
    int result = gnutls_x509_crt_init(&certificate);
    if (result >= 0)
        result = host_sign(authority, certificate, name);
    if (result >= 0)
        result = gnutls_pcert_import_x509(&host->certificate, certificate, 0);
    if (certificate != NULL)
        gnutls_x509_crt_deinit(certificate);
    if (result >= 0)
        return host;
    free(host);
    return NULL;
}

static bool is_host_name(const char *name)
{
    size_t bytes = strlen(name);
    return bytes > 0 && bytes < NAME_BYTES &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_") == bytes;
}

gnutls_pcert_st *authority_host(struct authority *authority, const char *name)
{
    const char *wanted =
        name == NULL || strspn(name, "0123456789.") == strlen(name) || strchr(name, ':') != NULL
            ? "localhost"
            : name;
    if (!is_host_name(wanted))
        return NULL;
    pthread_mutex_lock(&authority->lock);
    size_t at = 0;
    while (at < authority->host_count && strcmp(authority->hosts[at]->name, wanted) != 0)
        at++;
    if (at == authority->host_count && at < HOSTS_MAX) {
        authority->hosts[at] = host_make(authority, wanted);
        authority->host_count += authority->hosts[at] != NULL ? 1 : 0;
    }
    struct host *host = at < authority->host_count ? authority->hosts[at] : NULL;
    pthread_mutex_unlock(&authority->lock);
    return host == NULL ? NULL : &host->certificate;
}
