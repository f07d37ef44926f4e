// SPDX-License-Identifier: GPL-2.0-or-later
/* The exchange format: what is read comes back as it was, and what is wrong is said with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "atlas/exchange.h"
#include "atlas/str.h"
#include "facts_view.h"

#define HEADER                                                                                                      \
	"{\"kind\":\"image\",\"format\":\"atlas-facts\",\"format_version\":1,\"version\":\"6.1.176\",\"revision\":" \
	"\"1\","                                                                                                    \
	"\"flavor\":\"cloud\",\"arch\":\"amd64\",\"evidence\":\"dwarf\"}\n"
#define FUNCTION(members) "{\"kind\":\"function\",\"name\":\"f\"," members "}\n"
#define INSTANCE(members) FUNCTION("\"instances\":[{\"file\":\"mm/f.c\"," members "}]")

static struct error *read_bytes(const char *text, size_t length, const struct exchange_overrides *overrides,
				struct facts *facts, struct str *warnings)
{
	static const struct exchange_overrides none;
	/* fmemopen() refuses an empty buffer. */
	FILE *in = length ? fmemopen((void *)(uintptr_t)text, length, "r") : fopen("/dev/null", "r");

	assert_non_null(in);
	facts_init(facts);
	struct error *err = exchange_read(in, "in", overrides ? overrides : &none, facts, warnings);

	fclose(in);
	return err;
}

static void read_good(const char *text, struct facts *facts)
{
	AUTO_STR struct str warnings = {0};
	struct error *err = read_bytes(text, strlen(text), NULL, facts, &warnings);

	if (err)
		fail_msg("%s", err->text);
	assert_int_equal(warnings.length, 0);
}

static char *write_all(const struct facts *facts)
{
	struct str text = {0};
	struct json_writer json;
	struct arena arena;

	arena_init(&arena);
	jw_to_str(&json, &text);
	exchange_write_header(&json, &facts->image, NULL, 0);
	for (uint32_t i = 0; i < facts->functions.count; i++) {
		struct function function = view_function(facts, &arena, i);

		if (!(function.flags & FUNCTION_MENTIONED))
			exchange_write_functions(&json, &(const struct function *){&function}, 1);
	}
	arena_fini(&arena);
	return str_take(&text);
}

static void assert_becomes(const char *text, const char *wanted)
{
	struct facts facts;

	read_good(text, &facts);
	char *got = write_all(&facts);

	assert_string_equal(got, wanted);
	free(got);
	facts_fini(&facts);
}

static void assert_comes_back(const char *text)
{
	assert_becomes(text, text);
}

