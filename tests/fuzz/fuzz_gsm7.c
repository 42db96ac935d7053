/* fuzz_gsm7.c: any text: folding ends in GSM-7, and sizes agree with each other. */
#include "common/log.h"
#include "sms/gsm7.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf text = buf_new(size + 1), folded = buf_new(3 * size + 1);

    buf_add(&text, data, size);
    struct text_size s = gsm7_size(buf_str(&text));
    size_t alone = s.alphabet == ALPHABET_GSM7 ? 160 : 70;
    MUST((s.segments == 1) == (s.units <= alone));
    MUST(s.segments <= 1 + s.units / (s.alphabet == ALPHABET_GSM7 ? 152 : 66));
    gsm7_fold(buf_str(&text), &folded);
    MUST(!folded.overflowed && gsm7_size(buf_str(&folded)).alphabet == ALPHABET_GSM7);
    buf_free(&text);
    buf_free(&folded);
    return 0;
}
