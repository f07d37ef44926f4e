// SPDX-License-Identifier: GPL-2.0-or-later
/* What is not attached to by a function's own name: system calls, tracepoints, patterns. */
#include <string.h>

#include "atlas/attach.h"
#include "atlas/presence.h"
#include "atlas/str.h"
#include "check/look.h"

/* Names of the entry points, as libbpf looks for them. */
static const struct {
	const char *arch, *prefix;
} wrappers[] = {
	{"amd64", "__x64_sys_"},   {"arm64", "__arm64_sys_"},	{"i386", "__ia32_sys_"},
	{"s390x", "__s390x_sys_"}, {"riscv64", "__riscv_sys_"},
};

static const char *wrapper_prefix(const struct image *image)
{
	for (size_t i = 0; i < ARRAY_LEN(wrappers); i++)
		if (str_eq(image->arch, wrappers[i].arch))
			return wrappers[i].prefix;
	return "sys_";
}

/* The wrappers differ in arguments from what the system call is declared with: that stands in __do_sys_NAME. */
static struct error *take_prototype(struct look *look, const char *name, struct state *state)
{
	const char *inner = arena_printf(look->arena, "__do_sys_%s", name);
	const struct function *const *functions;
	size_t count;

	state->values[VALUE_RETURNS] = state->values[VALUE_PARAMETERS] = state->values[VALUE_NAMES] = NULL;
	state->values[VALUE_BARE_RETURNS] = state->values[VALUE_BARE_PARAMETERS] = NULL;
	TRY(store_brief_functions(look->store, look->arena, look->image, inner, &functions, &count));
	return count && functions[0]->prototype ? state_prototype(look, state, functions[0]->prototype, 0) : NULL;
}

/* Whether some table of system calls, or the function that replaced it, leads to it.  Old calls may have code and no
 * number. */
static struct error *find_number(struct look *look, const char *name, bool *has_number, bool *searched)
{
	const struct function *function;

	TRY(store_function(look->store, look->arena, look->image, name, &function));
	if (!function)
		return NULL;
	*searched = *searched || function->taken_search != TAKEN_UNSEARCHED;
	*has_number = *has_number || function->class.call_sites > 0;
	for (uint32_t i = 0; i < function->taken_count; i++)
		*has_number =
			*has_number || (function->taken[i].data && strstr(function->taken[i].data, "sys_call_table"));
	return NULL;
}

/* Aliases of one code: an address in a table is told of one of them. */
static struct error *judge_number(struct look *look, const char *const *names, size_t count, const char *name,
				  struct state *state)
{
	bool has_number = false, searched = false;

	for (size_t i = 0; i < count; i++)
		TRY(find_number(look, names[i], &has_number, &searched));
	if (has_number)
		return NULL;
	if (searched)
		state_absent(look, state, "the code is there, but no system call table leads to %s", name);
	else
		state_unknown(look, state, "whether the call has a number: its table was not read");
	return NULL;
}

struct error *look_syscall(struct look *look, const struct dependency *dependency, struct state *state)
{
	const char *const names[] = {
		arena_printf(look->arena, "%s%s", wrapper_prefix(look->image), dependency->subject),
		arena_printf(look->arena, "__se_sys_%s", dependency->subject),
		arena_printf(look->arena, "sys_%s", dependency->subject),
	};
	struct state first = {0};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		*state = (struct state){0};
		TRY(look_named(look, DEP_KSYSCALL, names[i], state));
		if (state->found == FOUND_YES) {
			state->remark = arena_printf(look->arena, "as %s", names[i]);
			TRY(take_prototype(look, dependency->subject, state));
			return judge_number(look, names, ARRAY_LEN(names), names[i], state);
		}
		if (i == 0)
			first = *state;
	}
	*state = first;
	/* System calls are never in modules. */
	if (first.no_symbol) {
		state->unknowns = NULL;
		state_absent(look, state, "no function %s", names[0]);
	}
	return NULL;
}

/* Verdict and names of the first function of `prefix`NAME that was read; NULL where there is none. */
static struct error *find_function(struct look *look, const char *prefix, const char *name,
				   const struct function **function, enum presence *presence)
{
	const char *full = arena_printf(look->arena, "%s%s", prefix, name);
	const struct function *const *functions;
	size_t count;

	TRY(store_brief_functions(look->store, look->arena, look->image, full, &functions, &count));
	*function = count && function_was_read(functions[0]) ? functions[0] : NULL;
	*presence = presence_of(look->image, *function, full);
	return NULL;
}