static const char whole_stream[] =
	"{\"kind\":\"image\",\"format\":\"atlas-facts\",\"format_version\":1,\"version\":\"6.1.176\",\"revision\":"
	"\"1\","
	"\"flavor\":\"cloud\",\"arch\":\"amd64\",\"build_id\":\"00ff\",\"label\":\"mine\","
	"\"release\":\"6.1.0-50-cloud-amd64\",\"banner\":\"Linux version 6.1.0 #1 \\\"SMP\\\"\\n\",\"producer\":\"GNU "
	"C11\",\"evidence\":\"symbols\",\"scope\":[\"*balloon*\",\"*mempool*\"]}\n"
	"{\"kind\":\"function\",\"name\":\"f\",\"prototype\":{\"returns\":\"void *\",\"params\":[{\"name\":\"pool\","
	"\"decl\":\"mempool_t *pool\"},{\"name\":\"(anon)\",\"decl\":\"void (anon)\"}]},\"instances\":["
	"{\"file\":\"mm/f.c\",\"address\":\"0xffffffff813bcfe0\",\"decl\":\"mm/f.c:390\",\"external\":true,"
	"\"inlined\":false,\"declared_inline\":true,\"linkage\":\"memcpy\",\"inline_callers\":[{\"caller\":\"mm/"
	"g.c:g\",\"via\":\"copy\",\"line\":7,\"through\":[\"outer\",\"inner\"],\"symbol\":\"memcpy\"}],"
	"\"direct_callers\":[{\"caller\":\"mm/g.c:g\",\"tail\":true,\"symbol\":\"memcpy\",\"address\":\"0xff\"},"
	"{\"caller\":\"mm/f.c:f\",\"self\":true,\"module\":\"dm_mod\",\"symbol\":\"memcpy\"},"
	"{\"caller\":\"mm/h.c:h\",\"via\":\"code\",\"symbol\":\"memcpy\"}]},"
	"{\"file\":\"drivers/f.c\",\"address\":\"0x0\",\"decl\":\"drivers/f.c\",\"external\":true,\"inlined\":true,"
	"\"overridden\":true,\"prototype\":{\"returns\":\"int\",\"params\":[]},\"inline_callers\":[],"
	"\"direct_callers\":[\"mm/g.c:g\",\"mm/g.c:g\",\"a:b/c.c:g\"]},"
	"{\"file\":\"mm/x.c\",\"address\":\"0x12\",\"decl\":null,\"external\":false,\"inlined\":true,"
	"\"copy_of\":\"other\",\"prototype\":null,\"inline_callers\":[],\"direct_callers\":[]},"
	"{\"file\":null,\"address\":\"0x0\",\"decl\":null,\"external\":true,\"inlined\":false,\"inline_callers\":[],"
	"\"direct_callers\":[]}],\"symbols\":[{\"name\":\"f\",\"address\":\"0xffffffff813bcfe0\",\"size\":444,"
	"\"binding\":\"GLOBAL\"},{\"name\":\"f.cold\",\"address\":\"0x1\",\"size\":0,\"binding\":\"13\"}]}\n"
	"{\"kind\":\"function\",\"name\":\"entry\",\"asm\":true,\"instances\":[{\"file\":\"arch/"
	"e.S\",\"address\":\"0x10\",\"decl\":\"arch/e.S\",\"external\":false,\"inlined\":false,\"inline_callers\":[],"
	"\"direct_callers\":[]},{\"file\":\"arch/e.c\",\"address\":\"0x20\",\"decl\":\"arch/"
	"e.c:3\",\"external\":false,\"inlined\":false,\"asm\":false,\"inline_callers\":[],\"direct_callers\":[]}],"
	"\"symbols\":[]}\n"
	"{\"kind\":\"function\",\"name\":\"_RNvC1a1b\",\"readable\":\"a::b\",\"language\":\"rust\",\"instances\":[],"
	"\"symbols\":[]}\n"
	"{\"kind\":\"function\",\"name\":\"in_module\",\"instances\":[{\"file\":\"drivers/"
	"m.c\",\"address\":\"0x0\",\"decl\":\"drivers/m.c:1\",\"module\":\"dm_mod\",\"external\":false,\"inlined\":"
	"false,\"inline_callers\":[],\"direct_callers\":[]},{\"file\":\"drivers/"
	"m.c\",\"address\":null,\"decl\":\"drivers/m.c:2\",\"module\":\"dm_mod\",\"external\":false,\"inlined\":false,"
	"\"inline_callers\":[],\"direct_callers\":[]}],\"symbols\":[{\"name\":\"in_module\",\"address\":\"0x0\","
	"\"size\":4,\"binding\":\"LOCAL\",\"module\":\"dm_mod\"}]}\n";

static void test_comes_back(void **state)
{
	(void)state;
	assert_comes_back(HEADER);
	assert_comes_back(whole_stream);
}

static void test_defaults(void **state)
{
	(void)state;
	assert_becomes(HEADER "{\"name\": \"f\", \"kind\": \"function\", \"collision\": [3], \"instances\": [{}]}",
		       HEADER "{\"kind\":\"function\",\"name\":\"f\",\"instances\":[{\"file\":null,\"address\":\"0x0\","
			      "\"decl\":null,\"external\":false,\"inlined\":false,\"inline_callers\":[],"
			      "\"direct_callers\":[]}],\"symbols\":[]}\n");
	assert_becomes(HEADER "\r\n \n{\"kind\":\"function\",\"name\":\"f\",\"instances\":null,\"symbols\":null}",
		       HEADER "{\"kind\":\"function\",\"name\":\"f\",\"instances\":[],\"symbols\":[]}\n");
}

