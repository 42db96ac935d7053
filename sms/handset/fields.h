/* fields.h: reads a JSON object (RFC 8259) by a table of fields, strictly: another property, a
 * missing one, one given twice, another type or a value out of bounds is refused. Any thread. */
#ifndef WM_HANDSET_FIELDS_H
#define WM_HANDSET_FIELDS_H

#include "sms/handset/http.h"

struct field {
    const char *name;
    bool required;
    const char **text; /* a string of at most `max` bytes; NULL stays NULL when absent */
    int *number;       /* or a whole number from 0 to `max` */
    int max;
};

/* True when the body fits; strings are copied to the request's arena. Else the reply is made. */
bool fields_read(struct request *request, const struct field *fields, size_t n,
                 struct reply *reply);

#endif
