/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TLS 1.2 clients with a pre-shared key, by OpenSSL, for the benchmark of handshakes:
 *
 *   pskclient IDENTITY KEY SUITE
 *
 * Each line of standard input is PORT RESUME COUNT: COUNT connections to 127.0.0.1, one after another, each with a handshake and a
 * close_notify; RESUME 1 resumes the session of the connection before, as a card does. Answers "." or says what went wrong.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *identity;
static unsigned char key[64];
static long key_length;

static unsigned int psk(SSL *ssl, const char *hint, char *id, unsigned int id_size, unsigned char *out, unsigned int size) {
    (void)ssl;
    (void)hint;
    if (strlen(identity) >= id_size || key_length > (long)size) {
        return 0;
    }
    strcpy(id, identity);
    memcpy(out, key, key_length);
    return key_length;
}

static SSL_SESSION *session;

static int connection(SSL_CTX *context, int port, int resume) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        return 0;
    }
    SSL *ssl = SSL_new(context);
    SSL_set_fd(ssl, fd);
    if (resume && session != NULL) {
        SSL_set_session(ssl, session);
    }
    int good = SSL_connect(ssl) == 1 && (!resume || session == NULL || SSL_session_reused(ssl));
    if (good && resume && session == NULL) {
        session = SSL_get1_session(ssl);
    }
    SSL_shutdown(ssl);
    SSL_free(ssl);
    close(fd);
    return good;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        return 2;
    }
    identity = argv[1];
    unsigned char *bytes = OPENSSL_hexstr2buf(argv[2], &key_length);
    if (bytes == NULL || key_length > (long)sizeof key) {
        return 2;
    }
    memcpy(key, bytes, key_length);
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_psk_client_callback(context, psk);
    if (!SSL_CTX_set_cipher_list(context, argv[3])) {
        return 2;
    }
    int port, resume, count;
    while (scanf("%d %d %d", &port, &resume, &count) == 3) {
        int good = 1;
        for (int i = 0; i < count && good; i++) {
            good = connection(context, port, resume);
        }
        SSL_SESSION_free(session);
        session = NULL;
        if (!good) {
            ERR_print_errors_fp(stderr);
        }
        putchar(good ? '.' : '!');
        fflush(stdout);
    }
    return 0;
}
