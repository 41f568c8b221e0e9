"""Reasons that the ledger can give, beside those of the config's rules."""

REASONS = {
    "revisit": "The crawler saw the page unchanged; `duplicate_of` names the record it refers to.",
    "unwanted_status": "The HTTP status is not one of `inputs.statuses`.",
    "unwanted_content_type": "The media type is not one of `inputs.content_types`.",
    "record_too_large": "The record is larger than `inputs.max_record_mib`.",
    "empty_payload": "The record holds no page.",
    "truncated_member": "The gzip member or zstd frame is damaged, and nothing could be read.",
    "checksum_mismatch": "The gzip member or zstd frame is damaged, and nothing could be read.",
    "wrong_content_length": "The stated length is wrong, and nothing could be read.",
    "missing_content_length": "The record states no length, and nothing could be read.",
    "truncated_record": "The file ends inside the record, and nothing could be read.",
    "unreadable_rows": "The file is damaged: from this row on none can be read.",
    "missing_record": "The index names a record where the crawl file has none.",
    "internal_error": "Our own code raised on the record; `evidence` is the place in it. Please "
    "report it.",
    "malformed_row": "The row is no JSON object or lacks its column.",
    "content_encoding_error": "The HTTP content encoding could not be undone.",
    "decompression_bomb": "The HTTP body inflates beyond `inputs.max_record_mib`.",
    "blocked_source": "The address is on a block list.",
    "unlisted_source": "The address is on no allow list.",
    "unregistered_source": "The register has no source for the address.",
    "untrusted_source": "The tier of the source is below `source_register.min_tier`.",
    "over_share": "The source would be more of the corpus than the register's `max_share` allows; "
    "measured is what its share would be.",
    "bad_source": "The site has too many bad pages; measured is their share, the limit "
    "`verdicts.max_bad_ratio`.",
    "doubtful_source": "Something contradicts what the site says that it is; `evidence` names it.",
    "unknown_source": "Too little is known of the site.",
    "filled_template": "The site is neither trusted nor fine, and the page's form comes back under "
    "other titles; measured is under how many, the limit `verdicts.max_template_titles`.",
    "site_name_pasted": "The site is doubtful, and the text has the name that its titles end in, "
    "or its home page's, which `evidence` is.",
    "places_contradict": "The site is doubtful, and the text names places that its names "
    "contradict; measured is how often.",
    "too_few_han": "Too few Han; measured is their number in the text, or the most in the bytes.",
    "too_much_kana": "Too much kana for Chinese; measured is kana per Han in text outside links.",
    "mostly_other_words": "Words of other scripts outnumber the Han; measured is words per Han.",
    "undecodable": "Too many bytes could not be decoded; measured is their share of characters.",
    "no_main_text": "The extractor found no main text.",
    "text_in_script": "The page shows no main text, but a script holds some; at the gate, measured "
    "is the number of Han that the page shows.",
    "timeout": "Examining the page took longer than `extraction.timeout_seconds`.",
    "crashed": "The process that examined the page died.",
    "memory_error": "Examining the page took more than `extraction.memory_mib`.",
    "other_language": "The language is not in `language.keep`; measured is its score.",
    "exact_duplicate": "The normal form of the text equals that of `duplicate_of`.",
    "contained_duplicate": "The text stands as a whole in `duplicate_of`, which is longer.",
    "near_duplicate": "The text resembles `duplicate_of`, which says all that it says.",
    "contaminated": "The text holds questions of evaluation sets, which `evidence` names; measured "
    "is the share of the first question that it holds.",
    "mostly_boilerplate": "Most of the text is lines that repeat in it or that many pages of its "
    "host have; measured is their share of its characters.",
    "nothing_left": "Without its lines, passages and questions that had to go, the text is empty.",
    "taken_down": "A takedown list names the document; `evidence` is the list's entry.",
    "url_duplicate": "The page is another capture of the address of `duplicate_of`, or of a page "
    "that duplicates it; addresses are compared in their canonical form.",
}
"""Other reasons are the config's own, or the type of an exception that a page caused."""