/* Names that "path:function" could not bring back. */
static void test_colons_in_names(void **state)
{
	(void)state;
	assert_comes_back(HEADER
			  "{\"kind\":\"function\",\"name\":\"f\",\"instances\":[{\"file\":\"mm/f.c\",\"address\":"
			  "\"0x0\",\"decl\":\"mm/f.c:0\",\"external\":false,\"inlined\":false,"
			  "\"inline_callers\":[],\"direct_callers\":[{\"caller\":\"rust/a.rs:core::a\",\"path\":"
			  "\"rust/a.rs\",\"name\":\"core::a\"},{\"caller\":\":g\",\"path\":null,\"name\":\"g\"},"
			  "\":g\"]}],\"symbols\":[]}\n");
}

static const struct fact_instance *caller_of(const struct facts *facts, uint32_t edge)
{
	return &facts->instances.items[facts->edges.items[edge].caller];
}

static const char *name_of(const struct facts *facts, uint32_t function)
{
	return view_text(facts, facts->functions.items[function].name);
}

/* A caller is an instance that was read, else one that is added without a trace in the order of the others. */
static void test_callers_become_instances(void **state)
{
	struct facts facts;

	(void)state;
	read_good(
		HEADER INSTANCE(
			"\"direct_callers\":[\"a.c:new\",\"a.c:g\",\"b.c:g\",\"c.c:g\",\"a.c:new\"]") "{\"kind\":"
												      "\"function\","
												      "\"name\":\"g\","
												      "\"instances\":[{"
												      "\"file\":\"a."
												      "c\"},{\"file\":"
												      "\"b.c\"},"
												      "{\"file\":\"b."
												      "c\"}]}\n",
		&facts);
	assert_int_equal(facts.functions.count, 3);
	assert_string_equal(name_of(&facts, 0), "f");
	assert_string_equal(name_of(&facts, 1), "g");
	assert_string_equal(name_of(&facts, 2), "new");
	assert_int_equal(facts.functions.items[1].flags, 0);
	assert_int_equal(facts.functions.items[2].flags, FUNCTION_MENTIONED);
	/* f, g in a.c, b.c and b.c again, g in c.c that nobody read, new */
	assert_int_equal(facts.functions.items[1].instances, 4);
	assert_int_equal(facts.instances.count, 6);
	assert_int_equal(facts.edges.items[0].caller, 5);
	assert_int_equal(facts.edges.items[1].caller, 1);
	assert_int_equal(facts.edges.items[2].caller, 2);
	assert_int_equal(facts.edges.items[3].caller, 4);
	assert_int_equal(facts.edges.items[4].caller, 5);
	assert_int_equal(caller_of(&facts, 0)->flags, INSTANCE_MENTIONED);
	assert_int_equal(caller_of(&facts, 3)->flags, INSTANCE_MENTIONED);
	assert_string_equal(view_text(&facts, caller_of(&facts, 3)->file), "c.c");
	assert_int_equal(caller_of(&facts, 1)->flags, INSTANCE_DEFINED);
	facts_fini(&facts);
}

static void test_a_caller_in_a_module_is_another(void **state)
{
	struct facts facts;

	(void)state;
	read_good(HEADER INSTANCE("\"direct_callers\":[{\"caller\":\"mm/f.c:f\",\"module\":\"dm_mod\"},\"mm/f.c:f\"]"),
		  &facts);
	assert_int_equal(facts.edges.items[0].flags, 0);
	assert_string_equal(view_object(&facts, caller_of(&facts, 0)->object), "dm_mod");
	assert_int_equal(facts.edges.items[1].flags, EDGE_SELF);
	assert_string_equal(view_object(&facts, caller_of(&facts, 1)->object), "vmlinux");
	facts_fini(&facts);
}

static void test_chains_are_shared(void **state)
{
	struct facts facts;

	(void)state;
	read_good(HEADER INSTANCE("\"inline_callers\":[{\"caller\":\"a.c:a\",\"through\":[\"x\",\"y\"]},"
				  "{\"caller\":\"a.c:a\",\"through\":[\"x\",\"z\"]},"
				  "{\"caller\":\"a.c:a\",\"through\":[\"x\",\"y\"]}]"),
		  &facts);
	assert_int_equal(facts.chains.count, 3);
	assert_int_equal(facts.edges.items[0].chain, facts.edges.items[2].chain);
	facts_fini(&facts);
}

