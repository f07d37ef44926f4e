// SPDX-License-Identifier: GPL-2.0-or-later
/* Section names as libbpf reads them: SEC("fentry/vfs_read"). */
#include <string.h>

#include "atlas/str.h"
#include "check/bpf.h"

/* What of the name behind the slash is the kernel's. */
enum target_form {
	FORM_FUNCTION, /* "function", "function+0x10", "module:function" */
	FORM_EVENT,    /* "group/event" */
	FORM_NAME,
};

/* Longer names before those they begin with. */
static const struct {
	const char *prefix;
	enum dependency_kind kind;
	enum target_form form;
} prefixes[] = {
	{"kprobe.multi", DEP_KPROBE_MULTI, FORM_NAME},
	{"kretprobe.multi", DEP_KPROBE_MULTI, FORM_NAME},
	{"kprobe.session", DEP_KPROBE_MULTI, FORM_NAME},
	{"kprobe", DEP_KPROBE, FORM_FUNCTION},
	{"kretprobe", DEP_KRETPROBE, FORM_FUNCTION},
	{"ksyscall", DEP_KSYSCALL, FORM_NAME},
	{"kretsyscall", DEP_KSYSCALL, FORM_NAME},
	{"fentry.s", DEP_FENTRY, FORM_FUNCTION},
	{"fentry", DEP_FENTRY, FORM_FUNCTION},
	{"fexit.s", DEP_FEXIT, FORM_FUNCTION},
	{"fexit", DEP_FEXIT, FORM_FUNCTION},
	{"fmod_ret.s", DEP_FMOD_RET, FORM_FUNCTION},
	{"fmod_ret", DEP_FMOD_RET, FORM_FUNCTION},
	{"tp_btf", DEP_TP_BTF, FORM_NAME},
	{"raw_tp.w", DEP_RAW_TP, FORM_NAME},
	{"raw_tp", DEP_RAW_TP, FORM_NAME},
	{"raw_tracepoint.w", DEP_RAW_TP, FORM_NAME},
	{"raw_tracepoint", DEP_RAW_TP, FORM_NAME},
	{"tracepoint", DEP_TRACEPOINT, FORM_EVENT},
	{"tp", DEP_TRACEPOINT, FORM_EVENT},
	{"lsm.s", DEP_LSM, FORM_NAME},
	{"lsm_cgroup", DEP_LSM, FORM_NAME},
	{"lsm", DEP_LSM, FORM_NAME},
	{"iter.s", DEP_ITER, FORM_NAME},
	{"iter", DEP_ITER, FORM_NAME},
};

/* Those that need something of the kernel this program does not look at. */
static const char *const unchecked[] = {"struct_ops", "freplace", "syscall"};

static bool has_prefix(const char *section, const char *prefix)
{
	size_t length = strlen(prefix);

	return strncmp(section, prefix, length) == 0 && (section[length] == '/' || section[length] == '\0');
}

static void note(struct bpf_reading *reading, const struct bpf_function *program, const char *text)
{
	struct dependencies *dependencies = reading->dependencies;

	vec_add(&dependencies->notes, arena_printf(&dependencies->arena, "%s: program %s, SEC(\"%s\"): %s",
						   reading->path, program->name, program->section, text));
}

static void add_target(struct bpf_reading *reading, const struct bpf_function *program, size_t entry,
		       const char *target, bool optional)
{
	const char *colon = prefixes[entry].form == FORM_FUNCTION ? strchr(target, ':') : NULL;
	const char *name = colon ? colon + 1 : target;
	const char *file;
	uint32_t line;

	bpf_place(reading, program->section, program->start, &file, &line);
	struct dependency *made = dependency_add(reading->dependencies, prefixes[entry].kind, name, file, line);

	made->optional = optional;
	made->why = optional ? "its program is not loaded unless asked for, SEC(\"?...\")" : NULL;
}

static void read_program(struct bpf_reading *reading, const struct bpf_function *program)
{
	bool optional = program->section[0] == '?';
	const char *section = program->section + optional;

	for (size_t i = 0; i < ARRAY_LEN(unchecked); i++)
		if (has_prefix(section, unchecked[i]))
			note(reading, program, "a kind of program that is not checked");
	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++) {
		size_t length = strlen(prefixes[i].prefix);

		if (!has_prefix(section, prefixes[i].prefix))
			continue;
		if (section[length] && section[length + 1])
			add_target(reading, program, i, section + length + 1, optional);
		else
			note(reading, program, "says at run time what it attaches to: not checked");
		return;
	}
}

void bpf_read_programs(struct bpf_reading *reading)
{
	for (size_t i = 0; i < reading->object.functions.count; i++)
		read_program(reading, &reading->object.functions.items[i]);
}
