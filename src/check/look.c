// SPDX-License-Identifier: GPL-2.0-or-later
/* Who looks up what. */
#include "check/look.h"

struct error *look_up(struct look *look, const struct dependency *dependency, struct state *state)
{
	switch (dependency->kind) {
	case DEP_KPROBE_MULTI:
		return look_multi(look, dependency, state);
	case DEP_KSYSCALL:
		return look_syscall(look, dependency, state);
	case DEP_TRACEPOINT:
	case DEP_TP_BTF:
	case DEP_RAW_TP:
		return look_tracepoint(look, dependency, state);
	case DEP_EXPORT:
		return look_export(look, dependency, state);
	case DEP_STRUCT:
	case DEP_UNION:
	case DEP_ENUM:
	case DEP_TYPEDEF:
		return look_type(look, dependency, state);
	case DEP_FIELD:
		return look_field(look, dependency, state);
	case DEP_ENUMERATOR:
		return look_enumerator(look, dependency, state);
	case DEP_FUNCTION:
	case DEP_KFUNC:
	case DEP_KPROBE:
	case DEP_KRETPROBE:
	case DEP_FENTRY:
	case DEP_FEXIT:
	case DEP_FMOD_RET:
	case DEP_LSM:
	case DEP_ITER:
	case DEPENDENCY_KIND_COUNT:
		break;
	}
	return look_function(look, dependency, state);
}
