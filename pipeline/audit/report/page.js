const D = JSON.parse(document.getElementById("figures").textContent);
const COLORS = { kept: "var(--kept)", rejected: "var(--rejected)", duplicate: "var(--duplicate)", failed: "var(--failed)" };
const ORDER = Object.keys(STAGES);
const RULES = D.run.rules.map(rule => rule.reason);
// A limit by verdict has a number for the worst.
const WAITING = D.run.rules.filter(rule => [rule, rule.also].some(one => one && "bad" in Object(one.min ?? one.max))).map(rule => rule.reason);
// In the order in which they decide: rules as the config has them, sources that are left out whole after these, then rules that wait for verdicts.
function place(row) {
  if (row.outcome === "kept") return 99;
  const at = /^(bad|doubtful|unknown)_source$/.test(row.reason) ? "select" : row.reason === "over_share" ? "clean" : row.stage;
  const step = ORDER.includes(at) ? ORDER.indexOf(at) : 50;
  return step + (at !== row.stage ? .99 : row.stage === "select" ? .001 * RULES.indexOf(row.reason) + (WAITING.includes(row.reason) ? .992 - .001 * RULES.length : 0) : 0);
}
const exact = (value, ...more) => [short(value) === number(value) ? null : number(value), ...more].filter(Boolean).join(" · ");
const iso = value => h("bdi", null, value);
const sum = (list, get) => list.reduce((total, each) => total + (get(each) || 0), 0);
const key = row => [row.stage, row.outcome, row.reason].map(part => part || "").join("/");

function card(label, value, more) {
  return h("div.card", null, h("span.label", null, label), h("b", null, value), more && h("span.small.soft", null, more));
}
function heading(id) { return h("h2", null, t(id)); }

function overview() {
  const o = D.overview, out = o.outcomes, spans = sum(D.masked, m => m.places.kept), files = D.shards.files;
  const excluded = sum(D.reasons.filter(r => r.stage === "rights"), r => r.pages);
  const licensed = sum((D.values.license || []).filter(v => v[0]), v => v[1]);
  const tokens = Object.keys(D.shards.vocabularies).map(name => [name, short(sum(files, f => f.tokens[name]))]);
  const sensitive = sum(D.masked.filter(m => m.is_sensitive), m => m.places.kept);
  return h("section", { id: "overview" },
    h("h1", null, t("title")),
    h("p.soft.small", null, `${t("made")} ${(D.run.created_at || "–").replace("T", " ").replace("+00:00", " UTC")} · Jingyu ${D.run.code || ""} · config ${(D.run.config_sha256 || "").slice(0, 12)}`),
    h("div.cards", null,
      card(t("pages_in"), short(o.pages), exact(o.pages, `${number(o.inputs)} ${t(o.inputs === 1 ? "input" : "inputs").toLowerCase()}`, bytes(o.input_bytes))),
      card(t("in_corpus"), short(o.documents), exact(o.documents, share(out.kept, o.pages))),
      card(t("characters"), short(o.characters), exact(o.characters, bytes(o.bytes))),
      card(t("tokens"), tokens.length ? tokens[0][1] : "–", [tokens.map(([name, count]) => `${t("name_" + name)} ${count}`).join(" · "), ", ", t("estimated")]),
      card(t("hosts_kept"), short(o.hosts_kept), `${t("of")} ${number(o.hosts)}`),
      card(t("rejected"), short(out.rejected), exact(out.rejected, share(out.rejected, o.pages))),
      card(t("duplicate"), short(out.duplicate), exact(out.duplicate, share(out.duplicate, o.pages))),
      card(t("unknown_share"), share(o.origin.unknown.documents, o.documents), `${t("overseas")} ${share(o.origin.overseas.documents, o.documents)} · ${t("mainland")} ${share(o.origin.mainland.documents, o.documents)}`),
      card(t("masked_spans"), short(spans), `${t("of_these")} ${number(sensitive)} ${t("sensitive")}`),
      card(t("rights"), number(excluded), `${t("rights_note")} · ${t("licensed")} ${number(licensed)} · ${t("taken_down")} ${number(o.taken_down)}`)),
    h("div.panel", null, h("h3", { style: "margin-top:0" }, t("look_at")), lookAt()),
    h("div.panel", null, h("h3", { style: "margin-top:0" }, t("where_went")),
      parts(Object.entries(out).map(([name, value]) => ({ label: outcome(name), value, color: COLORS[name] })), t("words_pages"))),
    h("div.panel", null, h("h3", { style: "margin-top:0" }, t("where_from")),
      parts(["mainland", "overseas", "unknown"].map(name => ({ label: t(name), value: o.origin[name].documents, color: `var(--${name})` })), t("words_documents")),
      h("p.small.soft", null, t("origin_note")), methods(o)),
    h("p.small.soft", null, t("estimated_how"), ": ", Object.entries(D.shards.vocabularies).map(([name, told]) =>
      `${t("tokens_" + name)} ${told.ratio.toFixed(3)}, ${told.measured_on ? `${t("measured_on")} ${number(told.measured_on)}` : t("measured_elsewhere")}`).join("; "), "."));
}
function methods(o) {
  const list = Object.entries(o.origin_by_method || {});
  if (!list.length) return null;
  return h("details", null, h("summary", null, t("by_method")), table([
    { label: t("method"), get: ([name]) => t(name) },
    ...["mainland", "overseas", "unknown"].map(v => ({ label: t(v), n: 1, get: ([, told]) => `${number(told.pages[v])}; ${number(told.hosts[v])}` })),
  ], list));
}
function lookAt() {
  if (!D.look_at.length) return h("p", null, t("nothing_to_look"));
  return h("ul.look", null, D.look_at.map(each => h("li", null,
    h("a", { href: "#" + each.anchor }, `${number(each.count)} ${pick(LOOK[each.key] || each.key)}`),
    each.names.length ? [": ", each.names.map((name, n) => [n ? ", " : "", iso(name)])] : null)));
}

