/* fuzz_code.c: voting codes from any bytes. What is accepted must survive being shown and read. */
#include "common/damm.h"
#include "common/log.h"
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char typed[256], code[CODE_DIGITS + 1], shown[17], again[CODE_DIGITS + 1];
    if (size >= sizeof(typed))
        return -1;
    memcpy(typed, data, size);
    typed[size] = '\0';
    if (!code_read(typed, code)) {
        MUST(code[0] == '\0');
        return 0;
    }
    MUST(strlen(code) == CODE_DIGITS && damm_valid(code, CODE_DIGITS));
    code_show(code, shown);
    MUST(code_read(shown, again) && strcmp(code, again) == 0);
    return 0;
}
