/* test_count_pabulib.c: the reader takes every quirk of published files, and nothing worse. */
#include "test_count_support.h"

#include "count/amount.h"

#define PROJECTS "PROJECTS\nproject_id;cost;name\n1;60;Trees\n2;40;Bins\n3;50;Bench\n"

static const char small[] = META PROJECTS "VOTES\nvoter_id;vote\na;1,2\nb;2\nc;\n";

static void check_small(const char *text)
{
    struct election *e = read_text(text);
    assert_int_equal(e->project_count, 3);
    assert_int_equal(e->ballot_count, 3);
    assert_int_equal(mpq_cmp_ui(e->budget, 100, 1), 0);
    assert_int_equal(mpq_cmp_ui(e->projects[1].cost, 40, 1), 0);
    assert_string_equal(e->projects[0].id, "1");
    assert_string_equal(e->projects[2].name, "Bench");
    assert_int_equal(e->projects[0].votes, 1);
    assert_int_equal(e->projects[1].votes, 2);
    assert_int_equal(e->projects[2].votes, 0);
    assert_int_equal(election_ballot(e, 0).count, 2);
    assert_int_equal(election_ballot(e, 0).picks[1], 1);
    assert_int_equal(election_ballot(e, 1).count, 1);
    assert_int_equal(election_ballot(e, 2).count, 0);
    if (e->warning_count > 0)
        print_error("warning: %s\n", e->warnings[0]);
    assert_int_equal(e->warning_count, 0);
    drop(e);
}

static void plain(void **state)
{
    (void)state;
    check_small(small);
}

static void quirks_that_change_nothing(void **state)
{
    (void)state;
    /* No line key;value. */
    check_small("META\nbudget;100\nvote_type;approval\n" PROJECTS
                "VOTES\nvoter_id;vote\na;1,2\nb;2\nc;\n");
    /* A byte order mark, no line end at the end. */
    check_small("\xEF\xBB\xBF" META PROJECTS "VOTES\nvoter_id;vote\na;1,2\nb;2\nc;");
    /* Empty lines, titles in other cases and with a spreadsheet's semicolons. */
    check_small("\nMeta\n\nkey;value\nbudget;100\n\nvote_type;approval\nprojects;;\n\n"
                "project_id;cost;name\n1;60;Trees\n\n2;40;Bins\n3;50;Bench\n\nVotes;\n"
                "voter_id;vote\na;1,2\nb;2\n\nc;\n\n\n");
    /* Columns in any order, more columns, quoted and doubled quotes, blanks around. */
    check_small(META "PROJECTS\nname;votes;cost;selected;project_id\n\"Trees\";1;60;1; 1 \n"
                     "Bins;2;\"40\";False;2\nBench;;50;2;\"3\"\n"
                     "VOTES\nvote;age;voter_id\n\"1, 2\";33;a\n 2 ;;b\n;12;\"c\"\n");
    /* Decimal commas. */
    check_small("META\nbudget;100,00\nvote_type;approval\nPROJECTS\nproject_id;cost;name\n"
                "1;60,0;Trees\n2;40;Bins\n3;50.00;Bench\nVOTES\nvoter_id;vote\na;1,2\nb;2\nc;\n");
}

/* Replaces each LF by `line_end`. */
static void line_ends(void **state)
{
    (void)state;
    static const char *const ends[] = {"\r\n", "\r", "\n"};
    for (size_t k = 0; k < 3; k++) {
        struct buf text = buf_new(10000);
        for (const char *p = small; *p != '\0'; p++) {
            if (*p == '\n')
                buf_str_add(&text, ends[k]);
            else
                buf_char(&text, *p);
        }
        check_small(buf_str(&text));
        buf_str_add(&text, "d;9");
        assert_refused(buf_str(&text), 15, "\"9\"");
        buf_free(&text);
    }
}

