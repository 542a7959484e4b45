"""How shoppers go on about what they asked for: refinements, refusals, corrections and relaxations, a phrasing a line.

`{field:source}` is a text drawn from `source` that the change holds under `field`; without a field it is only said.
`{field:source|at least @}` holds words around the text too.
`<field:text>` is said and held as it stands. After `=>` stand further fields of the change, in its own language.
Knows no shop and no thing by name.
"""

from dataclasses import dataclass

from finetune.phrasings import lines


@dataclass(frozen=True, slots=True)
class Family:
    """Phrasings that do the same. `change` is what all of them say, as a line; `weight` how often they are drawn."""

    name: str
    weight: float
    change: str
    phrasings: tuple[str, ...]


STARTERS = (
    "and", "ok", "okay", "ok but", "but", "hmm", "hm,", "actually", "actually,", "also", "oh and", "well", "well,",
    "great,", "cool,", "nice,", "thanks,", "ok thanks,", "sorry,", "wait,", "no wait,", "oh,", "one more thing:",
    "i forgot,", "and please", "yes but", "yeah but", "yes,", "fine,", "alright,", "mmm", "ehm", "plz", "so,",
)  # fmt: skip
"""Words that a message may begin with and that change nothing."""

JOINERS = (
    ", ", " and ", ", and ", ". ", ". also ", " but ", ", but ", " - ", "... ", "; ", ", oh and ", " plus ", ". and ",
)  # fmt: skip

