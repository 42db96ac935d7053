/* import_columns.c: what the columns of an office's export are for, by their names. */
#include "server/import_columns.h"

/* Names without case, spaces and punctuation. Sources: reference/web.md, 5.3 (Xpress, Halarose and
 * Democracy Counts exports, electoral registers), AddressBase's UPRN, and what people write. */
static const struct {
    const char *name;
    enum import_role role;
} known[] = {
    {"address", IMPORT_ADDRESS},
    {"addressline", IMPORT_ADDRESS},
    {"addressline1", IMPORT_ADDRESS},
    {"addressline2", IMPORT_ADDRESS},
    {"addressline3", IMPORT_ADDRESS},
    {"addressline4", IMPORT_ADDRESS},
    {"addressline5", IMPORT_ADDRESS},
    {"addressline6", IMPORT_ADDRESS},
    {"address1", IMPORT_ADDRESS},
    {"address2", IMPORT_ADDRESS},
    {"address3", IMPORT_ADDRESS},
    {"address4", IMPORT_ADDRESS},
    {"address5", IMPORT_ADDRESS},
    {"address6", IMPORT_ADDRESS},
    {"add1", IMPORT_ADDRESS},
    {"add2", IMPORT_ADDRESS},
    {"add3", IMPORT_ADDRESS},
    {"add4", IMPORT_ADDRESS},
    {"add5", IMPORT_ADDRESS},
    {"add6", IMPORT_ADDRESS},
    {"housename", IMPORT_ADDRESS},
    {"housenumber", IMPORT_ADDRESS},
    {"propertynumber", IMPORT_ADDRESS},
    {"propertyname", IMPORT_ADDRESS},
    {"streetname", IMPORT_ADDRESS},
    {"street", IMPORT_ADDRESS},
    {"locality", IMPORT_ADDRESS},
    {"town", IMPORT_ADDRESS},
    {"posttown", IMPORT_ADDRESS},
    {"adminarea", IMPORT_ADDRESS},
    {"postcode", IMPORT_POSTCODE},
    {"uprn", IMPORT_UPRN},
    {"propertyurn", IMPORT_UPRN},
    {"ward", IMPORT_AREA},
    {"wardname", IMPORT_AREA},
    {"wardcode", IMPORT_AREA},
    {"area", IMPORT_AREA},
    {"neighbourhood", IMPORT_AREA},
    {"code", IMPORT_CODE},
    {"votingcode", IMPORT_CODE},
    {"phone", IMPORT_PHONE},
    {"phonenumber", IMPORT_PHONE},
    {"mobile", IMPORT_PHONE},
    {"mobilenumber", IMPORT_PHONE},
    {"mobilephone", IMPORT_PHONE},
    {"telephone", IMPORT_PHONE},
    {"electornumber", IMPORT_PERSON},
    {"electornumberprefix", IMPORT_PERSON},
    {"electornumbersuffix", IMPORT_PERSON},
    {"elector", IMPORT_PERSON},
};

void import_plain_name(const char *name, char out[IMPORT_NAME_MAX])
{
    size_t n = 0;
    for (; *name != '\0' && n < IMPORT_NAME_MAX - 1; name++) {
        char c = *name;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c | 0x20);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out[n++] = c;
    }
    out[n] = '\0';
}

static enum import_role role_of(const char *name)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].name, name) == 0)
            return known[i].role;
    }
    return IMPORT_IGNORED;
}

void import_columns_read(struct arena *arena, const struct csv_row *header,
                         struct import_columns *out)
{
    bool has[IMPORT_ROLES] = {false}, line6 = false;
    int last = 0;
    *out = (struct import_columns){.n = header->n};
    for (int i = 0; i < header->n; i++) {
        char name[IMPORT_NAME_MAX];
        import_plain_name(header->cell[i], name);
        out->name[i] = arena_strdup(arena, header->cell[i]);
        out->role[i] = role_of(name);
        has[out->role[i]] = true;
        if (strcmp(name, "addressline6") == 0) {
            line6 = true;
            last = i;
        }
    }
    if (line6 && !has[IMPORT_POSTCODE]) {
        out->role[last] = IMPORT_POSTCODE;
        out->postcode_last = true;
    }
    out->known = has[IMPORT_ADDRESS] || has[IMPORT_CODE] || has[IMPORT_PHONE];
}
