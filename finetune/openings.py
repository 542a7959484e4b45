"""How shoppers begin: what stands before and after the thing they look for, a phrasing a line.

`%` stands for the thing with its properties and `{...}` for what a trade fills in. Knows no shop.
"""

from finetune.followups import Family
from finetune.phrasings import lines

THINGS = lines("""
    {want:kind}
    {want:kind}
    {want:kind}
    a {want:kind}
    a {want:kind}
    a {want:kind}
    some {want:kind}
    a {soft:adj} {want:kind}
    a {soft:adj} {want:kind}
    {soft:adj} {want:kind}
    a {soft:word} and {soft:word2} {want:kind}
    a {soft:word}, {soft:word2} {want:kind}
    a {has:color} {want:kind}
    {has:color} {want:kind}
    a {soft:adj} {has:color} {want:kind}
    a {has:color} {soft:adj} {want:kind}
    a {brand:brand} {want:kind}
    {brand:brand} {want:kind}
    a {soft:adj} {brand:brand} {want:kind}
    a {has:color} {brand:brand} {want:kind}
    a {has:amount} {want:kind}
    {want:kind} {has:amount}
    a {want:kind} with {has:amount}
    a {want:kind}, {has:amount}
    a {want:kind} in {has:color}
    {want:kind} in {has:color} or {has:color2}
    a {want:kind} from {brand:brand}
    {want:kind} by {brand:brand}
    a {want:kind} {soft:use}
    {want:kind} {soft:use}
    a {soft:adj} {want:kind} {soft:use}
    a {want:kind} {soft:part|with @}
    {want:kind} {soft:part|with @}
    a {soft:adj} {want:kind} {soft:part|with @}
    a {want:kind} without {hasnt:part}
    {want:kind} w/o {hasnt:barepart}
    a {want:kind} with no {hasnt:barepart}
    a {want:kind} that is {soft:adj}
    a {want:kind} thats {soft:adj} and {soft:adj2}
    a {want:kind} which is not {hasnt:color}
    {want:kind}, not {hasnt:color}
    a {want:kind} that isn't {hasnt:adj}
    a {want:kind} but no {no:other}
    {want:kind}, no {no:other}
    """)

FIND = lines("""
    %
    %
    %
    %
    %?
    % please
    %, please
    i need %
    i need % please
    need %
    need % asap
    I'm looking for %
    im looking for %
    looking for %
    am looking for %
    i am searching %
    searching for %
    hi, i need %
    hello! i'm looking for %
    hey do you have %
    hey, got any %
    hi there, i would like %
    good morning, i search %
    do you have %
    do you have %?
    do u have %
    do you sell %?
    have you got %?
    got %?
    any %?
    is there %?
    are there %
    show me %
    show me % pls
    can you show me %?
    could you find me % please
    can u find me %
    find me %
    find %
    get me %
    gimme %
    i want %
    i want to buy %
    i wanna buy %
    i'd like %
    i would like to buy %
    i would love %
    i could use %
    in the market for %
    shopping for %
    thinking of getting %
    thinking about buying %
    can you recommend %?
    can you suggest %
    recommend me %
    any recommendations for %?
    any suggestions for %
    what would you recommend for %
    what % would you recommend?
    which % should i get
    which % do you have?
    what % do you carry?
    what have you got in the way of %
    whats a good %
    where can i find %
    help me find %
    please help me choose %
    help! i need % by friday
    we need % for the new place
    we are looking for %
    my old one broke, i need %
    mine died yesterday so i need %
    after years with the same one i finally need %
    i moved to a new flat and need %
    my daughter says i need %
    my boss wants me to order %
    ok so basically i'm after %
    so i've been looking everywhere for %
    not sure what to get, but i think %
    not sure if you sell these but %
    why not start with %
    i have no idea about these things, i just need %
    no rush, but i need %
    dont laugh, i want %
    it's not urgent, looking for %
    i don't know much about it but i want %
    we are a family of 5 and need %
    i'm 72 and my son told me to get %
    for 2 people: %
    number one on my list: %
    wanted: %
    me need %
    i must buy %
    please i want buy %
    i am interested in %
    would be interested in %
    i was wondering if you have %
    do you happen to have %
    is it possible to get %
    """)

