/* fuzz_receipt.c: receipts from any bytes. What is accepted must survive being shown and read. */
#include "common/ballot.h"
#include "common/log.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char typed[256], shown[RECEIPT_LEN + 1];
    int64_t bits = -1, again = -1;
    if (size >= sizeof(typed))
        return -1;
    memcpy(typed, data, size);
    typed[size] = '\0';
    if (!receipt_read(typed, &bits)) {
        MUST(bits == -1);
        return 0;
    }
    MUST(bits >= 0 && bits < INT64_C(1) << 60);
    receipt_show(bits, shown);
    MUST(strlen(shown) == RECEIPT_LEN && receipt_read(shown, &again) && again == bits);
    return 0;
}
