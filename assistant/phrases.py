"""How people say it: the patterns by which the rules read negations, drops, orders, counts and measures."""

import re

NEGATOR = "⊖"  # stands for "not" once the many ways to say it are made one; no shopper types it
NOT_A_NEGATION = re.compile(
    r"\bnot (?:only|just|necessarily|sure|too|really|bad|yet)\b|\bno,? (?:problem|worries|idea|doubt|matter|wait|rush|need|thanks?|sorry)\b"
    r"|\bnothing (?:too |very )?(?:fancy|special|crazy|exotic)\b|\bneed(?: not|n['’]?t)\b|\bnever ?mind\b|\bwhy not\b|\b(?:if|or|whether) not\b",
    re.I,
)
NEGATIONS = re.compile(
    r"\b(?:(?:anything|anyone|anybody|all|everything|any brand|whatever|any(?: one)?)\s+(?:but|except(?: for)?|(?:other|else|different|rather) tha?[ne]n?|besides)"
    r"|none of (?:that|those|these|the|your)\b|other than|rather than|instead of|apart from|aside from|stay(?:ing)? (?:away|clear) (?:from|of)|steer(?:ing)? (?:clear of|away from)|keep(?:ing)? (?:away from|clear of)|save for"
    r"|(?:sick|tired|bored) (?:and tired )?of|fed up with|had enough of|allergic to|done with|(?:not|never) (?:been )?(?:a|the biggest|a big) fan of|no fan of"
    r"|(?:bad|poor|terrible|awful|no) (?:luck|experiences?) with|(?:trouble|problems|issues) with|let down by|burn(?:ed|t) by"
    r"|disappointed (?:by|with|in)|refus(?:e|ing) to \w+|(?:leave|leaving) out|rul(?:e|ing) out|(?:hard )?pass on|(?:no thanks|nope|no) to|(?:can|could) do without"
    r"|(?:i )?(?:do not|don['’]?t|dont|can['’]?t|cant|cannot|won['’]?t|wont|would not|wouldn['’]?t|never|will not)\s+"
    r"(?:ever |really |wanna )?(?:want|like|need|trust|stand|buy|show me|give me|use|care for|go (?:for|with))"
    r"|not|no|non|without|w/o|except(?: for)?|excluding|exclude|avoid(?:ing)?|hate|dislike|despise|never|nothing|neither|nor|minus"
    r"|skip(?:ping)?|ditch|boycott(?:ing)?|omit|(?:is|are|was|were|must|should|can|could|need)n['’]?t(?: be)?|doesn['’]?t have)\b(?:\s*[-:])?",
    re.IGNORECASE,
)
# "any mouse but a Razer": "but" refuses behind "any" with the thing.
ALL_BUT = re.compile(
    r"\b(?P<all>(?:any|all|every|each)(?: [\w-]+){1,3}) (?:but|except(?: for)?|other than|besides|apart from|aside from)\b(?! (?:too|in|with|under|not|no|is|it|i|for|only)\b)",
    re.I,
)
VERDICT = re.compile(
    r"\s+(?:(?:is|are|was|were|['’]s)\s+(?:(?:just|really|so|absolutely|simply|always|a|an|the|too|totally|complete)\s+)*"
    r"(?:out|terrible|awful|horrible|rubbish|garbage|crap|trash|junk|overpriced|unreliable|no[- ]go|no no|no good|worst"
    r"|off the (?:table|list)|ruled out|excluded|(?:not|no) (?:(?:really|very|an?) )?(?:good|great|option|for me|my (?:thing|favou?rite)|what i want))"
    r"|(?:isn|aren)['’]?t (?:(?:really|very|an?) )?(?:good|great|option|for me|my (?:thing|favou?rite)|what i want)"
    r"|sucks?|stinks?|(?:keeps? |always )?(?:breaks?|broke|disappoint(?:s|ed)?)(?: (?:down|on me|me))?)\b(?! of stock)",
    re.IGNORECASE,
)
"""What is said behind a brand to refuse it: "Norvik is out", "Norvik always breaks"."""
RATHER = re.compile(r"\b(?P<wish>(?:rather|prefer)\b[^.;!?]{1,60}?) (?:than|over) ", re.IGNORECASE)
"""What something else is preferred to: "rather a Norvik than a Taluma"."""
LEFT_OUT = re.compile(r"\b(?:leave|keep|count|rule) (?P<name>[\w.&'-]+(?: (?:and|or) [\w.&'-]+)?) out\b", re.IGNORECASE)
"""A refusal around the name: "leave Norvik out"."""
THOSE_OUT = re.compile(
    r"[\s,]*\b(?:so |and |please )*(?:(?:leave|keep) (?:them|those|that|it) out|skip (?:them|those)|not (?:them|those) (?:please|again))\b",
    re.IGNORECASE,
)
WISHES = frozenset({"a", "an", "some", "something", "in", "with", "for"})
"""Words that start a wish behind a comma."""
FILLERS = frozenset({
    "a", "an", "the", "any", "from", "by", "of", "made", "brand", "brands", "branded", "product", "products", "stuff",
    "things", "thing", "those", "these", "that", "this", "or", "and", "be", "is", "it", "to", "please", "with", "in",
    "anything", "something", "ones", "one", "more", "again", "another", "has", "have", "having", "called", "named",
    "want", "like", "also", "really", "ever", "me", "show",
})  # fmt: skip
CONTRAST = frozenset(
    {"but", "just", "only", "prefer", "preferably", "rather", "want", "need", "looking", "maybe", "please"}
)
MUST = re.compile(
    r"\b(?:only(?! (?:have|has|had|got|need|needs|want|wants|drinks?|eats?|uses?|likes?|a)\b)|must|has to|have to|needs? to|strictly|exclusively"
    r"|essential|required?|requires|mandatory|definitely|non[- ]?negotiable|important|no exceptions?|nothing but|absolutely)\b",
    re.I,
)
SOFT = re.compile(
    r"\b(?:would be (?:nice|great|good|cool|lovely|perfect|ideal|a (?:plus|bonus|dream))|ideally|preferabl[ye]|if possible|if you (?:can|have)"
    r"|maybe|nice to have|(?:is|a) (?:plus|bonus)|(?:not|isn t|n t) (?:really )?(?:important|essential|required|a must))\b",
    re.I,
)
"""A wish that may be let go."""
STORY = re.compile(
    r"\b(?:broke\w*|died|lost|stolen|ruined|used to|sick of|tired of|already (?:have|own|got)|i (?:have|own|had)|i['’ ]?ve (?:got|had)"
    r"|we (?:have|own|had)|(?:has|have) (?:just )?(?:broken|died|retired)|my (?:old|current|last|previous)|(?:is|are|will do|would do|works|s) (?:ok|okay|fine|alright|enough)"
    r"|(?:is|are|was|were) (?:way |much |far |just )?too \w+|years? old|year-olds?|or so|some kind of|(?:ok|okay|fine)$)\b",
    re.I,
)
"""What is told or allowed, not demanded: "my wired one broke", "store brand is fine"."""
TASTE = frozenset({
    "quiet", "silent", "light", "lightweight", "small", "large", "big", "compact", "slim", "thin", "soft", "hard", "fast",
    "slow", "cheap", "good", "high", "low", "long", "short", "strong", "mild", "sweet", "simple", "basic", "standard",
    "regular", "normal", "full", "warm", "cool", "cold", "hot", "wide", "narrow", "heavy", "medium", "mini", "modern",
    "party", "family", "portrait", "photo", "travel", "office", "home", "gaming", "game", "kid", "music", "video",
})  # fmt: skip
"""Words of taste, size and purpose: as values of an attribute they are wishes unless called a must."""
UNASKED = frozenset({"warranty", "for_model", "pieces", "origin"})
"""Attributes that a word names by chance: they are demanded by their own name only."""
IN_STOCK = re.compile(
    r"\b(?:in[- ]stock|available (?:now|today|right now|immediately)|(?:can|could) (?:be )?ship(?:ped)? (?:today|now)|not sold out"
    r"|not out of stock|ready to ship|currently available|on hand|(?:must|has to|have to|should|needs? to) be available"
    r"|(?:pick (?:it |them |one )?up|(?:collect|get|have|need)(?: it| them| one)?) (?:today|right away|right now|straight ?away|immediately)|you (?:actually )?have (?:it )?now)\b",
    re.IGNORECASE,
)
DROP = {
    "price": re.compile(
        r"\b(?:(?:forget|ignore|drop|remove|never ?mind|lift|scrap|skip|without|no(?: more)?|any)(?: about)? (?:the |a |my |any )?"
        r"(?:budget|price(?: limit| range)?|limit|price cap|max(?:imum)?)|(?:price|money|budget|cost) (?:does ?n['’]?o?t matter|is(?: no)? "
        r"(?:object|fine|no issue|not an issue|irrelevant))|regardless of (?:the )?price|whatever (?:the price|it costs)"
        r"|(?:price|money) no (?:matter|object|issue|problem)|no (?:price )?(?:min(?:imum)?|max(?:imum)?|limit) (?:or|and|nor) (?:no )?(?:min(?:imum)?|max(?:imum)?)"
        r"|price (?:isn['’]?t|is not) (?:important|an issue)|don['’]?t (?:care|mind) (?:about|for) (?:the )?(?:price|budget|cost))\b", re.I),
    "brands": re.compile(
        r"\b(?:(?:can be|could be|may be|try) (?:an |any )?other (?:brands?|makers?|makes?)(?: also| too)?|(?:an)?other (?:brands?|makers?|makes?) (?:(?:is|are|would be) (?:also )?(?:fine|ok(?:ay)?|good)|also|too)|(?:any|whatever|whichever) (?:makers?|makes?|manufacturers?)(?! (?:but|except|other|besides))"
        r"|any (?:other )?brands?(?! (?:but (?!with|in|it)|except|other|besides|apart|aside))(?: is| are)?(?: fine| ok(?:ay)?)?|(?:brand|maker) (?:does ?n['’]?o?t matter|is not important|isn['’]?t important)"
        r"|don['’]?t (?:care|mind) about (?:the )?brand|all brands|(?:forget|ignore|drop) (?:about )?the brand)\b", re.IGNORECASE),
    "color": re.compile(
        r"\b(?:any colou?r(?! (?:but|except|other|besides|apart|aside))|colou?r (?:does ?n['’]?o?t matter|isn['’]?t important|is not important)|(?:forget|ignore|drop) the colou?r"
        r"|don['’]?t (?:care|mind) about (?:the )?colou?r)\b", re.IGNORECASE),
    "in_stock": re.compile(
        r"\b(?:out of stock is (?:fine|ok(?:ay)?)|(?:even )?if (?:it['’]?s |it is )?(?:not in|out of) stock|stock does ?n['’]?o?t matter|i can wait)\b", re.I),
}  # fmt: skip
ORDERS = {
    "cheapest": r"(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?) by price(?! desc| from high| high)|cheapest first|cheapest|lowest[- ]priced?|least expensive|most affordable|lowest price",
    "dearest": r"most expensive|priciest|dearest|highest[- ]priced?|top of the line",
    "best_rated": r"(?:best|highest|top)[- ](?:rated|reviewed|rating|reviews)|most stars",
    "newest": r"newest|latest|most recent",
}
NUMBERS = {
    "one": 1,
    "two": 2,
    "couple": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "ten": 10,
}
COUNT = re.compile(
    r"\b(?:top |the |best |show me |give me |a )?(?P<n>\d{1,2}|" + "|".join(NUMBERS) + r")\s+(?:of )?(?:the |your )?"
    r"(?:best|cheapest|top|newest|most|highest|options?|choices|products|ideas|suggestions|recommendations|alternatives)\b",
    re.I,
)
COUNTED = re.compile(
    r"\b(?:give|show|send|get|find) me (?:just |only )?(?P<n>\d{1,2}|"
    + "|".join(NUMBERS)
    + r")\b(?= (?:of|options|different|more|please|pls)|\W*(?:$|[.,;!]))"
    r"|(?<![\w.,])(?P<m>[1-9]\d?)(?: ?x (?=[a-z])| (?=(?:bottles|boxes|bags|packets|packages|cans|jars|tins|cartons|units|of (?:them|those|these))\b))",
    re.IGNORECASE,
)
"""So many of one thing: "give me ten", "4x toner", "2 bottles"."""
ALL_OF = re.compile(
    r"(?<!not )(?<!in )(?<!at )(?<!after )(?<!above )(?<!for )\ball(?: (?:of )?(?:the|your|those|them|available|possible|different))*"
    r"(?= (?!i\b|in\b|day|time|kinds|sorts|types|right|good|together|purpose|season|weather|round|the\b|we\b|that i\b|my\b|is\b|are\b|of it\b|about\b)\w|\W*$)"
    r"|\bevery(?: single)? (?!day|time|week|night|morning|month|year|penny|bit|cent|room|now|one of us|body)\w"
    r"|\beverything (?=you\b|u\b|from\b|by\b|in stock\b|under\b|below\b|of\b|made\b|with\b)"
    r"|^\W*(?:(?:please|can you|could you|pls) )*list\b"
    r"|\b(?:whole|full|complete|entire) (?:range|list|selection|line-?up|collection|assortment)\b",
    re.IGNORECASE,
)
"""All that there is of something is asked for."""
MOST = 50
"""Products shown at most."""
TOP = re.compile(r"\btop (?P<n>\d{1,2})\b", re.IGNORECASE)
THANKS = re.compile(
    r"^\W*+(?:ok(?:ay)?|great|perfect|nice|cool|awesome|lovely|super|alright|good)?[\s,!.]*(?:many )?"
    r"(?:thanks?|thank you|thx|ty|cheers|much appreciated|appreciate it|that'?s all|that is all|bye|goodbye|see you)\b",
    re.IGNORECASE,
)
PARTING = re.compile(
    r"(?:^|[.!?,;]\s*|\bok(?:ay)? |\bk )(?:(?:ok(?:ay)?|k|great|brill|brilliant|perfect|cool|lovely|nice|super|ace)[\s,!.]*)?"
    r"(?:thanks?(?: (?:a lot|so much|m8|mate|a million|again|anyway))?|thank you(?: (?:so|very) much)?|thx(?: m8)?|ty|ta(?: (?:very much|mate|love))?|cheers(?: m8| mate)?"
    r"|bye(?: bye)?|good ?bye|cya|see (?:you|ya)(?: later| soon)?|take care|good ?night|night(?: night)?|ttyl|laters?)\W*$"
    r"|^\W*(?:you['’]?(?: a)?re|ur|u r|you are) (?:a |an |the |my |such a |so )*(?:life ?saver|star|legend|angel|hero|gem|best|great|awesome|amazing|brilliant|kind|helpful)\b",
    re.IGNORECASE,
)
"""The end of a conversation, which closes a short message or is one."""
FEELS = re.compile(
    r"^\W*(?:i['’]?m|i am|we['’]?re|we are|i feel) (?:(?:so|very|really|a bit|kinda|quite|too|just) )*(?:nervous|tired|excited|happy|sad|stressed|bored|hungry|exhausted|scared|lonely|confused)\b"
    r"|^\W*(?:you|u)(?: (?:guys|people|lot))?(?: are|['’]re| r) (?:all |so |such |the |a |just )*(?:useless|terrible|worst|rubbish|awful|joke|stupid|annoying|slow)\b"
    r"|^\W*is it (?:normal|weird|bad|ok(?:ay)?|strange) (?:that |if |to |when )?(?:i|you|we|he|she|they|my)\b",
    re.IGNORECASE,
)
"""What people say of themselves or of the assistant, and seek nothing by it."""
UNSAFE = re.compile(
    r"\b(?:make|build|buy|sell|get|construct|assemble) (?:me |a |an |some |any |the )*(?:\w+ )?(?:bombs?|explosives?|guns?|pistols?|rifles?|ammo|ammunition|weapons?|grenades?|cocaine|heroin|meth|drugs)\b(?! (?:store|shop|cover|bath))"
    r"|\b(?:ignore|disregard|forget|override|bypass) (?:all |any |everything |every |the |your |my |our )*(?:of )?(?:the |your )?(?:previous|prior|above|earlier|before|system|safety|instructions?|rules|guidelines|restrictions)\b.{0,30}?\b(?:instructions?|prompts?|rules|guidelines|messages|this|restrictions|above)\b"
    r"|\b(?:your|the) (?:system|hidden|secret|initial|original) (?:prompt|instructions?|message)\b"
    r"|\b(?:pretend|act as if|act like|imagine) (?:that )?(?:you|to be|you['’]?re|ur|u)\b.{0,40}?\b(?:manager|owner|admin|developer|no rules|free|discount|off)\b"
    r"|\b(?:how (?:do|can|could|would|to)|want to|wanna|going to|gonna|help me|something to) (?:\w+ ){0,3}?(?:hurt|kill|poison|stab|shoot|spy on|stalk) (?:someone|somebody|people|my (?:wife|husband|neighbou?r|boss|ex|girlfriend|boyfriend|colleague)|him|her|them|myself)\b"
    r"|\b(?:hack|break) (?:into|in to)\b|\b(?:stolen|fake|cloned) (?:credit )?cards?\b",
    re.IGNORECASE,
)
"""What no shop answers: harm, and words that are meant to turn the assistant."""
ALARMING = re.compile(
    r"\b(?:bombs?|explo\w+|guns?|weapons?|poison\w*|drugs?|hack\w*|steal\w*|stolen|instructions?|prompts?|pretend|illegal|suicide|kill (?:him|her|them|someone|myself)|fraud|naked|nude|racist)\b",
    re.IGNORECASE,
)
"""Words without which nothing is harmful, however it is said."""
COMPARES = re.compile(
    r"\b(?:differen(?:ce|t)|diff|diffrence)s? (?:between|of|is there)\b|\bcompare\b|\bwhich (?:one )?(?:of (?:these|those|them|the (?:two|three|four)) )?(?:is|are|has|do you|would you|should i)\b"
    r"|\bhow (?:does|do) .{1,40} compare\b|\b(?:vs\.?|versus)\b|\b(?:better|worse|heavier|lighter|bigger|louder|quieter|faster) than\b.{0,30}\?",
    re.IGNORECASE,
)
IN_OTHER = re.compile(
    r"\b(?:have|got|do|make|sell|is|are|come|comes|available|get|want)\b[^.?!]{0,20}?\b(?:it|this|that|them|these|those|one|ones|same)\b[^.?!]{0,12}?\bin (?:an? )?\w+",
    re.IGNORECASE,
)
"""The same in another color or size is asked for: "do you have it in gray?"."""
ANOTHER = re.compile(
    r"(?:^|[,.;:!?–-]\s*|\b(?:and|anyway|but)\s+)(?:(?:right|ok(?:ay)?|so|well|now|then|anyway|actually|oh|hmm|great|cool|thx|thanks|sorry|also|before i \w+)[\s,:–-]+)*"
    r"(?:and|also|plus|then|now|next|i(?: also)? (?:need|want)|i(?:['’]d| would| should) (?:also )?like|i['’]?m (?:also )?looking for|looking for|need|do (?:you|u) (?:also )?(?:have|sell|carry|stock)|(?:got|have you(?: got)?|have u) any|what about|how about|show me|give me|find me"
    r"|also|anyway also|another thing|instead)\s+(?:also |now |then )?(?:(?:a|an|some|any|the|for|more|new|good|cheap|another|matching|my)\s+){0,3}",
    re.IGNORECASE,
)
"""Before a thing: something else is sought now."""
WILL_DO = re.compile(
    r"\b(?:will|would) (?:do|be (?:fine|enough|ok(?:ay)?))\b|\binstead\b(?! of)|\b(?:too|as well)(?: (?:please|pls|plz|thanks))?\b(?=\W*$|\s*[,.;!])",
    re.IGNORECASE,
)
"""Behind a thing: it is sought now."""
ONLY_THAT = re.compile(
    r"\b(?:only|just)(?: show| give| the| those| me| want| need| take)* (?:the |those |these )?(?=\w)|\bforget the rest\b|\bjust the\b|\bonly the\b",
    re.IGNORECASE,
)
"""Of several things one is left."""
ASKS = re.compile(
    r"(?:^|[.,!?;]\s*)(?:(?:and|but|so|ok(?:ay)?|hmm|um|wait|also|oh)[\s,]+)*(?:can|does|do|is|are|has|have|will|would) (?:it|this|that|they|these|those|(?:the|that|this) (?:first|second|third|last|other|\d\w\w|\w+)(?: one)?)\b(?! cheaper)[^?]*\?",
    re.IGNORECASE,
)
"""A question about what was shown."""
GREETING = re.compile(
    r"^\W*(?:hi|hey|hello|yo|good (?:morning|evening|afternoon|day)|greetings)?\W*"
    r"(?:there|who are you|what are you|are you (?:a |an )?(?:bot|robot|human|ai|person)|how are you|what can you do|help)?\W*$",
    re.IGNORECASE,
)
SHOP = re.compile(
    r"\b(?:(?:do|does|can|will|could) (?:you|u|the (?:shop|store)|it|they|i) (?:also )?(?:ship|deliver|return|refund|exchange|pay|price[- ]match)"
    r"|(?:shipping|delivery|return|refund|privacy|exchange|payment|warranty) (?:policy|policies|cost|costs|fees?|times?|options?|methods?)"
    r"|(?:how|when) (?:much is|long (?:does|is)|do i|can i|will).{0,30}(?:shipping|delivery|deliver|return|arrive|refund)"
    r"|send (?:\w+ ){0,3}back|money[- ]back|guarantee|opening hours|store hours|are you open|open on|where is my (?:order|package|parcel)|track(?:ing)? (?:my|an|the) (?:order|package|parcel)"
    r"|cancel (?:my|an|the) order|order status|customer (?:service|support)|speak to (?:a )?(?:human|person|agent)|contact (?:you|us|support)"
    r"|(?:do|does|can|could|will|would) (?:you|u|they|someone|the (?:shop|store)) (?:also )?(?:assemble|install|set (?:it |them )?up|gift[- ]?wrap|repair|recycle|take back)"
    r"|(?:what|how) about (?:the )?(?:delivery|shipping|returns?|assembly|warranty|installation)|d[ei]l[ie]ver(?:ed|y|ies)?\b(?! date of)[^.?!]{0,40}?\b(?:before|by|to|on|tomorrow|today|tonight|fee|costs?|free|floor|address|home)\b|get (?:it|this|them|that) d[ei]l[ie]vered"
    r"|(?:is|are|any|get|have) (?:there )?(?:a |any )?(?:bulk |student )?discounts?\b(?: (?:if|for|when|on))?|loyalty (?:card|program\w*|points?|scheme)|(?:club|membership) card|bonus points|reward points"
    r"|(?:will|do|does) (?:this|it|they|these|everything|all|that)(?: all)? (?:arrive|come together|ship)|return(?:s|ing)? (?:it|this|them|policy|stuff|things)|returns\b|(?:open|close) on (?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|pay (?:with|by|on|in|later|cash)|invoice|paypal|credit card|gift card balance|(?:coupon|discount|promo) codes?|do you have a (?:shop|store) in)\b",
    re.IGNORECASE,
)
PEOPLE = (
    r"(?:dad|daddy|father|mum|mom|mummy|mother|parents?|wife|husband|spouse|girlfriend|boyfriend|gf|bf|partner|fianc[eé]e?|son|daughter|kids?"
    r"|child|children|baby|toddler|brother|sister|siblings?|friends?|mate|buddy|boss|colleagues?|coworkers?|nephew|niece|cousin|aunt|auntie|uncle"
    r"|grand(?:ma|pa|mother|father|parents?|son|daughter|kids?|child)|nan|granny|teacher|neighbou?r|roommate|flatmate|family|in-laws?|guy|girl|boy"
    r"|teenagers?|teens?|students?)"
)
"""Whom a thing is for is nothing that it goes with."""
FOR_SOMEONE = re.compile(
    rf"\b(?:for|to) (?:(?:my|our|a|an|the|his|her|their|\d+) )?(?:[\w-]+ )?{PEOPLE}\b(?:['’]s)?"
    r"(?: (?:[\w]+ )?(?:birthday|wedding|anniversary|graduation|christmas|xmas|house ?warming))?(?! (?:phone|laptop|tablet|computer|printer|camera))",
    re.IGNORECASE,
)
PLACES = re.compile(
    r"\b(?:(?:at|for|from|in|around) (?:home|work|school|college|uni(?:versity)?|the (?:office|house|classroom|workplace)"
    r"|(?:my|our|his|her|their) (?:\w+ )?(?:home|house|flat|apartment|office|room|bedroom|kitchen|classroom|dorm|garage|studio|study|workshop|living room))"
    r"|(?:at|in|from) (?:an? |the )?(?:small |tiny |big |large |shared |open )?(?:office|room|bedroom|living room|kitchen|classroom|garage|workshop))"
    r"(?! (?:office|theat|cinema|chair|desk|lamp|light|printer|bag|\w+ system))\b",
    re.IGNORECASE,
)
"""Where a thing stands is no part of what is sought to go with it."""
SAME_BUDGET = re.compile(
    r"\bsame (?:budget|price(?: range| limit)?|limit|max(?:imum)?)\b|\b(?:budget|price limit|limit|max|price) (?:stays|remains|is) (?:the same|as is|as it is|as before)\b"
    r"|\b(?:budget|limit|max(?:imum)?) stays\b|\b(?:keep|with|leave) (?:the |that |my |to the )?(?:same )?(?:budget|limit|max|price|\$?\d+|five|ten|twenty|fifty|hundred)\b(?! (?:in mind|low|down|under|below|around|to|at))",
    re.IGNORECASE,
)
"""A budget said for one thing is kept for the next."""
GOES_WITH = re.compile(
    r"\b(?:(?:go|goes|going|work|works|working|fit|fits|pair|pairs|match|matches|play|plays) (?:well |nicely |best )?(?:with|together|alongside)"
    r"|to go with|fits? (?:in |on |onto |into )?(?:my|this|that|the|a|an|it)\b|compatible|accessor(?:y|ies)|add[- ]?ons?|supplies|extras|complements?"
    r"|complete (?:my|the|this)|what(?: am i| are we|'s| is) missing|what else (?:do|does|should|would|can|could|might)"
    r"|(?:anything|something|what) (?:else )?i (?:should|could|might|can) (?:get|buy|need|add)|(?:should|can) i (?:get|buy|add) (?:for|with|along)(?! (?:under |around |about |less )?[$€£]?\d)"
    r"|what (?:can|should|do) i (?:get|buy|add|need) (?:for|with|to)(?! (?:under |around |about |less )?[$€£]?\d)|along with|what fits|which fits|stuff for (?:my|the|this)"
    r"|things? for (?:my|the|this)|(?:something|anything) for (?:my|this|that)|need (?:with|for) (?:my|this|that|the|a|it)"
    r"|used? with|takes? this|for use with|(?<!go )(?<!pay )(?<!looking )(?<!search )for (?:it|them))\b",
    re.IGNORECASE,
)
_POINTED = r"(?:this|that|the|my|our|these|those|it|them)"
REVERSE = re.compile(
    rf"\b(?:which|what|any)\b[^.,;!?]{{0,40}}?\b(?:takes?|accepts?|supports?|uses?|needs?|can (?:take|use|hold)|compatible with)\s+{_POINTED}\b"
    rf"|\b(?:which|what)\b[^.,;!?]{{0,40}}?\b(?:do|does|will|can|would|could)\s+{_POINTED}\b(?:[^.;!?]|\.(?=\d)){{0,100}}?"
    r"\b(?:fits?|works?|go|belong|suit|match|charge|connect|plug)\b"
    rf"|\b(?:which|what)\b[^.,;!?]{{0,40}}?\b(?:can|could|do|should|would) i (?:use|put|plug|charge|mount|attach|connect)\s+{_POINTED}\b"
    rf"|\b(?:which|what)\b[^.,;!?]{{0,40}}?(?:\bis|\bare|['’]s)\s+{_POINTED}\b(?:[^.;!?]|\.(?=\d)){{0,100}}?\b(?:for|used (?:for|with|in)|made for|meant for)\W*$",
    re.IGNORECASE,
)
"""The other way round: what a part is for ("which printer takes this cartridge", "what is this cable for")."""
BUNDLE = re.compile(
    r"\b(?:(?:a|the|some|me a|my) (?:[\w-]+ ){0,3}(?:bundle|outfit|corner|starter (?:kit|set|pack))|bundles? (?:of|for|with)"
    r"|(?:everything|all) (?:that )?i(?: would|['’]d|['’]ll| will)? need|everything (?:for|to)|(?:equip|furnish|set up|kit out) (?:a|my|the|our))\b",
    re.IGNORECASE,
)
"""A set of things is asked for."""
ROOM = re.compile(
    r"\b(?:a|my|the|our) (?P<words>(?:[\w-]+ ){0,2}?(?:home office|workspace|workplace|work ?station|studio|home cinema|set[- ]?up))"
    r"(?=\W*(?:$|[,.;:!?]|(?:under|below|for|within|up|with|without|in|at|max|around|less|to|that|which|and|from)\b))",
    re.IGNORECASE,
)
"""A purpose that takes several things; what it is called names no kind ("a home office" wants no office chair alone)."""
IN_TOTAL = re.compile(
    r"\b(?:in total|all in all|altogether|all together|total budget|for (?:everything|all of it|the lot|the whole (?:set|lot))"
    r"|(?:all|everything) together|together(?= (?:for|under|below|not|max|at most|no more|up to|within))"
    r"|total(?= (?:not|under|below|up to|max|at most|no more|less|within|of))"
    r"|(?:in all|total|combined)(?=\W*(?:$|[,.;!?])))\b",
    re.IGNORECASE,
)
"""A price is meant for the whole set."""
SET_OF = re.compile(r"\b(?:set|combo|combination|kit) (?:of|with|from)\b", re.IGNORECASE)
MORE_LIKE = re.compile(
    r"\b(?:more like|similar to|similar|something like|alternatives? to|like (?:this|that|it|the \w+ one)|looks like|(?<!would )(?<!'d )like my)\b",
    re.IGNORECASE,
)
CHEAPER = re.compile(
    r"\b(?:cheaper|less expensive|more affordable|lower price|too expensive|too pricey|too much)\b", re.IGNORECASE
)
ORDINALS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4, "last": -1,
}  # fmt: skip
ORDINAL = re.compile(
    rf"\b(?:the )?({'|'.join(ORDINALS)})(?: one| product| option| of (?:those|these|them))?\b", re.IGNORECASE
)
ONE_WITH = re.compile(r"\bones?\s+(?:with|that|which|having|has|in)\b", re.IGNORECASE)
CONTINUES = re.compile(
    r"^\W*(?:and|also|but|or|what about|how about|ok|okay|no|actually|instead|only|just|make|in|with)\b", re.IGNORECASE
)
CHATTER = frozenset(re.findall(r"\w+", """
a about actually after all along also am an and any anyone anything are as at available be been best bit bought budget buy by can care could
did do does each else every everything fancy find fine fit fits for from gave get getting gift give go goes going good got great had has
have having hello help hey hi how i if im in instead into is it its just kind last later less let like little looking long take takes
lot made make many may maybe me might mine more much must my need needs new nice no not now of off ok okay old on one ones only
option options or order other our out over people please preferably prefer price priced pls product products rather
really recommend recommendation recommendations same search see sell shall she should show so some someone something sort
stuff such suggest suggestion suggestions tell that the their them then there these they thing things this those to today too
took tried try type under up us use used using very want wanted was we week well were what whats when where which while who why
will wish with work works would yet you your yours ordered compatible accessory accessories addons add ons supplies extras
cheap cheaper cheapest affordable expensive around between below above least most than max maximum min minimum stock
but wanna gonna gotta gimme lemme plz wait decent list offer offers carry carrying stocking spend spending pay paying cost costs costing
ideally hopefully definitely actually ive im id dont doesnt didnt wont cant isnt arent whats thats theres shes hes everybody every all
terrible awful out luck bad leave pick pickup lookin getting range selection assortment entire whole complete full got birthday present
same budget lot hi thx ty u r n ya yes yeah nope hmm um okay anyway though however because since cause said told guess think thinking
idea ideas next spend surprise forget nvm nevermind whatever
"""))  # fmt: skip
ABOUT_OWNED = re.compile(
    r"\b(?:what|which|something|anything|\w+ (?:for|to fit))\b[^.,;!?]{0,30}\b(?:my|our|this)\s+\w", re.IGNORECASE
)
ALLOWED_AGAIN = re.compile(
    r"\b(?:fine|ok(?:ay)?|alright|all right|allowed|allow (?:\w+ )?again|acceptable|after all|no problem|good too|works too)\b",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"\b(?:number|option|product|item|no\.|nr\.?) ?\d\b|#\d\b", re.IGNORECASE)
CORRECTED = re.compile(
    r"\b(?:no,? wait|wait,? no|scratch that|correction|(?:sorry,? )?i (?:mean|meant)|or rather|sorry,? meant|what (?:i am|i['’]?m|we are|we['’]?re|i|we) (?:really |actually )?(?:after|need|want|looking for)(?: is)?)\b[\s,:]*",
    re.IGNORECASE,
)
"""What stands before is taken back, or was a story: "no wait", "what I am after is"."""
LEAD = r"^\W*(?:(?:ok(?:ay)?|yes|yeah|yep|sure|great|fine|good|perfect|nice|cool|alright|right|actually|so|then|and|well|hmm|no|oh|please|sorry|super|lovely|thanks|in that case)\b\W*)*"
"""What may stand before an order, from the beginning of a message."""
TAIL = r"(?:[\s,]+(?:please|pls|then|too|as well|also|now|for me|thanks|thank you|instead|i think|though))*\W*$"
"""What may stand behind one, to the end of the message."""