function funnel() {
  const rows = [...D.reasons].sort((a, b) => place(a) - place(b) || b.pages - a.pages);
  const body = h("tbody");
  let left = D.overview.pages;
  const most = Math.max(...rows.map(r => r.pages), 1);
  for (const row of rows) {
    if (row.outcome !== "kept") left -= row.pages;
    const examples = D.examples[key(row)] || [];
    const limits = row.min_limit === null ? "" : row.min_limit === row.max_limit ? figure(row.min_limit) : `${figure(row.min_limit)} – ${figure(row.max_limit)}`;
    const name = row.reason ? reasonName(row.reason) : outcome(row.outcome);
    const line = h("tr", null,
      h("td.wide", null, stage(row.stage)),
      h("td", null, examples.length ? h("button.reason", { "aria-expanded": "false", title: D.meanings[row.reason] || "", onclick: event => toggle(event.currentTarget, line, () => showExamples(row, examples)) }, name) : name),
      h("td", { style: "width:22%" }, bar(row.pages / most, COLORS[row.outcome])),
      h("td.n", null, number(row.pages)), h("td.n", null, share(row.pages, D.overview.pages)),
      h("td.n.wide", null, row.characters ? short(row.characters) : "–"), h("td.n.wide", null, limits),
      h("td.n.wide", null, row.outcome === "kept" ? "" : number(left)));
    line.dataset.reason = key(row);
    body.append(line);
  }
  const head = [["stage", "wide"], ["reason"], [""], ["pages", "n"], ["share", "n"], ["characters", "n", "wide"], ["limit", "n", "wide"], ["left", "n", "wide"]];
  return h("section", { id: "funnel" }, heading("funnel"), h("p.soft", null, t("funnel_note")),
    h("div.panel", null, h("div.scroll", null, h("table", null,
      h("thead", null, h("tr", null, head.map(([word, ...classes]) => h(["th", ...classes].join("."), null, word && t(word))))), body))));
}
function toggle(button, line, make) {
  const isOpen = button.getAttribute("aria-expanded") === "true";
  button.setAttribute("aria-expanded", String(!isOpen));
  line.classList.toggle("open", !isOpen);
  if (isOpen) line.nextSibling.remove();
  else line.after(h("tr.inside", null, h("td", { colspan: line.children.length }, make())));
}
function showExamples(row, examples) {
  return h("div", null, D.meanings[row.reason] ? h("p.small.soft", null, D.meanings[row.reason]) : null, examples.map(example));
}
function example(each) {
  const facts = [["measured", each.measured], ["limit", each.limit], ["similarity", each.similarity]].filter(([, v]) => v !== undefined && v !== null).map(([n, v]) => `${t(n)} ${figure(v)}`);
  if (each.char_count) facts.push(`${number(each.char_count)} ${t("characters")}`);
  if (each.http_status) facts.push(`HTTP ${each.http_status}`);
  return h("div.example", null,
    h("h4", null, iso(each.title || each.url || each.document_id)),
    h("div.small.soft", null, each.source_name ? [iso(each.source_name), " · "] : null, iso(each.url || `${each.source_file} @ ${each.offset}`), facts.length ? " · " + facts.join(" · ") : null),
    each.evidence ? h("div.small", null, t("evidence"), ": ", iso(each.evidence)) : null,
    each.duplicate_of ? h("div.small", null, t("same_as"), " ", h("code", null, each.duplicate_of)) : null,
    each.deciding ? h("div.small", null, t("deciding"), ": ", h("mark.iso", null, each.deciding)) : null,
    each.text ? h("div.text.iso", { dir: "auto" }, each.text) : h("div.soft.small", null, t("no_text")),
    h("div.small.soft", null, h("code", null, each.document_id)));
}