static void test_symbols_are_tied_by_address(void **state)
{
	struct facts facts;

	(void)state;
	read_good(HEADER FUNCTION("\"instances\":[{\"file\":\"a.c\",\"address\":\"0x10\"},{\"file\":\"b.c\"},"
				  "{\"file\":\"c.c\",\"address\":\"0x20\"},{\"file\":\"d.c\",\"address\":\"0x30\"}],"
				  "\"symbols\":[{\"name\":\"f.isra.0\",\"address\":\"0x10\",\"binding\":\"LOCAL\"},"
				  "{\"name\":\"f\",\"address\":\"0x10\",\"binding\":\"LOCAL\"},"
				  "{\"name\":\"f.part.0\",\"address\":\"0x20\",\"binding\":\"LOCAL\"}]"),
		  &facts);
	assert_int_equal(facts.instances.items[0].symbol, 1);
	assert_int_equal(facts.instances.items[1].symbol, NO_INDEX);
	assert_int_equal(facts.instances.items[2].symbol, 2);
	assert_int_equal(facts.instances.items[3].symbol, NO_INDEX);
	facts_fini(&facts);
}

static void test_own_prototypes(void **state)
{
	struct facts facts;

	(void)state;
	read_good(HEADER FUNCTION("\"prototype\":{\"returns\":\"int\"},\"instances\":[{\"file\":\"a.c\"},{},"
				  "{\"file\":\"b.c\",\"prototype\":null},"
				  "{\"file\":\"c.c\",\"prototype\":{\"returns\":\"void\"}}]"),
		  &facts);
	assert_int_equal(facts.functions.items[0].prototype, 0);
	assert_int_equal(facts.instances.items[0].prototype, 0);
	assert_int_equal(facts.instances.items[1].prototype, NO_INDEX);
	assert_int_equal(facts.instances.items[2].prototype, NO_INDEX);
	assert_int_equal(facts.instances.items[3].prototype, 1);
	facts_fini(&facts);
}

static void test_evidence(void **state)
{
	struct facts facts;

	(void)state;
	read_good("{\"kind\":\"image\",\"format\":\"atlas-facts\",\"format_version\":1,\"version\":\"5.4.0\","
		  "\"flavor\":\"generic\",\"arch\":\"amd64\",\"build_id\":\"ABCDEF01\"}\n",
		  &facts);
	assert_int_equal(facts.image.evidence, EVIDENCE_IMPORTED);
	assert_null(facts.image.revision);
	assert_null(facts.image.scope);
	assert_string_equal(facts.image.build_id, "abcdef01");
	facts_fini(&facts);
}

static void test_overrides(void **state)
{
	const char *globs[] = {"*balloon*", "a\"b"};
	struct exchange_overrides overrides = {
		.version = "1", .revision = "2", .flavor = "rt", .arch = "s390x", .label = "l", .scope = {globs, 2}};
	AUTO_STR struct str warnings = {0};
	struct facts facts;

	(void)state;
	assert_null(read_bytes(HEADER, strlen(HEADER), &overrides, &facts, &warnings));
	char *name = image_name_text(&facts.image);

	assert_string_equal(name, "1-2-rt-s390x+l");
	assert_string_equal(facts.image.scope, "[\"*balloon*\",\"a\\\"b\"]");
	free(name);
	facts_fini(&facts);
	overrides.arch = "s390/x";
	struct error *err = read_bytes(HEADER, strlen(HEADER), &overrides, &facts, &warnings);

	assert_non_null(err);
	error_free(err);
	facts_fini(&facts);
}

static void test_unknown_kinds_warn_once(void **state)
{
	static const char text[] = HEADER "{\"kind\":\"struct\"}\n{\"kind\":\"struct\"}\n{\"kind\":\"union\"}\n";
	AUTO_STR struct str warnings = {0};
	struct facts facts;

	(void)state;
	assert_null(read_bytes(text, strlen(text), NULL, &facts, &warnings));
	assert_string_equal(warnings.data, "in:2: lines of kind \"struct\" are not known and skipped\n"
					   "in:4: lines of kind \"union\" are not known and skipped\n");
	facts_fini(&facts);
}

