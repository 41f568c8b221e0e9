// Each word of the page: English, Chinese.
const WORDS = {
  title: ["Corpus report", "语料库报告"], overview: ["Overview", "概览"], funnel: ["Funnel", "去向"],
  sites: ["Sites", "站点"], distributions: ["Distributions", "分布"], duplicates: ["Duplicates", "重复"],
  content: ["Content", "内容"], shards: ["Shards", "分片"], requirements: ["Requirements", "合规要求"],
  dark: ["Dark", "深色"], light: ["Light", "浅色"], print: ["Print", "打印"], language: ["中文", "English"],
  made: ["made", "生成于"], table: ["as a table", "数据表"], nothing: ["nothing to show", "无数据"],
  pages_in: ["pages came in", "输入页面"], in_corpus: ["documents in the corpus", "语料文档"],
  characters: ["characters", "字符"], tokens: ["tokens", "词元"], tokens_qwen: ["tokens (Qwen)", "词元（Qwen）"],
  tokens_deepseek: ["tokens (DeepSeek)", "词元（DeepSeek）"], rejected: ["rejected", "拒绝"], kept: ["kept", "保留"],
  duplicate: ["duplicates", "重复"], failed: ["failed", "失败"], input: ["input", "输入"], name_qwen: ["Qwen", "Qwen"], name_deepseek: ["DeepSeek", "DeepSeek"], unknown_share: ["of unknown origin", "来源地未知"], of_these: ["of these", "其中"],
  masked_spans: ["personal data masked", "已遮盖个人信息"],
  masked_in: ["in documents of the corpus", "语料文档数"], hosts_kept: ["sites in the corpus", "语料站点"], of: ["of", "共"],
  estimated: ["estimated", "估计"], estimated_how: ["Tokens are estimated: characters times the tokens of a character", "词元数为估计值：字符数乘以每字符词元数"],
  measured_on: ["measured on a sample of this corpus,", "在本语料样本上测得，字符数"], measured_elsewhere: ["measured on another Chinese crawl, since the vocabulary is not installed", "在另一中文网页集上测得（未安装该词表）"],
  where_went: ["Where the pages went", "页面去向"], where_from: ["Where the corpus comes from", "语料来自何处"],
  mainland: ["mainland", "境内"], overseas: ["overseas", "境外"], unknown: ["unknown", "未知"],
  origin_note: ["By documents. The share of the unknown stands beside the other two, since leaving it out would make either look larger. Filing numbers are claimed by the pages; nobody has verified them.",
    "按文档数。未知的份额与另两者并列，略去会使两者看起来更大。备案号为页面自称，未经核实。"],
  by_method: ["What each method alone says (documents; sites)", "各方法单独的判断（文档；站点）"], method: ["method", "方法"],
  combined: ["combined", "综合"], register: ["register", "登记表"], cctld: ["country domain", "国家域名"], icp: ["ICP number claimed", "自称 ICP 备案"],
  psb: ["police number claimed", "自称公安备案"], ip: ["server's country", "服务器所在地"],
  look_at: ["What must be looked at", "需要关注"], nothing_to_look: ["Nothing stands out.", "没有突出的问题。"],
  rights: ["Rights", "权利"], rights_note: ["pages left out by opt-outs", "因使用声明排除"],
  taken_down: ["taken down", "下架"], licensed: ["with a license", "声明许可"],
  stage: ["stage", "阶段"], outcome: ["outcome", "结果"], reason: ["reason", "原因"], pages: ["pages", "页面"], share: ["share", "占比"],
  bytes: ["bytes", "字节"], left: ["left", "剩余"], limit: ["limit", "界限"], measured: ["measured", "测得"],
  funnel_note: ["Each page ends once. Open a reason for examples: a few of its pages, as good as drawn at random, personal data masked.",
    "每个页面只有一个去向。点开原因可看示例：近似随机抽取的几个页面，个人信息已遮盖。"],
  no_text: ["no text was extracted of it", "未提取到正文"], deciding: ["speaks for it", "判定依据"], similarity: ["similarity", "相似度"], same_as: ["duplicates", "重复于"],
  sites_note: ["Sites with the most pages come first; those of which nothing was kept are among them, with the reasons why.",
    "按页面数排序；包括没有保留任何文档的站点及其原因。"],
  all_sites: ["All sites are in statistics/sources.parquet; shown are", "全部站点见 statistics/sources.parquet；此处显示"],
  search: ["search host, domain, reason", "搜索站点、域名、原因"], all: ["all", "全部"], with_kept: ["with kept documents", "有保留文档"],
  without_kept: ["nothing kept", "未保留任何文档"], dropped_whole: ["left out whole", "整体排除"], site: ["site", "站点"], why_lost: ["why pages were lost", "页面为何未保留"],
  verdict: ["origin", "来源地"], evidence: ["evidence", "依据"], against: ["against", "反证"], previous: ["back", "上一页"], next: ["on", "下一页"],
  distributions_note: ["Filled: kept documents. Lines: lost ones, as shares of each. Dashed upright lines are the limits of rules.",
    "实心为保留文档，线框为未保留文档（各自占比）。竖虚线为规则的界限。"], documents: ["documents", "文档"], mean: ["mean", "均值"], min: ["least", "最小"], max: ["greatest", "最大"],
  ruled: ["signals that a rule limits", "有规则的指标"], others: ["other signals", "其他指标"],
  language_and_script: ["Language, script, encoding", "语言、字形、编码"], captured: ["Captured, by month", "抓取月份"], published: ["Published, by year", "发布年份"],
  more_values: ["Other columns", "其他列"], column: ["column", "列"], value: ["value", "值"], none: ["(none)", "（无）"],
  damage: ["Damage of kept pages", "保留页面的损坏"],
  dup_docs: ["duplicates", "重复文档"], dup_clusters: ["documents that stay for them", "被重复的文档"], dup_across: ["duplicate an earlier corpus", "与以往语料重复"],
  dup_similarity: ["Similarity of duplicates to what they duplicate", "重复文档与原文的相似度"], dup_sizes: ["Duplicates of one document", "每篇文档的重复数"],
  dup_largest: ["Largest clusters", "最大的重复簇"], dup_pairs: ["Pairs side by side", "并排对照"], dup_met: ["Pairs that met and both stay", "相遇而都保留的"], coverage: ["covered", "覆盖率"], own_chars: ["characters of its own", "自有字符"], dropped_one: ["dropped", "去除"], stays: ["stays", "保留"], site_count: ["sites", "站点数"],
  template: ["one site: a template?", "同一站点：模板？"], marked: ["Marked: what only one of the two says.", "标出的是只在一方出现的内容。"],
  lexicon: ["Words of lists, by subject", "词表命中（按类别）"], subject: ["subject", "类别"], places: ["places", "处"], docs_kept: ["documents kept", "保留文档"], docs_lost: ["documents lost", "未保留文档"],
  masked: ["Masked personal data, by type", "已遮盖的个人信息（按类型）"], sensitive: ["sensitive (GB/T 45574)", "敏感（GB/T 45574）"], kind: ["type", "类型"], spans_kept: ["spans in the corpus", "语料中处数"],
  cleaning: ["What left the texts", "从文本中删去的"], what: ["what", "项目"], lines_gone: ["lines", "行"], passages_found: ["passages that many documents have", "共有段落"], passages_cut: ["those that were cut", "其中删去的"],
  templates: ["Forms that pages fill in", "套模板的页面"], titles: ["titles", "标题数"], pattern: ["form", "模板"], slots: ["filled in", "填入"],
  benchmarks: ["Questions of evaluation sets", "评测题"], no_benchmarks: ["No evaluation set was looked for (decontamination.against).", "未查找任何评测集（decontamination.against）。"], questions: ["questions", "题数"], found: ["found", "命中"],
  files: ["Files of the corpus", "语料文件"], file: ["file", "文件"], size: ["size", "大小"], checksum: ["SHA-256", "SHA-256"], inputs: ["Inputs", "输入"], time: ["Time by step", "各步耗时"], step: ["step", "步骤"], seconds: ["seconds", "秒"], versions: ["Versions", "版本"],
  requirement: ["asked for", "要求"], source: ["source", "出处"], status: ["status", "状态"], shown: ["shown", "已列示"], partly: ["partly", "部分"], missing: ["missing", "缺失"], where: ["where", "位置"],
  requirements_note: ["A status says how far figures answer what is asked, not that a law is kept; which clauses were read where stands in COMPLIANCE.md. What no figure shows is left to people.",
    "状态只说明数字回答到什么程度，不等于合规；条文出处见 COMPLIANCE.md。数字不能说明的由人判断。"],
  words_pages: ["pages", "页"], words_documents: ["documents", "篇"], usable: ["usable pages per million", "每百万页可用"], hosts: ["hosts", "站点"], unit: ["unit", "单位"],
};
const OUTCOMES = { kept: ["kept", "保留"], rejected: ["rejected", "拒绝"], duplicate: ["duplicate", "重复"], failed: ["failed", "失败"] };
const STAGES = { read: ["read", "读取"], sources: ["sources", "来源"], gate: ["gate", "字节门"], decode: ["decode", "解码"], extract: ["extract", "提取"], language: ["language", "语种"],
  rights: ["rights", "权利"], select: ["rules", "规则"], deduplicate: ["deduplicate", "去重"], clean: ["clean", "清理"], takedown: ["takedown", "下架"], write: ["write", "写出"] };