static void quoted_fields(void **state)
{
    (void)state;
    struct election *e =
        read_text(META "PROJECTS\nproject_id;cost;name\n"
                       "1;60;\"A \"\"big\"\" tree; or\r\ntwo\"\n2;40;5\" pipe\n3;1;\"Tail\"s\n"
                       "VOTES\nvoter_id;vote\na;1\n");
    assert_string_equal(e->projects[0].name, "A \"big\" tree; or\ntwo");
    assert_string_equal(e->projects[1].name, "5\" pipe");
    assert_string_equal(e->projects[2].name, "Tails");
    assert_int_equal(e->projects[1].line, 9); /* the name above took two lines */
    drop(e);
}

static void assert_warned(const struct election *e, const char *words)
{
    bool found = false;
    for (size_t i = 0; i < e->warning_count && i < ELECTION_WARNINGS_MAX; i++)
        found = found || strstr(e->warnings[i], words) != NULL;
    if (!found)
        print_error("no warning has: %s\n", words);
    assert_true(found);
}

static void oddities_are_counted_and_warned_about(void **state)
{
    (void)state;
    struct election *e =
        read_text("META\nbudget;1,000\nvote_type;approval\nnum_votes;9\nnum_projects;x\nPROJECTS\n"
                  "project_id;cost;votes;selected\n1;60;1;maybe\n2;40;many;0\n"
                  "VOTES\nvoter_id;vote\na;1,1,2\na;2,,1\nc;1,;extra\n;;\n");
    assert_int_equal(e->ballot_count, 3);
    assert_int_equal(e->projects[0].votes, 3);
    assert_int_equal(e->projects[1].votes, 2);
    assert_int_equal(mpq_cmp_ui(e->budget, 1, 1), 0);
    assert_warned(e, "num_votes 9, but the file has 3 ballots");
    assert_warned(e, "num_projects \"x\"");
    assert_warned(e, "line 8 says 1 votes for \"1\", but 3 ballots name it");
    assert_warned(e, "1 times: a line has more cells");
    assert_warned(e, "1 times: a line holds nothing but semicolons");
    assert_warned(e, "1 times: a ballot names a project twice; it counts once (first on line 12)");
    assert_warned(e, "2 times: a ballot has two commas");
    assert_warned(e, "1 times: a voter_id has more than one ballot; each is counted (first on "
                     "line 13)");
    assert_warned(e, "selected is none of");
    assert_warned(e, "votes of a project is not a whole number");
    assert_warned(e, "comma and three digits");
    assert_int_equal(e->warning_count, 11);
    drop(e);
}

/* Numbers and other ids are kept in two ways; "07" is not 7. */
static void voters_that_come_twice(void **state)
{
    (void)state;
    struct election *e = read_text(
        META PROJECTS "VOTES\nvoter_id;vote\n7;1\n07;1\n0;1\n00;1\n67108863;1\n67108864;1\n"
                      "99999999999999999999;1\n7a;1\n\xC3\xA4;1\n");
    assert_int_equal(e->warning_count, 0);
    drop(e);
    e = read_text(META PROJECTS "VOTES\nvoter_id;vote\n67108864;1\n67108863;1\n0;1\n7a;1\n0;1\n"
                                "7a;1\n67108863;1\n67108864;1\n");
    assert_warned(e, "4 times: a voter_id has more than one ballot");
    drop(e);
}

