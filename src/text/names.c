// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/names.h"

#include <string.h>

#include "atlas/mem.h"
#include "atlas/str.h"

size_t copy_prefix(const char *symbol)
{
	/* objcopy --prefix-symbols; __pi_ on arm64 since 5.18, on riscv64 since 6.4, on x86 since 6.15. */
	static const char *const prefixes[] = {"__efistub_", "__kvm_nvhe_", "__pi_"};

	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
		if (str_starts(symbol, prefixes[i]))
			return strlen(prefixes[i]);
	return 0;
}

bool name_is_one_of(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(names[i]);

		if (names[i][length - 1] == '*' ? strncmp(name, names[i], length - 1) == 0
						: strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

const char *symbol_stub_target(const char *symbol)
{
	static const char *const marks[] = {".plt_branch.", ".long_branch.", ".plt_call."};

	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		const char *at = strstr(symbol, marks[i]);

		if (at)
			return at + strlen(marks[i]);
	}
	return NULL;
}

bool symbol_is_stub(const char *symbol)
{
	/* Errata of the Cortex-A53: e843419@010a_00002b33_1ba8 */
	static const char *const names[] = {"__SCT__*", "e843419@*", "e835769@*"};

	return symbol_stub_target(symbol) || str_ends(symbol, "_veneer") ||
	       name_is_one_of(symbol, names, ARRAY_LEN(names));
}

bool symbol_is_tracer(const char *symbol)
{
	static const char *const names[] = {"__fentry__", "mcount", "_mcount", "__gnu_mcount_nc", "ftrace_caller"};

	return name_is_one_of(symbol, names, ARRAY_LEN(names));
}

bool symbol_is_thunk(const char *symbol)
{
	static const char *const names[] = {
		"__x86_indirect_*",	"__x86_return_thunk", "__s390_indirect_jump_*",	 "retbleed_return_thunk",
		"retbleed_untrain_ret", "srso_return_thunk",  "srso_alias_return_thunk", "srso_safe_ret",
		"srso_alias_safe_ret",	"srso_untrain_ret",   "srso_alias_untrain_ret",	 "its_return_thunk",
	};

	return name_is_one_of(symbol, names, ARRAY_LEN(names));
}

bool symbol_is_boundary(const char *symbol)
{
	static const char *const names[] = {"_text", "_stext", "_etext", "_sinittext", "_einittext"};

	return str_ends(symbol, "_end") || name_is_one_of(symbol, names, ARRAY_LEN(names));
}

bool symbols_are_parts(const char *from, const char *to)
{
	const char *dot = strchr(from, '.') ? strchr(from, '.') : strchr(to, '.');
	size_t stem = strcspn(from, ".");

	return dot && strcspn(to, ".") == stem && strncmp(from, to, stem) == 0 &&
	       (strstr(from, ".cold") || strstr(to, ".cold"));
}
