/* templates.c: the words of replies. Placeholders keep their names in every language. */
#include "sms/templates.h"
#include "common/log.h"
#include "sms/gsm7.h"

struct template
{
    const char *words;
    size_t segments;
};

static const struct template templates[SAY_COUNT] = {
    [SAY_HELP] =
        {"To vote, text VOTE, your 13-digit code and project numbers, like VOTE 123 456 "
         "789 0123 1275 1359. Also: LIST, INFO 1275, RESULT; MY VOTE or UNDO, and your code.",
         1},
    [SAY_UNCLEAR] = {"Not counted: we only read numbers. Text VOTE, your 13-digit code and "
                     "project numbers, like VOTE 123 456 789 0123 1275 1359.",
                     1},
    [SAY_STOP] = {"We only text back when you text us. Your vote stands.", 1},
    [SAY_START] = {"We text back when you text us. To vote, text VOTE, your 13-digit code and "
                   "project numbers.",
                   1},
    [SAY_NEWS] = {"We will text you when a vote opens, a day before it closes, and its result: of "
                  "your area if you voted from this phone, else council-wide. To end it, text "
                  "STOP.",
                  1},
    [SAY_NO_CODE] = {"Not counted: that needs the 13-digit code on your letter. Text VOTE, your "
                     "code and project numbers, like VOTE 123 456 789 0123 1275 1359.",
                     1},
    [SAY_BAD_CODE] = {"Not counted: your code has 13 digits, and we found more or fewer. Text "
                      "VOTE, your code and project numbers, with a space between.",
                      1},
    [SAY_WRONG_CODE] = {"Not counted: that code is not right. Check the 13 digits on your letter "
                        "and text again.",
                        1},
    [SAY_LIMITED] = {"Not counted: too many tries with a wrong code from this phone. Wait an "
                     "hour, check the 13 digits on your letter and text again.",
                     1},
    [SAY_NO_NUMBERS] = {"Nothing counted yet: add project numbers after your code, like VOTE 123 "
                        "456 789 0123 1275 1359.",
                        1},
    [SAY_TOO_MANY_NUMBERS] = {"Not counted: that is more than 60 projects. Text again with fewer.",
                              1},
    [SAY_UNDO_WHOLE] = {"Nothing changed: UNDO takes back a whole vote. Text UNDO and your code "
                        "alone, or text VOTE, your code and all the numbers you want.",
                        1},
    [SAY_NOTHING_TO_UNDO] = {"No vote of yours stands in a round that is open, so there is "
                             "nothing to take back.",
                             1},
    [SAY_NO_VOTE] = {"No vote is recorded with that code.", 1},
    [SAY_NO_VOTE_PHONE] = {"No vote is recorded for this number. If you voted with a code, text "
                           "MY VOTE and the code.",
                           1},
    [SAY_UNDO_NEEDS_CODE] = {"Nothing changed: no vote is recorded for this number. If you voted "
                             "with a code, text UNDO and the code.",
                             1},

    [SAY_ASK] =
        {"To count your vote reply {digits} within {minutes} minutes. If it was not you, do "
         "nothing.",
         1},
    [SAY_ASK_AGE] = {"To count your vote reply {digits} within {minutes} minutes. By replying you "
                     "say that you are {age} or over. If it was not you, do nothing.",
                     1},
    [SAY_ASK_POSTCODE] = {"To count your vote reply {digits} and your postcode within {minutes} "
                          "minutes. If it was not you, do nothing.",
                          1},
    [SAY_ASK_POSTCODE_AGE] = {"To count your vote reply {digits} and your postcode within "
                              "{minutes} minutes. By replying "
                              "you say that you are {age} or over.",
                              1},
    [SAY_ASK_PLACE] = {"To count your vote reply {digits} and the name of your neighbourhood "
                       "within {minutes} minutes. If it was not you, do nothing.",
                       1},
    [SAY_ASK_PLACE_AGE] =
        {"To count your vote reply {digits} and the name of your neighbourhood within {minutes} "
         "minutes. By replying you say that you are {age} or over.",
         1},
    [SAY_ASK_UNDO] = {"To take your vote back reply {digits} within {minutes} minutes. If it was "
                      "not you, do nothing.",
                      1},
    [SAY_ASKED_TOO_OFTEN] = {"Not counted: too many votes from this number wait for their digits. "
                             "Try again in an hour, or vote on the web.",
                             1},
    [SAY_NOTHING_WAITS] = {"Nothing counted: no vote from this number waits for digits. Project "
                           "numbers have four. Text VOTE and the numbers.",
                           1},
    [SAY_WRONG_DIGITS] = {"Not counted yet: those are not the digits that we texted. Tries left: "
                          "{left}.",
                          1},
    [SAY_LAST_WRONG_DIGITS] = {"Not counted: three wrong answers. Text your vote again for new "
                               "digits.",
                               1},
    [SAY_TOO_YOUNG] = {"Not counted. If that was a mistake, reply with the digits again.", 1},
    [SAY_NEEDS_POSTCODE] = {"Not counted yet: reply {digits} and your postcode, like {digits} YO24 "
                            "3BX.",
                            1},
    [SAY_NEEDS_PLACE] = {"Not counted yet: reply {digits} and the name of your neighbourhood.", 1},
    [SAY_UNKNOWN_POSTCODE] = {"Not counted yet: we do not know that postcode. Reply {digits} and "
                              "your postcode, like {digits} YO24 3BX.",
                              1},
    [SAY_UNKNOWN_PLACE] = {"Not counted yet: we do not know that neighbourhood. Reply {digits} and "
                           "its name.",
                           1},
    [SAY_ELSEWHERE] = {"Not counted: that is in {area}, which this vote is not for.", 1},
    [SAY_NUMBER_VOID] = {"Not counted: this number cannot vote any more. Please ask the council.",
                         1},
    [SAY_BAD_NUMBER] = {"Not counted: {word} is not a project number. They have four digits, with "
                        "a space between. Text again with all your numbers.",
                        1},
    [SAY_MANY_TAKEN_BACK] = {"Taken back: your vote in {n} rounds. To vote again text again.", 1},
    [SAY_MANY_ROUNDS] = {"Recorded: your vote in {n} rounds. To change it text again.", 1},

    [SAY_LIST_HEAD] = {"{area}, until {closes}:", 0},
    [SAY_LIST_HEAD_POINTS] = {"{area}, to be given points, until {closes}:", 0},
    [SAY_LIST_HEAD_ORDER] = {"{area}, in your order, until {closes}:", 0},
    [SAY_LIST_HEAD_QUESTION] = {"{area}, YES or NO, until {closes}:", 0},
    [SAY_LIST_PROJECT] = {"{number} {name} {cost}", 0},
    [SAY_LIST_MORE] = {" {page}/{pages}: text MORE.", 0},
    [SAY_LIST_END] = {"That was all: {pages} pages. Text LIST for the first.", 1},
    [SAY_LIST_WHICH] = {"Text LIST and your neighbourhood, like LIST {area}. There are votes now "
                        "in: {areas}.",
                        0},
    [SAY_NOTHING_OPEN] = {"No vote is open now. Text RESULT and your neighbourhood for the last "
                          "result.",
                          1},
    [SAY_NOTHING_OPEN_IN] = {"No vote is open in {area} now. Text RESULT {area} for the last "
                             "result.",
                             1},
    [SAY_NO_SUCH_PLACE] = {"We do not know a neighbourhood {area}. Text LIST by itself to see "
                           "where there are votes.",
                           1},
    [SAY_INFO] = {"{number} {title} ({area}), {cost}. {summary} {voting}", 0},
    [SAY_INFO_QUESTION] = {"{number} {title} ({area}). {summary} {voting}", 0},
    [SAY_VOTING_OPENS] = {"Voting opens at {opens}.", 0},
    [SAY_VOTING_CLOSES] = {"Voting closes at {closes}.", 0},
    [SAY_VOTING_CLOSED] = {"Voting closed at {closes}.", 0},
    [SAY_VOTING_WITHDRAWN] = {"It has been withdrawn from the vote.", 0},
    [SAY_NO_SUCH] = {"There is no project {number}. Text LIST to see all.", 1},
    [SAY_NO_SUCH_NEAR] = {"There is no project {number}. Did you mean {near} {name}? Text LIST to "
                          "see all.",
                          1},
    [SAY_RESULT] = {"Result for {area}, {ballots} votes: {projects} won. {cost} of {amount}.", 0},
    [SAY_RESULT_NOTHING] = {"Result for {area}, {ballots} votes: no project won.", 1},
    [SAY_RESULT_WON] = {"{projects} won in {area}, {ballots} votes.", 1},
    [SAY_RESULT_NOT_WON] = {"{projects} did not win in {area}, {ballots} votes. The reason is with "
                            "the result on the web.",
                            1},
    [SAY_RESULT_ADOPTED] = {"Result for {area}: {projects} was adopted, {yes} YES, {no} NO.", 1},
    [SAY_RESULT_NOT_ADOPTED] = {"Result for {area}: {projects} was not adopted, {yes} YES, {no} "
                                "NO.",
                                1},
    [SAY_RESULT_COUNTING] = {"The votes of {area} are being counted. Voting closed at {closes}.",
                             1},
    [SAY_RESULT_NOT_YET] = {"Voting in {area} closes at {closes}. Nobody can see a result before "
                            "then.",
                            1},
    [SAY_RESULT_WHICH] = {"Text RESULT and your neighbourhood, like RESULT Acomb, or RESULT and a "
                          "project number.",
                          1},
    [SAY_RESULT_NONE] = {"No result has been published for {area} yet.", 1},

    [SAY_RECORDED] = {"Recorded for {area}: {choices}{sums}. Ref {receipt}. ", 0},
    [SAY_RECORDED_ORDER] = {"Recorded for {area}, in this order: {choices}. Ref {receipt}. ", 0},
    [SAY_RECORDED_ANSWER] = {"Recorded for {area}: {answer} to {choices}. Ref {receipt}. ", 0},
    [SAY_RECORDED_AGREEMENT] =
        {"Recorded: {answer} to the {area} agreement ({number}). Ref {receipt}. ", 0},
    [SAY_TAKEN_BACK] = {"Taken back: your vote for {area}. Ref {receipt}. ", 0},
    [SAY_NOT_CHANGED] = {"Not changed for {area}: this text came late, and a vote you made after "
                         "it stands. ",
                         0},
    [SAY_BRIEF_HEAD] = {"Recorded. ", 0},
    [SAY_BRIEF_TAKEN_BACK_HEAD] = {"Taken back. ", 0},
    [SAY_BRIEF] = {"{area}: {choices}{sums}. Ref {receipt}. ", 0},
    [SAY_BRIEF_ORDER] = {"{area}, in order: {choices}. Ref {receipt}. ", 0},
    [SAY_BRIEF_ANSWER] = {"{area}: {answer} to {choices}. Ref {receipt}. ", 0},
    [SAY_BRIEF_TAKEN_BACK] = {"{area}: ref {receipt}. ", 0},
    [SAY_CHANGE_BEFORE] = {"To change it text again before {closes}.", 0},
    [SAY_VOTE_AGAIN_BEFORE] = {"To vote again, text before {closes}.", 0},
    [SAY_CLOSED_AT] = {"Voting closed at {closes}.", 0},
    [SAY_POINTS_OF] = {". {n} of {points} points", 0},
    [SAY_COSTS_OF] = {". {cost} of {amount}", 0},
    [SAY_AND_COSTS_OF] = {" and {cost} of {amount}", 0},

    [SAY_PROJECT] = {"{number}", 0},
    [SAY_PROJECT_NAMED] = {"{number} {name}", 0},
    [SAY_WITH_POINTS] = {"{number}={points}", 0},
    [SAY_WITH_POINTS_NAMED] = {"{number} {name}={points}", 0},
    [SAY_PROJECTS] = {"{n} projects", 0},
    [SAY_ANSWERS] = {"{n} answers", 0},
    [SAY_YES] = {"YES", 0},
    [SAY_NO] = {"NO", 0},

    [SAY_MINE] = {"{area}: {choices}{sums}, {door}, {when}. Ref {receipt}.", 0},
    [SAY_MINE_ORDER] = {"{area}, in this order: {choices}, {door}, {when}. Ref {receipt}.", 0},
    [SAY_MINE_ANSWER] = {"{area}: {answer} to {choices}, {door}, {when}. Ref {receipt}.", 0},
    [SAY_OTHER_DOOR] = {"{area}: a vote is recorded, {door}, {when}.", 0},
    [SAY_MINE_BRIEF] = {"{area}: {choices}{sums}, {door}.", 0},
    [SAY_MINE_ORDER_BRIEF] = {"{area}, in this order: {choices}, {door}.", 0},
    [SAY_MINE_ANSWER_BRIEF] = {"{area}: {answer} to {choices}, {door}.", 0},
    [SAY_OTHER_DOOR_BRIEF] = {"{area}: a vote is recorded, {door}.", 0},
    [SAY_MINE_MORE] = {" And in {n} more rounds.", 0},
    [SAY_VOID] = {"{area}: your vote was declared void.", 0},
    [SAY_BY_WEB] = {"by web", 0},
    [SAY_BY_TEXT] = {"by text", 0},
    [SAY_BY_PAPER] = {"on paper", 0},
    [SAY_BY_CLERK] = {"with our help", 0},

    [SAY_NOT_COUNTED] = {"Not counted: ", 0},
    [SAY_NOT_OPEN] = {"voting in {area} opens at {opens}. Text again then.", 0},
    [SAY_CLOSED] = {"voting in {area} closed at {closes}.", 0},
    [SAY_OUT_OF_REACH] = {"{number} is in {area}; your code is for {home}.", 0},
    [SAY_OUT_OF_REACH_PHONE] = {"{number} is in {area}; your number is for {home}.", 0},
    [SAY_BY_PHONE_ONLY] = {"in {area} people vote by mobile number. Text VOTE {number}, without "
                           "a code, by itself.",
                           0},
    [SAY_UNKNOWN] = {"there is no project {number}. Text again with all your numbers.", 0},
    [SAY_UNKNOWN_NEAR] = {"there is no project {number}. Did you mean {near}? Text again with all "
                          "your numbers.",
                          0},
    [SAY_UNKNOWN_NEAR_TWO] = {"there is no project {number}. Did you mean {near} or {other}? Text "
                              "again with all your numbers.",
                              0},
    [SAY_WITHDRAWN] = {"{project} has been withdrawn. Text again without it.", 0},
    [SAY_OVER_BUDGET] = {"that costs {cost}, {over} over the {limit} limit. Text again with fewer "
                         "projects.",
                         0},
    [SAY_AT_MOST] = {"you chose {n}. In {area} choose at most {limit}. Text again with all your "
                     "numbers.",
                     0},
    [SAY_AT_LEAST] = {"you chose {n}. In {area} choose at least {limit}. Text again with all your "
                      "numbers.",
                      0},
    [SAY_POT_AT_MOST] = {"you chose {n} from pot {pot}. In {area} choose at most {limit} from it. "
                         "Text again with all your numbers.",
                         0},
    [SAY_POT_AT_LEAST] = {"you chose {n} from pot {pot}. In {area} choose at least {limit} from "
                          "it. Text again with all your numbers.",
                          0},
    [SAY_EMPTY] = {"no project was named. Text again with your numbers.", 0},
    [SAY_OVER_POINTS] = {"you gave {n} points and have {limit}. Text again with fewer.", 0},
    [SAY_OVER_POINT_MAX] = {"{project} can get {limit} points at most. Text again with all your "
                            "numbers.",
                            0},
    [SAY_NEEDS_POINTS] = {"in {area} you give points. Put them after each number, like {number} "
                          "{example}: {points} in all, at most {limit} to one.",
                          0},
    [SAY_NO_POINTS] = {"{word} is not a project number. In {area} projects get no points. Text "
                       "again with all your numbers.",
                       0},
    [SAY_NO_POINTS_IN_ORDER] = {"{word} is not a project number. In {area} give no points: text "
                                "your numbers, the one you want most first.",
                                0},
    [SAY_BAD_RANKS] = {"each choice needs a place of its own. Text your numbers again, the one "
                       "you want most first.",
                       0},
    [SAY_UNDECLARED] = {"the vote in {area} first asks for your age or where you live. Please "
                        "vote on the web.",
                        0},
    [SAY_IS_QUESTION] = {"{project} is a yes or no question. Text YES or NO, your code, then "
                         "{number}.",
                         0},
    [SAY_IS_PROJECT] = {"{project} is a project. Text VOTE, your code, then {number} and any "
                        "others.",
                        0},
    [SAY_TRY_AGAIN] = {"we could not take this text. Text again in a moment.", 0},
    [SAY_STANDS] = {" Your earlier vote stands.", 0},
    [SAY_STANDS_WITH] = {" Your earlier vote {standing} stands.", 0},

    [SAY_LAST] = {" Votes still count; no replies until {until}.", 0},
};