REFINE = (
    Family("refine.not_ones", 5, "more", lines("""
        not the {not:brand} ones
        not the {not:brand} one
        none of the {not:brand} ones
        without the {not:brand} ones
        all but the {not:brand} ones
        all except {not:brand}
        the same without {not:brand}
        same but not {not:brand}
        same thing, just not {not:brand}
        same list minus {not:brand}
        can you remove {not:brand}
        remove the {not:brand} ones
        take out {not:brand}
        take {not:brand} off the list
        please take the {not:brand} ones out
        hide {not:brand}
        hide the {not:brand} ones please
        show me others, not {not:brand}
        show me the ones that are not {not:brand}
        what else is there apart from {not:brand}
        what is there besides {not:brand}?
        what do you have that's not {not:brand}?
        is there anything that isn't {not:brand}
        anything not {not:brand}?
        got anything that's not {not:brand}
        do you only have {not:brand}? something else please
        why always {not:brand}, show me something else
        too much {not:brand} in there
        enough {not:brand}
        i see only {not:brand}, others please
        i said no {not:brand}
        i told you no {not:brand}!!
        i already said i dont want {not:brand}
        and no {not:brand} pls
        other makers than {not:brand}
        other brands than {not:brand} please
        some other brand, {not:brand} is too pricey
        a different brand than {not:brand}
        another brand, not {not:brand}
        different maker please, {not:brand} never lasts
        {not:brand} is overpriced, what else
        {not:brand} we had already, no good
        {not:brand}? had one, hated it
        {not:brand} never lasts, what else do you have
        {not:brand} doesn't work for me
        {not:brand} not good, other please
        not {not:brand} please my friend had trouble with it
        my husband says {not:brand} is bad so not that
        i'd like something that isn't by {not:brand}
        can it be something other than {not:brand}?
        could you leave the {not:brand} away
        any of these not made by {not:brand}?
        ew {not:brand}
        {not:brand}, really? no
        nope, no {not:brand}
        everything is {not:brand} here. i want no {not:brand}
        drop the {not:brand} ones
        throw out {not:brand} and {not:brand2}
        neither {not:brand} nor {not:brand2} please
        i don't need to see {not:brand} or {not:brand2}
        no {not:brand}, no {not:brand2}
        """)),
    Family("refine.hasnt_color", 4, "more", lines("""
        not {hasnt:color}
        not {hasnt:color} please
        not in {hasnt:color}
        but not {hasnt:color}
        but not in {hasnt:color}
        just not {hasnt:color}
        anything but {hasnt:color}
        any color but {hasnt:color}
        any colour except {hasnt:color}
        every colour but {hasnt:color}
        any color is fine, just not {hasnt:color}
        all colours are ok but not {hasnt:color}
        no {hasnt:color}
        no {hasnt:color} ones
        no {hasnt:color} ones please
        none in {hasnt:color}
        none of the {hasnt:color} ones
        not the {hasnt:color} ones
        without the {hasnt:color} ones
        except {hasnt:color}
        other than {hasnt:color}
        something that isn't {hasnt:color}
        something other than {hasnt:color} please
        a different colour than {hasnt:color}
        other colours than {hasnt:color}?
        it can't be {hasnt:color}
        it must not be {hasnt:color}
        it shouldn't be {hasnt:color}
        please nothing in {hasnt:color}
        nothing {hasnt:color}
        i don't want {hasnt:color}
        i dont want it in {hasnt:color}
        i don't like {hasnt:color}
        i hate {hasnt:color}
        i can't stand {hasnt:color}
        i'm sick of {hasnt:color}
        {hasnt:color} is ugly
        {hasnt:color} looks cheap, not that
        {hasnt:color}? no thanks
        {hasnt:color} gets dirty so quickly, so not that
        my wife hates {hasnt:color}
        she already has one in {hasnt:color}, so not that colour
        does it come in anything but {hasnt:color}?
        is there one that's not {hasnt:color}
        got any that are not {hasnt:color}?
        hide the {hasnt:color} ones
        leave out {hasnt:color}
        skip {hasnt:color}
        enough with the {hasnt:color}
        why is everything {hasnt:color}, i want another colour
        neither {hasnt:color} nor {hasnt:color2}
        not {hasnt:color} or {hasnt:color2}
        no {hasnt:color} and no {hasnt:color2}
        me not like {hasnt:color}
        """)),
    Family("refine.hasnt_part", 4, "more", lines("""
        without {hasnt:part}
        without {hasnt:part} please
        but without {hasnt:part}
        w/o {hasnt:part}
        no {hasnt:barepart}
        no {hasnt:barepart} please
        but no {hasnt:barepart}
        one without {hasnt:part}
        ones without {hasnt:part}
        the same without {hasnt:part}
        same but without {hasnt:part}
        something without {hasnt:part}
        is there one without {hasnt:part}?
        are there any without {hasnt:part}
        do you have it without {hasnt:part}?
        it shouldn't have {hasnt:part}
        it should not have {hasnt:part}
        it must not have {hasnt:part}
        it can't have {hasnt:part}
        i don't want {hasnt:part}
        i dont need {hasnt:part} so leave those out
        i don't want one with {hasnt:part}
        i hate {hasnt:part} on these
        i'd rather have none with {hasnt:part}
        please none with {hasnt:part}
        none with {hasnt:part}
        nothing with {hasnt:part}
        not with {hasnt:part}
        not the ones with {hasnt:part}
        not one that has {hasnt:part}
        anything but not with {hasnt:part}
        as long as it doesn't have {hasnt:part}
        leave out the ones with {hasnt:part}
        skip everything with {hasnt:part}
        all of them have {hasnt:part}, i want one that doesn't
        i can't have {hasnt:part}, allergic
        my old one had {hasnt:part} and i hated it
        who needs {hasnt:part}? show me some without
        lose the {hasnt:barepart}
        minus the {hasnt:barepart}
        {hasnt:barepart} must not be in it
        {hasnt:barepart} is a dealbreaker for me
        no no, without {hasnt:part}
        """)),
    Family("refine.hasnt_adj", 3, "more", lines("""
        not {hasnt:adj}
        not {hasnt:adj} please
        nothing {hasnt:adj}
        but not {hasnt:adj}
        but nothing {hasnt:adj}
        just not {hasnt:adj}
        it shouldn't be {hasnt:adj}
        it must not be {hasnt:adj}
        it can't be {hasnt:adj}
        not a {hasnt:adj} one
        not the {hasnt:adj} ones
        no {hasnt:adj} ones
        no {hasnt:adj} {:kind}
        none that are {hasnt:adj}
        i don't want {hasnt:adj}
        i don't want a {hasnt:adj} one
        i don't want anything {hasnt:adj}
        i don't like {hasnt:adj} ones
        i hate {hasnt:adj} ones
        something that isn't {hasnt:adj}
        something not {hasnt:adj}
        anything that's not {hasnt:adj}?
        anything but {hasnt:adj}
        is there one that is not {hasnt:adj}?
        please leave out the {hasnt:adj} ones
        skip the {hasnt:adj} ones
        never {hasnt:adj} again
        {hasnt:adj} ones are out
        {hasnt:adj} is exactly what i don't want
        had a {hasnt:adj} one before, never again
        why are they all {hasnt:adj}? not what i want
        everything except {hasnt:adj}
        i said not {hasnt:adj}
        """)),
    Family("refine.no_kind", 3, "more", lines("""
        no {no:other}
        no {no:other} please
        not {no:other}
        but no {no:other}
        but not {no:other}
        i don't mean {no:other}
        i didn't mean {no:other}
        i did not ask for {no:other}
        i don't want {no:other}
        i don't need {no:other}
        why do you show me {no:other}?
        these are {no:other}, i don't want those
        that's not what i asked, no {no:other}
        please leave out the {no:other}
        take the {no:other} out
        hide the {no:other}
        without the {no:other}
        anything but {no:other}
        everything except {no:other}
        stop showing me {no:other}
        get rid of the {no:other}
        enough of the {no:other}
        and no {no:other} in between
        {no:other} are not what i want
        {no:other} don't count
        no {no:other}, only {:kind}
        only {:kind}, no {no:other}
        i have enough {no:other}
        not interested in {no:other}
        skip the {no:other}
        """)),
    Family("refine.brand", 4, "more", lines("""
        what about {brand:brand}?
        how about {brand:brand}
        what about {brand:brand} or {brand:brand2}
        and {brand:brand}?
        and from {brand:brand}?
        and by {brand:brand}?
        any {brand:brand} ones?
        any from {brand:brand}?
        anything from {brand:brand}?
        anything by {brand:brand} or {brand:brand2}?
        do you have {brand:brand}?
        do you have one from {brand:brand}
        do you have any by {brand:brand}?
        do you have {brand:brand} too
        got any {brand:brand}?
        is there one from {brand:brand}?
        is there a {brand:brand} one
        are there {brand:brand} ones
        are there any from {brand:brand} or {brand:brand2}?
        show me the {brand:brand} ones
        show me the ones from {brand:brand}
        show {brand:brand}
        just the {brand:brand} ones
        only the {brand:brand} ones
        which of these are {brand:brand}? only those
        keep only {brand:brand}
        narrow it down to {brand:brand}
        filter by {brand:brand}
        filter {brand:brand}
        the same from {brand:brand}
        same but {brand:brand}
        same thing from {brand:brand}
        same in {brand:brand}
        let's try {brand:brand}
        let's see {brand:brand}
        i'd like to see {brand:brand}
        i'd prefer {brand:brand}
        i'd rather have {brand:brand}
        i think {brand:brand} is better
        make it {brand:brand}
        make that {brand:brand}
        {brand:brand}?
        {brand:brand} then
        {brand:brand} instead
        {brand:brand} please
        {brand:brand} or {brand:brand2} then
        hm and by {brand:brand}
        can it be {brand:brand}
        can i get it from {brand:brand}
        does {brand:brand} make one?
        does {brand:brand} have something like that
        my brother says {brand:brand} is good, have those?
        i heard {brand:brand} is good
        my friend recommended {brand:brand}
        """)),
    Family("refine.color", 4, "more", lines("""
        in {has:color}
        in {has:color} please
        in {has:color} pls
        and in {has:color}?
        and {has:color}?
        what about {has:color}?
        what about in {has:color}
        how about {has:color}
        {has:color}?
        {has:color} please
        {has:color} one
        {has:color} ones
        the {has:color} ones
        only {has:color}
        only {has:color} ones
        only in {has:color}
        only the {has:color} ones please
        just {has:color} ones
        just in {has:color}
        do you have it in {has:color}?
        do you have them in {has:color}
        do you have {has:color}
        do they come in {has:color}?
        does that come in {has:color}
        is there one in {has:color}?
        are there {has:color} ones
        any in {has:color}?
        any {has:color} ones
        got it in {has:color}?
        same in {has:color}
        same thing in {has:color}
        the same but {has:color}
        it must be {has:color}
        it has to be {has:color}
        it needs to be {has:color}
        it should be {has:color}
        must be {has:color}
        has to be {has:color}
        has to be {has:color} or {has:color2}
        i want it in {has:color}
        i want {has:color}
        i need {has:color}
        i'd like {has:color}
        i'd like it in {has:color} or {has:color2}
        i'd prefer {has:color}
        show me {has:color} ones
        show only {has:color}
        color {has:color}
        colour: {has:color}
        make it {has:color}
        but {has:color}
        but in {has:color}
        preferably in {has:color}
        can i have it in {has:color}
        can it be {has:color}
        {has:color} would be nicer
        {has:color} would go with my room
        {has:color} or {has:color2}
        with {has:color}
        """)),
    Family("refine.amount", 4, "more", lines("""
        with {has:amount}
        with {has:amount} please
        but with {has:amount}
        and with {has:amount}?
        and {has:amount}
        and {has:amount}?
        {has:amount}
        {has:amount} please
        {has:amount|@ at least}
        {has:amount|at least @}
        {has:amount|min @}
        {has:amount|@ or more}
        {has:amount|@ minimum}
        {has:amount|more than @}
        what about {has:amount}?
        how about {has:amount}
        only {has:amount}
        only the ones with {has:amount}
        only with {has:amount}
        it needs {has:amount}
        it needs to have {has:amount}
        it must have {has:amount}
        it has to have {has:amount}
        it should have {has:amount}
        it should have {has:amount|at least @}
        i need {has:amount}
        i need {has:amount|at least @}
        i'd want {has:amount}
        i want {has:amount}
        must have {has:amount}
        must be {has:amount}
        needs {has:amount}
        make it {has:amount}
        same but {has:amount}
        the same with {has:amount}
        same thing with {has:amount}
        do you have it with {has:amount}?
        do you have one with {has:amount}
        do you have {has:amount}
        is there one with {has:amount}?
        are there any with {has:amount}
        any with {has:amount}
        show me {has:amount}
        show me ones with {has:amount}
        i forgot to say {has:amount}
        {has:amount|not less than @}
        {has:amount|no less than @}
        """)),
    Family("refine.wish", 5, "more", lines("""
        {soft:adj}
        {soft:adj} please
        {soft:adj}?
        and {soft:adj}
        and {soft:adj}?
        but {soft:adj}
        it should be {soft:adj}
        should be {soft:adj}
        something {soft:adj}
        something {soft:adj} please
        something more {soft:adj}
        a bit more {soft:adj}
        more {soft:adj}
        a {soft:adj} one
        a {soft:adj} one please
        {soft:adj} ones
        any {soft:adj} ones?
        any that are {soft:adj}?
        are there {soft:adj} ones
        do you have a {soft:adj} one
        do you have something {soft:adj}?
        is there one that's {soft:adj}
        i'd like a {soft:adj} one
        i'd prefer {soft:adj}
        i'd prefer something {soft:adj}
        i like it {soft:adj}
        ideally {soft:adj}
        preferably {soft:adj}
        make it {soft:adj}
        can it be {soft:adj}
        could it be more {soft:adj}?
        can you find something {soft:adj}
        which are {soft:adj}?
        it would be nice if it was {soft:adj}
        {soft:adj} would be good
        {soft:adj} would be a plus
        {soft:adj} is important to me
        i care about {soft:adj}
        same but {soft:adj}
        the same, {soft:adj}
        {soft:adj} and {soft:adj2}
        {soft:adj}, {soft:adj2}
        it should be {soft:adj} and {soft:adj2}
        {soft:use}
        {soft:use} please
        it's {soft:use}
        its {soft:use} by the way
        it is mainly {soft:use}
        mostly {soft:use}
        i need it {soft:use}
        i want it {soft:use}
        i'd use it {soft:use}
        should be good {soft:use}
        something {soft:use}
        {soft:adj} and {soft:use}
        which is good {soft:use}
        are these ok {soft:use}?
        """)),
    Family("refine.comparative", 4, "more", lines("""
        {soft:more}
        {soft:more} please
        {soft:more}?
        something {soft:more}
        something {soft:more} please
        something a bit {soft:more}
        something a little {soft:more}?
        a bit {soft:more}
        a little {soft:more}
        a lot {soft:more}
        much {soft:more}
        anything {soft:more}?
        any {soft:more} ones
        {soft:more} ones
        can it be {soft:more}
        could it be {soft:more}?
        can you show {soft:more} ones
        do you have {soft:more} ones?
        do you have something {soft:more}
        is there something {soft:more}
        isn't there anything {soft:more}?
        got something {soft:more}
        i want something {soft:more}
        i'd like something {soft:more}
        i need it {soft:more}
        i was hoping for something {soft:more}
        it should be {soft:more}
        it needs to be {soft:more} than these
        these should be {soft:more}
        show me {soft:more} ones
        make it {soft:more}
        but {soft:more}
        same but {soft:more}
        the same only {soft:more}
        {soft:more} and {soft:more2}
        nice but i want it {soft:more}
        """)),
    Family("refine.part", 4, "more", lines("""
        {soft:part|with @}
        {soft:part|with @} please
        but {soft:part|with @}
        and {soft:part|with @}
        and {soft:part|with @}?
        and {soft:part}
        what about one {soft:part|with @}
        one {soft:part|with @}
        ones {soft:part|with @}
        any {soft:part|with @}?
        are there any {soft:part|with @}?
        is there one {soft:part|with @}
        do you have one {soft:part|with @}?
        do any of them have {soft:part}
        which ones have {soft:part}?
        which of these has {soft:part}?
        i'd like {soft:part}
        i would like one {soft:part|with @}
        i want one {soft:part|with @}
        it should have {soft:part}
        should have {soft:part}
        {soft:part} would be nice
        {soft:part} would be great
        {soft:part} would be a bonus
        ideally {soft:part|with @}
        preferably {soft:part|with @}
        if possible {soft:part|with @}
        same {soft:part|with @}
        same but {soft:part|with @}
        the same thing {soft:part|with @}
        something {soft:part|with @}
        show me some {soft:part|with @}
        can i get it {soft:part|with @}
        i forgot, {soft:part|with @}
        it must have {has:part}
        it has to have {has:part}
        it needs {has:part}
        it needs to have {has:part}
        must have {has:part}
        needs {has:part}
        i need {has:part}
        only with {has:part}
        only the ones with {has:part}
        just those with {has:part}
        {has:part} is a must
        without {has:part} i don't want it
        no good without {has:part}
        i don't want one without {has:part}
        """)),
    Family("refine.stock", 1.5, "more; stock", lines("""
        only in stock
        only what's in stock
        only the ones in stock
        in stock only please
        just what you have in stock
        just the available ones
        only available ones
        show me what's available
        what of this is in stock?
        which are in stock
        which ones are available now?
        which can you ship right away
        it must be in stock
        it has to be available
        needs to be in stock
        i need it now so in stock only
        i don't want to wait, only what is there
        available now
        in stock?
        are any of those in stock
        anything that is actually available
        hide the sold out ones
        no sold out stuff
        nothing that's out of stock
        not the ones that are out of stock
        without the sold out ones
        leave out what isn't available
        no backorders
        stock only
        must be deliverable right now
        ready to ship only
        """)),
    Family("refine.sort", 2, "more", lines("""
        sort by price => sort cheapest
        sort by rating => sort rated
        sort by price please => sort cheapest
        cheapest first => sort cheapest
        cheapest first please => sort cheapest
        the cheapest => sort cheapest
        the cheapest ones => sort cheapest
        cheapest? => sort cheapest
        show me the cheapest => sort cheapest
        order by price => sort cheapest
        order them from cheap to expensive => sort cheapest
        low to high => sort cheapest
        lowest price first => sort cheapest
        what's the cheapest you have => sort cheapest
        whats the cheapest one => sort cheapest
        which is the cheapest? => sort cheapest
        price ascending => sort cheapest
        start with the cheapest => sort cheapest
        give me the least expensive ones => sort cheapest
        most expensive first => sort dearest
        the most expensive ones => sort dearest
        high to low => sort dearest
        highest price first => sort dearest
        price descending => sort dearest
        show me the most expensive => sort dearest
        which is the most expensive one? => sort dearest
        what's the priciest you've got => sort dearest
        the dearest first => sort dearest
        from expensive to cheap => sort dearest
        best rated first => sort rated
        best rated => sort rated
        the best reviewed ones => sort rated
        show me the top rated => sort rated
        top rated please => sort rated
        highest rated => sort rated
        which has the best reviews? => sort rated
        which have the best ratings => sort rated
        order by rating => sort rated
        order by reviews => sort rated
        sorted by stars => sort rated
        what do other customers like most => sort rated
        with the most stars => sort rated
        best reviews on top => sort rated
        newest first => sort newest
        newest => sort newest
        the newest ones => sort newest
        the latest => sort newest
        latest models first => sort newest
        sort by date => sort newest
        sort by newest please => sort newest
        what's new => sort newest
        most recent ones => sort newest
        which came out last => sort newest
        show me the latest ones => sort newest
        """)),
    Family("refine.count", 2, "more", lines("""
        show me {count:count}
        show me just {count:count}
        show me only {count:count}
        show me {count:count} more
        show {count:count}
        just {count:count}
        just {count:count} please
        only {count:count}
        {count:count} is enough
        {count:count} are enough
        give me {count:count}
        give me {count:count} of them
        give me {count:count} options
        give me {count:count} more options
        {count:count} more
        {count:count} more please
        {count:count} others
        {count:count} options please
        can you show {count:count} instead
        can i see {count:count}?
        i want to see {count:count}
        i'd like {count:count} suggestions
        too many, show {count:count}
        that's too many, just {count:count}
        narrow it down to {count:count}
        your top {count:count}
        the best {count:count} => sort rated
        the top {count:count} by rating => sort rated
        the {count:count} cheapest => sort cheapest
        the {count:count} cheapest ones please => sort cheapest
        the {count:count} newest => sort newest
        the {count:count} best rated => sort rated
        the {count:count} most expensive => sort dearest
        list {count:count}
        name {count:count}
        """)),
    Family("refine.others", 1.5, "more", lines("""
        show me more
        more
        more please
        more options
        what else
        what else do you have?
        what else is there
        anything else?
        something else please
        any others?
        any other ones
        others
        next
        next ones
        show me others
        show me something different
        show me something else
        don't like any of these
        i don't like these
        none of these
        none of those appeal to me
        not what i'm looking for
        these are not for me
        nah, others
        meh
        hmm not really
        other options?
        can i see more
        let me see some more
        keep going
        go on
        is that all?
        is that all you have
        got more?
        that's not what i meant
        try again
        surprise me
        more of those
        """)),
    Family("refine.numbers", 3, "more", lines("""
        my old one lasted 5 years, something {soft:adj} would be great
        i'm 65 and i like it {soft:adj}
        i'm 72 years old so please something {soft:adj}
        there are 4 of us at home so {soft:adj} please
        there are 2 of us in the office, it should be {soft:adj}
        my kid is 9, so {soft:more} please
        she turns 30, she'd want something {soft:adj}
        i had 3 of them already and all broke, i want something {soft:more}
        my flat has 40 square meters, so {soft:more} ones
        we're 6 people, something {soft:more} maybe
        after 10 years i want a {soft:adj} one again
        i've been looking for 2 hours now, just something {soft:adj}
        i asked 3 friends and they all say {soft:adj} is best
        i have 2 cats so not {hasnt:color}
        i own 2 in {:color} already, so not {hasnt:color}
        i've got 3 {hasnt:color} ones at home, so not that colour
        had 2 from {not:brand} and both broke, so not those
        my last 3 were {not:brand}, never again
        10 years ago i had one from {not:brand}, it was awful, so no
        4 out of 5 friends told me to avoid {not:brand}
        since 2019 i don't buy {not:brand}
        my colleagues, all 12 of them, hate {not:brand}. not that
        i've used {brand:brand} for 20 years so only that
        2 of my friends have {brand:brand}, i want that too
        for 15 years i've only bought {brand:brand}
        in the last 5 years {brand:brand} was best so only those
        i need it by the 24th so it must be {has:color} and {soft:adj}
        on the 3rd floor without a lift, so {soft:more} please
        100 times better if it's {soft:adj}
        i will use it 7 days a week, so {soft:more}
        i'm 1.90 tall so {soft:more} please
        it's for a class of 25, but not {hasnt:adj}
        i waited 2 weeks for the last one, so in stock only => stock
        i need it in 3 days so only what's in stock => stock
        my 8 year old will use it so not {hasnt:adj}
        we have 3 kids, nothing {hasnt:adj}
        i already read 50 reviews, just show the best rated => sort rated
        2024 models are too old, newest first => sort newest
        i have 5 minutes, show me the cheapest => sort cheapest
        """)),
    Family("refine.several", 4, "more", lines("""
        {has:color}, not {hasnt:color}
        {soft:adj} but not {hasnt:adj}
        {soft:adj}, but not {hasnt:color}
        {has:color}, but not from {not:brand}
        {brand:brand}, but not in {hasnt:color}
        {brand:brand} or {brand:brand2}, not {not:brand}
        {brand:brand} yes, {not:brand} no
        {brand:brand} is ok, {not:brand} isn't
        yes to {brand:brand}, no to {not:brand}
        rather {brand:brand} than {not:brand}
        {brand:brand} instead of {not:brand}
        i want {brand:brand}, not {not:brand}
        i don't want {not:brand}, i want {brand:brand}
        no {not:brand}, only {brand:brand}
        anything but {not:brand}, under {max:price}
        under {max:price} and not {not:brand}
        under {max:price}, {soft:adj}, not {not:brand}
        {soft:adj}, max {max:price}, no {not:brand}
        {soft:adj} and under {max:price}
        {soft:adj} and in {has:color}
        {soft:adj} and not from {not:brand} or {not:brand2}
        in {has:color} and under {max:price}
        in {has:color} or {has:color2}, but not {hasnt:color}
        not {hasnt:color}, not {not:brand}, otherwise anything goes
        not {hasnt:color} and not over {max:price}
        no {not:brand}, nothing {hasnt:adj}, max {max:price}
        {soft:adj} would be nice but no {hasnt:barepart}
        without {hasnt:part} but {soft:part|with @}
        {soft:part|with @} but without {hasnt:part}
        {soft:part|with @} and under {max:price}
        {soft:part|with @}, not {not:brand}
        without {hasnt:part}, and not {hasnt:color}
        neither {hasnt:color} nor by {not:brand}
        it must be {has:color} and must not be {not:brand}
        it has to be {brand:brand} and it can't be {hasnt:color}
        it should be {soft:adj}, must not cost more than {max:price} and no {not:brand}
        {brand:brand} in {has:color}
        {brand:brand} under {max:price}
        {has:color} {brand:brand} ones
        {has:color} ones from {brand:brand} under {max:price}
        the {has:color} ones by {brand:brand}
        {soft:adj} {brand:brand} ones
        show me {count:count} under {max:price}
        show me {count:count} from {brand:brand}
        {count:count} in {has:color} please
        {count:count} that aren't {not:brand}
        cheapest from {brand:brand} => sort cheapest
        the cheapest in {has:color} => sort cheapest
        the cheapest that isn't {not:brand} => sort cheapest
        best rated under {max:price} => sort rated
        best rated but not {not:brand} => sort rated
        in stock and under {max:price} => stock
        in stock, not {not:brand} => stock
        forget the budget but not {not:brand} => drop price
        forget the budget, but it has to be {brand:brand} => drop price
        any brand but under {max:price} => drop brand
        any colour but no {not:brand} => drop color
        i don't care about the price as long as it isn't {not:brand} => drop price
        i don't care about the colour as long as it isn't {hasnt:color} => drop color
        """)),
    Family("refine.gift", 1.5, "more", lines("""
        it's for my mum
        it's for my mom
        its for my dad
        it's a gift
        it is a present
        it's a present for my sister
        it's a birthday present
        it's for my boyfriend
        it's for my wife's birthday
        it's not for me, it's for my brother
        by the way it's a gift for a friend
        it's for a colleague who is leaving
        i'm buying it for my grandpa
        i want to give it to my girlfriend
        its for my nephew, he turns 12
        it's for my daughter who is 9
        it'll be a wedding present
        it is for christmas
        a gift for my boss
        as a gift for my aunt
        for my mother in law actually
        my son will use it
        my grandmother will be using it
        it would be for my niece
        is for my cousin, present
        secret santa
        """)),
    Family("refine.history", 1, "more", lines("""
        ignore my history
        ignore what i bought before
        ignore my past purchases
        forget what i bought before
        don't use my history
        don't look at my previous orders
        please don't go by what i bought
        don't take my old orders into account
        that has nothing to do with what i bought last time
        not based on my history please
        this is not for me so forget my purchases
        leave my history out of it
        without my purchase history
        pretend you don't know me
        pretend i'm new here
        stop looking at my orders
        i don't want suggestions from my history
        why are you showing me that, because of my last order? ignore that
        """)),
)  # fmt: skip

