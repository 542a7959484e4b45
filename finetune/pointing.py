"""How shoppers point at what was shown or what they own, compare, ask, and go to another topic, a phrasing a line.

Written in the way of `followups`. `{it}` is one product shown, `{its}` two of them and `{own}` a thing owned, or named
when it is not among those. Knows no shop and no thing by name.
"""

from finetune.followups import Family
from finetune.phrasings import lines

ORDINALS = (
    ("first", "1st", "one", "number one"),
    ("second", "2nd", "two", "number two"),
    ("third", "3rd", "three", "number three"),
    ("fourth", "4th", "four", "number four"),
    ("fifth", "5th", "five", "number five"),
)  # fmt: skip
"""How each place in a list is called; the first two of a row stand after "the"."""

BY_PLACE = lines("""
    the @
    the @ one
    the @ one
    the @ one there
    the @ {:nowkind}
    the @ option
    the @ in the list
    the @ on the list
    the @ one on your list
    the @ of those
    the @ result
    @ one
    that @ one
    your @ suggestion
    the one in @ place
    the @ you showed
    the @ u showed me
    """)
BY_NUMBER = lines("""
    number #
    nr #
    no. #
    no #
    nr. #
    #.
    option #
    # on the list
    item #
    the one at #
    the one with number #
    product #
    choice #
    the number #
    """)
BY_LAST = lines("""
    the last one
    the last
    the very last one
    the last in the list
    the bottom one
    the one at the bottom
    the final one
    the last {:nowkind}
    that last one
    """)
BY_TOP = lines("""
    the top one
    the one at the top
    the one on top
    your first choice
    your top suggestion
    """)
BY_NAME = lines("""
    @
    @
    the @
    that @
    the @ one
    the @ thing
    that @ one
    this @
    the one from @
    the one called @
    """)
BY_COLOR = lines("""
    the @ one
    that @ one
    the @
    the one in @
    the @ {:nowkind}
    """)
BY_PRONOUN = lines("""
    it
    it
    this
    that
    this one
    this one
    that one
    that one
    this {:nowkind}
    that {:nowkind}
    this thing
    """)
PAIRS = lines("""
    the @ and the &
    the @ and & one
    @ and &
    the @ one and the & one
    the @ one or the &
    the @ or the &
    number # and number %
    # and %
    # or %
    nr # and %
    #, %
    options # and %
    no. # and no. %
    the @ with the &
    the @ vs the &
    # vs %
    """)