/* Longer than any buffer the reader begins with. */
static void test_long_line(void **state)
{
	const size_t count = 300000;
	AUTO_STR struct str text = {0}, warnings = {0};
	struct facts facts;

	(void)state;
	str_add(&text, HEADER "{\"kind\":\"function\",\"name\":\"f\",\"instances\":[{\"direct_callers\":[\"a:b\"");
	for (size_t i = 1; i < count; i++)
		str_addf(&text, ",\"a:b%zu\"", i % 1000);
	str_add(&text, "]}]}\n" FUNCTION("\"x\":1"));
	struct error *err = read_bytes(text.data, text.length, NULL, &facts, &warnings);

	assert_non_null(err);
	assert_string_equal(err->text, "in:3: function 'f' stands in the stream twice");
	assert_int_equal(facts.edges.count, count);
	error_free(err);
	facts_fini(&facts);
}

#define BAD(text, said)                      \
	{                                    \
		text, sizeof(text) - 1, said \
	}

static const struct {
	const char *text;
	size_t length;
	const char *said;
} bad[] = {
	BAD("", "in: no header: the stream is empty"),
	BAD("\n\n", "in: no header: the stream is empty"),
	BAD("{\"kind\":\"function\",\"name\":\"f\"}\n", "in:1: no header: the first line must be of kind \"image\""),
	BAD("{}\n", "in:1: no header"),
	BAD("[]\n", "in:1: a line must be an object, not a list"),
	BAD("3\n", "in:1: not JSON"),
	BAD("\xfd"
	    "7zXZ\0",
	    "this is xz data: `xz -dc"),
	BAD("\x1f\x8b\x08", "this is gzip data"),
	BAD("\x7f"
	    "ELF\x02",
	    "this is an ELF file: `atlasgen scan"),
	BAD("{\"kind\":\"image\"}\n", "in:1: \"format\" is missing"),
	BAD("{\"kind\":\"image\",\"format\":\"facts\"}\n", "in:1: format \"facts\" is not \"atlas-facts\""),
	BAD("{\"kind\":\"image\",\"format\":\"atlas-facts\"}\n", "in:1: format_version 0 is not known"),
	BAD("{\"kind\":\"image\",\"format\":\"atlas-facts\",\"format_version\":2}\n", "in:1: format_version 2 is not"),
	BAD("{\"kind\":\"image\",\"format\":\"atlas-facts\",\"format_version\":\"1\"}\n",
	    "in:1: \"format_version\" must be a whole number, not a string"),
	BAD("{\"kind\":\"image\",\"format\":\"atlas-facts\",\"format_version\":1.0}\n",
	    "in:1: \"format_version\" must be a whole number"),
#define IMAGE(members) "{\"kind\":\"image\",\"format\":\"atlas-facts\",\"format_version\":1" members "}\n"
	BAD(IMAGE(""), "in:1: the header has no \"version\""),
	BAD(IMAGE(",\"version\":\"1\""), "in:1: the header has no \"flavor\""),
	BAD(IMAGE(",\"version\":\"1\",\"flavor\":\"f\""), "in:1: the header has no \"arch\""),
	BAD(IMAGE(",\"version\":5.4"), "in:1: \"version\" must be a string, not a real number"),
	BAD(IMAGE(",\"version\":\"\""), "in:1: \"version\" is empty"),
	BAD(IMAGE(",\"version\":\"../6.1\""), "in:1: \"version\" must be of letters"),
	BAD(IMAGE(",\"version\":\"6\",\"flavor\":\"a b\""), "in:1: \"flavor\" must be of letters"),
	BAD(IMAGE(",\"version\":\"6\",\"flavor\":\"\\u00e4\""), "in:1: \"flavor\" must be of letters"),
	BAD(IMAGE(",\"build_id\":\"xyz\""), "in:1: \"build_id\" must be hexadecimal"),
	BAD(IMAGE(",\"build_id\":\"\""), "in:1: \"build_id\" must be hexadecimal"),
	BAD(IMAGE(",\"scope\":\"*balloon*\""), "in:1: \"scope\" must be a list, not a string"),
	BAD(IMAGE(",\"scope\":[1]"), "in:1: \"scope\" must be a list of strings; it holds a number"),
	BAD(IMAGE(",\"evidence\":\"guess\""), "in:1: \"evidence\" must be dwarf, symbols or imported"),
	BAD(HEADER HEADER, "in:2: a second header"),
	BAD(HEADER "{\"kind\":\"function\",\"name\":\"f\",\"instances\":[{\"file", "in:2: not JSON"),
	BAD(HEADER "{\"kind\":\"function\",\"name\":\"f\"} {}\n", "in:2: not JSON"),
	BAD(HEADER "{\"kind\":\"function\",\"name\":\"f\",\"name\":\"g\"}\n", "in:2: not JSON: duplicate object key"),
	BAD(HEADER "{\"kind\":\"function\",\0\"name\":\"f\"}\n", "in:2: not JSON"),
	BAD(HEADER "{\"kind\":\"function\",\"name\":\"f\0g\"}\n", "in:2: not JSON"),
	BAD(HEADER "\0\n", "in:2: not JSON: a NUL byte (byte 1)"),
	BAD(HEADER "{\"kind\":\"function\",\"name\":\"f\\u0000g\"}\n", "in:2: not JSON"),
	BAD(HEADER "{\"kind\":\"function\",\"name\":\"\\ud800\"}\n", "in:2: not JSON"),
	BAD(HEADER "{\"kind\":\"function\",\"name\":\"\\udc00\\ud800\"}\n", "in:2: not JSON"),
	BAD(HEADER "{\"kind\":\"function\",\"name\":\"\xff\"}\n", "in:2: not JSON"),
	BAD(HEADER "{\"name\":\"f\"}\n", "in:2: \"kind\" is missing"),
	BAD(HEADER "{\"kind\":7}\n", "in:2: \"kind\" must be a string, not a number"),
	BAD(HEADER "{\"kind\":\"function\"}\n", "in:2: \"name\" is missing"),
	BAD(HEADER "{\"kind\":\"function\",\"name\":null}\n", "in:2: \"name\" is missing"),
	BAD(HEADER "{\"kind\":\"function\",\"name\":\"\"}\n", "in:2: \"name\" is empty"),
	BAD(HEADER "{\"kind\":\"function\",\"name\":{}}\n", "in:2: \"name\" must be a string, not an object"),
	BAD(HEADER FUNCTION("\"x\":1") FUNCTION("\"x\":1"), "in:3: function 'f' stands in the stream twice"),
	BAD(HEADER FUNCTION("\"readable\":true"),
	    "in:2: function 'f': \"readable\" must be a string, not true or false"),
	BAD(HEADER FUNCTION("\"asm\":1"), "in:2: function 'f': \"asm\" must be true or false, not a number"),
	BAD(HEADER FUNCTION("\"prototype\":\"int f()\""), "in:2: function 'f': \"prototype\" must be an object"),
	BAD(HEADER FUNCTION("\"prototype\":{}"), "in:2: function 'f': \"returns\" is missing"),
	BAD(HEADER FUNCTION("\"prototype\":{\"returns\":\"int\",\"params\":{}}"), "\"params\" must be a list"),
	BAD(HEADER FUNCTION("\"prototype\":{\"returns\":\"int\",\"params\":[\"int x\"]}"),
	    "\"params\" must hold objects"),
	BAD(HEADER FUNCTION("\"prototype\":{\"returns\":\"int\",\"params\":[{\"name\":\"x\"}]}"),
	    "\"decl\" is missing"),
	BAD(HEADER FUNCTION("\"instances\":{}"), "in:2: function 'f': \"instances\" must be a list, not an object"),
	BAD(HEADER FUNCTION("\"instances\":[[]]"), "in:2: function 'f': instance 1: it must be an object, not a list"),
	BAD(HEADER INSTANCE("\"decl\":5"), "in:2: function 'f': instance 1: \"decl\" must be a string"),
	BAD(HEADER INSTANCE("\"address\":5"), "instance 1: \"address\" must be a string, not a number"),
	BAD(HEADER INSTANCE("\"address\":\"5\""),
	    "\"address\" must be \"0x\" and up to 16 hexadecimal digits, not \"5\""),
	BAD(HEADER INSTANCE("\"address\":\"0x\""), "\"address\" must be \"0x\""),
	BAD(HEADER INSTANCE("\"address\":\"0x5g\""), "\"address\" must be \"0x\""),
	BAD(HEADER INSTANCE("\"address\":\"-0x5\""), "\"address\" must be \"0x\""),
	BAD(HEADER INSTANCE("\"address\":\"0x 5\""), "\"address\" must be \"0x\""),
	BAD(HEADER INSTANCE("\"address\":\"0x10000000000000000\""), "\"address\" must be \"0x\""),
	BAD(HEADER INSTANCE("\"external\":\"true\""), "\"external\" must be true or false, not a string"),
	BAD(HEADER INSTANCE("\"inlined\":0"), "\"inlined\" must be true or false, not a number"),
	BAD(HEADER INSTANCE("\"module\":[]"), "\"module\" must be a string, not a list"),
	BAD(HEADER INSTANCE("\"direct_callers\":\"a.c:g\""), "\"direct_callers\" must be a list, not a string"),
	BAD(HEADER INSTANCE("\"direct_callers\":[\"a.c:g\",\"g\"]"),
	    "in:2: function 'f': instance 1: \"direct_callers\" 2: caller \"g\" is not of the form \"path:function\""),
	BAD(HEADER INSTANCE("\"direct_callers\":[\"a.c:\"]"), "caller \"a.c:\" names no function"),
	BAD(HEADER INSTANCE("\"direct_callers\":[3]"), "a caller must be a string or an object, not a number"),
	BAD(HEADER INSTANCE("\"direct_callers\":[{}]"), "\"caller\" is missing"),
	BAD(HEADER INSTANCE("\"direct_callers\":[{\"caller\":\"g\"}]"), "is not of the form"),
	BAD(HEADER INSTANCE("\"direct_callers\":[{\"name\":\"\",\"path\":\"a.c\"}]"), "\"name\" is empty"),
	BAD(HEADER INSTANCE("\"direct_callers\":[{\"caller\":\"a:g\",\"line\":-1}]"), "\"line\" must be from 0 to"),
	BAD(HEADER INSTANCE("\"direct_callers\":[{\"caller\":\"a:g\",\"line\":4294967296}]"),
	    "\"line\" must be from 0"),
	BAD(HEADER INSTANCE("\"direct_callers\":[{\"caller\":\"a:g\",\"line\":\"3\"}]"),
	    "\"line\" must be a whole number"),
	BAD(HEADER INSTANCE("\"direct_callers\":[{\"caller\":\"a:g\",\"tail\":1}]"), "\"tail\" must be true or false"),
	BAD(HEADER INSTANCE("\"direct_callers\":[{\"caller\":\"a:g\",\"via\":\"x\"}]"), "\"via\" must be copy or code"),
	BAD(HEADER INSTANCE("\"direct_callers\":[{\"caller\":\"a:g\",\"through\":\"x\"}]"),
	    "\"through\" must be a list"),
	BAD(HEADER INSTANCE("\"direct_callers\":[{\"caller\":\"a:g\",\"through\":[1]}]"),
	    "\"through\" must be a list of"),
	BAD(HEADER INSTANCE("\"direct_callers\":[{\"caller\":\"a:g\",\"symbol\":\"x\"},{\"caller\":\"a:g\",\"symbol\":"
			    "\"y\"}]"),
	    "\"symbol\" says y here and x before"),
	BAD(HEADER INSTANCE("\"inline_callers\":[{\"caller\":\"a:g\",\"tail\":true}]"), "an inlined copy is no call"),
#define SYMBOL(members) FUNCTION("\"symbols\":[{\"name\":\"f\"," members "}]")
	BAD(HEADER FUNCTION("\"symbols\":[1]"), "symbol 1: it must be an object, not a number"),
	BAD(HEADER SYMBOL("\"size\":1"), "in:2: function 'f': symbol 1: \"address\" is missing"),
	BAD(HEADER SYMBOL("\"address\":\"0x1\",\"size\":-1"), "\"size\" must be from 0 to 9223372036854775807, not -1"),
	BAD(HEADER SYMBOL("\"address\":\"0x1\",\"size\":\"1\""), "\"size\" must be a whole number, not a string"),
	BAD(HEADER SYMBOL("\"address\":\"0x1\",\"size\":1e3"), "\"size\" must be a whole number, not a real number"),
	BAD(HEADER SYMBOL("\"address\":\"0x1\",\"size\":99999999999999999999"), "in:2: not JSON: too big integer"),
	BAD(HEADER SYMBOL("\"address\":\"0x1\",\"size\":1e999"), "in:2: not JSON: real number overflow"),
	BAD(HEADER SYMBOL("\"address\":\"0x1\",\"size\":1"), "\"binding\" is missing"),
	BAD(HEADER SYMBOL("\"address\":\"0x1\",\"binding\":\"STB_LOCAL\""),
	    "\"binding\" must be LOCAL, GLOBAL, WEAK or"),
	BAD(HEADER SYMBOL("\"address\":\"0x1\",\"binding\":\"16\""), "\"binding\" must be LOCAL, GLOBAL, WEAK or"),
};

