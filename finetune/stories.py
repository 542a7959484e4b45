"""More ways to begin: stories, fragments, moods, other tongues, questions beside the point, a phrasing a line.

Written like the tables of `openings`: `%` stands for the thing with its properties. Numbers and names in the stories
ask for nothing. Knows no shop.
"""

from finetune.phrasings import lines

FIND_MORE = lines("""
    so my dog chewed through mine last night, long story, anyway i need %
    the kids are ill, the car won't start and now this. i need %
    my flatmate moved out and took his with him so now i need %
    we've been married for 30 years and never owned one, now we want %
    i dropped mine down the stairs, all 14 of them. looking for %
    i bought one in 2015 and it finally gave up, so: %
    mine is 8 years old and slowly dying. what do you have in %
    spent 3 hours reading reviews and now i know even less. just find me %
    my neighbour in number 12 has one and i'm jealous. i'd like %
    a customer spilled coffee all over ours, we need %
    i start my new job on the 1st and still need %
    we move on june 3 and i have 100 other things to do, but we also need %
    i promised my kid %
    i have been saving since january for %
    my therapist says i should treat myself, so %
    a friend told me about your shop, do you carry %
    saw your ad on the bus. do you have %
    i was in your shop last week and forgot to buy %
    first time here, not sure how this works. i'm looking for %
    never bought one of these before. could you help me choose %
    i'm completely lost with all these models, i just want %
    can't believe how hard it is to find %
    tried 4 other shops already, nobody has %
    every other site is a mess. all i want is %
    long story short: %
    tl;dr need %
    to cut it short, %
    quick question, do you stock %?
    quick one: %
    one thing: %
    just %
    just % thanks
    only %
    simply %
    basically %
    %. thats it
    %. that's all i need
    %, nothing else
    %, what have you got
    %, any ideas?
    %, any tips?
    % recommendations
    % recommendations please
    % suggestions?
    % anyone?
    % where
    % price?
    % how much
    % wanted
    % needed
    % needed urgently
    % needed asap!!
    % for sale?
    % available?
    % - got any?
    %... you know the kind
    re: %
    subject: %
    order: %
    shopping list: %
    todo: buy %
    todays mission: %
    hello, %
    hi %
    hey! %
    yo, %
    yo got any %
    sup, need %
    heya, after % if you've got em
    ello, %
    good evening, i should like %
    good afternoon. would you have % for me?
    dear shop, i am looking for %
    dear team, please show me %
    excuse me, where do i find %
    sorry to bother you, i need %
    sorry for my english, i search for %
    pardon me, do you carry %
    may i see % please
    might you have %?
    would you be so kind as to show me %
    would you mind showing me %
    i would be grateful for %
    i'd appreciate some help with finding %
    if it isn't too much trouble, %
    kindly show %
    kindly suggest %
    listen, i need %
    look, all i want is %
    ok listen up robot, %
    hey bot, find %
    hi robot show me %
    are you a bot? whatever, find me %
    just give me % already
    how hard can it be to find %
    for crying out loud, %
    ffs just show me %
    damn, i need %
    dude i need %
    bro i need %
    lads, after %
    gonna need %
    lookin for %
    lookin 4 %
    need 2 buy %
    wnat %
    plz show %
    pls show me %
    pls recommend %
    u got %?
    u have %?
    ya got %
    got any good % in?
    hook me up with %
    hit me with %
    point me to %
    lead me to %
    let me see %
    let's see %
    let's find %
    let me have a look at %
    i'd love to see %
    i'd be happy with %
    i'm hunting for %
    i'm on the hunt for %
    on the lookout for %
    i'm hoping to find %
    i'm trying to find %
    trying to find %
    been trying to get %
    i'm thinking about %
    thinking of %
    i'm considering %
    i'm torn but i guess i want %
    i fancy %
    i'm keen on %
    i've decided to get %
    i've set my heart on %
    time for %
    it's time i got %
    it's about time for %
    i'm due for %
    upgrade time: %
    i need to replace mine with %
    i want to upgrade to %
    i'm replacing my old one, so %
    i lost mine, so i need %
    mine got stolen, need %
    ours is broken, we want %
    our office needs %
    our club needs %
    our kindergarten needs %
    my team needs %
    the school wants us to bring %
    my landlord wants me to get %
    my wife sent me to get %
    my husband wants %
    my kid needs %
    my mum is after %
    asking for a friend: %
    it's for a friend, %
    i have to buy %
    i have to get % this weekend
    i have got to have %
    i must have %
    i really need %
    i really really want %
    i badly need %
    i desperately need %
    i urgently need %
    i'll take %
    i will have %
    i'd go for %
    i guess i need %
    i think i need %
    i suppose i want %
    maybe %?
    perhaps %
    what about %
    how about %?
    why not only show me %
    not only cheap stuff please, i want %
    no hurry, but do you have %
    no idea what they're called, but %
    no pressure, just looking for %
    no need to be fancy: %
    not asking for much, just %
    not in a rush, looking around for %
    i'm not an expert, i need %
    i'm no good with shops, i need %
    nothing special, %
    money's not the problem, time is. %
    i want buy %
    i looking for %
    i look for %
    i search %
    i am search for %
    we search %
    me want %
    want buy %
    please give %
    please %
    give %
    you have %?
    have you %
    is there in your shop %
    it exists at you %?
    which one you recommend for %
    can you me show %
    how is called, %
    i would like to have %, if you please
    i make a present to myself: %
    do you ship to norway? also looking for %
    are you open on sundays? anyway i'm after %
    before i forget, do you take paypal? and i need %
    how long does delivery take? i need %
    i have a voucher. can i use it for %
    can i return things? if so i'd like %
    hi how are you? i'm looking for %
    thanks for the quick delivery last time! now i need %
    my last order came late but ok. i need %
    nice weather today. so, %
    happy new year! i'm looking for %
    great shop! do you have %
    love your store. looking for %
    """)

