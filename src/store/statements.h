/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of the statements of schema/statements.sql. */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

/* clang-format off */
#define STATEMENTS(X) \
	X(image_insert) X(next_ids) X(image_by_name) X(image_by_id) X(images) X(object_ranges) X(image_relabel) \
	X(object_insert) X(section_insert) X(alias_insert) X(name_insert) X(path_insert) X(prototype_insert) X(chain_insert) X(name_words_insert) \
	X(names_load) X(paths_load) X(prototypes_load) X(chains_load) \
	X(function_insert) X(instance_insert) X(symbol_insert) X(edge_insert) X(outgoing_insert) \
	X(outgoing_delete) X(edges_delete) X(symbols_delete) X(instances_delete) X(functions_delete) \
	X(aliases_delete) X(image_aliases_delete) X(sections_delete) X(object_delete) X(image_delete) \
	X(name_id) X(name_text) X(path_text) X(object_name) X(object_by_name) X(objects_of) X(prototype_by_id) X(chain_by_id) \
	X(functions_by_name) X(instances_of) X(symbols_of) X(callers_of) X(callees_of) X(aliases_of) X(imports_of) \
	X(instance_object) X(definer_of) X(sections_of) \
	X(attach_insert) X(attach_gates_insert) X(attach_gates_delete) X(attach_gates_of) X(attach_by_id) \
	X(exports_read_insert) X(export_insert) X(exports_delete) X(exports_read_delete) X(export_of) \
	X(unit_insert) X(initcall_insert) X(files_read_insert) X(units_delete) X(initcalls_delete) X(files_read_delete) \
	X(file_types) X(file_objects) X(file_units) X(file_initcalls) X(file_exports) X(file_instances) X(file_edges) \
	X(files_objects) X(units_of) X(initcalls_of) \
	X(vmlinux_export) X(module_exports) X(exports_unread) \
	X(labels_load) X(label_insert) X(label_text) X(taken_next) X(taken_insert) X(taken_read_insert) X(taken_delete) X(taken_read_delete) \
	X(taken_of) X(taken_symbol) X(taken_searched) X(searched_objects) X(taken_searched_all) \
	X(names_all) X(name_is_read) X(image_names) \
	X(object_of) X(object_instances) X(object_calls) X(places) X(calls_of_image) \
	X(attach_load) X(suffixed_symbols) X(exports_of) X(digest_objects) X(digest_functions) X(digest_instances) X(digest_symbols) X(digest_edges) \
	X(digest_exports) X(digest_taken) X(digest_tables) \
	X(type_names_load) X(type_name_insert) X(type_words_load) X(type_word_insert) X(type_variants) X(type_insert) \
	X(type_place_insert) X(types_read_insert) X(type_places_of_vmlinux) X(types_of_image) X(types_of_name) X(types_known) \
	X(type_names_all) X(type_places_delete) X(type_places_delete_all) X(types_read_delete) X(types_sweep) \
	X(functions_of_object) X(instances_of_object) X(exports_read_of_image) X(exports_of_image) X(callee_names)

#define STATEMENT_MEMBER(name) STATEMENT_##name,
enum statement { STATEMENTS(STATEMENT_MEMBER) STATEMENT_COUNT };
#undef STATEMENT_MEMBER
/* clang-format on */

#endif