CORRECT = (
    Family("correct.price", 4, "more", lines("""
        i meant {max:price} not {:oldprice}
        i meant {max:price}, not {:oldprice}
        sorry i meant {max:price}
        sorry, {max:price}
        no, {max:price}
        no {max:price} i said
        i said {max:price} not {:oldprice}
        oops, {max:price} not {:oldprice}
        not {:oldprice}, {max:price}
        not {:oldprice} but {max:price}
        {max:price} instead of {:oldprice}
        {max:price}, not {:oldprice}
        {max:price} not {:oldprice} sorry
        typo, {max:price}
        that was a typo, i meant {max:price}
        make it {max:price}
        make that {max:price}
        make it {max:price} instead
        let's say {max:price}
        let's make it {max:price}
        ok {max:price} then
        ok up to {max:price}
        i can go up to {max:price}
        i could go to {max:price}
        fine, {max:price} max
        raise it to {max:price}
        raise the budget to {max:price}
        lower it to {max:price}
        lower the budget to {max:price}
        increase my budget to {max:price}
        change the budget to {max:price}
        change the price to {max:price}
        change {:oldprice} to {max:price}
        and for {max:price}?
        and under {max:price}?
        and up to {max:price}?
        what about under {max:price}?
        what about {max:price}?
        what do i get for {max:price}
        what would i get for {max:price}?
        what if i go up to {max:price}
        what if i spend {max:price}
        i can stretch to {max:price}
        my budget just grew to {max:price}
        my wife says {max:price}
        boss says {max:price} is ok
        actually i only have {max:price}
        actually {max:price} is more like it
        budget is {max:price} now
        not {:oldprice}. {max:price}!
        hm, rather {max:price}
        rather {max:price} than {:oldprice}
        """)),
    Family("correct.color", 3, "more", lines("""
        sorry, {has:color} not {hasnt:nowcolor}
        {has:color} not {hasnt:nowcolor}
        {has:color}, not {hasnt:nowcolor}
        not {hasnt:nowcolor}, {has:color}
        not {hasnt:nowcolor} but {has:color}
        i meant {has:color}
        i meant {has:color}, not {hasnt:nowcolor}
        i said {has:color}
        no wait, {has:color}
        no, {has:color}
        oops i mean {has:color}
        actually {has:color}
        actually make it {has:color}
        {has:color} instead
        {has:color} rather
        rather in {has:color}
        or rather {has:color}
        on second thought, {has:color}
        on second thoughts {has:color}
        hmm {has:color} after all
        let's go with {has:color}
        let's do {has:color}
        change it to {has:color}
        change the colour to {has:color}
        switch to {has:color}
        scratch that, {has:color}
        did i say {:nowcolor}? i meant {has:color}
        my bad, {has:color}
        changed my mind, {has:color}
        i changed my mind about the color, {has:color} please
        better {has:color}
        """)),
    Family("correct.brand", 3, "more", lines("""
        sorry, {brand:brand} not {not:nowbrand}
        {brand:brand}, not {not:nowbrand}
        not {not:nowbrand}, {brand:brand}
        not {not:nowbrand} but {brand:brand}
        i meant {brand:brand}
        i meant {brand:brand}, not {not:nowbrand}
        i said {brand:brand}
        no wait, {brand:brand}
        no, {brand:brand}
        oops, {brand:brand} i mean
        actually {brand:brand}
        actually make it {brand:brand}
        {brand:brand} rather
        or rather {brand:brand}
        on second thought {brand:brand}
        changed my mind, {brand:brand}
        let's go with {brand:brand}
        switch to {brand:brand}
        change the brand to {brand:brand}
        scratch that, {brand:brand}
        did i say {:nowbrand}? i meant {brand:brand}
        my bad, {brand:brand} please
        better {brand:brand}
        could also be {brand:brand}
        """)),
    Family("correct.wish", 2.5, "more", lines("""
        no wait, {soft:adj}
        no, {soft:adj}
        sorry, {soft:adj}
        i meant {soft:adj}
        i meant {soft:adj} ones
        actually {soft:adj}
        actually it should be {soft:adj}
        i mean a {soft:adj} one
        i said {soft:adj}
        {soft:adj} i meant
        {soft:adj} not {hasnt:nowsoft}
        {soft:adj}, not {hasnt:nowsoft}
        not {hasnt:nowsoft}, {soft:adj}
        not {hasnt:nowsoft} but {soft:adj}
        rather {soft:adj}
        rather something {soft:adj}
        scratch that, {soft:adj}
        on second thought, {soft:adj}
        oops, {soft:adj} of course
        change that to {soft:adj}
        changed my mind, something {soft:adj}
        hmm better {soft:adj}
        """)),
    Family("correct.kind", 3, "find", lines("""
        i meant {want:other}
        i meant {want:other}, not {no:nowkind}
        i meant a {want:other}
        no, a {want:other}
        no i mean {want:other}
        not {no:nowkind}, {want:other}
        not a {no:nowkind}, a {want:other}
        {want:other}, not {no:nowkind}
        a {want:other}, not a {no:nowkind}
        sorry, i meant a {want:other}
        sorry wrong word, {want:other}
        that's a {:nowkind}, i want a {want:other}
        those are not {want:other}
        these aren't {want:other}
        i asked for {want:other}
        i said {want:other}
        i was looking for a {want:other} actually
        actually i need a {want:other}
        actually, {want:other}
        oops, {want:other} i mean
        wait no, {want:other}
        scratch that, {want:other}
        i don't want a {no:nowkind}, i want a {want:other}
        i don't need a {no:nowkind} but a {want:other}
        a {want:other} would be better than a {:nowkind}
        maybe rather a {want:other}
        changed my mind, let's look at {want:other}
        """)),
)  # fmt: skip