const REASONS = {{reasons}};
const SIGNALS = { char_count: "正文长度", line_count: "行数", mean_line_length: "平均行长", han_count: "汉字数", han_ratio: "汉字占比", digit_ratio: "数字占比", punctuation_ratio: "标点占比", symbol_ratio: "符号占比", function_char_ratio: "虚字占比",
  punctuated_line_ratio: "句末标点行占比", short_line_ratio: "短行占比", bullet_line_ratio: "列表行占比", ellipsis_line_ratio: "省略号行占比", bracket_ratio: "【】内占比", duplicate_line_ratio: "重复行占比", duplicate_line_char_ratio: "重复行字符占比",
  top_2gram_ratio: "最频二元组占比", top_3gram_ratio: "最频三元组占比", top_4gram_ratio: "最频四元组占比", duplicate_5gram_ratio: "重复五元组占比", duplicate_10gram_ratio: "重复十元组占比", char_entropy: "字符熵", replacement_ratio: "丢失字符占比",
  damage_count: "损坏种类数", text_density: "正文密度", extraction_confidence: "提取置信度", quality: "质量分" };
const MASKED = { email: "email", resident_id: "resident ID", mobile: "mobile number", landline: "landline", foreign_id: "foreigner's ID", regional_id: "ID of HK, MO, TW", permit: "travel permit", passport: "passport", bank_card: "bank card", plate: "number plate",
  vin: "vehicle ID", imei: "device ID", qq: "QQ", wechat: "WeChat", handle: "account", ip: "IP address", coordinates: "coordinates", address: "home address", social_security: "social security", medical_record: "medical record", password: "password", key: "key" };