static void refusals_name_the_line(void **state)
{
    (void)state;
    assert_refused("", 0, "before META");
    assert_refused("hello\n", 1, "does not begin with META");
    assert_refused("PROJECTS\n", 1, "PROJECTS comes here");
    assert_refused("META\nvote_type;approval\nPROJECTS\n", 3, "no line \"budget\"");
    assert_refused("META\nbudget;5\nPROJECTS\n", 3, "no line \"vote_type\"");
    assert_refused("META\nbudget;five\nvote_type;approval\nPROJECTS\n", 2, "\"five\"");
    assert_refused("META\nbudget;\nvote_type;approval\nPROJECTS\n", 2, "budget is missing");
    assert_refused("META\nbudget;5\nvote_type;Approval\nPROJECTS\n", 3, "\"Approval\"");
    assert_refused("META\nbudget;5\nbudget;6\n", 3, "twice");
    assert_refused("META\n;5\n", 2, "without a key");
    assert_refused(META, 0, "before PROJECTS");
    assert_refused(META "VOTES\n", 5, "VOTES comes here");
    assert_refused(META "META\n", 5, "META comes here");
    assert_refused(META "PROJECTS\nid;cost\n", 6, "no column \"project_id\"");
    assert_refused(META "PROJECTS\nproject_id;price\n", 6, "no column \"cost\"");
    assert_refused(META "PROJECTS\nproject_id;cost;Cost\n", 6, "\"cost\" twice");
    assert_refused(META "PROJECTS\nproject_id;cost\nVOTES\n", 7, "lists no project");
    assert_refused(META "PROJECTS\nproject_id;cost\n1\n", 7, "1 cells");
    assert_refused(META "PROJECTS\nproject_id;cost\n;5\n", 7, "without project_id");
    assert_refused(META "PROJECTS\nproject_id;cost\n1,2;5\n", 7, "comma");
    assert_refused(META "PROJECTS\nproject_id;cost\n1;-5\n", 7, "\"-5\"");
    assert_refused(META "PROJECTS\nproject_id;cost\n1;\n2;1\n", 7, "cost is missing");
    assert_refused(META "PROJECTS\nproject_id;cost\n1;5\n1;6\n", 8, "\"1\" comes twice");
    assert_refused(META PROJECTS, 0, "before VOTES");
    assert_refused(META PROJECTS "VOTES\n", 0, "before the header of VOTES");
    assert_refused(META PROJECTS "VOTES\nvoter_id;choice\n", 11, "no column \"vote\"");
    assert_refused(META PROJECTS "VOTES\nvoter_id;vote\na;1\nb;1,4\n", 13, "\"4\"");
    assert_refused(META PROJECTS "VOTES\nvoter_id;vote\na\n", 12, "1 cells");
    assert_refused(META PROJECTS "VOTES\nvoter_id;vote\na;1\nPROJECTS\n", 13, "PROJECTS comes");
    assert_refused(META "PROJECTS\nproject_id;cost\n1;\"5\n2;6\n", 7, "never closed");
    assert_refused(META "PROJECTS\nproject_id;cost\n\xFF;5\n", 7, "UTF-8");
    assert_refused(META "PROJECTS\nproject_id;cost\n\xED\xA0\x80;5\n", 7, "UTF-8");
    assert_refused(META "PROJECTS\nproject_id;cost\n\xC0\xAF;5\n", 7, "UTF-8");
    assert_refused(CHOOSE PROJECTS "VOTES\nvoter_id;vote\na;1\nb;1,2\n", 13, "choose-1");
}

static void nul_bytes_are_refused(void **state)
{
    (void)state;
    static const char text[] = META "PRO\0JECTS\n";
    struct refusal why = {.text = ""};
    assert_null(read_bytes(text, sizeof(text) - 1, &why));
    assert_int_equal(why.line, 5);
    assert_non_null(strstr(why.text, "NUL"));
}

/* What somebody else wrote into a file must not drive the terminal of whoever reads it. */
static void quoted_words_are_harmless_and_short(void **state)
{
    (void)state;
    struct refusal why = {.text = ""};
    struct buf text = buf_new(10000);
    assert_string_equal(quote("\033[2J\xC2\x9B").text, "?[2J??");
    buf_str_add(&text, META "PROJECTS\nproject_id;cost\n1;");
    for (int i = 0; i < 500; i++)
        buf_str_add(&text, "é");
    buf_str_add(&text, "\n");
    assert_null(read_bytes(buf_str(&text), text.len, &why));
    assert_non_null(strstr(why.text, "éé...\""));
    assert_true(strlen(why.text) < 150);
    buf_free(&text);
}

