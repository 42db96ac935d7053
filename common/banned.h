/* banned.h: functions that do not compile here, because each has a bounded or thread-safe
 * replacement. Included on the command line (-include) for every file of ours. */
#ifndef WM_BANNED_H
#define WM_BANNED_H

/* The headers come first, so that their own declarations are not poisoned. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define WM_BANNED(name) name##_is_banned_see_common_banned_h

#undef strcpy
#define strcpy WM_BANNED(strcpy)
#undef strcat
#define strcat WM_BANNED(strcat)
#undef strncpy
#define strncpy WM_BANNED(strncpy)
#undef strncat
#define strncat WM_BANNED(strncat)
#undef sprintf
#define sprintf WM_BANNED(sprintf)
#undef vsprintf
#define vsprintf WM_BANNED(vsprintf)
#undef strtok
#define strtok WM_BANNED(strtok)
#undef atoi
#define atoi WM_BANNED(atoi)
#undef atol
#define atol WM_BANNED(atol)
#undef atof
#define atof WM_BANNED(atof)
#undef gets
#define gets WM_BANNED(gets)
#undef gmtime
#define gmtime WM_BANNED(gmtime)
#undef localtime
#define localtime WM_BANNED(localtime)
#undef ctime
#define ctime WM_BANNED(ctime)
#undef asctime
#define asctime WM_BANNED(asctime)
#undef rand
#define rand WM_BANNED(rand)

#endif