GIFT_MORE = lines("""
    % for my mother in law
    % for my father in law, he turns 70
    % for my son, he just turned 18
    % for my 3 year old
    % for my twins, they're 6
    % as a thank you for my teacher
    % as a wedding present
    % as a housewarming gift
    % as a christmas present
    a gift: %
    gift for a coworker who is leaving after 20 years, %
    my best friend is getting married, i want to give her %
    my dad retires next month and i want to get him %
    my sister graduates on friday. thinking of %
    my uncle turns 60 and he wished for %
    my brother keeps stealing mine so i'll give him %
    my niece wrote on her list: %
    our trainee passed his exam, so %
    what do you get someone who has everything? maybe %
    valentine's day is coming, she mentioned %
    for my dad who falls asleep in front of the tv every night: %
    for my gran who is 88 and still drives: %
    for my roommate, who never cleans: %
    for my aunt, she lives on the 4th floor without a lift: %
    i want to surprise my wife with %
    santa needs % by the 24th
    need % for my mates 30th
    her birthday is in 2 days!! %
    it's not for me, it's for my cousin: %
    mothers day is coming up. %
    """)

SETS_MORE = lines("""
    i need both a {want:kind} and a {want:other}
    {want:kind} & {want:other}
    {want:kind} + {want:other}
    {want:kind} + {want:other} for {max:price} max
    {want:kind} and also a {want:other}
    a {want:kind} as well as a {want:other}
    a {want:kind}, and while we're at it a {want:other}
    first a {want:kind} and second a {want:other}
    two things: a {want:kind} and a {want:other}
    i'm looking for two things, {want:kind} and {want:other}
    my list has a {want:kind} and a {want:other} on it
    everything i need: {want:kind}, {want:other}, not more than {max:price} altogether
    we just moved in and need a {want:kind} and a {want:other}, {max:price} for everything
    fit me out with a {want:kind} and a {want:other}
    kit me out: {want:kind}, {want:other}. i have {max:price}
    a combo of {want:kind} and {want:other}
    a full set with {want:kind} and {want:other}, not from {not:brand}
    a bundle with a {want:kind} and a {want:other}, max {max:price} for the lot
    can i get a {want:kind} and a {want:other} for {max:price}?
    i have {max:price} for a {want:kind} and a {want:other}
    what {want:kind} and {want:other} can i get for {max:price} together
    i need a {want:kind}. also a {want:other}
    need a {want:kind}. oh and a {want:other}
    {want:kind}, {want:other}, the works
    {want:kind} with a matching {want:other}
    """)