const SUBJECTS = { commercial_spam: "商业垃圾", gambling: "赌博", pornography: "色情", fraud: "诈骗" };
const UNITS = { ratio: ["ratio", "占比"], bits: ["bits", "比特"], "code points": ["characters", "字符"], lines: ["lines", "行"], spans: ["spans", "处"], places: ["places", "处"], kinds: ["kinds", "种"], terms: ["terms", "词"] };
const ASKED = {
  traceable: ["each document can be traced to record, file and address", "每篇文档可追溯到记录、文件与网址"],
  source_assessment: ["sources with more than 5 % bad content are left out", "不良内容超过 5% 的来源整体排除"],
  block_list: ["a black list of sources is used", "使用来源黑名单"], several_sources: ["the corpus has several sources", "语料有多个来源"],
  domestic_overseas: ["domestic and overseas sources, with what is unknown", "境内、境外来源及未知份额"],
  keywords: ["filtering by keywords, for each risk", "关键词过滤，覆盖各类风险"], classifier: ["filtering by a classifier", "分类模型过滤"],
  sampling: ["review of a random sample by people", "人工随机抽检"], personal_data: ["personal data masked", "个人信息已遮盖"],
  sensitive_data: ["sensitive personal data: numbers masked; prose is not recognized", "敏感个人信息：号码已遮盖，叙述未识别"],
  rights: ["intellectual property: licenses and reservations recorded", "知识产权：记录许可与保留声明"],
  opt_outs: ["refusals of sites and pages are heeded", "遵守站点与页面的拒绝声明"], takedown: ["complaints lead to takedown", "投诉下架"],
  duplicates: ["duplicates are removed", "去除重复"], benchmarks: ["evaluation sets are kept out", "排除评测集"],
  accounted: ["every page is accounted for", "每个页面都有去向"], integrity: ["files with checksums", "文件有校验和"],
};
const LOOK = {
  defects: ["pages failed by a defect of Jingyu: please report it", "个页面因程序缺陷失败：请反馈"], failed: ["pages could not be examined", "个页面无法处理"],
  cut_inputs: ["inputs end inside a record: fetch them again", "个输入在记录中途结束：请重新获取"], refused_inputs: ["inputs were left out, they cannot be read", "个输入无法读取，已略过"],
  unknown_origin: ["documents of unknown origin: neither domestic nor overseas is shown for them", "篇文档来源地未知"],
  dropped_sources: ["sources were left out whole for bad pages", "个来源因不良页面整体排除"], missing_requirements: ["requirements have no figure", "项要求没有数字"],
};
const FIGURES = { documents: ["documents", "文档"], dropped_sources: ["sources left out", "排除来源"], entries: ["entries", "条目"], hosts: ["sites", "站点"], unknown: ["unknown", "未知"], lists: ["subjects with a list", "有词表的类别"], asked: ["asked for", "要求"],
  reviews: ["reviews", "抽检"], places: ["places", "处"], licensed: ["state a license", "声明许可"], excluded_by: ["kinds heeded", "遵守的种类"], taken_down: ["taken down", "已下架"], benchmarks: ["benchmarks", "评测集"], pages: ["pages", "页面"], shards: ["files", "文件"] };
let lang = "en";
const pick = pair => Array.isArray(pair) ? pair[lang === "zh" ? 1 : 0] : pair;
const t = key => WORDS[key] ? pick(WORDS[key]) : key;
const outcome = name => OUTCOMES[name] ? pick(OUTCOMES[name]) : name;
const stage = name => STAGES[name] ? pick(STAGES[name]) : name;
const unitName = name => UNITS[name] ? pick(UNITS[name]) : name;
function reasonName(name) {
  if (!name) return "";
  return lang === "zh" && REASONS[name] ? `${REASONS[name]} ${name}` : name;
}
const signalName = name => lang === "zh" && SIGNALS[name] ? SIGNALS[name] : name;