POINT = (
    Family("cheaper", 2, "cheaper", lines("""
        something cheaper
        something cheaper please
        cheaper
        cheaper please
        cheaper?
        cheaper ones
        cheaper ones please
        anything cheaper?
        anything less expensive
        any cheaper ones?
        do you have anything cheaper
        do you have a cheaper one?
        got anything cheaper
        is there something cheaper?
        is there a cheaper one
        isn't there anything cheaper
        too pricey
        too expensive
        that's too expensive
        thats too much
        that's too much for me
        that's a bit steep
        bit pricey
        way too expensive
        wow expensive
        whoa, that's a lot of money
        they're all too expensive
        these are too expensive
        those cost too much
        a bit cheaper please
        a little less expensive
        less expensive
        less expensive ones please
        i can't afford that
        i can't afford these
        i want something cheaper
        i need something cheaper
        i was hoping for something cheaper
        i don't want to pay that much
        i don't want to spend that much
        out of my budget
        that's over my budget
        more affordable ones
        something more affordable
        something easier on the wallet
        something for a smaller wallet
        can you go lower
        can you do cheaper
        show me cheaper ones
        show me cheaper options
        cheaper alternative?
        a cheaper alternative please
        not so expensive
        it's too expensive
        to expensive
        u got cheaper?
        have cheaper?
        is too much expensive for me
        """)),
    Family("cheaper.it", 5, "cheaper", lines("""
        cheaper than {it}
        cheaper than {it}?
        something cheaper than {it}
        anything cheaper than {it}?
        less expensive than {it}
        {it} but cheaper
        like {it} but cheaper
        something like {it} but cheaper
        similar to {it} but less expensive
        {it} is too expensive
        {it} is too pricey
        {it} is too expensive, cheaper?
        {it} costs too much
        {it} is nice but too expensive
        {it} is over my budget
        i like {it} but it's too expensive
        i'd take {it} if it was cheaper, is there something cheaper
        i can't afford {it}
        a cheaper alternative to {it}
        a cheaper version of {it}
        is there a cheaper version of {it}?
        is there something cheaper than {it}
        do you have something like {it} for less money
        is there one like {it} that costs less
        what's cheaper than {it}
        which are cheaper than {it}?
        show me ones cheaper than {it}
        {it} but for less
        too much money for {it}
        {it} is a bit steep, what else
        """)),
    Family("like", 6, "like", lines("""
        like {it}
        more like {it}
        more like {it} please
        more of {it}
        show me more like {it}
        show more like {it}
        show me similar ones to {it}
        similar to {it}
        similar ones to {it} please
        something like {it}
        something similar to {it}
        anything like {it}?
        anything similar to {it}?
        i like {it}, show me similar
        i like {it}, any others like that?
        i like {it}, more of those
        {it} is nice, more like that
        {it} looks good, what else is similar
        {it} comes close, any like it
        {it} is almost perfect, show me similar ones
        alternatives to {it}
        alternative to {it}?
        what's similar to {it}
        what is similar to {it}?
        what else is like {it}
        do you have others like {it}
        do you have something like {it}?
        are there others like {it}
        got more like {it}
        in the style of {it}
        same kind as {it}
        ones comparable to {it}
        find me one like {it}
        i want one like {it}
        like {it} but {soft:more}
        like {it} only {soft:more}
        like {it}, just {soft:more}
        something like {it} but {soft:more}
        similar to {it} but {soft:more}
        {it} but {soft:more}
        i like {it} but it should be {soft:more}
        like {it} but {soft:adj}
        something like {it} but {soft:adj}
        like {it} but in {has:color}
        {it} but in {has:color}
        something like {it} but in {has:color}
        similar to {it}, in {has:color}
        like {it} but not {hasnt:color}
        like {it} but not in {hasnt:color}
        like {it} but from {brand:brand}
        like {it} but not {not:brand}
        something like {it} but not from {not:brand}
        like {it} but not by {not:brand}
        like {it} {soft:part|with @}
        like {it} but {soft:part|with @}
        {it} but {soft:part|with @}
        like {it} but without {hasnt:part}
        {it} but without {hasnt:part}
        similar to {it} without {hasnt:part}
        like {it} but with {has:amount}
        like {it} but under {max:price}
        something like {it} for less than {max:price}
        similar to {it} but max {max:price}
        """)),
    Family("ask", 9, "ask", lines("""
        does {it} have {soft:part}?
        does {it} have {soft:part}
        does {it} come with {soft:part}
        does {it} really have {soft:part}?
        has {it} got {soft:part}?
        has {it} {soft:part}?
        do you know if {it} has {soft:part}
        i wonder if {it} has {soft:part}
        can you check if {it} has {soft:part}?
        {it}, does it have {soft:part}?
        what about {it}, does it have {soft:part}
        and {it}, has it got {soft:part}?
        is there {soft:part} on {it}?
        is {it} {soft:adj}?
        is {it} {soft:adj}
        is {it} really {soft:adj}?
        is {it} {soft:adj} enough
        is {it} also {soft:adj}?
        would you say {it} is {soft:adj}
        how {soft:adj} is {it}?
        how {soft:adj} is {it}
        {it} is {soft:adj}, right?
        is {it} good {soft:use}?
        is {it} ok {soft:use}
        is {it} suitable {soft:use}?
        can i use {it} {soft:use}
        would {it} work {soft:use}?
        is {it} made {soft:use}
        does {it} come in {soft:color}?
        does {it} come in {soft:color}
        is {it} available in {soft:color}?
        can i get {it} in {soft:color}
        is {it} {soft:color}?
        does {it} have {soft:amount}?
        does {it} really have {soft:amount}
        is {it} {soft:amount}?
        what's the <soft:size> of {it}?
        what is the <soft:weight> of {it}
        what's the <soft:warranty> on {it}?
        how <soft:heavy> is {it}?
        how <soft:big> is {it}
        how <soft:long> is {it}
        how <soft:wide> is {it}?
        what <soft:color> is {it}?
        what <soft:colour> is {it}
        what <soft:colors> does {it} come in?
        what <soft:size> is {it}
        what <soft:material> is {it}?
        what is {it} <soft:made of>?
        where is {it} <soft:made>?
        what's <soft:in the box> with {it}
        what's the <soft:rating> of {it}
        what do the <soft:reviews> say about {it}?
        how much does {it} <soft:weigh>?
        how much does {it} <soft:weigh>
        does {it} come with a <soft:warranty>?
        is {it} <soft:in stock>?
        is {it} <soft:in stock>
        is {it} <soft:available>?
        what's the <soft:price> of {it}?
        what does {it} <soft:cost>?
        how much is {it}?
        how much is {it}
        how much for {it}
        who <soft:makes> {it}?
        """)),
    Family("ask.plain", 5, "ask", lines("""
        tell me more about {it}
        tell me about {it}
        more about {it}
        more info on {it}
        more info about {it} please
        more details on {it}
        details of {it} please
        what about {it}?
        what can you tell me about {it}
        can you tell me more about {it}?
        can i see {it}
        show me {it}
        show me {it} in detail
        what's good about {it}?
        what is special about {it}
        what's wrong with {it}
        why {it}?
        why did you pick {it}
        why do you recommend {it}?
        why is {it} so expensive
        is {it} any good?
        is {it} good
        is {it} worth it
        is {it} worth the money?
        describe {it}
        i like {it}
        i like {it}, tell me more
        i'm interested in {it}
        {it} looks interesting
        {it} looks good
        {it} sounds good
        {it}?
        {it} please
        let me look at {it}
        i'd like to know more about {it}
        i think {it} could work
        what do people say about {it}
        any downsides to {it}?
        pros and cons of {it}
        specs of {it}
        specs for {it}?
        i'll take {it}
        i want {it}
        i choose {it}
        i'd go for {it}
        """)),
    Family("ask.unpointed", 1.5, "ask", lines("""
        does it have {soft:part}?
        does it come with {soft:part}
        is it {soft:adj}?
        is it really {soft:adj}
        is it good {soft:use}?
        how <soft:heavy> is it
        what <soft:colors> are there?
        what's the <soft:warranty>?
        how much does it <soft:weigh>
        do they have {soft:part}?
        do these come with {soft:part}
        are they {soft:adj}
        are these {soft:adj}?
        are they good {soft:use}
        are all of them {soft:adj}?
        do all of these have {soft:part}
        how <soft:big> are they
        what are they <soft:made of>
        why these?
        why did you pick those
        tell me more about them
        can you tell me more
        """)),
    Family("compare.two", 6, "compare", lines("""
        compare {its}
        compare {its} please
        compare {its} for me
        can you compare {its}?
        could you compare {its}
        please compare {its}
        {its}, compare
        {its}: which is better?
        {its}, which one is better?
        {its}, what's the difference?
        which is better, {its}?
        which one is better, {its}
        what's better: {its}
        what is the difference between {its}?
        what's the difference between {its}
        whats the difference of {its}
        difference between {its}?
        diff between {its}
        how do {its} differ?
        how do {its} compare
        how do {its} stack up
        can't decide between {its}
        i can't decide between {its}
        i'm torn between {its}
        i'm between {its}
        i am hesitating between {its}
        help me choose between {its}
        help me decide, {its}?
        should i get {its}?
        should i take {its}
        would you take {its}
        show {its} side by side
        put {its} side by side
        {its} side by side please
        between {its}, which would you buy
        between {its}, which is {soft:more}?
        between {its} which one is {soft:more}
        which is {soft:more}, {its}?
        which one's {soft:more}, {its}
        which of {its} is {soft:more}?
        is there a difference between {its}
        {its} look the same to me, what's different
        is {it} {soft:more} than {it2}?
        is {it} better than {it2}
        is {it} better than {it2} {soft:use}?
        is {it} more {soft:adj} than {it2}
        {it} vs {it2}
        {it} versus {it2}
        {it} or {it2}?
        {it} or {it2}
        {it} or rather {it2}?
        why is {it} more expensive than {it2}
        why does {it} cost more than {it2}?
        what does {it} have that {it2} doesn't
        what makes {it} better than {it2}?
        how does {it} compare to {it2}
        how does {it} compare with {it2}?
        compare {it} to {it2}
        compare {it} with {it2}
        which is {soft:more}, {it} or {it2}?
        """)),
    Family("compare.first", 2, "compare; it 1, 2", lines("""
        compare the first two
        compare the first two please
        can you compare the first two?
        which of the first two is {soft:more}?
        which of the first two is better
        which of the first two would you take
        what's the difference between the first two
        what's the difference between the first two?
        difference first two?
        how do the first two differ
        the first two, what's the difference
        the first two: which is {soft:more}
        of the first two, which is more {soft:adj}?
        show me the first two side by side
        i can't decide between the first two
        top two, which is better?
        compare the top two
        compare the top 2
        first two, compare
        the two at the top, which is {soft:more}
        between the first two, which is better {soft:use}
        i like the first two, which one's {soft:more}
        """)),
    Family("compare.three", 0.7, "compare; it 1, 2, 3", lines("""
        compare the first three
        compare the top three
        which of the first three is {soft:more}?
        which of the first three is the best {soft:use}
        what's the difference between the first three?
        first three, which would you buy
        compare 1, 2 and 3
        compare the first 3 for me
        """)),
    Family("compare.last", 1, "compare; last", lines("""
        compare the last two
        compare the last two please
        which of the last two is {soft:more}?
        which of the last two is better
        what's the difference between the last two?
        the last two, which is better
        difference between the last two
        the bottom two, how do they differ
        how do the last two compare
        i can't decide between the last two
        """)),
    Family("compare.all", 2, "compare", lines("""
        compare them
        compare them please
        compare these
        compare those for me
        compare all of them
        can you compare them?
        can you compare these
        which is better?
        which one is better
        which one is best?
        which is the best
        which would you recommend
        which one would you recommend?
        which one would you take
        which one would you buy
        which should i take?
        which one should i get
        what's the difference
        what's the difference?
        what's the difference between them
        what is the difference between these?
        how do they differ
        how do these compare?
        which is {soft:more}?
        which one is {soft:more}
        which one is more {soft:adj}?
        which is best {soft:use}?
        which one is better {soft:use}
        which of them is {soft:more}
        which of these is the most {soft:adj}?
        side by side please
        put them side by side
        i can't decide, help
        help me choose
        your favourite?
        pros and cons of each?
        both look good, which one?
        """)),
    Family("with.it", 7, "with", lines("""
        what goes with {it}?
        what goes with {it}
        what goes well with {it}
        what else goes with {it}
        what would go with {it}?
        does anything go with {it}?
        anything that goes with {it}
        anything to go with {it}?
        something that goes with {it}
        something to go with {it}
        what do i need for {it}?
        what do i need with {it}
        what else do i need for {it}?
        what else do i need with {it}
        what else would i need if i buy {it}
        what should i buy with {it}
        what should i get together with {it}?
        what do people buy with {it}?
        what do others buy together with {it}
        what fits {it}?
        what fits with {it}
        what works with {it}
        what matches {it}?
        what pairs well with {it}
        accessories for {it}
        accessories for {it}?
        accessories for {it} please
        any accessories for {it}?
        extras for {it}
        add-ons for {it}
        are there accessories for {it}
        do you have accessories for {it}?
        i'll take {it}, what else do i need
        i'll take {it}, what goes with it?
        if i get {it}, what else should i get
        if i buy {it} what else do i need?
        ok {it} it is, anything to go with it
        i bought {it}, what do i need now
        anything missing if i take {it}?
        what am i missing with {it}
        what would complete {it}
        """)),
    Family("with.it_want", 6, "with", lines("""
        {want:comp} for {it}
        {want:comp} for {it}?
        {want:comp} for {it} please
        a {want:comp} for {it}
        and a {want:comp} for {it}
        a {want:comp} that fits {it}
        a {want:comp} to go with {it}
        a matching {want:comp} for {it}
        is there a {want:comp} for {it}?
        is there a {want:comp} that goes with {it}
        do you have a {want:comp} for {it}
        do you have {want:comp} for {it}?
        i also need a {want:comp} for {it}
        i need a {want:comp} for {it}
        i need {want:comp} that work with {it}
        i'd need a {want:comp} with {it}
        i'll take {it}, now a {want:comp} for it
        which {want:comp} fits {it}?
        which {want:comp} goes with {it}
        what {want:comp} do i need for {it}
        what {want:comp} works with {it}?
        show me {want:comp} for {it}
        find me a {want:comp} for {it}
        {want:comp} compatible with {it}
        any {want:comp} that would go with {it}
        can you find a {want:comp} for {it}?
        {it} needs a {want:comp}
        a {want:comp} for {it}, under {max:price}
        a {want:comp} for {it} under {max:price}
        a {soft:word} {want:comp} for {it}
        a {want:comp} for {it} but not {not:brand}
        """)),
    Family("with.own", 7, "with", lines("""
        what goes with my {own}?
        what goes with my {own}
        anything for my {own}?
        anything that goes with my {own}
        something for my {own}
        something that goes with my {own}
        what do i need for my {own}
        what else do i need for my {own}?
        what would fit my {own}
        what fits my {own}?
        accessories for my {own}
        accessories for my {own}?
        extras for my {own} please
        do you have anything for my {own}
        i also need something for my {own}
        what can i add to my {own}?
        what am i missing for my {own}
        what works with my {own}
        what would go well with my {own}?
        i have a {own}, what goes with it
        i already have a {own}, what would go with that?
        i bought a {own} last month, what else do i need
        you know i bought a {own}, anything to go with it?
        i own a {own}, what fits
        for the {own} i bought
        for the {own} i already have, what is there
        for my {own}
        ok and for my {own}?
        and what about stuff for my {own}
        next thing: accessories for my {own}
        """)),
    Family("with.own_want", 9, "with", lines("""
        {want:comp} for my {own}
        a {want:comp} for my {own}
        a {want:comp} for my {own} please
        and a {want:comp} for my {own}?
        i also need a {want:comp} for my {own}
        now i need a {want:comp} for my {own}
        now a {want:comp} for my {own}
        i need {want:comp} for my {own}
        i'm also looking for a {want:comp} for my {own}
        do you have a {want:comp} for my {own}
        do you have {want:comp} for my {own}?
        is there a {want:comp} that fits my {own}
        is there a {want:comp} for my {own}?
        which {want:comp} fits my {own}?
        which {want:comp} works with my {own}
        what {want:comp} do i need for my {own}
        what {want:comp} goes with my {own}?
        show me {want:comp} for my {own}
        find {want:comp} for my {own}
        find me a {want:comp} that goes with my {own}
        {want:comp} compatible with my {own}
        {want:comp} that fits my {own}
        a {want:comp} to go with my {own}
        my {own} needs a {want:comp}
        my {own} needs new {want:comp}
        i have a {own}, i need a {want:comp} for it
        i've got a {own} and need a {want:comp}
        i have a {own} so what {want:comp} fits
        {want:comp} for the {own} i bought
        {want:comp} for the {own} i already own
        it's for my {own}, a {want:comp}
        a {soft:word} {want:comp} for my {own}
        a {want:comp} for my {own} under {max:price}
        a {want:comp} for my {own}, not {not:brand}
        """)),
    Family("more.own", 2.5, "more", lines("""
        it has to fit my {own}
        it should fit my {own}
        it should work with my {own}
        it must work with my {own}
        it's for my {own}
        it's meant for my {own}
        i'd use it with my {own}
        i want to use it with my {own}
        one that works with my {own}
        ones that fit my {own}
        only ones that work with my {own}
        should go with my {own}
        needs to be compatible with my {own}
        must be compatible with my {own}
        """)),
    Family("ask.own", 3, "ask", lines("""
        does {it} work with my {own}?
        does {it} fit my {own}
        does {it} go with my {own}?
        will {it} work with my {own}
        will {it} fit my {own}?
        would {it} fit my {own}
        is {it} compatible with my {own}?
        is {it} compatible with my {own}
        can i use {it} with my {own}?
        can i use {it} with the {own} i bought
        do you think {it} would go with my {own}
        i have a {own}, does {it} fit?
        i have a {own}, will {it} work with that
        """)),
    Family("with.named", 4, "with", lines("""
        i just bought a {named:thing}, what goes with it?
        i bought a {named:thing}, what else do i need
        got myself a {named:thing}, what am i missing
        got a {named:thing} yesterday, what goes with that?
        i also have a {named:thing}, what fits?
        i have a {named:thing} at home, anything for that?
        my friend has a {named:thing}, what could i give him for it
        my wife got a {named:thing}, what would go with it
        i'm getting a {named:thing} next week, what else do i need?
        what goes with a {named:thing}
        what do i need for a {named:thing}?
        accessories for a {named:thing}
        accessories for the {named:thing}?
        anything to go with a {named:thing}
        something to go with my {named:thing}
        anything for a {named:thing}?
        what about things for a {named:thing}
        and what goes with a {named:thing}?
        extras for a {named:thing}
        and for a {named:thing}, what do you have
        """)),
    Family("with.more", 3, "more", lines("""
        and a {want:comp} too?
        and a {want:comp}
        and a {want:comp}?
        and {want:comp}?
        and {want:comp} as well
        a {want:comp} too please
        a {want:comp} as well
        also a {want:comp}
        also a {want:comp} for it
        and a {want:comp} for it?
        a {want:comp} for it too
        and a matching {want:comp}
        and what {want:comp} fits?
        and which {want:comp}
        what about a {want:comp}?
        what about {want:comp}
        how about a {want:comp}
        i also need a {want:comp} for it
        do i need a {want:comp} too?
        do you have a {want:comp} for it as well
        now a {want:comp} for it
        now the {want:comp}
        next, a {want:comp} for it
        plus a {want:comp}
        is there a {want:comp} for it
        maybe also a {want:comp}
        show me {want:comp} for it
        """)),
    Family("dislike", 5, "more", lines("""
        i don't like {it}
        i dont like {it}
        i don't like {it} at all
        i don't want {it}
        i hate {it}
        i already have {it}
        i had {it} before, no good
        not {it}
        not {it} please
        anything but {it}
        everything but {it}
        all but {it}
        {it} is ugly
        {it} is not for me
        {it} isn't what i want
        {it} is no good
        {it} looks cheap
        {it}? no
        no, not {it}
        no to {it}
        remove {it}
        take out {it}
        take {it} off
        hide {it}
        leave out {it}
        skip {it}
        forget {it}
        don't show me {it} again
        something other than {it}
        other ones than {it}
        i don't trust {it}
        without {it}
        not {it}, something under {max:price} and in {has:color}
        not {it}, something {soft:adj}
        not {it}, one {soft:part|with @}
        not {it}, one from {brand:brand}
        i don't like {it}, something in {has:color}
        {it} is ugly, show me {soft:more} ones
        """)),
)  # fmt: skip

