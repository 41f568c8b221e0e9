"""What a WARC file says of the crawl that it is of."""

from jingyu.pipeline.page.mask.masking import mask
from jingyu.pipeline.read.fields import parse_fields
from jingyu.pipeline.read.record import Record

_FIELDS = ("software", "http-header-user-agent", "robots", "ispartof", "description", "publisher")
_LONGEST = 500


def crawl_of(record: Record) -> dict[str, str]:
    """Returns the fields of a warcinfo record that describe the crawler, personal data masked.

    Who operated it, on which machine, is left out.

    Source: WARC 1.1, section on `warcinfo` and the fields that it names.
    """
    fields = parse_fields(record.payload)
    stated = {name: fields[name][:_LONGEST] for name in _FIELDS if fields.get(name)}
    return {name: mask(value).text for name, value in stated.items()}
