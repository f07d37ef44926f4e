// SPDX-License-Identifier: GPL-2.0-or-later
"use strict";
// Search, sorting, filtering, and opening what an address points to.  Pages work without.
(() => {
	const root = document.documentElement.dataset.root;
	const SHOWN = 40;
	const shards = new Map(); // "function-m" -> names, one a line between newlines
	let wanted = null; // names of all shards, once known
	let input, list, live, current = -1, found = [];

	const make = (tag, attributes, text) => {
		const element = document.createElement(tag);
		for (const name in attributes)
			element.setAttribute(name, attributes[name]);
		if (text !== undefined)
			element.textContent = text;
		return element;
	};

	const load = (file) => {
		const script = make("script", { src: root + "assets/search/" + file });
		document.head.append(script);
	};

	// The index files call these two.
	window.atlasShards = (all) => {
		wanted = all.length;
		for (const [kind, name] of all)
			if (!shards.has(kind + "-" + name))
				load(kind + "-" + name + ".js");
	};
	window.atlasNames = (kind, name, text) => {
		shards.set(kind + "-" + name, { kind, name, text: "\n" + text + "\n", folded: "\n" + text.toLowerCase() + "\n" });
		if (input && input.value)
			search();
	};

	let begun = false;
	const begin = () => {
		if (begun)
			return;
		begun = true;
		load("index.js");
	};

	const letterOf = (name) => {
		const c = name.replace(/^_+/, "").charAt(0).toLowerCase();
		return /[a-z0-9]/.test(c) ? c : "_";
	};

	// By letter, or all in one: the shard's name tells.
	const plainLink = (shard, name) => {
		const path = shard.kind + "/" + (shard.name === "all" ? "" : letterOf(name) + "/") + name;
		return path.split("/").map(encodeURIComponent).join("/") + ".html";
	};

	// Lines of a shard that have `needle` in them, those that begin with it first.
	const scan = (shard, needle, results, prefix) => {
		const pattern = prefix ? "\n" + needle : needle;
		for (let at = shard.folded.indexOf(pattern); at >= 0 && results.length < SHOWN; ) {
			const start = prefix ? at + 1 : shard.folded.lastIndexOf("\n", at) + 1;
			const end = shard.folded.indexOf("\n", start);
			const [name, link] = shard.text.slice(start, end).split("\t");
			if (name && (prefix || !name.toLowerCase().startsWith(needle)) && name.toLowerCase().includes(needle))
				results.push({ name, kind: shard.kind, link: link || plainLink(shard, name) });
			at = shard.folded.indexOf(pattern, end);
		}
	};

	const rank = (needle) => (a, b) => {
		const exact = (b.name.toLowerCase() === needle) - (a.name.toLowerCase() === needle);
		return exact || a.name.length - b.name.length || (a.name < b.name ? -1 : 1);
	};

	const search = () => {
		const needle = input.value.trim().toLowerCase();
		const starting = [], inside = [];
		if (needle) {
			// A lower-casing that changes lengths would shift lines: such names stay findable by their other parts.
			for (const shard of shards.values())
				if (shard.folded.length === shard.text.length)
					scan(shard, needle, starting, true);
			starting.sort(rank(needle));
			for (const shard of shards.values())
				if (shard.folded.length === shard.text.length && starting.length + inside.length < SHOWN)
					scan(shard, needle, inside, false);
		}
		show(starting.concat(inside.sort(rank(needle))).slice(0, SHOWN), needle);
	};

	const show = (results, needle) => {
		found = results;
		list.textContent = "";
		results.forEach((result, i) => {
			const item = make("li", { role: "option", id: "result-" + i, "aria-selected": "false" }, result.name);
			item.append(make("span", { class: "what" }, result.kind));
			item.addEventListener("mousedown", (event) => { event.preventDefault(); open(i); });
			list.append(item);
		});
		list.hidden = !results.length;
		input.setAttribute("aria-expanded", String(!list.hidden));
		const loading = wanted === null || shards.size < wanted;
		live.textContent = !needle ? "" : results.length ? results.length + " results" : loading ? "loading" : "nothing found";
		choose(results.length ? 0 : -1);
	};

	const choose = (i) => {
		const old = list.children[current];
		if (old)
			old.setAttribute("aria-selected", "false");
		current = i;
		const item = list.children[i];
		if (item) {
			item.setAttribute("aria-selected", "true");
			item.scrollIntoView({ block: "nearest" });
			input.setAttribute("aria-activedescendant", item.id);
		} else {
			input.removeAttribute("aria-activedescendant");
		}
	};

	const open = (i) => {
		if (found[i])
			location.href = root + found[i].link;
	};

	const onKey = (event) => {
		const steps = { ArrowDown: 1, ArrowUp: -1 };
		if (event.key in steps && found.length) {
			event.preventDefault();
			choose((current + steps[event.key] + found.length) % found.length);
		} else if (event.key === "Enter") {
			event.preventDefault();
			open(current);
		} else if (event.key === "Escape") {
			input.value = "";
			search();
		}
	};

	const makeSearch = (place) => {
		place.setAttribute("role", "search");
		place.append(make("label", { for: "search-input", class: "hidden-label" }, "Search functions and files"));
		input = make("input", { id: "search-input", type: "search", placeholder: "Search  ( / )", autocomplete: "off", spellcheck: "false",
			role: "combobox", "aria-expanded": "false", "aria-controls": "search-results", "aria-autocomplete": "list" });
		list = make("ul", { id: "search-results", class: "results", role: "listbox", "aria-label": "Results" });
		live = make("span", { class: "hidden-label", role: "status" });
		list.hidden = true;
		place.append(input, list, live);
		place.hidden = false;
		input.addEventListener("focus", begin);
		input.addEventListener("input", () => { begin(); search(); });
		input.addEventListener("keydown", onKey);
		input.addEventListener("blur", () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); });
		document.addEventListener("keydown", (event) => {
			if (event.key === "/" && !event.ctrlKey && !event.metaKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
				event.preventDefault();
				input.focus();
			}
		});
	};

	const sortBy = (table, column, header) => {
		const body = table.tBodies[0];
		const down = header.getAttribute("aria-sort") === "ascending";
		const numeric = header.classList.contains("num");
		const keyed = Array.from(body.rows, (row) => [row.cells[column].textContent, row]);
		const order = numeric ? (a, b) => Number(a[0]) - Number(b[0]) : (a, b) => a[0].localeCompare(b[0]);
		keyed.sort(down ? (a, b) => order(b, a) : order);
		body.append(...keyed.map((pair) => pair[1]));
		for (const other of table.tHead.rows[0].cells)
			other.removeAttribute("aria-sort");
		header.setAttribute("aria-sort", down ? "descending" : "ascending");
	};

	// Where probes attach, as far as the rows differ in it.
	const makeVerdicts = (rows) => {
		const words = new Map();
		for (const row of rows)
			for (const word of (row.dataset.attach || "").split(" "))
				if (word)
					words.set(word, (words.get(word) || 0) + 1);
		if (words.size === 0)
			return null;
		const places = { every: "on every image", present: "on every image that has it, not on all", some: "on some that have it",
			none: "on none that has it", unknown: "not known" };
		const select = make("select", { class: "filter", "aria-label": "Where probes attach" });
		select.append(make("option", { value: "" }, "all verdicts"));
		for (const word of Array.from(words.keys()).sort()) {
			const at = word.lastIndexOf("-");
			const kind = word.slice(0, at).replace("-", ".");
			select.append(make("option", { value: word }, kind + ": " + places[word.slice(at + 1)] + " (" + words.get(word) + ")"));
		}
		return select;
	};

	const makeSortable = (table) => {
		Array.from(table.tHead.rows[0].cells).forEach((header, column) => {
			const button = make("button", { type: "button" }, header.textContent);
			header.textContent = "";
			header.append(button);
			button.addEventListener("click", () => sortBy(table, column, header));
		});
		const rows = table.tBodies[0].rows;
		if (rows.length < 8)
			return;
		const filter = make("input", { type: "search", class: "filter", placeholder: "Filter rows", "aria-label": "Filter rows" });
		const verdict = makeVerdicts(rows);
		const apply = () => {
			const needle = filter.value.toLowerCase();
			const word = verdict ? verdict.value : "";
			for (const row of rows)
				row.hidden = !row.textContent.toLowerCase().includes(needle) ||
					(word && !row.dataset.attach.split(" ").includes(word));
		};
		filter.addEventListener("input", apply);
		table.closest(".scroll").before(filter);
		if (verdict) {
			verdict.addEventListener("change", apply);
			filter.after(" ", verdict);
		}
	};

	const makeCopyable = (code) => {
		if (!navigator.clipboard)
			return;
		const button = make("button", { type: "button", class: "copy-button", "aria-label": "Copy " + code.textContent }, "copy");
		button.addEventListener("click", () => navigator.clipboard.writeText(code.textContent).then(() => { button.textContent = "copied"; }));
		code.after(" ", button);
	};

	// What an address points to may be folded away.
	const reveal = () => {
		const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
		if (!target)
			return;
		for (let at = target; at; at = at.parentElement)
			if (at.tagName === "DETAILS")
				at.open = true;
		target.scrollIntoView();
	};

	const place = document.getElementById("search");
	if (place)
		makeSearch(place);
	document.querySelectorAll("table.sortable").forEach(makeSortable);
	document.querySelectorAll("code.copy").forEach(makeCopyable);
	window.addEventListener("hashchange", reveal);
	reveal();
})();
