/* templates.c: the words of replies. Placeholders keep their names in every language. */
#include "sms/templates.h"
#include "common/log.h"
#include "common/startup.h"
#include "sms/gsm7.h"
#include "sms/say_when.h"

struct template
{
    const char *words;
    size_t segments;
    const char *many;  /* its plural; NULL: none */
    const char *count; /* the placeholder that decides */
};

#define COUNTED(one, many, count, segments)                                                        \
    {                                                                                              \
        one, segments, many, count                                                                 \
    }

static const struct template templates[SAY_COUNT] = {
    [SAY_HELP] =
        {N_("To vote, text {prefix}VOTE, your 13-digit code and project numbers, like {prefix}VOTE "
            "123 456 789 0123 1275 1359. Also {prefix}LIST, {prefix}INFO 1275, {prefix}RESULT, "
            "{prefix}MY VOTE, {prefix}UNDO. Polski: {prefix}LANG PL."),
         1},
    [SAY_UNCLEAR] = {N_("Not counted: we only read numbers. Text {prefix}VOTE, your 13-digit code "
                        "and project numbers, like {prefix}VOTE 123 456 789 0123 1275 1359."),
                     1},
    [SAY_STOP] = {N_("We only text back when you text us. Your vote stands."), 1},
    [SAY_START] = {N_("We text back when you text us. To vote, text {prefix}VOTE, your 13-digit "
                      "code and project numbers."),
                   1},
    [SAY_NEWS] =
        {N_("We will text you when a vote opens, a day before it closes, and its result: of your "
            "area if you voted from this phone, else council-wide. To end it, text {prefix}STOP."),
         1},
    [SAY_NO_CODE] =
        {N_("Not counted: that needs the 13-digit code on your letter. Text {prefix}VOTE, your "
            "code and project numbers, like {prefix}VOTE 123 456 789 0123 1275 1359."),
         1},
    [SAY_BAD_CODE] = {N_("Not counted: your code has 13 digits, and we found more or fewer. Text "
                         "{prefix}VOTE, your code and project numbers, with a space between."),
                      1},
    [SAY_WRONG_CODE] = {N_("Not counted: that code is not right. Check the 13 digits on your "
                           "letter and text again."),
                        1},
    [SAY_LIMITED] = {N_("Not counted: too many tries with a wrong code from this phone. Wait an "
                        "hour, check the 13 digits on your letter and text again."),
                     1},
    [SAY_NO_NUMBERS] = {N_("Nothing counted yet: add project numbers after your code, like "
                           "{prefix}VOTE 123 456 789 0123 1275 1359."),
                        1},
    [SAY_QUESTION_HOW] =
        {N_("Nothing counted: to answer a yes or no question text {prefix}YES or NO, the 13-digit "
            "code on your letter and its number, like {prefix}YES 123 456 789 0123 4018."),
         1},
    [SAY_HELP_PHONE] = {N_("To vote, text {prefix}VOTE and project numbers, like {prefix}VOTE 1275 "
                           "1359. Also {prefix}LIST, {prefix}INFO 1275, {prefix}RESULT, {prefix}MY "
                           "VOTE, {prefix}UNDO. Polski: {prefix}LANG PL."),
                        1},
    [SAY_START_PHONE] =
        {N_("We text back when you text us. To vote, text {prefix}VOTE and project numbers."), 1},
    [SAY_UNCLEAR_PHONE] = {N_("Not counted: we only read project numbers of four digits. Text "
                              "{prefix}VOTE and the numbers, like {prefix}VOTE 1275 1359."),
                           1},
    [SAY_QUESTION_HOW_PHONE] = {N_("Nothing counted: to answer a yes or no question text "
                                   "{prefix}YES or NO and its number, like {prefix}YES 4018."),
                                1},
    [SAY_TOO_MANY_NUMBERS] =
        {N_("Not counted: that is more than 60 projects. Text again with fewer."), 1},
    [SAY_UNDO_WHOLE] =
        {N_("Nothing changed: UNDO takes back a whole vote. Text {prefix}UNDO and your code alone, "
            "or text {prefix}VOTE, your code and all the numbers you want."),
         1},
    [SAY_NOTHING_TO_UNDO] =
        {N_("No vote of yours stands in a round that is open, so there is nothing to take back."),
         1},
    [SAY_NO_VOTE] = {N_("No vote is recorded with that code."), 1},
    [SAY_NO_VOTE_PHONE] = {N_("No vote is recorded for this number. If you voted with a code, text "
                              "{prefix}MY VOTE and the code."),
                           1},
    [SAY_UNDO_NEEDS_CODE] = {N_("Nothing changed: no vote is recorded for this number. If you "
                                "voted with a code, text {prefix}UNDO and the code."),
                             1},

    [SAY_ASK] = {N_("To count your vote reply {prefix}{digits} within {minutes} minutes. If it was "
                    "not you, do nothing."),
                 1},
    [SAY_ASK_AGE] =
        {N_("To count your vote reply {prefix}{digits} within {minutes} minutes. By replying you "
            "say that you are {age} or over. If it was not you, do nothing."),
         1},
    [SAY_ASK_POSTCODE] = {N_("To count your vote reply {prefix}{digits} and your postcode within "
                             "{minutes} minutes. If it was not you, do nothing."),
                          1},
    [SAY_ASK_POSTCODE_AGE] =
        {N_("To count your vote reply {prefix}{digits} and your postcode within {minutes} minutes. "
            "By replying you say that you are {age} or over."),
         1},
    [SAY_ASK_PLACE] = {N_("To count your vote reply {prefix}{digits} and the name of your "
                          "neighbourhood within {minutes} minutes. If it was not you, do nothing."),
                       1},
    [SAY_ASK_PLACE_AGE] =
        {N_("To count your vote reply {prefix}{digits} and the name of your neighbourhood within "
            "{minutes} minutes. By replying you say that you are {age} or over."),
         1},
    [SAY_ASK_UNDO] = {N_("To take your vote back reply {prefix}{digits} within {minutes} minutes. "
                         "If it was not you, do nothing."),
                      1},
    [SAY_ASKED_TOO_OFTEN] = {N_("Not counted: too many votes from this number wait for their "
                                "digits. Try again in an hour, or vote on the web."),
                             1},
    [SAY_NOTHING_WAITS] = {N_("Nothing counted: no vote from this number waits for digits. Project "
                              "numbers have four. Text {prefix}VOTE and the numbers."),
                           1},
    [SAY_WRONG_DIGITS] =
        {N_("Not counted yet: those are not the digits that we texted. Tries left: {left}."), 1},
    [SAY_LAST_WRONG_DIGITS] =
        {N_("Not counted: three wrong answers. Text your vote again for new digits."), 1},
    [SAY_TOO_YOUNG] = {N_("Not counted. If that was a mistake, reply with the digits again."), 1},
    [SAY_NEEDS_POSTCODE] = {N_("Not counted yet: reply {prefix}{digits} and your postcode, like "
                               "{prefix}{digits} YO24 3BX."),
                            1},
    [SAY_NEEDS_PLACE] =
        {N_("Not counted yet: reply {prefix}{digits} and the name of your neighbourhood."), 1},
    [SAY_UNKNOWN_POSTCODE] =
        {N_("Not counted yet: we do not know that postcode. Reply {prefix}{digits} and your "
            "postcode, like {prefix}{digits} YO24 3BX."),
         1},
    [SAY_UNKNOWN_PLACE] = {N_("Not counted yet: we do not know that neighbourhood. Reply "
                              "{prefix}{digits} and its name."),
                           1},
    [SAY_ELSEWHERE] = {N_("Not counted: that is in {area}, which this vote is not for."), 1},
    [SAY_NUMBER_VOID] =
        {N_("Not counted: this number cannot vote any more. Please ask the council."), 1},
    [SAY_BAD_NUMBER] = {N_("Not counted: {word} is not a project number. They have four digits, "
                           "with a space between. Text again with all your numbers."),
                        1},
    [SAY_MANY_TAKEN_BACK] = {N_("Taken back: your vote in {n} rounds. To vote again text again."),
                             1},
    [SAY_MANY_ROUNDS] = {N_("Recorded: your vote in {n} rounds. To change it text again."), 1},

    [SAY_LIST_HEAD] = {N_("{area}, until {closes}:"), 0},
    [SAY_LIST_HEAD_POINTS] = {N_("{area}, to be given points, until {closes}:"), 0},
    [SAY_LIST_HEAD_ORDER] = {N_("{area}, in your order, until {closes}:"), 0},
    [SAY_LIST_HEAD_QUESTION] = {N_("{area}, YES or NO, until {closes}:"), 0},
    [SAY_LIST_PROJECT] = {"{number} {name} {cost}", 0},
    [SAY_LIST_MORE] = {N_(" {page}/{pages}: text {prefix}MORE."), 0},
    [SAY_LIST_END] =
        COUNTED("That was all: {pages} page. Text {prefix}LIST for the first.",
                "That was all: {pages} pages. Text {prefix}LIST for the first.", "pages", 1),
    [SAY_LIST_WHICH] = {N_("Text {prefix}LIST and your neighbourhood, like {prefix}LIST {area}. "
                           "There are votes now in: {areas}."),
                        0},
    [SAY_NOTHING_OPEN] =
        {N_("No vote is open now. Text {prefix}RESULT and your neighbourhood for the last result."),
         1},
    [SAY_NOTHING_OPEN_IN] =
        {N_("No vote is open in {area} now. Text {prefix}RESULT {area} for the last result."), 1},
    [SAY_NO_SUCH_PLACE] = {N_("We do not know a neighbourhood {area}. Text {prefix}LIST by itself "
                              "to see where there are votes."),
                           1},
    [SAY_INFO] = {"{number} {title} ({area}), {cost}. {summary} {voting}", 0},
    [SAY_INFO_QUESTION] = {"{number} {title} ({area}). {summary} {voting}", 0},
    [SAY_VOTING_OPENS] = {N_("Voting opens at {opens}."), 0},
    [SAY_VOTING_CLOSES] = {N_("Voting closes at {closes}."), 0},
    [SAY_VOTING_CLOSED] = {N_("Voting closed at {closes}."), 0},
    [SAY_VOTING_WITHDRAWN] = {N_("It has been withdrawn from the vote."), 0},
    [SAY_NO_SUCH] = {N_("There is no project {number}. Text {prefix}LIST to see all."), 1},
    [SAY_NO_SUCH_NEAR] = {N_("There is no project {number}. Did you mean {near} {name}? Text "
                             "{prefix}LIST to see all."),
                          1},
    [SAY_RESULT] = COUNTED(
        "Result for {area}, {ballots} vote: {projects} won. {cost} of {amount}.",
        "Result for {area}, {ballots} votes: {projects} won. {cost} of {amount}.", "ballots", 0),
    [SAY_RESULT_NOTHING] =
        COUNTED("Result for {area}, {ballots} vote: no project won.",
                "Result for {area}, {ballots} votes: no project won.", "ballots", 1),
    [SAY_RESULT_WON] =
        COUNTED("{projects} won in {area}: {votes} of {ballots} ballot, {cost}.",
                "{projects} won in {area}: {votes} of {ballots} ballots, {cost}.", "ballots", 1),
    [SAY_RESULT_NOT_WON] =
        COUNTED("{projects} did not win in {area}: {why} It was on {votes} of {ballots} ballot.",
                "{projects} did not win in {area}: {why} It was on {votes} of {ballots} ballots.",
                "ballots", 0),
    [SAY_RESULT_PART] = COUNTED("{projects} in {area} gets {left} of the {cost} that it costs: no "
                                "more was left. It was on {votes} of {ballots} ballot.",
                                "{projects} in {area} gets {left} of the {cost} that it costs: no "
                                "more was left. It was on {votes} of {ballots} ballots.",
                                "ballots", 2),
    [SAY_WHY_NO_VOTES] = {N_("nobody voted for it."), 0},
    [SAY_WHY_TOO_FEW_VOTES] = {N_("the rules ask for {least} votes."), 0},
    [SAY_WHY_TOO_SMALL_SHARE] = {N_("the rules ask for {share} % of all ballots."), 0},
    [SAY_WHY_THRESHOLD] = {N_("it has {score} and needed {least}."), 0},
    [SAY_WHY_CAP] =
        {N_("it costs {cost}, more than the {share} % of the money that one project may."), 0},
    [SAY_WHY_WITHDRAWN] = {N_("it was withdrawn."), 0},
    [SAY_WHY_OVER_ALL] = {N_("it costs {cost}, more than all the money, {amount}."), 0},
    [SAY_WHY_NOT_LEFT] = {N_("it costs {cost} and only {left} was left when its turn came."), 0},
    [SAY_WHY_EXCLUDED] = {N_("{number} {name} won, and only one of them can."), 0},
    [SAY_WHY_MONEY_WENT] = {N_("the money of its voters went to others, most to {number} {name}."),
                            0},
    [SAY_WHY_MONEY_WENT_ROUND] = {N_("the money of its voters went to others."), 0},
    [SAY_WHY_TOO_FEW] = {N_("it costs {cost}, and the shares of its voters together are less."), 0},
    [SAY_WHY_ENDED] = {N_("the count ended before its turn."), 0},
    [SAY_WHY_OUTWEIGHED] = {N_("other projects together have more votes for the same money."), 0},
    [SAY_WHY_TOO_FEW_BALLOTS] = {N_(" The rules ask for {least} ballots."), 0},
    [SAY_WHY_TIE] = {N_(" A tie is not adopted."), 0},
    [SAY_WHY_ELSE] = {N_("the reason is with the result on the web."), 0},
    [SAY_RESULT_ADOPTED] = {N_("Result for {area}: {projects} was adopted, {yes} YES, {no} NO."),
                            1},
    [SAY_RESULT_NOT_ADOPTED] =
        {N_("Result for {area}: {projects} was not adopted, {yes} YES, {no} NO.{why}"), 0},
    [SAY_RESULT_COUNTING] =
        {N_("The votes of {area} are being counted. Voting closed at {closes}."), 1},
    [SAY_RESULT_TO_COME] = {N_("The votes of {area} are counted. The result is published at "
                               "{closes}: text {prefix}RESULT again then."),
                            1},
    [SAY_RESULT_NOT_YET] =
        {N_("Voting in {area} closes at {closes}. Nobody can see a result before then."), 1},
    [SAY_RESULT_WHICH] = {N_("Text {prefix}RESULT and your neighbourhood, like {prefix}RESULT "
                             "Acomb, or {prefix}RESULT and a project number."),
                          1},
    [SAY_RESULT_NONE] = {N_("No result has been published for {area} yet."), 1},

    [SAY_RECORDED] = {N_("Recorded for {area}: {choices}{sums}. Ref {receipt}. "), 0},
    [SAY_RECORDED_ORDER] = {N_("Recorded for {area}, in this order: {choices}. Ref {receipt}. "),
                            0},
    [SAY_RECORDED_ANSWER] = {N_("Recorded for {area}: {answer} to {choices}. Ref {receipt}. "), 0},
    [SAY_RECORDED_AGREEMENT] =
        {N_("Recorded: {answer} to the {area} agreement ({number}). Ref {receipt}. "), 0},
    [SAY_TAKEN_BACK] = {N_("Taken back: your vote for {area}. Ref {receipt}. "), 0},
    [SAY_NOT_CHANGED] =
        {N_("Not changed for {area}: this text came late, and a vote you made after it stands. "),
         0},
    [SAY_BRIEF_HEAD] = {N_("Recorded. "), 0},
    [SAY_BRIEF_TAKEN_BACK_HEAD] = {N_("Taken back. "), 0},
    [SAY_BRIEF] = {N_("{area}: {choices}{sums}. Ref {receipt}. "), 0},
    [SAY_BRIEF_ORDER] = {N_("{area}, in order: {choices}. Ref {receipt}. "), 0},
    [SAY_BRIEF_ANSWER] = {N_("{area}: {answer} to {choices}. Ref {receipt}. "), 0},
    [SAY_BRIEF_TAKEN_BACK] = {N_("{area}: ref {receipt}. "), 0},
    [SAY_CHANGE_BEFORE] = {N_("To change it text again before {closes}."), 0},
    [SAY_VOTE_AGAIN_BEFORE] = {N_("To vote again, text before {closes}."), 0},
    [SAY_CLOSED_AT] = {N_("Voting closed at {closes}."), 0},
    [SAY_POINTS_OF] = {N_(". {n} of {points} points"), 0},
    [SAY_COSTS_OF] = {N_(". {cost} of {amount}"), 0},
    [SAY_AND_COSTS_OF] = {N_(" and {cost} of {amount}"), 0},

    [SAY_PROJECT] = {"{number}", 0},
    [SAY_PROJECT_NAMED] = {"{number} {name}", 0},
    [SAY_WITH_POINTS] = {"{number}={points}", 0},
    [SAY_WITH_POINTS_NAMED] = {"{number} {name}={points}", 0},
    [SAY_PROJECTS] = COUNTED("{n} project", "{n} projects", "n", 0),
    [SAY_ANSWERS] = COUNTED("{n} answer", "{n} answers", "n", 0),
    [SAY_YES] = {N_("YES"), 0},
    [SAY_NO] = {N_("NO"), 0},

    [SAY_MINE] = {N_("{area}: {choices}{sums}, {door}, {when}. Ref {receipt}."), 0},
    [SAY_MINE_ORDER] = {N_("{area}, in this order: {choices}, {door}, {when}. Ref {receipt}."), 0},
    [SAY_MINE_ANSWER] = {N_("{area}: {answer} to {choices}, {door}, {when}. Ref {receipt}."), 0},
    [SAY_OTHER_DOOR] = {N_("{area}: a vote is recorded, {door}, {when}."), 0},
    [SAY_MINE_BRIEF] = {"{area}: {choices}{sums}, {door}.", 0},
    [SAY_MINE_ORDER_BRIEF] = {N_("{area}, in this order: {choices}, {door}."), 0},
    [SAY_MINE_ANSWER_BRIEF] = {N_("{area}: {answer} to {choices}, {door}."), 0},
    [SAY_OTHER_DOOR_BRIEF] = {N_("{area}: a vote is recorded, {door}."), 0},
    [SAY_MINE_MORE] = COUNTED(" And in {n} more round.", " And in {n} more rounds.", "n", 0),
    [SAY_VOID] = {N_("{area}: your vote was declared void."), 0},
    [SAY_BY_WEB] = {N_("by web"), 0},
    [SAY_BY_TEXT] = {N_("by text"), 0},
    [SAY_BY_PAPER] = {N_("on paper"), 0},
    [SAY_BY_CLERK] = {N_("with our help"), 0},

    [SAY_NOT_COUNTED] = {N_("Not counted: "), 0},
    [SAY_NOT_OPEN] = {N_("voting in {area} opens at {opens}. Text again then."), 0},
    [SAY_CLOSED] = {N_("voting in {area} closed at {closes}."), 0},
    [SAY_OUT_OF_REACH] = {N_("{number} is in {area}; your code is for {home}."), 0},
    [SAY_OUT_OF_REACH_PHONE] = {N_("{number} is in {area}; your number is for {home}."), 0},
    [SAY_BY_PHONE_ONLY] = {N_("in {area} people vote by mobile number. Text {prefix}VOTE {number}, "
                              "without a code, by itself."),
                           0},
    [SAY_UNKNOWN] = {N_("there is no project {number}. Text again with all your numbers."), 0},
    [SAY_UNKNOWN_NEAR] =
        {N_("there is no project {number}. Did you mean {near}? Text again with all your numbers."),
         0},
    [SAY_UNKNOWN_NEAR_TWO] = {N_("there is no project {number}. Did you mean {near} or {other}? "
                                 "Text again with all your numbers."),
                              0},
    [SAY_WITHDRAWN] = {N_("{project} has been withdrawn. Text again without it."), 0},
    [SAY_OVER_BUDGET] =
        {N_("that costs {cost}, {over} over the {limit} limit. Text again with fewer projects."),
         0},
    [SAY_AT_MOST] =
        {N_("you chose {n}. In {area} choose at most {limit}. Text again with all your numbers."),
         0},
    [SAY_AT_LEAST] =
        {N_("you chose {n}. In {area} choose at least {limit}. Text again with all your numbers."),
         0},
    [SAY_POT_AT_MOST] = {N_("you chose {n} from pot {pot}. In {area} choose at most {limit} from "
                            "it. Text again with all your numbers."),
                         0},
    [SAY_POT_AT_LEAST] = {N_("you chose {n} from pot {pot}. In {area} choose at least {limit} from "
                             "it. Text again with all your numbers."),
                          0},
    [SAY_EMPTY] = {N_("no project was named. Text again with your numbers."), 0},
    [SAY_OVER_POINTS] = {N_("you gave {n} points and have {limit}. Text again with fewer."), 0},
    [SAY_OVER_POINT_MAX] =
        {N_("{project} can get {limit} points at most. Text again with all your numbers."), 0},
    [SAY_NEEDS_POINTS] = {N_("in {area} you give points. Put them after each number, like {number} "
                             "{example}: {points} in all, at most {limit} to one."),
                          0},
    [SAY_NO_POINTS] = {N_("{word} is not a project number. In {area} projects get no points. Text "
                          "again with all your numbers."),
                       0},
    [SAY_NO_POINTS_IN_ORDER] = {N_("{word} is not a project number. In {area} give no points: text "
                                   "your numbers, the one you want most first."),
                                0},
    [SAY_BAD_RANKS] = {N_("each choice needs a place of its own. Text your numbers again, the one "
                          "you want most first."),
                       0},
    [SAY_UNDECLARED] = {N_("the vote in {area} first asks for your age or where you live. Please "
                           "vote on the web."),
                        0},
    [SAY_IS_QUESTION] =
        {N_("{project} is a yes or no question. Text {prefix}YES or NO, your code, then {number}."),
         0},
    [SAY_IS_PROJECT] =
        {N_("{project} is a project. Text {prefix}VOTE, your code, then {number} and any others."),
         0},
    [SAY_TRY_AGAIN] = {N_("we could not take this text. Text again in a moment."), 0},
    [SAY_STANDS] = {N_(" Your earlier vote stands."), 0},
    [SAY_STANDS_WITH] = {N_(" Your earlier vote {standing} stands."), 0},

    [SAY_LAST] = {N_(" Votes still count; no replies until {until}."), 0},

    [SAY_LANG] = {N_("From now on we text this number in English. Dla polskiego: {prefix}LANG PL."),
                  1},
    [SAY_LANG_WHICH] = {N_("Text {prefix}LANG EN for English. Po polsku: {prefix}LANG PL."), 1},

    [SAY_OFFER_ASK] = {N_("Your offer for {number} {name} ({area}) waits. Reply {prefix}AGREE "
                          "today and a ward officer may call this number; nobody else sees it."),
                       1},
    [SAY_OFFER_HOW] = {N_("To offer help text {prefix}OFFER, the project number and what you can "
                          "do, like {prefix}OFFER 1275 I can lend a van."),
                       1},
    [SAY_OFFER_LONG] =
        {N_("That is too long: text {prefix}OFFER, the number and at most 300 letters."), 1},
    [SAY_OFFER_MANY] =
        {N_("Too many offers of this number wait for AGREE. Reply {prefix}AGREE to send them."), 1},
    [SAY_OFFER_TO_QUESTION] = {N_("{number} is a yes or no question: nothing to help with. Text "
                                  "{prefix}LIST to see the projects."),
                               1},
    [SAY_OFFER_NO_NUMBER] = {N_("We cannot call this number. Please offer help on the web."), 1},
    [SAY_OFFER_AGREED] = {N_("Thank you. A ward officer may call this number about {number} {name} "
                             "({area}). It is erased 28 days after the call."),
                          1},
    [SAY_OFFERS_AGREED] = COUNTED("Thank you. A ward officer may call this number about {n} offer. "
                                  "It is erased 28 days after the call.",
                                  "Thank you. A ward officer may call this number about {n} "
                                  "offers. It is erased 28 days after the calls.",
                                  "n", 1),
    [SAY_OFFER_NONE_WAITS] = {N_("No offer of this number waits for AGREE. To offer help text "
                                 "{prefix}OFFER, the project number and what you can do."),
                              1},

    [SAY_SIGN_IN_DIGITS] = {N_("{digits} are the digits for voting on the web. They are good for "
                               "10 minutes. Nobody from the council will ask you for them."),
                            1},
    [SAY_PROJECT_WITHDRAWN] =
        {N_(
             "Project {number} was withdrawn from the vote. Your other picks count. To change your "
             "ballot, reply {prefix}VOTE, your code and the numbers."),
         1},
    [SAY_IDEA_ANSWERED] =
        {N_("The council answered your idea {reference}. Open its private page to read it."), 1},
    [SAY_BULK_OPENED] = {N_("{title}: you can vote until {closes}, by text or on the web. To end "
                            "these texts, reply {prefix}STOP."),
                         0},
    [SAY_BULK_CLOSING] = {N_("{title}: voting ends soon. You can vote until {closes}, if you have "
                             "not yet. To end these texts, reply {prefix}STOP."),
                          0},
    [SAY_BULK_RESULT] = {N_("{title}: the votes are counted. You can read the result on the web. "
                            "To end these texts, reply {prefix}STOP."),
                         0},

    [SAY_MOMENT] = {N_("{clock} {weekday} {day} {month}"), 0},
    [SAY_END_OF_DAY] = {N_("the end of {weekday} {day} {month}"), 0},
};

