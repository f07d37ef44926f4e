/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Everything `diff` can find.  docs/rules.md has the same, and a test holds one against the other. */
#ifndef DIFF_RULES_H
#define DIFF_RULES_H

#include "atlas/changes.h"
#include "atlas/diff.h"
#include "atlas/type.h"

#define BREAKS	 "error"
#define MISSES	 "missing invocation"
#define MISREADS "stray read"

/* clang-format off */
/* X(NAME, id, area, severity, consequence, title, help) */
#define DIFF_RULES(X) \
	X(FUNCTION_ADDED, "function-added", FUNCTIONS, ADDITION, NULL, "Function added", \
	  "The new image has a function of this name, the old one has none.") \
	X(FUNCTION_REMOVED, "function-removed", FUNCTIONS, INCOMPATIBLE, BREAKS, "Function removed", \
	  "The new image has no function of this name in vmlinux or in the modules that were read: calls do not link, probes do not attach.") \
	X(FUNCTION_ADDED_TO_VMLINUX, "function-added-to-vmlinux", FUNCTIONS, ADDITION, NULL, "Function added to vmlinux", \
	  "vmlinux has it now. It may have been in a module before: the old image's modules were not read.") \
	X(FUNCTION_REMOVED_FROM_VMLINUX, "function-removed-from-vmlinux", FUNCTIONS, INCOMPATIBLE, BREAKS, "Function removed from vmlinux", \
	  "vmlinux no longer has it. It may be in a module now: the new image's modules were not read.") \
	X(FUNCTION_RENAMED, "function-renamed", FUNCTIONS, INCOMPATIBLE, BREAKS, "Function renamed", \
	  "The function goes by another name; the evidence is stated. Probes and links by the old name fail.") \
	X(FUNCTION_BECAME_MACRO, "function-became-macro", FUNCTIONS, INCOMPATIBLE, BREAKS, "Function became a macro", \
	  "Source that calls it still compiles: the name is now a macro over the function named. Probes and links by the old name fail.") \
	X(FUNCTION_MOVED, "function-moved", FUNCTIONS, CHANGE, NULL, "Function moved to another file", \
	  "The same name is declared in another source file. Nothing that goes by the name notices.") \
	X(PLACE_ADDED, "function-place-added", FUNCTIONS, CHANGE, MISSES, "Function defined in a further file", \
	  "Another file defines a function of this name as well.") \
	X(PLACE_REMOVED, "function-place-removed", FUNCTIONS, CHANGE, NULL, "Function no longer defined in a file", \
	  "One of several files that define a function of this name no longer does.") \
	X(DECLARATION_ADDED, "declaration-added", FUNCTIONS, ADDITION, NULL, "Declaration added", \
	  "A name that is only declared, nowhere defined, is new.") \
	X(DECLARATION_REMOVED, "declaration-removed", FUNCTIONS, CHANGE, NULL, "Declaration removed", \
	  "A name that was only declared, nowhere defined, is gone.") \
	X(FUNCTION_DEFINED, "function-now-defined", FUNCTIONS, ADDITION, NULL, "Function defined", \
	  "It was only declared before.") \
	X(FUNCTION_DECLARED, "function-now-declared", FUNCTIONS, INCOMPATIBLE, BREAKS, "Function only declared", \
	  "It was defined before; the new image has a declaration without code.") \
	X(FUNCTION_TO_MODULE, "function-to-module", FUNCTIONS, CHANGE, BREAKS, "Function moved from vmlinux to a module", \
	  "It is there only while the module is loaded.") \
	X(FUNCTION_TO_VMLINUX, "function-to-vmlinux", FUNCTIONS, CHANGE, NULL, "Function moved from a module to vmlinux", \
	  "It is there without the module; what names the module to reach it does not find it.") \
	X(PARAM_ADDED, "param-added", FUNCTIONS, INCOMPATIBLE, MISREADS, "Parameter added", \
	  "Calls no longer compile; a probe reads other arguments than it means where the new one is not the last.") \
	X(PARAM_REMOVED, "param-removed", FUNCTIONS, INCOMPATIBLE, MISREADS, "Parameter removed", \
	  "Calls no longer compile; a probe reads what is not there.") \
	X(PARAM_REORDERED, "param-reordered", FUNCTIONS, INCOMPATIBLE, MISREADS, "Parameters reordered", \
	  "A probe reads one argument for another.") \
	X(PARAM_TYPE, "param-type-changed", FUNCTIONS, INCOMPATIBLE, MISREADS, "Parameter has another type", \
	  "A probe may read the argument as what it is not; calls may no longer compile.") \
	X(PARAM_QUALIFIER, "param-qualifier-changed", FUNCTIONS, CHANGE, NULL, "Parameter differs by const, volatile or restrict", \
	  "The argument is passed as before; a compiler may warn.") \
	X(PARAM_RESPELLED, "param-type-respelled", FUNCTIONS, CHANGE, NULL, "Parameter's type goes by another name", \
	  "It is the same type: a typedef of it, or a type that was renamed. The argument is passed as before.") \
	X(PARAM_RENAMED, "param-renamed", FUNCTIONS, CHANGE, NULL, "Parameter has another name", \
	  "Same place, same type. What means it by name (BTF, perf probe) does not find it.") \
	X(RETURN_TYPE, "return-type-changed", FUNCTIONS, INCOMPATIBLE, MISREADS, "Return type changed", \
	  "A probe on the return reads what is not there; callers may no longer compile.") \
	X(RETURN_QUALIFIER, "return-qualifier-changed", FUNCTIONS, CHANGE, NULL, "Return type differs by const, volatile or restrict", \
	  "The value is returned as before; a compiler may warn.") \
	X(RETURN_RESPELLED, "return-type-respelled", FUNCTIONS, CHANGE, NULL, "Return type goes by another name", \
	  "It is the same type: a typedef of it, or a type that was renamed. The value is returned as before.") \
	X(NAMESAKE, "namesake-changed", FUNCTIONS, CHANGE, MISREADS, "Declaration of a namesake changed", \
	  "Several functions have the name; one that is not taken for all has another prototype.") \
	X(BECAME_STATIC, "function-became-static", FUNCTIONS, INCOMPATIBLE, BREAKS, "Function became static", \
	  "It was global; code in other files can no longer call it.") \
	X(BECAME_GLOBAL, "function-became-global", FUNCTIONS, ADDITION, NULL, "Function became global", \
	  "It was static; other files can call it now.") \
	X(DUPLICATION, "duplication-appeared", FUNCTIONS, CHANGE, MISSES, "Static duplication appeared", \
	  "A header's function has several copies with symbols of their own: a probe on one misses the others.") \
	X(COLLISION, "collision-appeared", FUNCTIONS, CHANGE, MISSES, "Collision appeared", \
	  "Different functions now share the name: a probe by name may take the wrong one.") \
	X(COLLISION_OTHER, "collision-changed", FUNCTIONS, CHANGE, MISSES, "Collision changed", \
	  "Several functions share the name, before and after, but not in the same way.") \
	X(COLLISION_GONE, "collision-gone", FUNCTIONS, ADDITION, NULL, "Collision gone", \
	  "The name now stands for one function.") \
	X(BECAME_ASSEMBLER, "function-became-assembler", FUNCTIONS, CHANGE, NULL, "Function became assembler", \
	  "It was C. Its parameters are no longer known.") \
	X(BECAME_C, "function-became-c", FUNCTIONS, CHANGE, NULL, "Function became C", \
	  "It was written in assembler.") \
	X(INLINE_ALL, "inlined-everywhere", FUNCTIONS, INCOMPATIBLE, BREAKS, "Function inlined everywhere", \
	  "It has no code of its own left: nothing can attach.") \
	X(INLINE_NOT_ALL, "no-longer-inlined-everywhere", FUNCTIONS, ADDITION, NULL, "Function no longer inlined everywhere", \
	  "It has code of its own now.") \
	X(INLINE_PARTLY, "partly-inlined", FUNCTIONS, CHANGE, MISSES, "Function partly inlined", \
	  "Some callers have a copy of it: a probe does not see those calls.") \
	X(INLINE_NOT_PARTLY, "no-longer-partly-inlined", FUNCTIONS, ADDITION, NULL, "Function no longer partly inlined", \
	  "No caller has a copy: a probe sees every call.") \
	X(SYMBOL_LOST, "symbol-lost", FUNCTIONS, INCOMPATIBLE, BREAKS, "Function lost its symbol", \
	  "No function symbol has its name any more, and no caller a copy of it: what code there may be goes by another name, or by none.") \
	X(SYMBOL_GAINED, "symbol-gained", FUNCTIONS, ADDITION, NULL, "Function has a symbol again", \
	  "There was none before.") \
	X(TRANSFORMED, "transformed", FUNCTIONS, CHANGE, MISSES, "Function transformed", \
	  "The compiler made clones or parts of it, under symbols with a suffix (.isra, .constprop, .part): arguments may differ, a probe at the plain name may miss calls.") \
	X(NOT_TRANSFORMED, "no-longer-transformed", FUNCTIONS, ADDITION, NULL, "Function no longer transformed", \
	  "Its code stands under its own name only.") \
	X(EXPORT_ADDED, "export-added", EXPORTS, ADDITION, NULL, "Symbol exported", \
	  "Modules can link to it now.") \
	X(EXPORT_REMOVED, "export-removed", EXPORTS, INCOMPATIBLE, BREAKS, "Symbol no longer exported", \
	  "Modules that use it do not load.") \
	X(EXPORT_RENAMED, "export-renamed", EXPORTS, INCOMPATIBLE, BREAKS, "Export renamed", \
	  "Modules that were built with the old name do not load; the evidence is that of the function.") \
	X(EXPORT_MOVED, "export-moved", EXPORTS, CHANGE, NULL, "Exported by another object", \
	  "Another module, or vmlinux, exports the symbol.") \
	X(EXPORT_GPL, "export-became-gpl", EXPORTS, INCOMPATIBLE, BREAKS, "Export became GPL-only", \
	  "Modules under another licence can no longer use it.") \
	X(EXPORT_NOT_GPL, "export-no-longer-gpl", EXPORTS, ADDITION, NULL, "Export no longer GPL-only", \
	  "All modules can use it now.") \
	X(EXPORT_NAMESPACE, "export-namespace-changed", EXPORTS, INCOMPATIBLE, BREAKS, "Export namespace changed", \
	  "Modules must import the new namespace to use it.") \
	X(EXPORT_NO_NAMESPACE, "export-namespace-removed", EXPORTS, ADDITION, NULL, "Export left its namespace", \
	  "Modules need not import a namespace any more.") \
	X(EXPORT_CRC, "export-crc-changed", EXPORTS, INCOMPATIBLE, BREAKS, "Export has another CRC", \
	  "Something its prototype reaches changed: modules built for the old kernel do not load. Building them anew may be all that is needed.") \
	X(KPROBE_LOST, "kprobe-lost", ATTACH, INCOMPATIBLE, BREAKS, "kprobe no longer attaches", \
	  "tracefs and perf refused nothing before; the reason is stated.") \
	X(KPROBE_GAINED, "kprobe-gained", ATTACH, ADDITION, NULL, "kprobe attaches", \
	  "It was refused before.") \
	X(FENTRY_LOST, "fentry-lost", ATTACH, INCOMPATIBLE, BREAKS, "fentry no longer attaches", \
	  "fentry and fexit programs were accepted before; the reason is stated.") \
	X(FENTRY_GAINED, "fentry-gained", ATTACH, ADDITION, NULL, "fentry attaches", \
	  "It was refused before.") \
	X(KPROBE_MULTI_LOST, "kprobe-multi-lost", ATTACH, INCOMPATIBLE, BREAKS, "kprobe.multi no longer attaches", \
	  "kprobe.multi programs were accepted before; the reason is stated.") \
	X(KPROBE_MULTI_GAINED, "kprobe-multi-gained", ATTACH, ADDITION, NULL, "kprobe.multi attaches", \
	  "It was refused before.") \
	X(TYPE_ADDED, "type-added", TYPES, ADDITION, NULL, "Type added", \
	  "The new image has a definition of this name, the old one has none.") \
	X(TYPE_REMOVED, "type-removed", TYPES, INCOMPATIBLE, BREAKS, "Type removed", \
	  "No unit of the new image that was read has a definition of this name.") \
	X(TYPE_RENAMED, "type-renamed", TYPES, INCOMPATIBLE, BREAKS, "Type renamed", \
	  "The type goes by another name; the evidence is stated. Source, BTF and CO-RE relocations by the old name fail. What else changed in it is told by itself.") \
	X(TYPE_KIND, "type-kind-changed", TYPES, INCOMPATIBLE, BREAKS, "Type of another kind", \
	  "A struct became a union, or the like, under the same name.") \
	X(TYPE_SIZE, "type-size-changed", TYPES, CHANGE, MISREADS, "Type has another size", \
	  "What holds one by value, or steps over an array of them, must be built anew.") \
	X(TYPE_ALIGN, "type-alignment-changed", TYPES, CHANGE, NULL, "Type is aligned otherwise", \
	  "The alignment that the source asks for is another.") \
	X(TYPE_TARGET, "typedef-target-changed", TYPES, INCOMPATIBLE, MISREADS, "Type stands for another", \
	  "The typedef names another type, or the enum has another integer type.") \
	X(TARGET_RESPELLED, "typedef-target-respelled", TYPES, CHANGE, NULL, "Type stands for the same by another name", \
	  "The typedef names the same type otherwise: by a typedef of it, or by the new name of a type that was renamed.") \
	X(TYPE_DEFINED, "type-now-defined", TYPES, ADDITION, NULL, "Type defined", \
	  "It was only declared before.") \
	X(TYPE_DECLARED, "type-now-declared", TYPES, INCOMPATIBLE, BREAKS, "Type only declared", \
	  "It was defined before; what it holds is not known any more.") \
	X(MEMBER_ADDED, "member-added", TYPES, ADDITION, NULL, "Member added", \
	  "Where it shifts others, those are told as well.") \
	X(MEMBER_REMOVED, "member-removed", TYPES, INCOMPATIBLE, BREAKS, "Member removed", \
	  "Source that names it does not compile; CO-RE relocations fail; what reads at its offset reads something else.") \
	X(MEMBER_RENAMED, "member-renamed", TYPES, INCOMPATIBLE, BREAKS, "Member renamed", \
	  "Another name with the same type at the same place between the same members: source and CO-RE relocations by the old name fail.") \
	X(MEMBER_MOVED, "member-offset-changed", TYPES, CHANGE, MISREADS, "Member at another offset", \
	  "What was built with the old offset and is not relocated (CO-RE) reads something else.") \
	X(MEMBER_TYPE, "member-type-changed", TYPES, INCOMPATIBLE, MISREADS, "Member has another type", \
	  "It is read as what it is not.") \
	X(MEMBER_QUALIFIER, "member-qualifier-changed", TYPES, CHANGE, NULL, "Member differs by const, volatile or restrict", \
	  "It is laid out as before; a compiler may warn.") \
	X(MEMBER_RESPELLED, "member-type-respelled", TYPES, CHANGE, NULL, "Member's type goes by another name", \
	  "It is the same type: a typedef of it, or a type that was renamed. It is laid out as before.") \
	X(MEMBER_SIZE, "member-size-changed", TYPES, CHANGE, MISREADS, "Member has another size", \
	  "Its type has the same name and another size.") \
	X(MEMBER_BITS, "member-bits-changed", TYPES, INCOMPATIBLE, MISREADS, "Bit-field has another width", \
	  "Bits are read that are not its own, or not all of them.") \
	X(ENUMERATOR_ADDED, "enumerator-added", TYPES, ADDITION, NULL, "Enumerator added", \
	  "Where it shifts others, those are told as well.") \
	X(ENUMERATOR_REMOVED, "enumerator-removed", TYPES, INCOMPATIBLE, BREAKS, "Enumerator removed", \
	  "Source that names it does not compile.") \
	X(ENUMERATOR_VALUE, "enumerator-value-changed", TYPES, INCOMPATIBLE, MISREADS, "Enumerator has another value", \
	  "What was built with the old value means something else by it.") \
	X(LAYOUT, "layout-changed", LAYOUTS, CHANGE, MISREADS, "Prototype equal, layout behind it changed", \
	  "The prototype is the same, but a type that it leads to is not; the path from the parameter is stated.")

#define RULE_MEMBER(name, id, area, severity, consequence, title, help) RULE_##name,
enum diff_rule { DIFF_RULES(RULE_MEMBER) RULE_COUNT, RULE_NONE = RULE_COUNT };
#undef RULE_MEMBER
/* clang-format on */

const struct rule *rule_of(enum diff_rule rule);
enum diff_area rule_area(enum diff_rule rule);
const char *rule_consequence(enum diff_rule rule);

/* What a change of the model's is called here; RULE_NONE: export changes are found among the exports. */
enum diff_rule rule_of_change(const struct change *change);
enum diff_rule rule_of_type_change(const struct type_change *change);

#endif