static void test_bad_streams(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		AUTO_STR struct str warnings = {0};
		struct facts facts;
		struct error *err = read_bytes(bad[i].text, bad[i].length, NULL, &facts, &warnings);

		if (!err)
			fail_msg("case %zu passes: %s", i, bad[i].text);
		if (!strstr(err->text, bad[i].said))
			fail_msg("case %zu: '%s' does not say '%s'", i, err->text, bad[i].said);
		assert_int_equal(err->kind, ERROR_INPUT);
		error_free(err);
		facts_fini(&facts);
	}
}

/* Cut anywhere, a stream is either refused or a shorter stream. */
static void test_every_truncation(void **state)
{
	(void)state;
	for (size_t length = 0; length < strlen(whole_stream); length++) {
		bool at_end_of_line = length > 0 && (whole_stream[length] == '\n' || whole_stream[length - 1] == '\n');
		AUTO_STR struct str warnings = {0};
		struct facts facts;
		struct error *err = read_bytes(whole_stream, length, NULL, &facts, &warnings);

		assert_int_equal(err == NULL, at_end_of_line);
		error_free(err);
		facts_fini(&facts);
	}
}

/* Names need not be text; what is written must be. */
static void test_writes_valid_utf8(void **state)
{
	struct function function = {
		.name = "a\"\\\n\x01\x7f\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80|\xff|\xc3|\xed\xa0\x80|"
			"\xc0\x80|\xf4\x90\x80\x80|\xe2\x82"};
	AUTO_STR struct str text = {0};
	struct json_writer json;

	(void)state;
	jw_to_str(&json, &text);
	exchange_write_functions(&json, &(const struct function *){&function}, 1);
#define R "\xef\xbf\xbd"
	assert_string_equal(
		text.data,
		"{\"kind\":\"function\",\"name\":\"a\\\"\\\\\\n\\u0001\x7f\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80|" R "|" R
		"|" R R R "|" R R "|" R R R R "|" R R "\",\"instances\":[],\"symbols\":[]}\n");
}

