// SPDX-License-Identifier: GPL-2.0-or-later
/* `validate --module` and `validate --booted`: lists of checks. */
#include <stdio.h>
#include <string.h>

#include "atlas/str.h"
#include "atlas/validation.h"
#include "cli/validate.h"

static bool find_format(const char *name, size_t length, enum validation_format *format)
{
	static const char *const names[] = {
		[VALIDATION_TEXT] = "text", [VALIDATION_MARKDOWN] = "markdown", [VALIDATION_JSON] = "json"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0) {
			*format = (enum validation_format)i;
			return true;
		}
	}
	return false;
}

/* FORMAT or FORMAT:FILE. */
static struct error *write_report(const struct validation *validation, const char *report, bool all)
{
	size_t length = strcspn(report, ":");
	const char *path = report[length] ? report + length + 1 : "-";
	enum validation_format format;

	if (!find_format(report, length, &format) || !*path)
		return error_new(ERROR_USAGE, "validate: --report '%s': wants text, markdown or json, and maybe :FILE",
				 report);
	if (strcmp(path, "-") == 0)
		return validation_print(validation, format, all, stdout);
	FILE *file = fopen(path, "we");

	if (!file)
		return error_errno("%s", path);
	struct error *err = validation_print(validation, format, all, file);
	bool failed = ferror(file) != 0;

	if ((fclose(file) != 0 || failed) && !err)
		err = error_errno("%s", path);
	return err;
}

static bool writes_to_output(const char *report)
{
	const char *colon = strchr(report, ':');

	return !colon || strcmp(colon, ":-") == 0;
}

/* Reports on standard output stand in for the text there, those in files come besides. */
static struct error *print_all(const struct validation *validation, const struct validate_options *options)
{
	bool output = false;

	for (unsigned i = 0; i < options->report_count; i++) {
		TRY(write_report(validation, options->reports[i], options->all));
		output = output || writes_to_output(options->reports[i]);
	}
	if (options->json)
		return validation_print(validation, VALIDATION_JSON, true, stdout);
	return output ? NULL : validation_print(validation, VALIDATION_TEXT, options->all, stdout);
}

/* The report is out; what is left is whether it says yes, no, or nothing. */
static struct error *judge(const struct validation *validation, int *status)
{
	const size_t *kernel = validation->counts[GROUP_KERNEL];

	*status = validation_count(validation, CHECK_FAILED) ? STATUS_CHANGE : 0;
	if (*status)
		return NULL;
	if (kernel[CHECK_UNCHECKED] && !kernel[CHECK_PASSED])
		return error_new(ERROR_INPUT, "%s could not be checked against %s", validation->image,
				 validation->against);
	if (!validation_count(validation, CHECK_PASSED))
		return error_new(ERROR_INPUT, "%s: nothing of it could be checked against %s", validation->image,
				 validation->against);
	return NULL;
}

static struct error *run(const struct globals *globals, const struct validate_options *options,
			 struct validation *validation)
{
	struct validate_module module = {
		.atlas = globals->atlas_path,
		.module = options->module,
		.image = options->image,
		.expected = options->expected,
		.vmlinux = options->file,
	};
	struct validate_booted booted = {
		.atlas = globals->atlas_path,
		.directory = options->booted,
		.image = options->image,
		.vmlinux = options->file,
	};

	return options->module ? validate_module(&module, validation) : validate_booted(&booted, validation);
}

struct error *validate_checks(const struct globals *globals, const struct validate_options *options, int *status)
{
	struct validation validation;

	validation_init(&validation);
	struct error *err = run(globals, options, &validation);

	if (!err)
		err = print_all(&validation, options);
	if (!err)
		err = judge(&validation, status);
	validation_fini(&validation);
	return err;
}