/* "syscalls/sys_enter_openat": an event that is no tracepoint of its own. */
static struct error *look_syscall_event(struct look *look, const char *syscall, struct state *state)
{
	struct dependency inner = {.kind = DEP_KSYSCALL, .subject = syscall};
	const struct function *tracer;
	enum presence presence;

	TRY(look_syscall(look, &inner, state));
	const char *missing = state->missing;

	state->issues = NULL;
	state->values[VALUE_OBJECT] = NULL;
	if (state->found == FOUND_NO)
		state_absent(look, state, "%s", missing);
	if (state->found != FOUND_YES)
		return NULL;
	if (look->image->evidence == EVIDENCE_DWARF)
		state->unknowns = NULL;
	TRY(find_function(look, "", "ftrace_syscall_enter", &tracer, &presence));
	if (!tracer && presence == ABSENT)
		state_absent(look, state, "the kernel has no events for system calls (CONFIG_FTRACE_SYSCALLS)");
	else if (!tracer)
		state_unknown(look, state, "whether the kernel has events for system calls");
	return NULL;
}

/* Kernels before 5.10 have no function of its own for each tracepoint; its event's probe has the name of its class. */
static struct error *look_old_tracepoint(struct look *look, const char *name, struct state *state)
{
	static const char *const signs[] = {"trace_event_raw_event_", "__bpf_trace_", "perf_trace_"};
	const struct function *function;
	enum presence presence;

	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		TRY(find_function(look, signs[i], name, &function, &presence));
		if (function) {
			state->found = FOUND_YES;
			state->remark = arena_printf(look->arena, "by %s%s", signs[i], name);
			return NULL;
		}
	}
	state_unknown(look, state, "before 5.10 only some tracepoints can be told from functions");
	return NULL;
}

static struct error *take_tracepoint(struct look *look, enum dependency_kind kind, const char *name,
				     const struct function *function, struct state *state)
{
	state->found = FOUND_YES;
	state->values[VALUE_OBJECT] = function->object;
	if (!str_eq(function->object, "vmlinux"))
		state->remark = arena_printf(look->arena, "in module %s", function->object);
	if (function->prototype) {
		/* The function that calls the probes returns an int nobody sees. */
		TRY(state_prototype(look, state, function->prototype, 1));
		state->values[VALUE_RETURNS] = state->values[VALUE_BARE_RETURNS] = NULL;
	} else {
		state_unknown(look, state, "its arguments: no DWARF was read that tells them");
	}
	if (kind == DEP_TRACEPOINT && str_ends(name, "_tp"))
		state_unknown(look, state, "a bare tracepoint: whether it has a trace event is not known");
	return NULL;
}

static struct error *judge_btf(struct look *look, struct state *state)
{
	unsigned gates;

	TRY(store_gates(look->store, look->image, &gates));
	if (!(gates & GATE_READ))
		state_unknown(look, state, "whether the kernel has BTF: its tables were not read");
	else if (!(gates & GATE_BTF))
		state_issue(look, state, RULE_NO_ATTACH, "the kernel has no BTF");
	return NULL;
}

static const char *base_name(const char *subject)
{
	const char *mark = strpbrk(subject, "/:");

	return mark ? mark + 1 : subject;
}

/*
 * Whether the header that declares a tracepoint is one of the group, as the kernel's headers are called:
 * include/trace/events/sched.h, fs/xfs/xfs_trace.h, arch/x86/kvm/trace.h.
 */
static bool header_fits(const char *header, const char *group, size_t length)
{
	const char *base = strrchr(header, '/');

	base = base ? base + 1 : header;
	if (length && strncmp(base, group, length) == 0)
		return true;
	/* The one group of include/trace/events whose header is called otherwise. */
	if (length == strlen("raw_syscalls") && strncmp(group, "raw_syscalls", length) == 0)
		return str_eq(base, "syscalls.h");
	for (const char *part = header; part < base; part = strchr(part, '/') + 1)
		if (strncmp(part, group, length) == 0 && part[length] == '/' && !str_starts(part, "include/") &&
		    !str_starts(part, "trace/") && !str_starts(part, "events/"))
			return true;
	return false;
}

