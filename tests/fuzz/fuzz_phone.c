/* fuzz_phone.c: telephone numbers from any bytes. What is accepted must be E.164, and be read
 * again as the same number of the same kind. */
#include "common/log.h"
#include "common/phone.h"
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char typed[256], out[PHONE_LEN + 1], again[PHONE_LEN + 1];
    if (size >= sizeof(typed))
        return -1;
    memcpy(typed, data, size);
    typed[size] = '\0';
    enum phone_kind kind = phone_read(typed, out);
    size_t len = strlen(out);
    if (len == 0) {
        MUST(kind != PHONE_UK_MOBILE && kind != PHONE_OTHER);
        return 0;
    }
    MUST(out[0] == '+' && len >= 8 && len <= PHONE_LEN);
    MUST(strspn(out + 1, "0123456789") == len - 1 && out[1] != '0');
    MUST(phone_read(out, again) == kind && strcmp(out, again) == 0);
    return 0;
}