static void limits_hold(void **state)
{
    (void)state;
    struct buf text = buf_new(64 << 20);
    buf_str_add(&text, META "PROJECTS\nproject_id;cost\n");
    for (int i = 0; i <= ELECTION_PROJECTS_MAX; i++)
        buf_fmt(&text, "%d;1\n", i);
    assert_refused(buf_str(&text), 7 + ELECTION_PROJECTS_MAX, "more than 10000 projects");
    buf_clear(&text);
    buf_str_add(&text, "META\nbudget;1\ncomment;\"");
    while (text.len < (3 << 20))
        buf_str_add(&text, "word\n");
    assert_refused(buf_str(&text), 3, "is a quote not closed?");
    buf_clear(&text);
    buf_str_add(&text, "META\n");
    for (int i = 0; i < 300; i++)
        buf_char(&text, ';');
    assert_refused(buf_str(&text), 2, "fields on one line");
    buf_clear(&text);
    buf_str_add(&text, "META\n");
    for (int i = 0; i <= ELECTION_META_MAX; i++)
        buf_fmt(&text, "key%d;v\n", i);
    assert_refused(buf_str(&text), 2 + ELECTION_META_MAX, "lines of META");
    buf_free(&text);
}

/* Cut at every byte: read or refused, never worse (this test earns its keep under ASan). */
static void every_truncation_is_survived(void **state)
{
    (void)state;
    static const char text[] =
        "\xEF\xBB\xBFMETA\r\nkey;value\r\nbudget;100,50\r\nvote_type;approval\r\nPROJECTS\r\n"
        "project_id;cost;name\r\n1;60;\"Tr\"\"ees; \xC3\xA9\"\r\n2;40;Bins\r\n"
        "VOTES\r\nvoter_id;vote\r\na;1,2\r\nb;\"2\"\r\n";
    size_t counted = 0;
    for (size_t len = 1; len < sizeof(text); len++) {
        struct refusal why = {.text = ""};
        struct election *e = read_bytes(text, len, &why);
        if (e != NULL) {
            counted++;
            drop(e);
        } else {
            assert_true(strlen(why.text) > 0);
        }
    }
    assert_true(counted > 0 && counted < 30);
}

static void the_hash_is_of_the_whole_file(void **state)
{
    (void)state;
    uint8_t expected[DIGEST_LEN];
    struct election *e = read_text(small);
    digest_sha256(small, strlen(small), expected);
    assert_memory_equal(e->file_sha256, expected, DIGEST_LEN);
    drop(e);
}

/* Past several doublings of every table, and of the set of voters. */
static void many_of_everything(void **state)
{
    (void)state;
    enum { MANY_PROJECTS = 700, MANY_BALLOTS = 20000 };
    struct buf text = buf_new(64 << 20);
    buf_str_add(&text, META "PROJECTS\nproject_id;cost\n");
    for (int i = 0; i < MANY_PROJECTS; i++)
        buf_fmt(&text, "P%d;%d\n", i, i + 1);
    buf_str_add(&text, "VOTES\nvoter_id;vote\n");
    for (int i = 0; i < MANY_BALLOTS; i++)
        buf_fmt(&text, "v%d;P%d,P%d\n", i, i % MANY_PROJECTS, (i + 1) % MANY_PROJECTS);
    struct election *e = read_text(buf_str(&text));
    assert_int_equal(e->ballot_count, MANY_BALLOTS);
    assert_int_equal(e->pick_count, 2 * MANY_BALLOTS);
    assert_int_equal(e->warning_count, 0);
    for (int i = 0; i < MANY_PROJECTS; i++)
        assert_int_equal(mpq_cmp_ui(e->projects[i].cost, (unsigned long)i + 1, 1), 0);
    assert_int_equal(election_ballot(e, 699).picks[0], 699);
    assert_int_equal(election_ballot(e, 699).picks[1], 0);
    drop(e);
    buf_str_add(&text, "v7;P1\n");
    e = read_text(buf_str(&text));
    assert_warned(e, "voter_id has more than one ballot");
    drop(e);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain),
        cmocka_unit_test(quirks_that_change_nothing),
        cmocka_unit_test(line_ends),
        cmocka_unit_test(quoted_fields),
        cmocka_unit_test(oddities_are_counted_and_warned_about),
        cmocka_unit_test(voters_that_come_twice),
        cmocka_unit_test(refusals_name_the_line),
        cmocka_unit_test(nul_bytes_are_refused),
        cmocka_unit_test(quoted_words_are_harmless_and_short),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(every_truncation_is_survived),
        cmocka_unit_test(the_hash_is_of_the_whole_file),
        cmocka_unit_test(many_of_everything),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