static void test_a_full_disk_is_an_error(void **state)
{
	FILE *full = fopen("/dev/full", "w");
	struct json_writer json;

	(void)state;
	if (!full)
		skip();
	jw_to_file(&json, full);
	for (size_t i = 0; i < 10000; i++) {
		struct function function = {.name = "a_function_of_some_length"};

		exchange_write_functions(&json, &(const struct function *){&function}, 1);
	}
	struct error *err = jw_finish(&json);

	assert_non_null(err);
	assert_int_equal(err->kind, ERROR_IO);
	error_free(err);
	fclose(full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_comes_back),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_colons_in_names),
		cmocka_unit_test(test_callers_become_instances),
		cmocka_unit_test(test_a_caller_in_a_module_is_another),
		cmocka_unit_test(test_chains_are_shared),
		cmocka_unit_test(test_symbols_are_tied_by_address),
		cmocka_unit_test(test_own_prototypes),
		cmocka_unit_test(test_evidence),
		cmocka_unit_test(test_overrides),
		cmocka_unit_test(test_unknown_kinds_warn_once),
		cmocka_unit_test(test_long_line),
		cmocka_unit_test(test_bad_streams),
		cmocka_unit_test(test_every_truncation),
		cmocka_unit_test(test_writes_valid_utf8),
		cmocka_unit_test(test_a_full_disk_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
