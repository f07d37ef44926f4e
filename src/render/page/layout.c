// SPDX-License-Identifier: GPL-2.0-or-later
#include "layout.h"

#include "keys.h"
#include "urls.h"

struct error *layout_open(const struct site_plan *plan, struct templates *templates, struct layout *layout)
{
	*layout = (struct layout){.plan = plan, .templates = templates};
	return templates_get(templates, "layout.html", &layout->around);
}

void layout_close(struct layout *layout)
{
	str_free(&layout->body);
}

void layout_wrap(struct layout *layout, struct arena *arena, const char *body, const struct layout_page *page,
		 struct str *out)
{
	const char *base = layout->plan->options->base_url;
	struct object *object = object_new(arena);

	object_text(object, KEY_root, url_root(arena, page->link));
	object_text(object, KEY_title, page->title);
	object_text(object, KEY_description, page->description);
	object_text(object, KEY_body, body);
	if (base) {
		object_text(object, KEY_canonical, arena_printf(arena, "%s%s", base, page->link));
		object_flag(object, KEY_feed, true);
	}
	template_run(layout->around, object, ESCAPE_HTML, out);
}

void layout_run(struct layout *layout, struct arena *arena, const struct template *template,
		const struct layout_page *page, struct object *values, struct str *out)
{
	object_text(values, KEY_root, url_root(arena, page->link));
	str_clear(&layout->body);
	str_add(&layout->body, "");
	template_run(template, values, ESCAPE_HTML, &layout->body);
	layout_wrap(layout, arena, layout->body.data, page, out);
}