/* "block/sched_switch": the name alone would be there, the path in tracefs is not. */
static void judge_group(struct look *look, const char *subject, const struct function *function, struct state *state)
{
	size_t length = strcspn(subject, "/:");
	const char *header = NULL;

	if (!subject[length] || state->unknowns)
		return;
	for (uint32_t i = 0; i < function->instance_count && !header; i++)
		header = function->instances[i].decl_file;
	if (!header || !header_fits(header, subject, length))
		state_unknown(look, state,
			      "the event is there; whether in group %.*s is not known: it is declared in %s",
			      (int)length, subject, header ? header : "a header that is not known");
}

static const char *syscall_of_event(const char *name)
{
	if (str_starts(name, "sys_enter_"))
		return name + strlen("sys_enter_");
	return str_starts(name, "sys_exit_") ? name + strlen("sys_exit_") : NULL;
}

struct error *look_tracepoint(struct look *look, const struct dependency *dependency, struct state *state)
{
	const char *name = base_name(dependency->subject);
	const char *syscall = dependency->kind == DEP_TRACEPOINT ? syscall_of_event(name) : NULL;
	const struct function *function;
	enum presence presence;

	TRY(find_function(look, "__traceiter_", name, &function, &presence));
	if (function) {
		TRY(take_tracepoint(look, dependency->kind, name, function, state));
		if (dependency->kind == DEP_TP_BTF)
			return judge_btf(look, state);
		if (dependency->kind == DEP_TRACEPOINT)
			judge_group(look, dependency->subject, function, state);
		/* What programs of the event read; events of a class of another name have none of their own. */
		return dependency->kind == DEP_TRACEPOINT
			       ? look_record(look, arena_printf(look->arena, "trace_event_raw_%s", name), state)
			       : NULL;
	}
	if (syscall)
		return look_syscall_event(look, syscall, state);
	if (version_compare(look->image->version ? look->image->version : "0", "5.10") < 0)
		return look_old_tracepoint(look, name, state);
	state->missing = presence_text(presence);
	state->not_in_vmlinux = presence == NOT_IN_VMLINUX || presence == NOT_AMONG_SYMBOLS;
	if (presence == ABSENT)
		state_absent(look, state, "no tracepoint of this name");
	else
		state_unknown(look, state, "%s", presence_text(presence));
	return NULL;
}

/* Names of the whole atlas that a pattern matches: asked once, for all images. */
static struct error *expand(struct look *look, const char *pattern)
{
	const char *items[] = {pattern};
	struct globs globs = {items, 1};

	if (str_eq(look->pattern, pattern))
		return NULL;
	TRY(store_names(look->store, look->arena, &globs, &look->names, &look->name_count));
	look->pattern = pattern;
	return NULL;
}

/* Why nothing attaches to it; NULL: nothing stands against it. */
static const char *refusal_of(const struct state *state)
{
	for (const struct issue *issue = state->issues; issue; issue = issue->next)
		if (issue->rule == RULE_NO_ATTACH || issue->rule == RULE_FULL_INLINE ||
		    issue->rule == RULE_TRANSFORMATION)
			return issue->message;
	return NULL;
}

struct error *look_multi(struct look *look, const struct dependency *dependency, struct state *state)
{
	const char *pattern = dependency->subject;
	size_t matched = 0, attached = 0, unknown = 0;
	const char *why = NULL;

	if (!strpbrk(pattern, "*?["))
		return look_named(look, DEP_KPROBE_MULTI, pattern, state);
	TRY(expand(look, pattern));
	for (size_t i = 0; i < look->name_count; i++) {
		struct state one = {0};

		look->attach_only = true;
		struct error *err = look_named(look, DEP_KPROBE_MULTI, look->names[i], &one);

		look->attach_only = false;
		if (err)
			return err;
		const char *refusal = refusal_of(&one);
		bool refused = refusal != NULL;

		why = why ? why : refusal;
		matched += one.found == FOUND_YES;
		unknown += one.found == FOUND_YES && !refused && one.unknowns;
		attached += one.found == FOUND_YES && !refused && !one.unknowns;
	}
	state->found = matched ? FOUND_YES : FOUND_UNKNOWN;
	state->remark = arena_printf(look->arena, "%zu functions match, %zu of them attach", matched, attached);
	if (!attached && unknown)
		state_unknown(look, state, "%zu functions match, and of none is known that it attaches", matched);
	else if (!matched && !look->image->modules_read)
		state_unknown(look, state, "no function of vmlinux matches; modules not read");
	else if (!matched)
		state_absent(look, state, "no function matches");
	else if (!attached)
		state_issue(look, state, RULE_NO_ATTACH, "%zu functions match, none of them attaches: %s", matched,
			    why);
	return NULL;
}
