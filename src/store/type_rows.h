/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of the tables of types. */
#ifndef STORE_TYPE_ROWS_H
#define STORE_TYPE_ROWS_H

#include "store/internal.h"

/* Column `flags` of table type. */
#define TYPE_ROW_DECLARED 1
#define TYPE_ROW_UNSIGNED 2

/* Makes type_members() and its kin known to SQL. */
struct error *type_functions_register(struct store *store) MUST_CHECK;
/* Takes out what an object has; faster, what a whole image has; then the definitions nothing has any more. */
struct error *remove_types(struct store *store, int64_t image_id, int64_t object_id) MUST_CHECK;
struct error *remove_image_types(struct store *store, int64_t image_id) MUST_CHECK;
struct error *sweep_types(struct store *store) MUST_CHECK;

#endif
