"""Turns of phrase that ask the same, made one before a question is read."""

from __future__ import annotations

#: Short and spoken forms, and the words that they stand for.
SPOKEN = (
    (r"\b(what|how|who|where|when|why|that|there|it)s\b(?! (?:own|name))", r"\1 is"),
    (r"\bwhatre\b", "what are"),
    (r"\b(do|does|did|is|are|was|should|could|would|have|has)nt\b", r"\1 not"),
    (r"\bcannot\b|\bcant\b", "can not"),
    (r"\bwont\b", "will not"),
    (r"\bim\b", "i am"),
    (r"\bive\b", "i have"),
    (r"\b(?:ok|okay|all right|alright|fine) to\b", "safe to"),
    (r"\bpass(?:es|ing)? out\b|\bblack(?:s|ing)? out\b", "faint"),
    (r"\bthrow(?:s|ing)? up\b", "vomit"),
    (r"\btakes? a bath\b|\bbathing\b", "bathe"),
    (r"\btakes? a shower\b", "shower"),
    (r"\bdrive (?:yourself|myself)(?: home)?\b", "drive"),
    (r"\bpregnant (?:women|woman|mothers?|moms?|people|person|ladies)\b", "pregnancy"),
    (r"\bmore than once\b|\ba second time\b|\btwo times\b", "twice"),
    (r"\bat what age\b|\bhow old\b", "what age"),
    (
        r"^(?:do|does|will|is|are|can) (.+?) (?:hurts?|be painful|painful)$",
        r"is \1 painful",
    ),
    (
        r"\b(?:stop|prevent|avoid)(?:ing)? (?:the )?(?:spread(?:ing)?|catching|getting)"
        r"(?: of)?\b",
        "prevent",
    ),
    (
        r"^(can|do|could|will) (adults|children|kids|babies|toddlers|men|women|parents|"
        r"teens|teenagers|dogs|cats|pets) catch\b",
        r"\1 \2 get",
    ),
    (
        r"\bhow many (?:years|months|weeks|days|hours|minutes) (?=do|does|will|can|is)",
        "how long ",
    ),
    (r"^how soon (?=(?:does|do|will) .* (?:start|begin)$)", "when "),
    (
        r"\bhow many (?:people|women|men|children|adults|kids) "
        r"(?:get|have|suffer|develop)\b",
        "how common is",
    ),
    (r"\bgo(?:es|ing)? blind\b", "blindness"),
    (r"\bcontact lens(?:es)?\b", "contacts"),
    (r"^how (?:do|does) (.+) look$", r"what does \1 look like"),
    (
        r"^(do|does|can|could|will) (.+?) (?:harm|hurt|damage|affect) "
        r"(?=(?:my|your|the|a|an) )",
        r"is \2 harmful to ",
    ),
    (r"\bwhat (?:makes?|can make|will make) (.+) worse\b", r"what worsens \1"),
    (
        r"\b(?:what|which) (foods?|drinks?) (?:makes?|can make) (.+) worse\b",
        r"what \1 to avoid with \2",
    ),
    (
        r"\bsleeping positions?\b|\bpositions? (?:to|for) sleep(?:ing)?\b",
        "way to sleep",
    ),
    (r"\bweight gain\b", "gain weight"),
    (r"\bweight loss\b", "lose weight"),
    (r"\b(?:go|get|going|return) (?:back )?to work\b", "return to work"),
    (r"^how soon (?=(?:can|could|may|should) (?:i|you|we|people|someone)\b)", "when "),
    (
        r"^how long (after .+?) (can|should|may|could) (i|you|we|people) (.+)$",
        r"when \2 \3 \4 \1",
    ),
    (
        r"^how (?:do|can|will|would|to) (?:(?:i|you|we|people) )?know "
        r"(?:when|if|whether) (?:it is time )?(?:(?:you|i|we) need|to)\b",
        "when need",
    ),
    (
        r"\b(replacement|removal|repair|transplant|bypass|implant|fusion|biopsy|extraction|"
        r"\w+ectomy|\w+scopy) (?:surgery|surgeries|operations?|procedures?)\b",
        r"\1",
    ),
    (
        r"^(?:is|are|can|could) (.+?) (?:be )?(?:caused|triggered|brought on) by (.+)$",
        r"can \2 cause \1",
    ),
    (r"\bhurts? (?:more|worse)\b|\bmore painful\b", "worse"),
)
_PERSON = (
    "i|you|we|one|people|someone|somebody|a person|the person|an individual|doctors?|"
    "patients?|they|it|clinicians?|healthcare providers?"
)
_MAY = "do|does|can|could|should|would|will|might|may|did|must"
_PLAIN_WORD = (
    "main|major|usual|typical|various|several|possible|potential|leading|known|number|"
    "biggest|real|underlying|root|warning|classic|telltale|actual|single|no|"
    "primary|key|top|frequent|general|basic|specific|certain|important|different|"
    "many|other|available|two|three|four|five|six|seven|eight|nine|ten|one"
)
_HELPED = (
    "treat|treating|relieve|relieving|ease|stop|rid of|reduce|help|manage|control|"
    "lessen"
)
_DRUG = "antibiotics?|medicines?|medications?|drugs?|treatment|pills"
_ABATES = "go away|goes away|heal|clear(?: up)?|resolve|get better|disappear|cured"
_SORTS = (
    "causes?|reasons?|symptoms?|signs?|types?|kinds?|forms?|triggers?|treatments?|"
    "risk|complications?|ways?|examples?|classes|categories|stages|medicines?|"
    "medications?|drugs?|remedies|side|facts?|tests?|options?|home"
)
#: Turns of phrase that ask the same, made one; in this order.
TURNS = (
    (r"\b(?:some|any)(?: of)?(?: the)?\b|\bso (?:many|much)\b|\ba lot of\b", " "),
    (r"\bat what point\b|\bhow soon (?=should\b)|\bhow to know when(?: it is)?"
     r"(?: time)?(?: to)?\b", "when "),
    (r"\b(?:a )?(?:number one|main|leading|biggest|top) reasons? (?:for|of|behind)\b",
     "causes of"),
    (r"\b(?:what|which) (?:brings?|brought) (\w+(?: \w+){0,3}) on\b",
     r"what brings on \1"),
    (r"\b(?:brought on|caused|triggered) by (?:what|which)\b", "causes"),
    (r"^(can|could|do|will) (?:you|i|we|people|someone) (?:get|have) "
     r"((?:\w+ ){0,3}?\w+) from (?!(?:someone|somebody|other|another|people|a person|"
     r"each)\b)(.+)$", r"\1 \3 cause \2"),
    (r"^(can|could|do|will) (?:you|i|we|people|someone) (faint|vomit|lose \w+|gain \w+|"
     r"bleed) from (.+)$", r"\1 \3 cause \2"),
    (r"^(can|is it safe to|should|do) (.*\b)?drink (?=(?:while|when|on|with|after)\b)",
     r"\1 \2drink alcohol "),
    (r"^how (?:can|do|to|would|could|should) (?:(?:you|i|we|people) )?(?:tell|know) "
     r"(.+) from (.+)$", r"what is the difference between \1 and \2"),
    (r"^what (?:does|do|can) (?!you\b|i\b|we\b|they\b|doctors\b|people\b)(\w+(?: \w+)?)"
     r" (?:treat|help with|do)$", r"what is \1 used for"),
    (r"^(do|does|can|could|will|would) (.+?) (?:give|make) (?:you|me|people)"
     r"(?: have| get)?\b", r"\1 \2 cause"),
    (rf"\b({_HELPED})((?: \w+){{0,4}}) symptoms\b(?: of\b)?", r"\1\2"),
    (rf"^((?:is|are|can|could|do|does|will|would|may|did) .*(?:{_ABATES})) without "
     rf"(?:any )?(?:medical |taking |using )?(?:{_DRUG})\b", r"\1 on its own"),
    (r"\b(?:stones?) in (?:the |your |my |a )?(gallbladder|kidneys?|bladder)\b",
     r"\1 stones"),
    (r"\b(?:bring|brings|bringing|get) (.+) down\b|\b(?:bring|brings|bringing) down\b",
     r"lower \1"),
    (r"\b(?:the )?(?:most|more|very) (?:common|important|frequent)\b|"
     r"\b(?:the )?most likely (?!to\b)", "main "),
    (r"(?<!how )\bcommon(?:ly)?\b(?! cold)(?!$)", " "),
    (r"\b(?:usually|typically|often|really|actually|exactly|generally)\b(?<!how often)",
     " "),
    (rf"\b(?:(?:{_PLAIN_WORD}|\d+) )+(?={_SORTS}\b)", ""),
    (r"\bdifferent (?!from\b|than\b|to\b)", ""),
    (r"\bfirst (?=signs?\b|symptoms?\b)", "early "),
    (r"^(?:is|are) there (?:a )?ways? to\b", "how to"),
    (r"\bwhat (?:is|are) (?:the )?(?:fastest|quickest) (?:and easiest )?ways? (?:to|of)"
     r"\b", "how to fast"),
    (r"\bwhat (?:is|are) natural ways? (?:to|of)\b", "how to natural"),
    (r"\bwhat (?:is|are) (?:the )?(?:best |good |easiest |effective |simple )*ways? "
     r"(?:to|of)\b", "how to"),
    (rf"\bwhat (?:{_MAY}) (?:{_PERSON}) do to\b|\bwhat to do to\b", "how to"),
    (rf"\bhow (?:{_MAY}) (?:{_PERSON})\b(?! (?:feel|work|help|affect|start|look|happen|"
     r"last|go|develop|form|spread)\b)", "how to"),
    (r"\bhow long (?:does|do|will|would|can|may|might|did) (?:it|they) "
     r"(?:take|takes)\b", "how long for"),
)  # fmt: skip