TOPIC = (
    Family("topic.new", 4, "find", lines("""
        now i also need a {want:other}
        now i need a {want:other}
        i also need a {want:other}
        i also need {want:other}
        i need {want:other} as well
        i need a {want:other} too
        i'm also looking for a {want:other}
        also looking for {want:other}
        and now a {want:other}
        now a {want:other}
        now {want:other}
        next, {want:other}
        next i need a {want:other}
        next thing, a {want:other}
        and a {want:other}
        and {want:other}?
        what about {want:other}
        what about {want:other}?
        how about a {want:other}
        what about a {want:other}?
        do you have {want:other}?
        do you have {want:other} too
        do you also sell {want:other}?
        do you also have {want:other}
        got {want:other} too?
        something else, i need a {want:other}
        something different now: {want:other}
        different question, do you have {want:other}?
        other thing: {want:other}
        ok that's settled. now a {want:other}
        that's it for that, now {want:other}
        ok next one, a {want:other}
        let's move on to {want:other}
        let's look at {want:other} now
        let's look for a {want:other}
        change of topic: {want:other}
        change of plan, a {want:other}
        forget that, i need a {want:other}
        forget the {:nowkind}, i need a {want:other}
        forget about the {:nowkind}. show me {want:other}
        never mind the {:nowkind}, show me {want:other}
        no more {:nowkind}, now {want:other}
        instead of a {:nowkind} maybe a {want:other}
        show me {want:other} instead
        show me {want:other}
        can you show me {want:other}?
        can you find me a {want:other} as well
        i want a {want:other} too
        my son also needs a {want:other}
        my wife wants a {want:other}
        oh and i ran out of {want:other}
        {want:other}
        {want:other}?
        {want:other} please
        a {want:other} under {max:price}
        now a {soft:adj} {want:other}
        now i need a {soft:word} {want:other} under {max:price}
        and a {want:other} under {max:price}?
        and a {want:other} that isn't {not:brand}
        now {want:other}, no {not:brand}
        next a {want:other} for under {max:price}
        i also need a {brand:brand} {want:other}
        and a {has:color} {want:other}
        now i want a {has:color} {want:other}, max {max:price}
        """)),
    Family("topic.same", 2.5, "more", lines("""
        same budget, but a {want:other}
        same budget but for a {want:other}
        same budget, {want:other}
        same price range but {want:other}
        same price, but a {want:other}
        same price limit for a {want:other}
        the same for a {want:other}
        the same but {want:other}
        the same but for {want:other}
        the same thing for {want:other}
        same again for a {want:other}
        same search but {want:other}
        same question for {want:other}
        same brand, but a {want:other}
        same brand but {want:other}
        same colour but a {want:other}
        same color, {want:other}
        same requirements but a {want:other}
        same conditions, for {want:other}
        with the same budget, a {want:other}
        for the same money a {want:other}
        for the same money, what {want:other} do i get
        and a {want:other} for the same price?
        and a {want:other} from the same brand
        and a {want:other} in the same colour
        a {want:other} at the same price
        do the same for {want:other}
        keep the budget, but show me {want:other}
        keep all that but make it a {want:other}
        """)),
    Family("topic.back", 2.5, "find", lines("""
        back to the {want:other}
        back to {want:other}
        back to the {want:other} please
        let's go back to the {want:other}
        lets go back to {want:other}
        going back to the {want:other}
        let's return to the {want:other}
        return to the {want:other}
        about the {want:other} again
        again about the {want:other}
        once more the {want:other}
        once more {want:other}
        and the {want:other} from before?
        and the {want:other} again
        the {want:other} from before
        the {want:other} from earlier
        the {want:other} you showed earlier
        can we go back to the {want:other}?
        can you show the {want:other} again
        show me the {want:other} again
        show the {want:other} from before
        let's talk about the {want:other} again
        i still need the {want:other}
        i still need a {want:other}
        i still want the {want:other}
        what about the {want:other} from earlier
        where were we with the {want:other}
        now back to my {want:other}
        ok the {want:other} again
        to come back to the {want:other}
        """)),
    Family("topic.with", 1, "find", lines("""
        not for the {:nowkind}, just a {want:other}
        just a {want:other} in general
        no just {want:other}, not for anything
        i want a {want:other} by itself
        i'm looking for a {want:other}, nothing to do with the {:nowkind}
        a {want:other}, unrelated
        enough of that, now i need a {want:other}
        ok that's done. something else now: a {want:other}
        new topic: {want:other}
        different thing, i'm looking for a {want:other}
        forget the {:nowkind}, show me {want:other}
        never mind all that, i need {want:other}
        """)),
)  # fmt: skip