GIFT = lines("""
    % for my dad
    % for my mum who loves {:use}
    i need % as a gift for my sister
    a present for my wife, %
    birthday gift for my 10 year old, %
    my nephew turns 12, he wants %
    my grandma wants %
    % for a friend's wedding
    looking for % for my husband, he is 45
    christmas present for my brother: %
    gift idea for a colleague, maybe %
    my girlfriend asked for %
    % for my boyfriend, he hates shopping
    its for my son, he starts school, %
    secret santa, %
    my teenage daughter needs %
    my parents need %, they are not getting younger
    something for my boss, %
    """)

SETS = lines("""
    everything for a {:use} setup, {want:kind} and {want:other}
    a {want:kind} and a {want:other}
    a {want:kind} and a {want:other} that go together
    a set with {want:kind} and {want:other}
    {want:kind} plus {want:other}, together max {max:price}
    i need a {want:kind}, a {want:other}, all in all {max:price}
    a {want:kind} and {want:other} under {max:price} in total
    a whole set: {want:kind}, {want:other}
    starter kit with a {want:kind} and {want:other}
    i'm starting from zero: {want:kind} and {want:other} for {max:price} altogether
    {want:kind} and {want:other}, {max:price} for both
    bundle of {want:kind} and {want:other}
    put together a {want:kind} and a {want:other} for me
    """)

COUNTED = lines("""
    {count:count} cheap {want:kind}
    the cheapest {want:kind} => sort cheapest
    cheapest {want:kind} => sort cheapest
    whats your cheapest {want:kind} => sort cheapest
    least expensive {want:kind} => sort cheapest
    most affordable {want:kind} you have => sort cheapest
    {want:kind}, cheapest first => sort cheapest
    the best rated {want:kind} => sort rated
    best rated {want:kind} => sort rated
    top rated {want:kind} please => sort rated
    which {want:kind} has the best reviews? => sort rated
    {want:kind} with the best ratings => sort rated
    the highest rated {want:kind} => sort rated
    the newest {want:kind} => sort newest
    latest {want:kind} => sort newest
    what's the newest {want:kind} you have => sort newest
    the most expensive {want:kind} => sort dearest
    the {count:count} cheapest {want:kind} => sort cheapest
    {count:count} cheapest {want:kind} => sort cheapest
    show me the {count:count} best rated {want:kind} => sort rated
    the {count:count} newest {want:kind} => sort newest
    top {count:count} {want:kind} => sort rated
    top {count:count} rated {want:kind} => sort rated
    give me {count:count} options for {want:kind}
    {count:count} suggestions for a {want:kind}
    show me {count:count} {want:kind}
    i want to see {count:count} {want:kind}
    list {count:count} {want:kind} please
    can you show me {count:count} different {want:kind}
    """)

WITH_OWN = lines("""
    what goes with my {own}?
    what goes with my {own}
    what can i get for my {own}
    what should i buy for my {own}?
    accessories for my {own}
    accessories for my {own} please
    anything for my {own}?
    i have a {own}, what goes with it
    what works with my {own}?
    i need something for my {own}
    need stuff for my {own}
    what am i missing for my {own}?
    what else do i need for my {own}
    what do i need to use my {own}
    anything that fits my {own}
    does anything go with my {own}
    looking for accessories for my {own}
    extras for my {own}?
    what do people buy with my {own}
    complete my {own}
    {want:comp} for my {own}
    a {want:comp} for my {own}
    a {want:comp} for my {own} please
    i need a {want:comp} for my {own}
    looking for {want:comp} for my {own}
    a {want:comp} that fits my {own}
    {want:comp} compatible with my {own}
    which {want:comp} works with my {own}?
    what {want:comp} do i need for my {own}
    do you have a {want:comp} for my {own}?
    is there a {want:comp} that goes with my {own}
    my {own} needs a new {want:comp}
    my {own} needs {want:comp}
    i own a {own} and need a {want:comp}
    the {want:comp} of my {own} broke
    can't find a {want:comp} for my {own}
    """)