RELAX = (
    Family("drop.price", 3, "more; drop price", lines("""
        forget the budget
        forget the price
        forget about the budget
        forget about the price
        never mind the price
        never mind the budget
        nevermind the budget
        ignore the budget
        ignore the price limit
        ok ignore the price
        price doesn't matter
        price doesnt matter any more
        the price doesn't matter
        price is not an issue
        price isn't an issue
        price is no object
        money is no object
        money is not a problem
        money doesn't matter
        budget is not important
        budget doesn't matter anymore
        the budget is flexible
        i don't care about the price
        i don't care what it costs
        dont care how much
        i don't mind paying more
        i'd pay more
        i can pay more
        i can spend more
        i would spend more for a good one
        i'm ok with spending more
        it can cost more
        it may cost more
        it can be more expensive
        more expensive is ok
        more expensive ones are fine too
        can be pricier
        any price
        any price is fine
        at any price
        no price limit
        no limit
        no budget
        remove the price limit
        remove the budget
        drop the price limit
        drop the budget
        lift the price limit
        without the price limit
        without a budget
        without the budget what would you say
        what if money were no object
        what if price didn't matter?
        and if i paid more?
        let's forget what i said about the price
        show me more expensive ones too
        whatever it costs
        cost what it will
        no matter the price
        """)),
    Family("drop.brand", 3, "more; drop brand", lines("""
        brand doesn't matter any more
        brand doesn't matter
        the brand doesn't matter
        the brand is not important
        brand is irrelevant
        brand isn't important to me
        any brand
        any brand is fine
        any brand will do
        ok any brand
        all brands
        all brands please
        show me all brands
        show all makers
        other brands too
        other brands are ok too
        other brands as well
        any make
        whatever brand
        i don't care about the brand
        i dont care which brand
        i don't mind the brand
        i don't mind which make
        i'm open to other brands
        i'm not fixed on a brand
        forget the brand
        forget about the brand
        never mind the brand
        nevermind brand
        ignore the brand
        ignore what i said about brands
        drop the brand
        remove the brand
        remove the brand filter
        without the brand
        no brand preference
        no preference for a brand
        no particular brand
        the maker is not important
        doesn't have to be that brand
        it doesn't have to be that brand
        it can be any brand
        it can be from anyone
        can be another brand too
        could also be a different brand
        whoever makes it
        """)),
    Family("drop.color", 3, "more; drop color", lines("""
        any color
        any colour
        ok any colour
        any color is fine
        any colour will do
        all colors
        all colours please
        color doesn't matter
        colour doesn't matter
        the color doesn't matter any more
        the colour is not important
        the color is not that important
        i don't care about the color
        i dont care what colour
        i don't mind the colour
        forget the color
        forget the colour
        forget about the colour
        never mind the color
        nevermind the colour
        ignore the color
        ignore the colour
        drop the color
        drop the colour
        remove the color
        remove the color filter
        no colour preference
        no preference in color
        other colors too
        other colours are fine too
        it can be any color
        it can be any colour
        can be another colour
        could be a different color too
        whatever color
        in all colors
        in any colour
        different colours are ok
        without the color
        """)),
    Family("drop.stock", 1.5, "more; drop stock", lines("""
        it doesn't have to be in stock
        doesn't need to be in stock
        i can wait
        i can wait for it
        i don't mind waiting
        i'm in no hurry
        no hurry, can be out of stock
        out of stock is ok
        out of stock is fine too
        sold out ones are ok too
        show me the sold out ones too
        show unavailable ones too
        also the ones that are out of stock
        include the ones out of stock
        including out of stock
        availability doesn't matter
        stock doesn't matter
        forget the stock
        forget about stock
        forget availability
        never mind availability
        ignore stock
        backorder is fine
        whether it's in stock or not
        """)),
    Family("drop.words", 4, "more", lines("""
        forget the {drop:nowsoft}
        forget {drop:nowsoft}
        forget about {drop:nowsoft}
        never mind {drop:nowsoft}
        nevermind the {drop:nowsoft} part
        {drop:nowsoft} doesn't matter
        {drop:nowsoft} is not that important
        {drop:nowsoft} isn't important
        {drop:nowsoft} isn't a must
        {drop:nowsoft} is not necessary
        {drop:nowsoft} is optional
        {drop:nowsoft} was silly, forget that
        it doesn't have to be {drop:nowsoft}
        it doesn't need to be {drop:nowsoft}
        doesn't have to be {drop:nowsoft}
        doesn't need to be {drop:nowsoft} any more
        need not be {drop:nowsoft}
        not necessarily {drop:nowsoft}
        it need not be {drop:nowsoft}
        i don't need {drop:nowsoft} anymore
        i don't need it {drop:nowsoft}
        i don't insist on {drop:nowsoft}
        i don't care about {drop:nowsoft}
        drop the {drop:nowsoft}
        drop {drop:nowsoft}
        drop the {drop:nowsoft} requirement
        ignore the {drop:nowsoft} thing
        remove {drop:nowsoft}
        take out {drop:nowsoft}
        skip the {drop:nowsoft} requirement
        without the {drop:nowsoft} filter
        no need for {drop:nowsoft}
        no need to be {drop:nowsoft}
        if it isn't {drop:nowsoft} that's ok too
        can be without {drop:nowsoft}
        ok then not {drop:nowsoft} necessarily
        forget what i said about {drop:nowsoft}
        {drop:nowhas} doesn't matter
        {drop:nowhas} is not necessary
        {drop:nowhas} isn't a must any more
        forget the {drop:nowhas}
        forget {drop:nowhas}
        never mind the {drop:nowhas}
        it doesn't need {drop:nowhas}
        it doesn't have to be {drop:nowhas}
        doesn't need to be {drop:nowhas}
        i don't need {drop:nowhas} any more
        drop the {drop:nowhas}
        i don't insist on {drop:nowhas}
        no need for {drop:nowhas}
        need not be {drop:nowhas}
        """)),
    Family("drop.maker", 2, "more", lines("""
        it doesn't have to be {drop:nowbrand}
        it doesn't need to be {drop:nowbrand}
        doesn't have to be {drop:nowbrand}
        doesn't need to be {drop:nowbrand} any more
        need not be {drop:nowbrand}
        not necessarily {drop:nowbrand}
        not only {drop:nowbrand}
        forget {drop:nowbrand}, show me all
        forget about {drop:nowbrand}, any brand is ok
        i don't insist on {drop:nowbrand}
        {drop:nowbrand} is not a must
        {drop:nowbrand} isn't so important
        {drop:nowbrand} or any other
        other brands than {drop:nowbrand} are fine too
        besides {drop:nowbrand} others are ok too
        can also be something else than {drop:nowbrand}
        drop {drop:nowbrand}
        drop the {drop:nowbrand} requirement
        remove the {drop:nowbrand} filter
        """)),
    Family("drop.refused", 3, "more", lines("""
        {drop:refused} is fine after all
        {drop:refused} is ok after all
        {drop:refused} is ok too
        {drop:refused} is okay
        {drop:refused} would be fine too
        {drop:refused} too, ok
        ok, {drop:refused} is fine
        alright {drop:refused} is fine
        i don't mind {drop:refused}
        i don't mind {drop:refused} any more
        i have nothing against {drop:refused} after all
        it can be {drop:refused} too
        it can be {drop:refused} after all
        can be {drop:refused} as well
        may be {drop:refused} too
        could be {drop:refused} too, fine
        you can show {drop:refused} again
        show {drop:refused} again
        show me {drop:refused} too
        show me {drop:refused} ones as well
        let {drop:refused} back in
        bring back {drop:refused}
        put {drop:refused} back
        put {drop:refused} back on the list
        include {drop:refused} again
        include {drop:refused} too
        with {drop:refused} again
        also {drop:refused} then
        i take it back, {drop:refused} is fine
        forget what i said about {drop:refused}
        i was too harsh on {drop:refused}
        maybe {drop:refused} isn't so bad
        i changed my mind about {drop:refused}, it's ok
        """)),
    Family("drop.all", 2, "find; drop all", lines("""
        start over
        let's start over
        start again
        start from scratch
        start from the beginning
        from the top
        from the beginning please
        reset
        reset everything
        reset please
        clear
        clear all
        clear everything
        clear all filters
        remove all filters
        forget everything
        forget everything i said
        forget all that
        forget all of it
        forget it all, new start
        new search
        let's begin anew
        let's begin again
        scrap that, start new
        scratch all that
        wipe it
        delete everything and start over
        drop all of it
        drop everything
        back to the start
        back to square one
        begin from zero
        can we start over?
        i want to start over
        """)),
)  # fmt: skip
