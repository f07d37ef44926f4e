/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One writer a file.  A writer appends the whole report to a string: nothing of
 * it can fail but writing that out, which is done in one place.
 */
#ifndef REPORT_WRITERS_H
#define REPORT_WRITERS_H

#include "atlas/report.h"
#include "atlas/str.h"

void report_text(const struct report *report, struct str *out);
void report_markdown(const struct report *report, struct str *out);
void report_json(const struct report *report, struct str *out);
void report_sarif(const struct report *report, struct str *out);
void report_junit(const struct report *report, struct str *out);
void report_github(const struct report *report, struct str *out);

#endif
