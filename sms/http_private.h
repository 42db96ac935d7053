/* http_private.h: what http.c and http_request.c share; no other file may include it. */
#ifndef WM_SMS_HTTP_PRIVATE_H
#define WM_SMS_HTTP_PRIVATE_H

#include "sms/http.h"
#include <sys/socket.h>

/* As http_address_private, of what a name was resolved to. */
bool http_is_private(const struct sockaddr *address);
bool http_is_loopback(const struct sockaddr *address);
/* A host as it stands in an address: this machine itself. */
bool http_host_loopback(const char *host);

#endif