const char *say_template(enum language language, enum say which)
{
    MUST(which < SAY_COUNT && templates[which].words != NULL);
    return translate(language, templates[which].words);
}

const char *say_counted(enum say which)
{
    return templates[which].count;
}

const char *say_template_n(enum language language, enum say which, int64_t n)
{
    const struct template *t = &templates[which];

    return t->many == NULL ? say_template(language, which)
                           : translate_n(language, t->words, t->many, n);
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

static void fill(struct buf *out, enum language language, const struct say_value *v)
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
        language_money(out, language, v->n, " ");
        return;
    case SAY_WHEN_VALUE:
        say_when(out, language, v->text);
        return;
    case SAY_HOUR_VALUE:
        say_hour(out, language, v->text);
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

static char keyword[STARTUP_SMS_KEYWORD_MAX + 1];

void say_keyword(const char *word)
{
    MUST(strlen(word) <= STARTUP_SMS_KEYWORD_MAX);
    memcpy(keyword, word, strlen(word) + 1);
}

struct saying {
    struct buf *out;
    enum language language;
    const struct say_value *values;
};

/* Words of ours, which are in GSM-7 as they stand only in English. */
static void add_words(void *context, const char *words, size_t len)
{
    const struct saying *s = context;
    char piece[1024];

    if (s->language == LANGUAGE_EN) {
        buf_add(s->out, words, len);
        return;
    }
    MUST(len < sizeof piece);
    memcpy(piece, words, len);
    piece[len] = '\0';
    gsm7_fold(piece, s->out);
}

static bool is_prefix(const char *name, size_t len)
{
    return len == strlen("prefix") && strncmp(name, "prefix", len) == 0;
}

static void add_value(void *context, const char *name, size_t len)
{
    const struct saying *s = context;

    if (is_prefix(name, len)) {
        buf_str_add(s->out, keyword);
        buf_str_add(s->out, *keyword != '\0' ? " " : "");
        return;
    }
    fill(s->out, s->language, named(s->values, name, len));
}

void say_values(struct buf *out, enum language language, enum say which,
                const struct say_value *values)
{
    const char *count = say_counted(which);
    const char *words =
        count == NULL ? say_template(language, which)
                      : say_template_n(language, which, named(values, count, strlen(count))->n);

    words_walk(words, add_words, add_value, &(struct saying){out, language, values});
}

void say_plain(struct buf *out, enum language language, enum say which)
{
    say_values(out, language, which, &(const struct say_value){.name = NULL});
}
