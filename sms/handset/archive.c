/* archive.c: a ring of texts. */
#include "sms/handset/archive.h"

#include <pthread.h>

#include "common/buf.h"
#include "common/log.h"

struct archive {
    pthread_mutex_t lock;
    size_t next, n;
    struct archived texts[ARCHIVE_MAX];
};

struct archive *archive_new(void)
{
    struct archive *archive = wm_alloc(sizeof *archive);
    MUST(pthread_mutex_init(&archive->lock, NULL) == 0);
    return archive;
}

static void forget(struct archived *text)
{
    free((char *)text->id);
    free((char *)text->from);
    free((char *)text->to);
    free((char *)text->body);
    *text = (struct archived){.at_ms = 0};
}

void archive_free(struct archive *archive)
{
    for (size_t i = 0; i < ARCHIVE_MAX; i++)
        forget(&archive->texts[i]);
    pthread_mutex_destroy(&archive->lock);
    free(archive);
}

void archive_add(struct archive *archive, const struct archived *text)
{
    pthread_mutex_lock(&archive->lock);
    struct archived *place = &archive->texts[archive->next];
    forget(place);
    *place = (struct archived){.direction = text->direction,
                               .id = wm_strdup(text->id),
                               .from = wm_strdup(text->from),
                               .to = wm_strdup(text->to),
                               .body = wm_strdup(text->body),
                               .at_ms = text->at_ms};
    archive->next = (archive->next + 1) % ARCHIVE_MAX;
    archive->n += archive->n < ARCHIVE_MAX;
    pthread_mutex_unlock(&archive->lock);
}

void archive_each(struct archive *archive, bool (*each)(void *context, const struct archived *text),
                  void *context)
{
    bool on = true;
    pthread_mutex_lock(&archive->lock);
    for (size_t i = 1; i <= archive->n && on; i++)
        on = each(context, &archive->texts[(archive->next + ARCHIVE_MAX - i) % ARCHIVE_MAX]);
    pthread_mutex_unlock(&archive->lock);
}