WITH_NAMED = lines("""
    what goes with a {named:thing}?
    what goes with {named:thing}
    what do i need with a {named:thing}
    got myself a {named:thing}, what am i missing?
    got a {named:thing} yesterday, what else do i need
    just bought a {named:thing}, what else do i need?
    just got a {named:thing}. what should i get with it?
    i bought a {named:thing} last week, what goes with it
    i ordered a {named:thing}, anything i should add?
    i have a {named:thing}, what accessories are there
    accessories for a {named:thing}
    accessories for {named:thing}
    stuff that works with a {named:thing}
    does anything fit a {named:thing}?
    i own a {named:thing} already, what would complete it
    we have a {named:thing} at home, what goes with that
    new {named:thing} owner here, what do i need
    what do people usually buy with a {named:thing}
    things to go with my new {named:thing}
    my wife got a {named:thing}, what can i add
    {want:comp} for {named:ware}
    a {want:comp} for a {named:ware}
    a {want:comp} for my {named:ware}
    i need a {want:comp} for my new {named:ware}
    {want:comp} that fits a {named:ware}
    {want:comp} compatible with {named:ware}
    which {want:comp} works with a {named:ware}?
    do you have {want:comp} for the {named:ware}?
    i have a {named:ware} and need a {want:comp}
    got a {named:ware}, now i need a {want:comp}
    """)

LIKE = lines("""
    => like; something like my {own}
    => like; something similar to my {own}
    => like; more like my {own}
    => like; another {own} like mine
    => like; i want one like my {own} but {soft:more}
    => like; like my {own} but {soft:more}
    => like; an alternative to my {own}
    => like; my {own} is great, anything like it?
    => like; i love my {own}, show me similar ones
    => like; replacement for my {own}, same sort of thing
    => ask; is my {own} {soft:adj}?
    => ask; does my {own} have {soft:part}
    => ask; how old is my {own}
    => ask; does my {own} work {soft:use}?
    => more; ignore my {own}, its not mine
    """)

VAGUE = lines("""
    something {soft:adj}
    something {soft:use}
    something {has:color}
    anything from {brand:brand}?
    what do you have from {brand:brand}
    show me {brand:brand}
    show me everything except {not:brand}
    what can i get for {max:price}?
    anything under {max:price}
    something under {max:price} please
    what do you have for less than {max:price}
    i have {max:price} to spend, what should i get
    surprise me
    what's popular?
    what's new => sort newest
    what do you recommend for me
    recommend something
    anything i might like?
    any ideas for me
    best rated stuff => sort rated
    i'm bored, show me something {soft:adj}
    gift under {max:price}
    a gift for my mum, {max:price} max
    present for a 6 year old, up to {max:price}
    something for my dad, he likes {soft:word} things
    no {not:brand} please, everything else is fine
    what's your cheapest product => sort cheapest
    """)

FAMILIES: tuple[tuple[Family, float], ...] = (
    (Family("find", 1, "find", FIND), 62.0),
    (Family("gift", 1, "find", GIFT), 5.0),
    (Family("set", 1, "find; set", SETS), 2.5),
    (Family("counted", 1, "find", COUNTED), 5.0),
    (Family("vague", 1, "find", VAGUE), 4.0),
    (Family("with.own", 1, "with", WITH_OWN), 9.0),
    (Family("with.named", 1, "with", WITH_NAMED), 8.0),
    (Family("own", 1, "", LIKE), 3.0),
)
"""What begins a conversation, with how often."""
