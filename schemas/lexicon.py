"""What word lists find in a document."""

import pyarrow as pa

from jingyu.schemas.column import column

SUBJECTS = {
    "commercial_spam": "commercial spam",
    "gambling": "gambling",
    "pornography": "pornography",
    "fraud": "fraud",
    "a1_subversion": "risk A.1 a, subversion of the state or the socialist system",
    "a1_national_security": "risk A.1 b, national security, interests and image",
    "a1_separatism": "risk A.1 c, separatism and unrest",
    "a1_terrorism": "risk A.1 d, terrorism and extremism",
    "a1_ethnic_hatred": "risk A.1 e, ethnic hatred",
    "a1_violence_obscenity": "risk A.1 f, violence and obscenity",
    "a1_false_information": "risk A.1 g, false harmful information",
    "a1_otherwise_prohibited": "risk A.1 h, what laws and regulations prohibit otherwise",
    "a2_ethnicity": "risk A.2 a, discrimination by ethnicity",
    "a2_belief": "risk A.2 b, discrimination by belief",
    "a2_nationality": "risk A.2 c, discrimination by country",
    "a2_region": "risk A.2 d, discrimination by region",
    "a2_gender": "risk A.2 e, discrimination by gender",
    "a2_age": "risk A.2 f, discrimination by age",
    "a2_occupation": "risk A.2 g, discrimination by occupation",
    "a2_health": "risk A.2 h, discrimination by health",
    "a2_other": "risk A.2 i, other discrimination",
    "a3_commercial": "the risks of class A.3, commercial violations",
    "a4_rights": "the risks of class A.4, rights of others",
    "a5_service": "the risks of class A.5, needs of specific services",
}
"""What is measured, a set of columns each: the categories of the lists that come with Jingyu, each
risk that the standard wants keywords for (A.1 and A.2), and the other classes as wholes."""

CONTEXTS = ("legal", "medical", "education")
"""Kinds of context in which words of a list are no sign of what they name."""


def _columns_of(key: str, name: str) -> list[pa.Field]:
    return [
        column(
            f"lexicon_{key}_count",
            pa.int64(),
            f"Places where a term listed for {name} stands; overlapping ones count once.",
            unit="places",
        ),
        column(
            f"lexicon_{key}_distinct",
            pa.int64(),
            f"Different terms listed for {name}.",
            unit="terms",
        ),
        column(
            f"lexicon_{key}_ratio",
            pa.float64(),
            f"Share of letters, digits and punctuation in terms listed for {name}.",
            unit="ratio",
        ),
    ]


LEXICON = pa.schema(
    [
        *(field for key, name in SUBJECTS.items() for field in _columns_of(key, name)),
        column(
            "lexicon_severe_count",
            pa.int64(),
            "Places of terms of severity 3, of any category.",
            unit="places",
        ),
        column(
            "lexicon_exempt_count",
            pa.int64(),
            "Places of terms that do not count for what stands around them.",
            unit="places",
        ),
        *(
            column(
                f"lexicon_{context}_context",
                pa.float64(),
                f"Words that mark a {context} context, per 1,000 letters, digits and marks.",
                unit="words per 1,000 code points",
            )
            for context in CONTEXTS
        ),
    ]
)
"""All are 0 where no list is configured."""