WITH_OWN_MORE = lines("""
    what would you pair with my {own}
    what pairs well with my {own}?
    what would complement my {own}
    what should i add to my {own}
    what can i add to my {own}?
    what belongs to my {own}
    what is good with my {own}
    what's missing for my {own}
    i love my {own}. what goes with it?
    i love my {own}, what else should i have
    i use my {own} every day, anything that would go with it
    got any extras for my {own}
    got anything for my {own}
    add-ons for my {own}?
    something to go with my {own}
    something useful for my {own}
    something that suits my {own}
    something matching my {own}
    things for my {own}
    stuff for my {own}
    spare parts for my {own}
    help me get more out of my {own}
    i want to kit out my {own}
    my {own} is lonely, what fits
    will anything you sell work with my {own}
    remember my {own}? what goes with that
    you know the {own} i bought, what fits it
    for the {own} i got from you: what else is there
    the {own} i ordered, does it need anything else?
    i still need a {want:comp} for my {own}
    still missing a {want:comp} for my {own}
    now i want a {want:comp} to go with my {own}
    a {want:comp} to go with my {own}
    a {want:comp} to match my {own}
    a {want:comp} suitable for my {own}
    a new {want:comp} for the {own}
    a second {want:comp} for my {own}
    a spare {want:comp} for my {own}
    a replacement {want:comp} for my {own}
    {want:comp} for the {own} i bought
    {want:comp} for my {own} please
    {want:comp} for my old {own}
    {want:comp} that works with my {own}
    {want:comp} my {own} can use
    any {want:comp} for my {own}?
    got a {want:comp} for my {own}?
    recommend a {want:comp} for my {own}
    show me {want:comp} for my {own}
    find {want:comp} for my {own}
    my {own} came without a {want:comp}
    my {own} could do with a {want:comp}
    i lost the {want:comp} of my {own}
    the {want:comp} for my {own} is worn out, need another
    """)

WITH_NAMED_MORE = lines("""
    got me a {named:thing}, anything missing?
    got a new {named:thing}. now what
    i've got a {named:thing} coming tomorrow, what else should i have
    i've just bought a {named:thing}. what else do i need?
    i've ordered a {named:thing} elsewhere, which extras do you have
    i recently got a {named:thing}. what should i get next?
    picked up a {named:thing} today, what do i still need?
    treated myself to a {named:thing}, what am i missing?
    finally bought a {named:thing}! what now?
    finally have a {named:thing}, what would go well with it
    santa brought me a {named:thing}. what do i need for it?
    my parents gave me a {named:thing}, what do i need to go with it
    my son got a {named:thing} for his birthday, what should we add
    inherited a {named:thing}, what do you have for it
    we own a {named:thing}, what would you add
    there's a {named:thing} in my kitchen, anything to go with it?
    owner of a {named:thing} here. suggestions?
    {named:thing} owner, what do i need
    {named:thing} accessories
    {named:thing} accessories?
    {named:thing} extras
    {named:thing}: what goes with it
    have {named:thing}, what else
    have a {named:thing}, need the rest
    i have {named:thing}, what fits
    i use a {named:thing}. what would you recommend for it?
    what fits a {named:thing}
    what fits on a {named:thing}?
    what works with {named:thing}
    what works well with a {named:thing}?
    what is compatible with a {named:thing}
    what pairs with a {named:thing}
    what else do you need for a {named:thing}
    what else do i need if i have a {named:thing}?
    what should i buy together with a {named:thing}
    what comes in handy with a {named:thing}?
    which accessories are there for the {named:thing}
    which extras make sense for a {named:thing}
    anything that goes with a {named:thing}?
    anything for a {named:thing}?
    anything to complement my {named:thing}
    something for my {named:thing}, please
    does any of your stuff work with a {named:thing}
    do you sell things for a {named:thing}?
    i already have a {named:thing}, so not that, but what goes with it
    i don't need a {named:thing}, i have one. what goes with it?
    {want:comp} {named:ware}
    {want:comp} for {named:ware} please
    {want:comp} to fit a {named:ware}
    {want:comp} to fit {named:ware}
    {want:comp} to go with {named:ware}
    {want:comp} that works with {named:ware}
    {want:comp} suitable for {named:ware}
    {want:comp}, must fit a {named:ware}
    {want:comp}, it's for a {named:ware}
    need {want:comp}. i have a {named:ware}
    need a {want:comp} for a {named:ware}
    need {want:comp} for {named:ware}
    any {want:comp} for a {named:ware}?
    any {want:comp} that go with a {named:ware}
    got {want:comp} for {named:ware}?
    looking for {want:comp}, for my {named:ware}
    looking for a {want:comp} that goes with a {named:ware}
    i'm after a {want:comp} for the {named:ware}
    i own a {named:ware} and need {want:comp}
    i own a {named:ware}, which {want:comp} do i need?
    i've got a {named:ware} and i'm after a {want:comp}
    i have got {named:ware}, please show {want:comp}
    my {named:ware} needs a {want:comp}
    my {named:ware} is missing a {want:comp}
    bought a {named:ware}, the {want:comp} was not included
    the {want:comp} of my {named:ware} is gone
    for my {named:ware} i need a {want:comp}
    for a {named:ware}: {want:comp}
    which {want:comp} fits a {named:ware}?
    will a {want:comp} of yours fit my {named:ware}
    """)

