/* lot.h: the last word between two proposals that every other comparison leaves equal. */
#ifndef COUNT_LOT_H
#define COUNT_LOT_H

#include <stdint.h>

#include "common/digest.h"

enum { LOT_SEED_LEN = 32 };

/* The lot of a proposal: SHA-256("wardmote/lot/1" || 0x00 || seed || id as it stands in the
 * file). The lowest lot, compared byte by byte, comes first. The seed is committed to before the
 * vote opens, so that nobody can choose it knowing the ballots. */
void lot_draw(const uint8_t seed[LOT_SEED_LEN], const char *id, uint8_t lot[DIGEST_LEN]);

/* The natural order of ids, for counts without a seed: runs of digits compare as numbers and
 * come before other characters, the rest compares by bytes; "2" < "10", "P2" < "P10", "7" < "A".
 * Ids that differ only in leading zeros are ordered by bytes, so that the order is total. */
int lot_natural(const char *a, const char *b);

#endif
