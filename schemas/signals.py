"""What is measured on each document; every signal can carry a rule."""

import pyarrow as pa

from jingyu.schemas.column import column

SIGNALS = pa.schema(
    [
        column(
            "char_count", pa.int64(), "Length of the text without line ends.", unit="code points"
        ),
        column("line_count", pa.int64(), "Lines of the text that are not empty.", unit="lines"),
        column("mean_line_length", pa.float64(), "Mean length of the lines.", unit="code points"),
        column("han_count", pa.int64(), "Han characters.", unit="code points"),
        column("han_ratio", pa.float64(), "Han share of letters and digits.", unit="ratio"),
        column(
            "digit_ratio", pa.float64(), "Share of digits among visible characters.", unit="ratio"
        ),
        column(
            "punctuation_ratio",
            pa.float64(),
            "Share of punctuation among visible characters.",
            unit="ratio",
        ),
        column(
            "symbol_ratio",
            pa.float64(),
            "Share of characters that are no letters, digits or punctuation among visible ones.",
            unit="ratio",
        ),
        column(
            "function_char_ratio",
            pa.float64(),
            "Share of the function characters (such as 的, 了, 是, 在) among Han characters.",
            unit="ratio",
        ),
        column(
            "punctuated_line_ratio",
            pa.float64(),
            "Share of lines that end like a sentence; 1 if there is one line.",
            unit="ratio",
        ),
        column(
            "short_line_ratio",
            pa.float64(),
            "Share of lines of fewer than ten characters; 0 if there is one line.",
            unit="ratio",
        ),
        column(
            "bullet_line_ratio",
            pa.float64(),
            "Share of lines that begin with a bullet; 0 if there is one line.",
            unit="ratio",
        ),
        column(
            "ellipsis_line_ratio",
            pa.float64(),
            "Share of lines that end in an ellipsis; 0 if there is one line.",
            unit="ratio",
        ),
        column(
            "cut_line_ratio",
            pa.float64(),
            "Share of lines of 40 characters or more that stop in mid-sentence, as teasers that "
            "are cut at one length; 0 if there is one line.",
            unit="ratio",
        ),
        column("bracket_ratio", pa.float64(), "Share of characters inside 【】.", unit="ratio"),
        column(
            "duplicate_line_ratio",
            pa.float64(),
            "Share of lines that stood before in the text.",
            unit="ratio",
        ),
        column(
            "duplicate_line_char_ratio",
            pa.float64(),
            "Share of characters in lines that stood before.",
            unit="ratio",
        ),
        column(
            "top_2gram_ratio",
            pa.float64(),
            "Share of characters covered by the most frequent character 2-gram.",
            unit="ratio",
        ),
        column(
            "top_3gram_ratio",
            pa.float64(),
            "Share of characters covered by the most frequent character 3-gram.",
            unit="ratio",
        ),
        column(
            "top_4gram_ratio",
            pa.float64(),
            "Share of characters covered by the most frequent character 4-gram.",
            unit="ratio",
        ),
        column(
            "duplicate_5gram_ratio",
            pa.float64(),
            "Share of characters covered by character 5-grams that stand more than once.",
            unit="ratio",
        ),
        column(
            "duplicate_10gram_ratio",
            pa.float64(),
            "Share of characters covered by character 10-grams that stand more than once.",
            unit="ratio",
        ),
        column(
            "char_entropy",
            pa.float64(),
            "Entropy of the distribution of visible characters.",
            unit="bits",
        ),
        column("prose_count", pa.int64(), "Length of the lines of prose.", unit="code points"),
        column("prose_ratio", pa.float64(), "Share of characters in lines of prose.", unit="ratio"),
        column(
            "longest_prose_length",
            pa.int64(),
            "Length of the longest line of prose.",
            unit="code points",
        ),
        column(
            "lost_char_ratio",
            pa.float64(),
            "Share of visible characters that stand for lost ones: private-use characters, U+FFFD, "
            "question marks between Han that end no question.",
            unit="ratio",
        ),
        column(
            "replacement_ratio",
            pa.float64(),
            "Share of the decoded page's characters that stand for lost ones: U+FFFD, 锟斤拷, "
            "private-use characters out of GB18030.",
            unit="ratio",
        ),
        column(
            "damage_count",
            pa.int64(),
            "Kinds of damage to the record or its characters: entries of `damage`.",
            unit="kinds",
        ),
        column(
            "text_density",
            pa.float64(),
            "Length of the text over that of the decoded page.",
            unit="ratio",
        ),
        column(
            "hidden_ratio",
            pa.float64(),
            "Characters of the page that are hidden and left out over these and those of the text; "
            "blocks of hidden keywords are spam.",
            unit="ratio",
        ),
        column(
            "extraction_confidence",
            pa.float64(),
            "F1 that the text can expect, as its engine or the model of lines estimates it; 1 if "
            "neither does.",
            unit="ratio",
        ),
        column(
            "listing_mark_count",
            pa.int64(),
            "Marks of a list in the page's address, such as `page/3`, `tag/` and `index_12`; 0 "
            "without address.",
            unit="marks",
        ),
        column(
            "site_name_count",
            pa.int64(),
            "Times that the text names the institution that the page's title speaks of; 0 without "
            "markup.",
            unit="places",
        ),
        column(
            "pasted_title_count",
            pa.int64(),
            "Times that two neighbouring parts of the page's title stand in the text, their dash "
            "between; 0 without markup.",
            unit="places",
        ),
        column(
            "mixed_place_count",
            pa.int64(),
            "Places of other provinces than the site's that the text names; 0 where they outnumber "
            "its own, and where the site's province is not known.",
            unit="places",
        ),
        column(
            "furniture_line_count",
            pa.int64(),
            "Lines left out of text that came without markup: menus, related articles, footers.",
            unit="lines",
        ),
        column(
            "unwrapped_line_count",
            pa.int64(),
            "Lines that were joined to the one before: paragraphs broken at one width.",
            unit="lines",
        ),
        column(
            "invisible_char_count",
            pa.int64(),
            "Characters removed that nobody sees: controls, joiners, marks of direction.",
            unit="code points",
        ),
        column(
            "variant_char_count",
            pa.int64(),
            "Radicals and forms for vertical writing that became ordinary characters.",
            unit="code points",
        ),
        column(
            "other_width_char_count",
            pa.int64(),
            "Full-width letters and digits, and half-width kana, brought to their usual width.",
            unit="code points",
        ),
        column(
            "other_form_char_count",
            pa.int64(),
            "Characters that Unicode's normal form replaced.",
            unit="code points",
        ),
        column(
            "dropped_space_count",
            pa.int64(),
            "Spaces between Chinese characters that were layout.",
            unit="spans",
        ),
        column(
            "converted_char_count",
            pa.int64(),
            "Traditional characters that were converted to simplified ones.",
            unit="code points",
        ),
        column("masked_email_count", pa.int64(), "E-mail addresses masked.", unit="spans"),
        column("masked_mobile_count", pa.int64(), "Mobile phone numbers masked.", unit="spans"),
        column(
            "masked_resident_id_count",
            pa.int64(),
            "Resident identity numbers masked.",
            unit="spans",
        ),
        column(
            "masked_landline_count",
            pa.int64(),
            "Landline numbers masked: people's, not those of institutions.",
            unit="spans",
        ),
        column(
            "masked_foreign_id_count",
            pa.int64(),
            "Numbers of foreigners' permanent residence cards masked.",
            unit="spans",
        ),
        column(
            "masked_regional_id_count",
            pa.int64(),
            "Identity numbers of Hong Kong, Macau and Taiwan masked.",
            unit="spans",
        ),
        column(
            "masked_permit_count",
            pa.int64(),
            "Numbers of travel and residence permits masked.",
            unit="spans",
        ),
        column("masked_passport_count", pa.int64(), "Passport numbers masked.", unit="spans"),
        column("masked_bank_card_count", pa.int64(), "Bank card numbers masked.", unit="spans"),
        column("masked_plate_count", pa.int64(), "Vehicle number plates masked.", unit="spans"),
        column(
            "masked_vin_count", pa.int64(), "Vehicle identification numbers masked.", unit="spans"
        ),
        column("masked_imei_count", pa.int64(), "Device numbers (IMEI) masked.", unit="spans"),
        column("masked_qq_count", pa.int64(), "QQ numbers masked.", unit="spans"),
        column("masked_wechat_count", pa.int64(), "WeChat names masked.", unit="spans"),
        column(
            "masked_handle_count", pa.int64(), "Names of accounts elsewhere masked.", unit="spans"
        ),
        column("masked_ip_count", pa.int64(), "Public IP addresses masked.", unit="spans"),
        column(
            "masked_coordinates_count",
            pa.int64(),
            "Pairs of precise coordinates masked.",
            unit="spans",
        ),
        column("masked_address_count", pa.int64(), "Home addresses masked.", unit="spans"),
        column(
            "masked_social_security_count",
            pa.int64(),
            "Social security and medical insurance numbers masked.",
            unit="spans",
        ),
        column(
            "masked_medical_record_count",
            pa.int64(),
            "Numbers of medical records masked.",
            unit="spans",
        ),
        column("masked_password_count", pa.int64(), "Passwords masked.", unit="spans"),
        column("masked_key_count", pa.int64(), "Keys and tokens of programs masked.", unit="spans"),
        column(
            "offer_chain_count",
            pa.int64(),
            "Offers such as 官网, 下载 and 登录 in a row, as brands are searched for.",
            unit="rows",
        ),
        column(
            "glued_offer_count",
            pa.int64(),
            "Offers that follow a Latin letter or digit at once.",
            unit="places",
        ),
        column(
            "scaffold_count",
            pa.int64(),
            "Phrases that writing tools set around a text.",
            unit="places",
        ),
        column(
            "spun_word_count",
            pa.int64(),
            "Different words of the spinner's thesaurus.",
            unit="words",
        ),
        column(
            "pinyin_bracket_count",
            pa.int64(),
            "Brackets with the toned reading of a character.",
            unit="places",
        ),
        column(
            "domain_run_count",
            pa.int64(),
            "Rows of three names of hosts or more.",
            unit="rows",
        ),
        column(
            "bait_count",
            pa.int64(),
            "Phrases that ask the reader to come elsewhere.",
            unit="places",
        ),
        column(
            "tunnel_count",
            pa.int64(),
            "Names of services that get around a country's blocks.",
            unit="places",
        ),
        column(
            "doubled_name_count",
            pa.int64(),
            "Names that stand on both sides of a dash.",
            unit="places",
        ),
        column("lost_number_count", pa.int64(), "Numbers that are missing.", unit="places"),
        column(
            "clauses_per_sentence",
            pa.float64(),
            "Commas for each end of a sentence.",
            unit="commas",
        ),
        column(
            "title_offer_count",
            pa.int64(),
            "Offers in the title.",
            unit="places",
        ),
        column(
            "title_segment_count",
            pa.int64(),
            "Parts of the title.",
            unit="parts",
        ),
        column(
            "title_repetition_ratio",
            pa.float64(),
            "Share of the text that parts of its title cover.",
            unit="ratio",
        ),
        column(
            "edge_term_count",
            pa.int64(),
            "Different terms of gambling and pornography in the title and at the text's ends.",
            unit="terms",
        ),
        column(
            "form_quality",
            pa.float64(),
            "How much the text's figures look like edited prose, whatever it says.",
            unit="ratio",
        ),
        column(
            "text_probability",
            pa.float64(),
            "Model's probability that this is text, not a menu, list or form; 1 if none says.",
            unit="ratio",
        ),
        column(
            "quality",
            pa.float64(),
            "Quality score: a model's probability that the text is worth reading; `form_quality` "
            "where the config names no model.",
            unit="ratio",
        ),
    ]
)
"""First those of `filters.quality.measure`, in the order of its `MEASURES`, then those that other
steps yield; those of `filters.spam.measure` stand together in their order, before the scores."""
