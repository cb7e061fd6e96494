// Why a fact is in the graph: what each rule goes by, in a sentence that needs no knowledge of the program.

const RULES = {
  mention: { zh: "这份文献写到了它。", en: "The document names it." },
  "first-mention": { zh: "按日期，这是这批文献中最早写到它的一份。", en: "By their dates, this is the first of these documents to name it." },
  "co-occurrence": {
    zh: "两者在不止一个句子里一同出现。这只说明常被并提，不说明有什么关系。",
    en: "Both stand in the same sentence more than once. That says only that they are named together, not how they are related.",
  },
  "shared-passage": { zh: "两份文献有一段文字相同或相近；先后按日期排。", en: "A passage of both documents is the same, or nearly so; which is the earlier goes by their dates." },
  "list-before-name": { zh: "名称前面紧接着列出了几项，名称是对它们的概括。", en: "The items stand right before the name, which sums them up." },
  "list-after-name": { zh: "名称后面（冒号、括号等之后）逐项列出。", en: "The items stand after the name, behind a colon, in brackets or the like." },
  "list-below-name": { zh: "名称下面的段落或条目逐项列出。", en: "The paragraphs or points below the name list the items one by one." },
  "list-above-name": { zh: "名称上面的段落或条目逐项列出，名称是对它们的概括。", en: "The paragraphs or points above the name list the items, which it sums up." },
  "list-near-name": { zh: "名称近旁的句子列出了名称所说的那么多项。", en: "A sentence near the name lists as many items as the name announces." },
  "counted-clauses": { zh: "紧挨着名称的几个分句，数目与名称所说的相同。", en: "Next to the name stand as many clauses as it announces." },
  definition: { zh: "原文直接说明它是什么（“就是”“即”之类）。", en: "The text says outright what it is." },
  "part-of-list": { zh: "原文只提到其中几项，没有列全。", en: "The text names only some of the items." },
  "list-version": { zh: "另一份文献为同一提法列出了不同的成员。", en: "Another document gives other members for the same formula." },
  "lettered-run": { zh: "引号里的这几项，字数与引号后面写的相同。", en: "These items in quotation marks have as many characters as the words behind them say." },
  "parallel-run": { zh: "原文把这几项并列在一起。", en: "The text puts these items side by side." },
  "framed-run": { zh: "这几项并列在一个重复的句式里。", en: "These items stand side by side in a repeated turn of phrase." },
  frame: { zh: "几个分句句式相同，看作并列的几项。", en: "Several clauses are built alike and count as parallel items." },
  headlines: { zh: "这几项是一组句式相同的小标题。", en: "These items are headings that are built alike." },
  "same-head-in-document": {
    zh: "名称旁边没有列举。同一文献的别处有一组并列，开头的词和项数都与名称相合，据此推断是它的成员。",
    en: "No list stands beside the name. Elsewhere in the same document a list fits it in its leading word and its number.",
  },
  "same-head-in-corpus": {
    zh: "这份文献没有列举。另一份文献里有一组并列，开头的词和项数都与名称相合，据此推断是它的成员。",
    en: "This document holds no list. In another one a list fits the name in its leading word and its number.",
  },
  "same-verb-in-document": { zh: "同一文献的别处有一组并列，都用名称里的动词，项数也相合。", en: "Elsewhere in the same document a list repeats the verb of the name and fits its number." },
  "same-verb-in-corpus": { zh: "另一份文献里有一组并列，都用名称里的动词，项数也相合。", en: "In another document a list repeats the verb of the name and fits its number." },
  "compound-in-document": { zh: "名称由几个较小的提法合成，同一文献里有它们各自的成员。", en: "The name is made of smaller formulas, whose members stand in the same document." },
  "compound-in-corpus": { zh: "名称由几个较小的提法合成，它们各自的成员见于其他文献。", en: "The name is made of smaller formulas, whose members stand in other documents." },
  "spirit-content": { zh: "原文在这个精神的名称前后写明了它的内涵。", en: "The text says before or after the name what this spirit consists of." },
  post: { zh: "原文把机构、职务和姓名写在一起。", en: "The text writes body, post and name together." },
  credit: { zh: "稿件的署名或编务行写明。", en: "A line of credits says so." },
  byline: { zh: "题下或文末的署名写明。", en: "The byline says so." },
  "self-introduction": { zh: "讲话人在文中这样说自己。", en: "The speaker says so in the text." },
  "role-body": { zh: "原文只写了职务，没有写机构；机构是从职务的通常所属推断的。", en: "The text names the post without its body; the body is the one the post usually belongs to." },
  "parent-body": { zh: "机构的全称里含有上级机构的名称。", en: "The full name of the body holds the name of the body above it." },
  abbreviation: { zh: "原文写明了简称（“以下简称”之类）。", en: "The text itself introduces the short form." },
  honour: { zh: "原文写明获得了这一荣誉。", en: "The text says that the honour was received." },
  citation: { zh: "文献里写到了它的题名。", en: "The document gives its title." },
  "event-frame": { zh: "同一句话写明了事件的时间、地点或主办者。", en: "The same sentence says when or where it was held, or by whom." },
  "event-part": { zh: "事件的名称里含有更大的事件。", en: "The name of the event holds the larger one it is part of." },
  "calendar:events": { zh: "原文没有写日期；日期取自本程序附带的大事年表。", en: "The text gives no date; it comes from the table of events that the program brings along." },
  attribution: { zh: "句中写明了谁“指出”“强调”了这些话。", en: "The sentence says who said or stressed these words." },
  "letter-signed": { zh: "原文就是这封信：标题、称呼、落款和日期齐全。", en: "The text is the letter itself, with heading, address, signature and date." },
  letter: { zh: "原文写明了谁给谁写信、致贺信或回信。", en: "The text says who wrote to whom." },
  "short-title": { zh: "文中用较短的题名指前面出现过的全题名。", en: "The text uses a shorter title for a full one that stands in it." },
  "short-name": { zh: "同一文献里用较短的名称指它，文中只有一个全称与之相合。", en: "The document uses a shorter name for it, and only one full name in the document fits." },
  "host-body": { zh: "文中用“校”“该公司”之类的词指它所说的机构，或者这份文献出自该机构。", en: "The text uses a word such as “the school” for the body that it speaks of, or is that body’s own." },
  "inner-unit": { zh: "文中只写内设单位的名称，它的上级机构见于同一文献。", en: "The text gives only the name of the unit; the body it belongs to stands in the same document." },
  "local-office": { zh: "文中只写机构名称，所在地方见于同一文献。", en: "The text gives only the name of the office; its place stands in the same document." },
  "unit-part": { zh: "文中先写出单位的全称，这里只写它的后半部分。", en: "The text names the unit in full elsewhere, and here by its last part." },
  "masked-unit": { zh: "原文用“某”隐去了这支部队的番号。", en: "The text keeps back the unit's number or name with 某 (a certain)." },
  "quoted-unit": { zh: "文中把班组等单位的名称放在引号里。", en: "The text puts the name of the team in quotation marks." },
  "attribution-continued": { zh: "前面写明了谁在讲话，这几句接着说下去，推断是同一人的话。", en: "The text says before who speaks; these sentences go on, and are taken to be the same speaker's." },
  "date-in-words": { zh: "名称是日期通常的写法；原文怎样写，见“亦作”和引文。", en: "The date as it is usually written; the other names and the quotes have the wording of the texts." },
  anchor: { zh: "年份按文献自己的日期推算。", en: "The year is counted from the date of the document." },
  narrative: { zh: "年份按上文所说的时间推算。", en: "The year is counted from the time that the text speaks of." },
  wording: { zh: "同一名称的另一种写法。", en: "Another way to write the same name." },
  namesake: { zh: "名称相同，但原文所写的身份不同，看作两个。", en: "The names are the same, but the texts say different things of them: they count as two." },
  propagation: { zh: "同一文献前面已经认出的名称，在这里再次出现。", en: "A name that was found earlier in the document stands here again." },
  "same-place": { zh: "机构名称前省去的地名，取自紧接着的上文。", en: "The place that the body's name leaves out stands just before it." },
  "rule:congress": { zh: "届次会议的简称，按通行的叫法补成全称。", en: "The short form of a numbered congress, completed as is usual." },
  "rule:five-year-plan": { zh: "五年规划的简称，按通行的叫法补成全称。", en: "The short form of a five-year plan, completed as is usual." },
};