function sites() {
  const dropped = new Set(D.overview.dropped_sources.map(each => each.source));
  const state = { text: "", show: "all", sort: "pages", down: true, at: 0 }, page = 25;
  const holder = h("div"), info = h("span.soft.small", { "aria-live": "polite" });
  const cols = [["host", "site"], ["pages", "pages", 1], ["kept", "kept", 1], ["rejected", "rejected", 1, 1], ["duplicate", "duplicate", 1, 1], ["characters", "characters", 1, 1], ["verdict", "verdict", 0, 1], ["lost", "why_lost"]];
  const briefly = name => lang === "zh" && REASONS[name] || name;
  const told = site => site.lost.map(([st, reason, n]) => `${briefly(reason || st)} ${number(n)}`).join(" · ");
  const verdictOf = site => site.kept ? ["mainland", "overseas", "unknown"].reduce((a, b) => site[b] > site[a] ? b : a) : "";
  const value = (site, name) => name === "lost" ? (site.lost[0] ? site.lost[0][2] : 0) : name === "verdict" ? verdictOf(site) : site[name];
  function found() {
    const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
    const list = D.sites.shown.filter(site => (state.show === "all" || (state.show === "kept" ? site.kept : state.show === "none" ? !site.kept : dropped.has(site.host) || dropped.has(site.domain)))
      && words.every(word => `${site.host || ""} ${site.domain || ""} ${site.source_name || ""} ${told(site)} ${site.lost.map(each => each[1]).join(" ")}`.toLowerCase().includes(word)));
    const sign = state.down ? -1 : 1;
    return list.sort((a, b) => { const x = value(a, state.sort) ?? "", y = value(b, state.sort) ?? ""; return sign * (typeof x === "number" ? x - y : String(x).localeCompare(String(y))) || String(a.host).localeCompare(String(b.host)); });
  }
  function draw() {
    const list = found(), last = Math.max(0, Math.ceil(list.length / page) - 1);
    state.at = Math.min(state.at, last);
    const cells = site => [
      h("td", null, h("button.reason", { "aria-expanded": "false", onclick: event => toggle(event.currentTarget, event.currentTarget.closest("tr"), () => siteDetail(site)) }, iso(site.host || t("none"))), dropped.has(site.host) ? h("span.tag.missing.after", null, t("dropped_whole")) : null),
      h("td.n", null, number(site.pages)), h("td.n", null, number(site.kept)), h("td.n.wide", null, number(site.rejected)), h("td.n.wide", null, number(site.duplicate)), h("td.n.wide", null, short(site.characters)),
      h("td.one.wide", null, verdictOf(site) && t(verdictOf(site))), h("td.small", null, told(site))];
    holder.replaceChildren(h("div.scroll", null, h("table", { id: "sites-table" },
      h("thead", null, h("tr", null, cols.map(([name, word, n, wide]) => h(["th", n && "n", wide && "wide"].filter(Boolean).join("."), { "aria-sort": state.sort === name ? (state.down ? "descending" : "ascending") : null },
        h("button", { "data-sort": name, onclick: () => { state.down = state.sort === name ? !state.down : Boolean(n); state.sort = name; draw(); } }, t(word), state.sort === name ? (state.down ? " ↓" : " ↑") : ""))))),
      h("tbody", null, list.slice(state.at * page, (state.at + 1) * page).map(site => h("tr", null, cells(site)))))),
    h("div.pager", null,
      h("button", { disabled: state.at === 0, onclick: () => { state.at -= 1; draw(); } }, t("previous")),
      h("span", null, `${state.at + 1} / ${last + 1}`),
      h("button", { disabled: state.at >= last, onclick: () => { state.at += 1; draw(); } }, t("next"))));
    info.textContent = `${number(list.length)} ${t("hosts")}`;
  }
  function siteDetail(site) {
    const facts = [["verdict", ["mainland", "overseas", "unknown"].filter(v => site[v]).map(v => `${t(v)} ${number(site[v])}`).join(" · ")], ["evidence", (site.origin_evidence || []).join(", ")], ["against", (site.origin_against || []).join(", ")],
      ["source", [site.source_name, site.source_tier].filter(Boolean).join(", ")], ["why_lost", told(site)]].filter(([, v]) => v);
    return h("div", null, facts.map(([name, v]) => h("div", null, h("span.soft", null, t(name), ": "), iso(v))), h("div.small.soft", null, h("code", null, `jingyu explain OUT ${site.host || ""}`)));
  }
  const input = h("input", { type: "search", id: "sites-search", placeholder: t("search"), "aria-label": t("search"), oninput: event => { state.text = event.target.value; state.at = 0; draw(); } });
  const choose = h("select", { id: "sites-show", "aria-label": t("status"), onchange: event => { state.show = event.target.value; state.at = 0; draw(); } },
    [["all", "all"], ["kept", "with_kept"], ["none", "without_kept"], ["dropped", "dropped_whole"]].map(([v, word]) => h("option", { value: v }, t(word))));
  draw();
  return h("section", { id: "sites" }, heading("sites"), h("p.soft", null, t("sites_note")),
    D.sites.total > D.sites.shown.length ? h("p.soft.small", null, `${t("all_sites")} ${number(D.sites.shown.length)} / ${number(D.sites.total)}`) : null,
    h("div.panel", null, h("div.filter", null, input, choose, info), holder));
}

