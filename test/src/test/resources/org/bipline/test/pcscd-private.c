// SPDX-License-Identifier: Apache-2.0
// Preloaded into pcscd, lets it run beside another one and keeps its virtual reader on loopback: pcscd takes the socket of
// its clients from its parent, as systemd gives it, at the path in PCSCLITE_CSOCK_NAME; vpcd binds to 127.0.0.1.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define FIRST_FD 3 // SD_LISTEN_FDS_START of sd_listen_fds(3)

__attribute__((constructor)) static void listen_for_clients(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char pid[16];
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    strncpy(address.sun_path, getenv("PCSCLITE_CSOCK_NAME"), sizeof address.sun_path - 1);
    unlink(address.sun_path);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 8) != 0) {
        perror(address.sun_path);
        _exit(1);
    }
    if (fd != FIRST_FD) {
        dup2(fd, FIRST_FD);
        close(fd);
    }
    snprintf(pid, sizeof pid, "%d", getpid());
    setenv("LISTEN_PID", pid, 1);
    setenv("LISTEN_FDS", "1", 1);
}

int bind(int fd, const struct sockaddr *address, socklen_t length) {
    int (*next)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "bind");
    struct sockaddr_in loopback;
    if (address->sa_family != AF_INET) {
        return next(fd, address, length);
    }
    memcpy(&loopback, address, sizeof loopback);
    loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return next(fd, (struct sockaddr *)&loopback, sizeof loopback);
}