// Families of rules, by how their names begin; the first that fits counts.
const RULE_FAMILIES = [
  ["marked-list:", { zh: "原文用序号、破折号或“一是……二是……”之类逐条列出。", en: "The text lists them with numbers, dashes or ordinal words." }],
  ["statistic-headed", { zh: "上面的标题写明了这一部分说的是哪一年，这一句没有写别的时间。", en: "The heading above tells the year of its section, and this sentence tells no other time." }],
  ["statistic-told", { zh: "同一段前面的一句以这个时间开头，并给出了那时的数字，这一句没有写别的时间。", en: "A sentence before it in the paragraph begins with this time and gives figures of it, and this sentence tells no other." }],
  ["statistic-", { zh: "同一句话写明了这个数字以及它数的是什么、属于谁、在何时。", en: "The same sentence gives the figure and what it counts, of whom, and when." }],
  ["calendar", { zh: "取自本程序附带的年表。", en: "It comes from a calendar that the program brings along." }],
  ["merge by", { zh: "使用者在设定文件里决定这是同一个。", en: "The user's own file says that the two are one." }],
  ["rename by", { zh: "使用者在设定文件里定下了这个名称。", en: "The user's own file gives this name." }],
  ["apart by", { zh: "使用者在设定文件里决定这是两个。", en: "The user's own file says that these are two." }],
  ["lexicon", { zh: "原文的写法与附带词表里的名称相合；全称或所属取自词表。", en: "The wording fits a name in a list the program brings along, which gives the full name or what it belongs to." }],
];

// Names of such lists stand alone where they tell the full name of what a text shortens.
const IS_TABLE = /^(rule:)?[a-z]+(_[a-z]+)*$/;

/** What a rule goes by, in words; of a rule made of two (`calendar:festivals+anchor`), both. */
function whyOf(rule) {
  const parts = rule.split("+");
  if (parts.length > 1) return parts.map(whyOf).join(language === "zh" ? "" : " ");
  if (Object.hasOwn(RULES, rule)) return RULES[rule][language];
  const family = RULE_FAMILIES.find(([begin]) => rule.startsWith(begin));
  if (family) return family[1][language];
  return IS_TABLE.test(rule) ? RULE_FAMILIES.at(-1)[1][language] : t("rule", { rule });
}