function distributions() {
  const one = signal => h("div.panel", { id: "signal-" + signal.name }, h("h3", { style: "margin:0 0 .2rem", title: signal.meaning }, signalName(signal.name)), lang === "zh" ? h("code.soft", null, signal.name) : null,
    histogram(signal), behind([{ label: t("outcome"), get: ([n]) => outcome(n) }, { label: t("documents"), n: 1, get: ([, o]) => number(o.documents) }, { label: t("mean"), n: 1, get: ([, o]) => figure(o.mean) },
      { label: t("min"), n: 1, get: ([, o]) => figure(o.min) }, { label: t("max"), n: 1, get: ([, o]) => figure(o.max) }], Object.entries(signal.outcomes)),
    signal.meaning && lang === "en" ? h("p.small.soft", null, signal.meaning) : null);
  const isEmpty = signal => Object.values(signal.outcomes).every(o => !o.max);
  const ruled = D.signals.filter(signal => signal.limits.length), rest = D.signals.filter(signal => !signal.limits.length && !isEmpty(signal) && !/^(masked|lexicon)_/.test(signal.name));
  const v = D.values, months = v.captured_month || [], years = v.published_year || [];
  const inOrder = list => [...list].filter(x => x[0]).sort((a, b) => a[0] < b[0] ? -1 : 1).map(([label, value]) => ({ label, value }));
  const few = name => v[name] ? h("div.panel", null, h("h3", { style: "margin-top:0" }, name), bars(v[name].slice(0, 8).map(([label, value]) => ({ label: label === null ? t("none") : label, value })), t("words_documents"), "var(--mainland)")) : null;
  const known = ["language", "script", "extraction.charset", "extraction.extractor", "source_tier", "source_category", "band", "damage", "license"];
  const others = Object.keys(v).filter(name => !known.includes(name) && !["captured_month", "published_year"].includes(name));
  return h("section", { id: "distributions" }, heading("distributions"), h("p.soft", null, t("distributions_note")),
    h("ul.legend", null, SERIES.map(([name, color], n) => h("li", null, h("i", { style: n ? `border:2px ${n === 2 ? "dashed" : "solid"} ${color}` : `background:${color};opacity:.6` }), outcome(name)))),
    h("h3", null, t("ruled")), h("div.grid", null, ruled.map(one)), h("h3", null, t("others")), h("div.grid", null, rest.map(one)),
    h("h3", null, t("language_and_script")), h("div.grid", null, known.map(few)),
    months.length ? h("div.panel", null, h("h3", { style: "margin-top:0" }, t("captured")), columns(inOrder(months), t("documents"), "var(--mainland)"), behind([{ label: t("value"), get: r => r[0] }, { label: t("documents"), n: 1, get: r => number(r[1]) }], months)) : null,
    years.length ? h("div.panel", null, h("h3", { style: "margin-top:0" }, t("published")), columns(inOrder(years), t("documents"), "var(--mainland)"), behind([{ label: t("value"), get: r => r[0] ?? t("none") }, { label: t("documents"), n: 1, get: r => number(r[1]) }], years)) : null,
    h("details", null, h("summary", null, t("more_values")), h("div.grid", null, others.map(few))));
}

