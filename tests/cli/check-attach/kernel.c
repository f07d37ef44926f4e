// SPDX-License-Identifier: GPL-2.0-or-later
/* A kernel that can trace: probes attach to some functions; a tracepoint, a system call, hooks of eBPF. */
#define KEEP __attribute__((noinline, noclone, used))

const char linux_banner[] = BANNER;
volatile int sink;
struct task;

#define FUNCTION(name, ...)           \
	KEEP int name(__VA_ARGS__)    \
	{                             \
		return ++sink;        \
	}

FUNCTION(traced, int n)
FUNCTION(hidden, int n)
FUNCTION(forbidden, int n)
FUNCTION(register_kprobe, void)
FUNCTION(register_fprobe_ips, void)
FUNCTION(bpf_kprobe_multi_link_attach, void)
FUNCTION(arch_prepare_bpf_trampoline, void)
FUNCTION(register_ftrace_direct, void)
FUNCTION(bpf_lsm_file_open, void *file)
FUNCTION(bpf_iter_task, void *meta, struct task *task)
FUNCTION(ftrace_syscall_enter, void)
FUNCTION(__x64_sys_open, const void *regs)
FUNCTION(__x64_sys_forgotten, const void *regs)
/* The record of an event. */
struct trace_event_raw_sched_switch {
	char comm[16];
	int pid;
#ifdef NEXT
	short state;
#else
	long state;
#endif
} record;

/* A tracepoint's group is told by the header that declares it. */
#line 100 "include/trace/events/sched.h"
#ifdef NEXT
FUNCTION(__traceiter_sched_switch, void *data, _Bool preempt, struct task *prev, struct task *next, int state)
FUNCTION(__traceiter_sched_swapped, void *data, struct task *next, struct task *prev)
#else
FUNCTION(__traceiter_sched_switch, void *data, _Bool preempt, struct task *prev, struct task *next)
FUNCTION(__traceiter_sched_swapped, void *data, struct task *prev, struct task *next)
FUNCTION(__traceiter_sched_gone, void *data)
#endif
FUNCTION(__traceiter_bare_tp, void *data)
#line 50 "kernel.c"

int (*const sys_call_table[])(const void *) = {__x64_sys_open};

#define TABLE(name, ...)                                                                                  \
	__asm__(".section .init.data, \"a\"\n.balign 8\n.globl __start_" #name "\n__start_" #name ":\n"   \
		__VA_ARGS__ ".globl __stop_" #name "\n__stop_" #name ":\n.text\n")
TABLE(mcount_loc, ".quad traced\n.quad forbidden\n.quad bpf_lsm_file_open\n.quad __x64_sys_open\n");
TABLE(kprobe_blacklist, ".quad forbidden\n");

void start(void)
{
	sink = traced(1) + hidden(2) + sys_call_table[0](0);
}
