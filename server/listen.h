/* listen.h: the socket that the server listens on. */
#ifndef WM_LISTEN_H
#define WM_LISTEN_H

#include "common/buf.h"

/* A listening, non-blocking socket for "127.0.0.1:8080", "[::1]:8080" (port 0: any free one) or
 * "unix:/run/wardmote/server.sock" (mode 0660; a socket left behind by a dead process is
 * replaced). -1 with a line in `error`. */
int listen_open(const char *address, struct buf *error);
/* Removes a unix socket's file. */
void listen_forget(const char *address);
/* True for an address that only this machine reaches. */
bool listen_is_local(const char *address);
/* The address that a socket got, as "127.0.0.1:40123"; `out` holds 128 bytes. */
void listen_name(int fd, const char *address, char out[128]);

#endif
