// SPDX-License-Identifier: GPL-2.0-or-later
/* Style sheet and script, the page about the site, and what readers that are programs want. */
#include <cmark.h>
#include <errno.h>
#include <string.h>
#include <time.h>

#include "page_kinds.h"
#include "render/page/keys.h"
#include "render/page/site_pairs.h"
#include "render/words/text.h"

/* A sitemap may have 50,000 addresses; more need several, and an index of these. */
#define SITEMAP_MAX 50000

static struct error *write_about(struct site_writer *writer)
{
	const struct template *template;
	struct object *values = object_new(&writer->arena);
	struct layout_page page = {.link = "about.html", .title = "About this site"};
	AUTO_STR struct str markdown = {0};

	object_text(values, KEY_version, ATLASGEN_VERSION);
	TRY(templates_get(writer->templates, "about.md", &template));
	template_run(template, values, ESCAPE_MARKDOWN, &markdown);
	char *body = cmark_markdown_to_html(markdown.data, markdown.length, CMARK_OPT_DEFAULT);

	str_clear(&writer->text);
	layout_wrap(&writer->layout, &writer->arena, body, &page, &writer->text);
	free(body);
	vec_add(&writer->links, page.link);
	return site_write_text(writer, page.link);
}

static struct error *write_asset(struct site_writer *writer, const char *file, const char *link)
{
	const struct template *template;

	/* A template without tags is the file as it is; one of --templates takes its place, too. */
	TRY(templates_get(writer->templates, file, &template));
	str_clear(&writer->text);
	template_run(template, object_new(&writer->arena), ESCAPE_NONE, &writer->text);
	return site_write_text(writer, link);
}

struct error *site_write_assets(struct site_writer *writer)
{
	TRY(write_asset(writer, "style.css", "assets/style.css"));
	TRY(write_asset(writer, "script.js", "assets/script.js"));
	TRY(write_about(writer));
	arena_reset(&writer->arena);
	return NULL;
}

static void add_address(struct str *out, const char *base, const char *link)
{
	escape_text(out, base, strlen(base), ESCAPE_HTML);
	escape_text(out, link, strlen(link), ESCAPE_HTML);
}

static const char *const sitemap_head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
static const char *const sitemap_space = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

static struct error *write_sitemap(struct site_writer *writer, size_t first, const char *link)
{
	const char *base = writer->data->plan->options->base_url;

	str_clear(&writer->text);
	str_addf(&writer->text, "%s<urlset %s>\n", sitemap_head, sitemap_space);
	for (size_t i = first; i < writer->links.count && i < first + SITEMAP_MAX; i++) {
		str_add(&writer->text, "<url><loc>");
		add_address(&writer->text, base, writer->links.items[i]);
		str_add(&writer->text, "</loc></url>\n");
	}
	str_add(&writer->text, "</urlset>\n");
	return site_write_text(writer, link);
}

static struct error *write_sitemaps(struct site_writer *writer)
{
	AUTO_STR struct str index = {0};

	if (writer->links.count <= SITEMAP_MAX)
		return write_sitemap(writer, 0, "sitemap.xml");
	str_addf(&index, "%s<sitemapindex %s>\n", sitemap_head, sitemap_space);
	for (size_t first = 0; first < writer->links.count; first += SITEMAP_MAX) {
		const char *link = arena_printf(&writer->arena, "sitemap-%zu.xml", first / SITEMAP_MAX + 1);

		TRY(write_sitemap(writer, first, link));
		str_add(&index, "<sitemap><loc>");
		add_address(&index, writer->data->plan->options->base_url, link);
		str_add(&index, "</loc></sitemap>\n");
	}
	str_add(&index, "</sitemapindex>\n");
	str_clear(&writer->text);
	str_addn(&writer->text, index.data, index.length);
	return site_write_text(writer, "sitemap.xml");
}

/* SOURCE_DATE_EPOCH, so that two runs give the same bytes; else now. */
static const char *date_text(struct arena *arena)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *end = NULL, text[32];
	struct tm parts;

	errno = 0;
	time_t when = epoch && *epoch ? (time_t)strtoll(epoch, &end, 10) : time(NULL);

	if ((end && (*end || errno)) || !gmtime_r(&when, &parts) ||
	    !strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts))
		return "1970-01-01T00:00:00Z";
	return arena_strdup(arena, text);
}

static void add_feed_entry(struct site_writer *writer, const struct site_pair *pair, const char *date)
{
	const struct site_plan *plan = writer->data->plan;
	const struct image *before = &plan->images[pair->before], *after = &plan->images[pair->after];
	const char *title = text_visible(
		&writer->arena, arena_printf(&writer->arena, "Changes from %s to %s", before->name, after->name));
	const char *link = url_pair(&writer->arena, before, after);
	size_t changed = 0;

	for (size_t i = 0; i < plan->wanted_count; i++)
		changed += (writer->data->all_changes[i * plan->image_count + pair->after] & ~CHANGE_SET_UNKNOWN) != 0;
	str_add(&writer->text, "<entry><title>");
	escape_text(&writer->text, title, strlen(title), ESCAPE_HTML);
	str_add(&writer->text, "</title><id>");
	add_address(&writer->text, plan->options->base_url, link);
	str_add(&writer->text, "</id><link href=\"");
	add_address(&writer->text, plan->options->base_url, link);
	str_addf(&writer->text, "\"/><updated>%s</updated><summary>%zu functions changed.</summary></entry>\n", date,
		 changed);
}

static struct error *write_feed(struct site_writer *writer)
{
	const struct site_plan *plan = writer->data->plan;
	struct site_pair *pairs = arena_alloc(&writer->arena, plan->image_count * sizeof(*pairs));
	size_t count = site_pairs(plan, pairs, plan->image_count);
	const char *date = date_text(&writer->arena), *base = plan->options->base_url;

	str_clear(&writer->text);
	str_addf(&writer->text,
		 "%s<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>Kernel function atlas: changes</title>\n<id>",
		 sitemap_head);
	add_address(&writer->text, base, "");
	str_add(&writer->text, "</id>\n<link rel=\"self\" href=\"");
	add_address(&writer->text, base, "feed.xml");
	str_addf(&writer->text, "\"/>\n<updated>%s</updated>\n<author><name>atlasgen</name></author>\n", date);
	for (size_t i = count; i-- > 0;)
		add_feed_entry(writer, &pairs[i], date);
	str_add(&writer->text, "</feed>\n");
	return site_write_text(writer, "feed.xml");
}

static void add_links(struct site_writer *writer, const struct page_kind *kind)
{
	size_t count = kind->count(writer->data);

	for (size_t i = 0; i < count; i++) {
		const char *link = kind->link(&writer->whole, writer->data, i);

		if (link)
			vec_add(&writer->links, link);
	}
}

struct error *site_write_feeds(struct site_writer *writer)
{
	const struct site_plan *plan = writer->data->plan;

	if (!plan->options->base_url)
		return NULL;
	for (size_t i = 0; i < page_kind_count; i++)
		add_links(writer, page_kinds[i]);
	TRY(write_sitemaps(writer));
	return write_feed(writer);
}
