/* authenticator.c: a new authenticator, from its seed to the first code. The address in the square
 * is what authenticator apps read: otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=… (Google
 * Authenticator's "Key Uri Format"). */
#include "server/authenticator.h"

#include "server/letters.h"
#include "server/officer_proof.h"

/* What is sealed into the form: the seed, and whom it is for. */
enum {
    OWNER_LEN = 32,
    PLAIN_LEN = AUTHENTICATOR_SEED_LEN + OWNER_LEN,
    FORM_LEN = PLAIN_LEN + SECRET_SEAL_EXTRA,
    TEXT_MAX = FORM_LEN * 4 / 3 + 4,
    URI_MAX = 1200
};

static bool unseal(const struct request *r, const uint8_t owner[OWNER_LEN],
                   uint8_t plain[PLAIN_LEN])
{
    uint8_t sealed[TEXT_MAX];
    const char *text = request_field(r, "seed");
    return *text != '\0' && strlen(text) < TEXT_MAX &&
           secret_unbase64url(text, sealed) == FORM_LEN &&
           secret_unseal("officer.seed", sealed, FORM_LEN, plain) == PLAIN_LEN &&
           secret_equal(plain + AUTHENTICATOR_SEED_LEN, owner, OWNER_LEN);
}

static void fresh(const uint8_t owner[OWNER_LEN], uint8_t plain[PLAIN_LEN])
{
    secret_random(plain, AUTHENTICATOR_SEED_LEN);
    memcpy(plain + AUTHENTICATOR_SEED_LEN, owner, OWNER_LEN);
}

static void show(struct html *h, const char *email, const uint8_t seed[AUTHENTICATOR_SEED_LEN])
{
    struct buf uri = buf_new(URI_MAX);
    char base32[33];
    secret_base32(seed, base32);
    buf_str_add(&uri, "otpauth://totp/Wardmote:");
    buf_percent(&uri, email);
    buf_fmt(&uri, "?secret=%s&issuer=Wardmote", base32);
    html_raw(h, "<h2 class=\"govuk-heading-m\">Your authenticator app</h2>\n"
                "<p class=\"govuk-body\">Add an account in the app: point it at this square, or "
                "type the letters below it.</p>\n<p class=\"govuk-body\">");
    letters_qr(h, buf_str(&uri), "QR code for your authenticator app");
    html_raw(h, "</p>\n<p class=\"govuk-body wm-type\" id=\"letters\">");
    for (size_t i = 0; i < strlen(base32); i += 4)
        html_textf(h, "%.4s ", base32 + i);
    html_raw(h, "</p>\n");
    buf_free(&uri);
    explicit_bzero(base32, sizeof base32);
}

void authenticator_fields(struct html *h, struct request *r, const struct form_errors *errors,
                          const char *email, const uint8_t owner[OWNER_LEN])
{
    uint8_t plain[PLAIN_LEN], sealed[FORM_LEN];
    char text[TEXT_MAX];
    if (!unseal(r, owner, plain))
        fresh(owner, plain);
    show(h, email, plain);
    secret_base64url(sealed, secret_seal("officer.seed", plain, sizeof plain, sealed), text);
    explicit_bzero(plain, sizeof plain);
    form_hidden(h, "seed", text);
    form_input(h, errors,
               &(struct form_input){.name = "totp",
                                    .label = "Code that the app shows now",
                                    .hint = "6 digits. They show that it works.",
                                    .inputmode = "numeric",
                                    .autocomplete = "one-time-code",
                                    .width = 10});
}

bool authenticator_read(const struct request *r, const uint8_t owner[OWNER_LEN], int64_t unix_s,
                        uint8_t sealed[AUTHENTICATOR_SEALED_LEN], int64_t *step)
{
    uint8_t plain[PLAIN_LEN];
    char code[8];
    if (!unseal(r, owner, plain))
        return false;
    officer_code_read(request_field(r, "totp"), code);
    *step = secret_totp_check(plain, code, unix_s, 0);
    secret_seal("officer.totp", plain, AUTHENTICATOR_SEED_LEN, sealed);
    explicit_bzero(plain, sizeof plain);
    return *step >= 0;
}