function duplicates() {
  const d = D.duplicates, range = ([low, high]) => low === high ? String(low) : high > 1e9 ? `> ${low - 1}` : `${low} – ${high}`;
  const told = p => [["similarity", p.similarity], ["limit", p.limit], ["coverage", p.coverage], ["own_chars", p.own_chars]].filter(each => each[1] !== null).map(([word, value]) => `${t(word)} ${figure(value)} · `).join("");
  const pair = sides => p => h("div.panel", null, h("div.small.soft", null, told(p), iso(p.url || p.document_id)),
    h("div.pair", null, sides.map(([word, n, at, css]) => h("div", null, h("h4", null, t(word), ": ", iso(p.titles[n] || "–")), h("div.text.iso", null, p.parts.map(part => part[at] === "" ? null : part[0] === "equal" ? part[at] : h("span." + css, null, part[at])))))));
  return h("section", { id: "duplicates" }, heading("duplicates"),
    h("div.cards", null, card(t("dup_docs"), short(d.documents), share(d.documents, D.overview.pages)), card(t("dup_clusters"), short(d.clusters), exact(d.clusters)), card(t("dup_across"), short(d.across_runs), exact(d.across_runs))),
    h("div.grid", null,
      h("div.panel", null, h("h3", { style: "margin-top:0" }, t("dup_similarity")), columns(d.similarities.slice(Math.max(0, Math.min(10, d.similarities.findIndex(r => r[2])))).map(([low, , value]) => ({ label: low.toFixed(2), value })), t("similarity"), "var(--duplicate)", 330), behind([{ label: t("similarity"), get: r => `${r[0].toFixed(2)} – ${r[1].toFixed(2)}` }, { label: t("documents"), n: 1, get: r => number(r[2]) }], d.similarities.filter(r => r[2]))),
      h("div.panel", null, h("h3", { style: "margin-top:0" }, t("dup_sizes")), bars(d.sizes.map(size => ({ label: range(size), value: size[2] })), t("dup_clusters"), "var(--duplicate)"))),
    d.largest.length ? h("div.panel", null, h("h3", { style: "margin-top:0" }, t("dup_largest")), table([
      { label: t("documents"), get: c => [h("b", null, iso(c.title || c.document_id)), h("div.small.soft.iso", null, c.text || "")] },
      { label: t("duplicate"), n: 1, get: c => number(c.duplicates) }, { label: t("site_count"), n: 1, get: c => number(c.hosts) },
      { label: t("similarity"), n: 1, get: c => figure(c.similarity) }, { label: t("site"), get: c => [iso(c.host || ""), c.hosts === 1 && c.duplicates > 4 ? h("div.small.partly", null, t("template")) : null] }], d.largest)) : null,
    d.pairs.length ? [h("h3", null, t("dup_pairs")), h("p.soft.small", null, t("marked")), d.pairs.map(pair([["dropped_one", 0, 1, "gone"], ["stays", 1, 2, "came"]]))] : null,
    d.met.length ? [h("h3", null, t("dup_met")), h("p.soft.small", null, t("marked")), d.met.map(pair([["stays", 0, 1, "came"], ["stays", 1, 2, "came"]]))] : null);
}