LIKE_MORE = lines("""
    => like; show me something like my {own}
    => like; something along the lines of my {own}
    => like; similar to my {own} please
    => like; anything similar to my {own}?
    => like; do you have something close to my {own}
    => like; i want another one like my {own}
    => like; i'd like one just like my {own}
    => like; same kind as my {own}
    => like; my {own} broke, i want the same sort again
    => like; my {own} is old, what is like it but newer
    => like; very happy with my {own}, what is similar?
    => like; what comes close to my {own}
    => like; what else is like my {own}?
    => like; more things like my {own}
    => like; a second one similar to my {own}
    => like; something like the {named:ware}
    => like; something like a {named:ware}
    => like; anything similar to the {named:ware}?
    => like; an alternative to {named:ware}
    => like; alternatives to the {named:ware}
    => like; do you have anything like the {named:ware}
    => like; my friend has a {named:ware}, i want something like that
    => cheaper; something cheaper than my {own}
    => cheaper; like my {own} but cheaper
    => cheaper; is there a cheaper one than my {own}
    => cheaper; i want one for less than my {own} cost
    => cheaper; something like the {named:ware} but cheaper
    => cheaper; a cheaper alternative to the {named:ware}
    => cheaper; anything less expensive than a {named:ware}?
    => ask; can my {own} be used {soft:use}?
    => ask; does my {own} come with {soft:part}?
    => ask; has my {own} got {soft:part}
    => ask; i forgot, is my {own} {soft:adj}
    => ask; how do i clean my {own}
    => ask; how much did my {own} cost
    => ask; how heavy is my {own}?
    => ask; what size is my {own}
    => ask; is the warranty of my {own} still valid
    => ask; question about my {own}
    => ask; tell me about my {own}
    => ask; does the {named:ware} have {soft:part}?
    => ask; is the {named:ware} {soft:adj}?
    => ask; is the {named:ware} any good
    => ask; is the {named:ware} good {soft:use}
    => ask; how big is the {named:ware}?
    => ask; what does the {named:ware} weigh
    => ask; how much is the {named:ware}?
    => ask; tell me about the {named:ware}
    => ask; what do people say about the {named:ware}
    => ask; is the {named:ware} worth it?
    """)

SIGNS_OF_MOOD = (
    " 🙏",
    " 😅",
    " 😊",
    " 😭",
    " 👍",
    " lol",
    " haha",
    " tia",
    " cheers",
    " 🤔",
    " xx",
    " ta",
    " thank you",
)
"""What some write at the end."""