const char *say_template(enum say which)
{
    MUST(which < SAY_COUNT && templates[which].words != NULL);
    return templates[which].words;
}

size_t say_segments(enum say which)
{
    return templates[which].segments;
}

void say_name(struct buf *out, const char *name, size_t max)
{
    struct buf folded = buf_new(4096);
    const char *p;

    gsm7_fold(name, &folded);
    p = buf_str(&folded);
    for (size_t n = 0; *p != '\0' && n < max; n++) {
        size_t len = 1;
        while ((p[len] & 0xC0) == 0x80)
            len++;
        buf_add(out, p, len);
        p += len;
    }
    buf_free(&folded);
}

static void money(struct buf *b, int64_t pence)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)(pence / 100));

    buf_str_add(b, "£");
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            buf_char(b, ',');
        buf_char(b, digits[i]);
    }
    if (pence % 100 != 0)
        buf_fmt(b, ".%02d", (int)(pence % 100));
}

static void fill(struct buf *out, const struct say_value *v)
{
    switch (v->kind) {
    case SAY_TEXT_VALUE:
        say_name(out, v->text, v->max);
        return;
    case SAY_NUMBER_VALUE:
        buf_int(out, v->n);
        return;
    case SAY_PROJECT_VALUE:
        buf_fmt(out, "%04u", (unsigned)v->n);
        return;
    case SAY_MONEY_VALUE:
        money(out, v->n);
        return;
    }
}

static const struct say_value *named(const struct say_value *values, const char *name, size_t len)
{
    while (values->name != NULL &&
           (strncmp(values->name, name, len) != 0 || values->name[len] != '\0'))
        values++;
    MUST(values->name != NULL);
    return values;
}

void say_values(struct buf *out, enum say which, const struct say_value *values)
{
    const char *p = say_template(which), *open, *end;

    while ((open = strchr(p, '{')) != NULL) {
        buf_add(out, p, (size_t)(open - p));
        end = strchr(open, '}');
        MUST(end != NULL);
        fill(out, named(values, open + 1, (size_t)(end - open - 1)));
        p = end + 1;
    }
    buf_str_add(out, p);
}

void say_plain(struct buf *out, enum say which)
{
    say_values(out, which, &(const struct say_value){.name = NULL});
}
