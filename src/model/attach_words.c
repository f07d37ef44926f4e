// SPDX-License-Identifier: GPL-2.0-or-later
#include "atlas/attach.h"

#include <stddef.h>

#include "atlas/mem.h"

/* Index: the bit. */
static const char *const evidence_words[] = {
	NULL,  "site",	   "blacklist",	  "noinstr",   "kprobes",    "entry",	   "init",
	"btf", "btf_many", "btf_refused", "btf_doubt", "btf_denied", "btf_unread", "site_behind",
};

static const char *const gate_words[] = {
	NULL,	  "sites",	     "kprobes",		 "trampoline",	      "direct", "btf", "multi",
	"fprobe", "notrace_refused", "notrace_accepted", "namesakes_refused",
};

const char *attach_evidence_word(unsigned bit)
{
	return bit < ARRAY_LEN(evidence_words) ? evidence_words[bit] : NULL;
}

const char *attach_gate_word(unsigned bit)
{
	return bit < ARRAY_LEN(gate_words) ? gate_words[bit] : NULL;
}