function content() {
  const lost = m => sum(["rejected", "duplicate", "failed"], name => m.documents[name]);
  const masked = D.masked.filter(m => sum(Object.values(m.places), v => v));
  return h("section", { id: "content" }, heading("content"),
    h("div.panel", null, h("h3", { style: "margin-top:0" }, t("lexicon")), D.lexicon.length ? table([
      { label: t("subject"), get: l => lang === "zh" && SUBJECTS[l.subject] ? SUBJECTS[l.subject] : l.name }, { label: t("docs_kept"), n: 1, get: l => number(l.documents.kept || 0) },
      { label: t("docs_lost"), n: 1, get: l => number(lost(l)) }, { label: t("places"), n: 1, get: l => number(sum(Object.values(l.places), v => v)) }], D.lexicon) : h("p.soft", null, t("nothing"))),
    h("div.panel", null, h("h3", { style: "margin-top:0" }, t("masked")), masked.length ? table([
      { label: t("kind"), get: m => [lang === "zh" ? m.placeholder : `${MASKED[m.kind] || m.kind} ${m.placeholder}`, m.is_sensitive ? h("span.tag.missing", { style: "margin-left:.4rem" }, t("sensitive")) : null] },
      { label: t("spans_kept"), n: 1, get: m => number(m.places.kept || 0) }, { label: t("docs_kept"), n: 1, get: m => number(m.documents.kept || 0) }, { label: t("docs_lost"), n: 1, get: m => number(lost(m)) }], masked) : h("p.soft", null, t("nothing"))),
    h("div.panel", null, h("h3", { style: "margin-top:0" }, t("benchmarks")), D.contamination.length ? table([
      { label: t("benchmarks"), get: b => iso(b.benchmark) }, { label: t("questions"), n: 1, get: b => number(b.questions) }, { label: t("found"), n: 1, get: b => number(b.found) }, { label: t("documents"), n: 1, get: b => number(b.documents) }], D.contamination) : h("p.soft", null, t("no_benchmarks"))),
    h("div.panel", null, h("h3", { style: "margin-top:0" }, t("cleaning")), table([
      { label: t("what"), get: c => t(c[0]) }, { label: t("documents"), n: 1, get: c => number(c[1] || 0) }, { label: t("places"), n: 1, get: c => number(c[2] || 0) }],
      [["lines_gone", D.cleaning.documents, (D.cleaning.repeated_line_count || 0) + (D.cleaning.boilerplate_line_count || 0)], ["passages_found", D.cleaning.passages.documents, D.cleaning.passages.passage_count], ["passages_cut", D.cleaning.passages.cut_documents, D.cleaning.passages.cut_passage_count]])),
    D.templates.length ? h("div.panel", null, h("h3", { style: "margin-top:0" }, t("templates")), table([
      { label: t("pages"), n: 1, get: f => number(f.pages) }, { label: t("titles"), n: 1, get: f => number(f.titles) }, { label: t("site_count"), n: 1, get: f => number(f.sites) }, { label: t("site"), get: f => h("div", { style: "min-width:8rem" }, iso(f.site)) },
      { label: t("pattern"), get: f => iso(f.pattern) }, { label: t("slots"), get: f => f.slots.map(slot => h("div.small", null, iso(slot))) }], D.templates)) : null);
}

