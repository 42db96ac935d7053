/* routes_print.h: --routes, the site map as it is declared. */
#ifndef WM_SERVER_ROUTES_PRINT_H
#define WM_SERVER_ROUTES_PRINT_H

/* One line a route on standard output, words with single spaces between: method, path, who
 * (anyone, any_site, framed, voter, officer, provider), then of a page of the desk the roles that
 * open it with commas between ("any": every officer), "area" or "service", "proven" or "-"; of the
 * others "- - -"; then the names of its fields with commas between, or "-". What is not declared is
 * "?". Returns 0. */
int routes_print(void);

#endif