function shards() {
  const x = D.shards, names = Object.keys(x.vocabularies), steps = Object.entries(x.seconds);
  return h("section", { id: "shards" }, heading("shards"),
    h("div.panel", null, h("h3", { style: "margin-top:0" }, t("files")), table([
      { label: t("file"), get: f => iso(f.path) }, { label: t("documents"), n: 1, get: f => number(f.documents) }, { label: t("size"), n: 1, get: f => bytes(f.bytes) }, { label: t("characters"), n: 1, get: f => number(f.characters) },
      ...names.map(name => ({ label: `${t("tokens_" + name)} · ${t("estimated")}`, n: 1, get: f => number(f.tokens[name]) })), { label: t("checksum"), get: f => h("code", { title: f.sha256 }, (f.sha256 || "").slice(0, 12)) }], x.files)),
    steps.length ? h("div.panel", null, h("h3", { style: "margin-top:0" }, t("time")), bars(steps.map(([label, value]) => ({ label: stage(label), value })), t("seconds"), "var(--mainland)")) : null,
    h("div.panel", null, h("h3", { style: "margin-top:0" }, t("inputs")), h("p.small.soft", null, `${number(x.inputs.length)} / ${number(x.inputs_total)}`), table([{ label: t("file"), get: i => iso(i.name) }, { label: t("size"), n: 1, get: i => bytes(i.bytes) }, { label: t("pages"), n: 1, get: i => number(i.pages) }], x.inputs),
      h("details", null, h("summary", null, t("versions")), h("p.small", null, Object.entries(D.run.versions).map(([n, v]) => `${n} ${v}`).join(" · ")))));
}

function requirements() {
  const told = row => Object.entries(row.figures).map(([name, v]) => `${FIGURES[name] ? pick(FIGURES[name]) : name} ${v > 0 && v < 1 ? share(v, 1) : number(v)}`).join(", ");
  return h("section", { id: "requirements" }, heading("requirements"), h("p.soft", null, t("requirements_note")),
    h("div.panel", null, table([
      { label: t("requirement"), get: r => pick(ASKED[r.key] || r.key) }, { label: t("source"), get: r => h("span.small", null, r.source) },
      { label: t("status"), get: r => h("span.tag." + r.status, null, t(r.status)) }, { label: t("where"), get: r => [h("a", { href: "#" + r.anchor }, t(r.anchor)), h("div.small.soft", null, told(r))] }], D.requirements)));
}

function draw() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = `${t("title")} · Jingyu 净语`;
  const ids = ["overview", "funnel", "sites", "distributions", "duplicates", "content", "shards", "requirements"];
  const isDark = document.documentElement.dataset.theme === "dark";
  document.getElementById("app").replaceChildren(
    h("header", null, h("div.bar", null, h("strong", null, "净语 Jingyu"), h("nav", { "aria-label": t("title") }, ids.map(id => h("a", { href: "#" + id }, t(id)))),
      h("div.tools", null, h("button", { id: "lang", onclick: () => { lang = lang === "zh" ? "en" : "zh"; draw(); } }, t("language")),
        h("button", { id: "theme", onclick: () => { document.documentElement.dataset.theme = isDark ? "light" : "dark"; draw(); } }, t(isDark ? "light" : "dark")),
        h("button", { id: "print", onclick: () => window.print() }, t("print"))))),
    h("main", null, overview(), funnel(), sites(), distributions(), duplicates(), content(), shards(), requirements()));
}
const tip = document.getElementById("tip");
document.addEventListener("pointermove", event => {
  const at = event.target.closest && event.target.closest("[data-tip]");
  tip.hidden = !at;
  if (!at) return;
  tip.replaceChildren();
  put(tip, at.dataset.tip);
  tip.style.left = Math.max(4, Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8)) + "px";
  tip.style.top = Math.max(4, Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 8)) + "px";
});
lang = /^zh/.test(navigator.language || "") ? "zh" : "en";
document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
draw();
if (location.hash) { const at = document.getElementById(location.hash.slice(1)); if (at) at.scrollIntoView(); }
