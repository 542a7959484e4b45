"""How shoppers say what a thing is to be like or not, in what order and how many they want to see, a phrasing a line.

Written like the tables of `phrasings`: `@` and `&` are what is said, `[...]` the part of the message that counts, with
the name of its field before a colon where it is another than the table's.
"""

from collections.abc import Mapping

from finetune.phrasings import lines

QUALITIES: Mapping[str, tuple[str, ...]] = {
    "color.tail": lines("""
        in @
        in @ please
        in @ or &
        in either @ or &
        in the color @
        in the colour @
        in color @
        colored @
        that is @
        that's @
        that comes in @
        which comes in @
        (@)
        the @ one
        the @ version
        only in @
        """),
    "color.frag": lines("""
        @
        @ please
        @ only
        only @
        only in @
        in @
        in @ please
        in @ if you have it
        color @
        color: @
        colour @
        colour: @
        @ color
        @ colour
        @ or &
        either @ or &
        must be @
        has to be @
        needs to be @
        should be @
        a @ one
        @ one
        the @ one
        @ ones only
        @ and nothing else
        nothing but @
        preferably in @
        """),
    "color.sent": lines("""
        it has to be @
        it must be @
        it needs to be @
        it should be @
        it should be in @
        it has to come in @
        i want it in @
        i want it @
        i need it in @
        i need a @ one
        i'd like it in @
        i want the @ one
        i like it @
        i only want @
        the color should be @
        the color must be @
        the colour should be @ or &
        color has to be @
        my color is @
        please in @
        please only @
        make it @
        it can only be @
        only @ will match
        only @ goes with my room
        my wife wants it in @
        she wants it in @
        he only wants @
        """),
    "amount.tail": lines("""
        with @
        with [at least @]
        with a minimum of @
        with [minimum @]
        with [@ or more]
        with [more than @]
        with [over @]
        with [up to @]
        with [no less than @]
        that has @
        that has [at least @]
        that is @
        that's [at least @]
        which has [min @]
        having @
        of @
        of [at least @]
        in @
        (@)
        [@ or bigger]
        [@ or larger]
        [@ or more]
        [@ and up]
        [not more than @]
        with [max @]
        with [around @]
        """),
    "amount.frag": lines("""
        @
        @ please
        [at least @]
        [at least @] please
        [min @]
        [min. @]
        [minimum @]
        [@ minimum]
        [@ min]
        [@ or more]
        [@ or above]
        [@ or higher]
        [@ or bigger]
        [@ or larger]
        [@ or better]
        [@ and up]
        [@ or less]
        [@ or smaller]
        [@ at least]
        [@ max]
        [@ exactly]
        [exactly @]
        [more than @]
        [over @]
        [not less than @]
        [no less than @]
        [not more than @]
        [up to @]
        [around @]
        [about @]
        must have @
        must have [at least @]
        has to have @
        should have @
        should have [at least @]
        should be [at least @]
        needs @
        needs [at least @]
        with @
        with [at least @]
        """),
    "amount.sent": lines("""
        it should have @
        it should have [at least @]
        it should be @
        it should be [at least @]
        it must have @
        it must have [at least @]
        it must be [@ or more]
        it has to have @
        it has to have [no less than @]
        it has to be @
        it needs @
        it needs to have [at least @]
        it needs to be [@ or bigger]
        i need @
        i need [at least @]
        i want @
        i want [at least @]
        i want [@ or more]
        i'd like @
        i'd like [at least @]
        i need one with @
        i need one with [at least @]
        i want the one with @
        i can't do with less than @
        [less than @] won't do
        [at least @] would be good
        [@ or more] would be nice
        don't show me anything with less than @
        make it @
        make sure it has @
        make sure it's [at least @]
        @ is what i need
        @ is a must
        [minimum @] is a must
        """),
    "must.tail": lines("""
        that must be @
        that has to be @
        that needs to be @
        that really has to be @
        that absolutely must be @
        which must be @
        that is definitely @
        """),
    "must.frag": lines("""
        must be @
        must be @!
        has to be @
        needs to be @
        gotta be @
        got to be @
        only @
        only @ ones
        only @ ones please
        @ is a must
        @ is essential
        @ is a requirement
        absolutely @
        definitely @
        @ only
        @ required
        @ is mandatory
        strictly @
        really must be @
        """),
    "must.sent": lines("""
        it must be @
        it has to be @
        it needs to be @
        it's got to be @
        it really must be @
        it really has to be @
        it absolutely needs to be @
        it must be @, that's important
        it has to be @ or it's no use
        it can only be @
        they must be @
        they have to be @
        they need to be @
        i need it to be @
        i only want @ ones
        i only want to see @ ones
        only show me @ ones
        show me only @ ones
        make sure it's @
        make sure that it is @
        please make sure it is @
        being @ is a must
        @ is a must for me
        @ is a must-have
        @ is non negotiable
        the main thing is that it must be @
        the one thing it has to be is @
        must be @, my neighbours complain otherwise
        """),
    "part.tail": lines("""
        with @
        with @ please
        with @ if possible
        with @ and &
        with @, &
        w/ @
        having @
        that has @
        that has got @
        that comes with @
        that includes @
        which has @
        which comes with @
        including @
        incl. @
        plus @
        ideally with @
        preferably with @
        with @ built in
        that offers @
        featuring @
        """),
    "part.frag": lines("""
        with @
        with @ please
        with @ and &
        with @ if possible
        with @ would be nice
        ideally with @
        preferably with @
        should have @
        @ would be nice
        @ would be great
        @ would be good
        @ would be a plus
        @ is a plus
        @ nice to have
        @ if possible
        plus @
        and @
        and @ please
        bonus points for @
        hopefully with @
        maybe with @
        """),
    "part.sent": lines("""
        it should have @
        it should have @ and &
        it should come with @
        i'd like @
        i'd like it to have @
        i'd love @
        i would like one with @
        i'd prefer one with @
        i want one with @
        i'm hoping for @
        it would be nice if it had @
        it would be great if it had @
        it'd be cool if it came with @
        @ would be nice
        @ would be great too
        @ would be lovely
        @ would come in handy
        would be good if it has @
        would love @
        would like @ as well
        if it has @ even better
        if it comes with @ that's a bonus
        one with @ would be best
        can it have @?
        """),
    "partmust.sent": lines("""
        it must have @
        it has to have @
        it needs to have @
        it needs @
        it really needs @
        it absolutely must have @
        it's got to have @
        it must come with @
        i need @ on it
        i need it to have @
        i can't do without @
        @ is a must
        @ is essential
        @ is a must have
        only ones with @
        only show me ones with @
        make sure it has @
        """),
    "partmust.frag": lines("""
        must have @
        must have @!
        has to have @
        needs @
        needs to have @
        gotta have @
        @ is a must
        @ required
        @ needed
        @ is a must have
        only with @
        """),
    "hasnt.tail": lines("""
        without @
        w/o @
        with no @
        without any @
        that has no @
        that doesn't have @
        that does not have @
        that comes without @
        which has no @
        minus the @
        free of @
        but without @
        but with no @
        but no @
        that doesn't come with @
        lacking @
        """),
    "hasnt.frag": lines("""
        no @
        no @ please
        no @ pls
        no @ at all
        no @!
        but no @
        and no @
        without @
        without @ please
        without any @
        just no @
        definitely no @
        absolutely no @
        preferably no @
        preferably without @
        ideally no @
        but please no @
        please no @
        please without @
        none with @
        nothing with @
        not with @
        not one with @
        minus the @
        skip the @
        anything without @
        anything that has no @
        never with @
        hate @
        w/o @
        @? no thanks
        @ not needed
        """),
    "hasnt.sent": lines("""
        i don't want @
        i don't want any @
        i do not want @
        i don't want one with @
        i don't need @
        i don't like @
        i really don't like @
        i hate @
        i can't stand @
        i'm not a fan of @
        i'd rather have no @
        i'd rather not have @
        i'd rather do without @
        i'd like it without @
        i want it without @
        i could do without @
        i'm sick of @
        it shouldn't have @
        it should not have @
        it must not have @
        it mustn't have any @
        it can't have @
        it cannot have @
        it should come without @
        it should have no @
        it has to be without @
        please no @
        please leave out ones with @
        don't show me any with @
        don't show me ones with @
        don't give me one with @
        nothing with @ please
        anything with @ is out
        @ is a deal breaker
        @ is a dealbreaker for me
        @ is a no go
        @ gives me a headache
        spare me the @
        skip anything with @
        avoid @
        """),
    "isnt.tail": lines("""
        that isn't @
        that is not @
        that's not @
        which isn't @
        but not @
        but not a @ one
        not @
        not in @
        in any color but @
        in any color except @
        in anything but @
        """),
    "isnt.frag": lines("""
        not @
        not @ please
        not a @ one
        not the @ one
        not the @ kind
        just not @
        but not @
        anything but @
        anything except @
        any color but @
        any colour except @
        not in @
        but not in @
        nothing @
        nothing in @
        nothing that's @
        no @ ones
        no @ one please
        no @ ones please
        never @
        definitely not @
        @ is out
        preferably not @
        please not @
        please not in @
        other than @
        as long as it's not @
        as long as it isn't @
        """),
    "isnt.sent": lines("""
        i don't want a @ one
        i don't want @ ones
        i don't want it @
        i don't want it in @
        i don't like @
        i hate @
        i can't stand @ ones
        i'd rather not have a @ one
        i'd rather avoid @ ones
        it shouldn't be @
        it should not be @
        it must not be @
        it mustn't be @
        it can't be @
        it cannot be @
        it can be anything but @
        any color is fine except @
        any color but @ works
        the color doesn't matter as long as it's not @
        don't show me @ ones
        don't give me @ ones
        please no @ ones
        please leave out the @ ones
        skip the @ ones
        they can't be @
        they shouldn't be @
        i've already got a @ one so not @
        @ is not my thing
        @ doesn't suit me
        @ won't do
        """),
    "nokind.tail": lines("""
        but not @
        but no @
        not @
        (not @)
        (no @)
        but not the ones they call @
        other than @
        that aren't @
        except @
        excluding @
        """),
    "nokind.frag": lines("""
        no @
        no @ please
        no @ pls
        not @
        not @ please
        but no @
        but not @
        but please no @
        just no @
        just not @
        definitely no @
        definitely not @
        and no @
        please no @
        please not @
        leave out @
        leave out the @
        without @
        without the @
        skip the @
        skip @
        excluding @
        except @
        anything but @
        not those @
        none of those @
        """),
    "nokind.sent": lines("""
        i don't want @
        i don't want any @
        i do not want @
        i don't mean @
        i do not mean @
        i'm not looking for @
        i am not looking for @
        i'm not interested in @
        i don't need @
        i have no use for @
        i already have enough @
        i hate @
        i can't stand @
        don't show me @
        don't show me any @
        do not show me @
        don't give me @
        don't offer me @
        please don't show me @
        please leave out @
        please skip @
        please no @
        you can leave out @
        you can skip the @
        i keep getting @ and don't want those
        last time i got shown @, i don't want that
        every shop shows me @ but that is not what i want
        @ are not what i'm looking for
        @ are not what i mean
        @ won't do
        keep the @
        and i really don't mean @
        """),
    "wish.tail": lines("""
        that is @
        that's @
        that is really @
        that's really @
        that's fairly @
        that's a bit more @
        that is nice and @
        that's @ and &
        which is @
        which is very @
        that feels @
        that's also @
        """),
    "wish.frag": lines("""
        @
        @ please
        @ pls
        @ and &
        @, &
        something @
        something really @
        something @ and &
        preferably @
        preferably something @
        ideally @
        as @ as possible
        nice and @
        a @ one
        a really @ one
        @ if possible
        @ would be nice
        @ would be great
        @ is a plus
        should be @
        should be fairly @
        really @
        very @
        super @
        quite @
        rather @
        more on the @ side
        """),
    "wish.sent": lines("""
        i want something @
        i'd like something @
        i'd like it @
        i'd like it to be @
        i'd like it to be @ and &
        i'd prefer something @
        i'd prefer a @ one
        i prefer @ ones
        i like them @
        i like @ ones
        i'd love it to be @
        i would like a @ one
        it should be @
        it should be pretty @
        it should be @ and &
        it should be as @ as possible
        it would be nice if it was @
        it would be good if it were @
        it'd be great if it was @
        the more @ the better
        the @ kind would be nice
        @ would be nice
        @ would be best
        would be nice if it's @
        hoping for something @
        i'm hoping for something @
        i'm after something @
        looking for something @
        preferably a @ one
        nothing fancy but @
        i don't care about looks, it should just be @
        """),
    "use.tail": lines("""
        @
        @ please
        @ mostly
        @ mainly
        @ and &
        that i can use @
        i can use @
        to use @
        that works @
        that is good @
        that's suitable @
        suitable @
        good @
        best @
        made @
        """),
    "use.frag": lines("""
        @
        @ please
        @ mostly
        mainly @
        mostly @
        ideally @
        something @
        should be good @
        should be suitable @
        it's @
        """),
    "use.sent": lines("""
        it's @
        it is @
        it's mostly @
        it's mainly @
        i need it @
        i need it mainly @
        i want it @
        i'd use it @
        i'll use it mostly @
        i will be using it @
        i'm going to use it @
        i want to use it @
        it will be used @
        it should be good @
        it should work well @
        it should be suitable @
        we need it @
        something @ would be ideal
        """),
    "stock.tail": lines("""
        that's in stock
        that is in stock
        that you have in stock
        that is available right now
        that's available
        in stock
        available now
        that you can ship right away
        that's on the shelf
        which you actually have in stock
        that isn't sold out
        that's not sold out
        """),
    "stock.frag": lines("""
        in stock
        in stock only
        only in stock
        only in-stock ones
        must be in stock
        has to be in stock
        needs to be in stock
        available now
        available right now
        available immediately
        only available ones
        ready to ship
        only ready to ship
        if it's in stock
        nothing sold out
        not sold out
        nothing that's out of stock
        no sold out stuff
        no backorders
        no preorders
        no back order please
        only what you have
        only what's on the shelf
        on the shelf now
        has to ship today
        """),
    "stock.sent": lines("""
        it has to be in stock
        it must be in stock
        it needs to be in stock
        it needs to be available now
        it should be in stock
        it has to be available right away
        only show me what's in stock
        only show what you have in stock
        show me only what is available
        show only available ones
        please only things that are in stock
        don't show me anything that's sold out
        don't show me sold out stuff
        don't show out of stock ones
        please nothing that is out of stock
        i can't wait for a restock
        i don't want to wait for a restock
        i'm not waiting for a backorder
        make sure it's in stock
        i only want what is in stock
        i need it to be in stock
        leave out what's out of stock
        leave out anything sold out
        nothing on backorder please
        """),
    "cheapest.frag": lines("""
        cheapest first
        cheapest first please
        lowest price first
        sorted by price, lowest first
        sort by price low to high
        price low to high
        the cheapest
        the cheapest one
        the cheapest you have
        the cheapest you've got
        cheapest possible
        cheapest one please
        as cheap as possible
        as cheap as it gets
        the cheaper the better
        lowest price wins
        whatever is cheapest
        the lower the price the better
        """),
    "cheapest.sent": lines("""
        show me the cheapest first
        start with the cheapest
        please start with the cheapest
        i want the cheapest
        i want the cheapest one you have
        i'll take the cheapest
        just give me the cheapest
        give me the cheapest one
        sort them by price please, cheapest on top
        order by price ascending
        cheapest on top please
        what's the cheapest you have
        which one is the cheapest
        the cheapest one will do
        """),
    "dearest.frag": lines("""
        most expensive first
        dearest first
        the most expensive one
        highest price first
        price high to low
        sort by price high to low
        the priciest you have
        the dearest you've got
        """),
    "dearest.sent": lines("""
        show me the most expensive first
        start with the most expensive
        i want the most expensive one
        give me the priciest one
        what's the most expensive you have
        order by price descending
        money is no object, show the most expensive first
        """),
    "rated.frag": lines("""
        best rated first
        best rated
        top rated
        top rated please
        highest rated
        highest rated first
        best reviews first
        with the best reviews
        with the best rating
        sorted by rating
        sort by rating
        sort by reviews
        best reviewed
        most stars
        highest stars first
        """),
    "rated.sent": lines("""
        show me the best rated first
        start with the best rated
        i want the best rated one
        i want the one with the best reviews
        which one has the best reviews
        which has the highest rating
        what do people rate highest
        order by rating please
        sort them by stars
        i go by reviews so best rated on top
        give me the one customers rate best
        """),
    "newest.frag": lines("""
        newest first
        the newest
        the newest one
        the latest
        the latest model
        the latest one
        latest release
        newest model please
        sort by newest
        most recent first
        """),
    "newest.sent": lines("""
        show me the newest first
        start with the newest
        i want the latest model
        i want the newest one
        what's the newest you have
        which one came out last
        it should be the latest one
        sort by release date, new ones first
        """),
}

ORDERED: Mapping[str, tuple[str, ...]] = {
    "cheapest": lines("""
        what's your cheapest @
        what is the cheapest @
        what's the cheapest @ you have
        which is the cheapest @
        the cheapest @
        cheapest @
        cheapest @ pls
        show me your cheapest @
        show the cheapest @
        give me the cheapest @
        i want the cheapest @
        i need the cheapest @ you've got
        looking for the cheapest @
        find me the cheapest @
        the lowest priced @
        the most affordable @
        most affordable @ you carry?
        @ sorted by price, cheapest first
        @, cheapest first
        @ lowest price
        whats the least expensive @
        least expensive @ please
        what @ costs the least
        any @, the cheapest you got
        """),
    "dearest": lines("""
        what's your most expensive @
        the most expensive @
        most expensive @
        show me your most expensive @
        the priciest @ you have
        the dearest @ in the shop
        which @ costs the most
        """),
    "rated": lines("""
        what's your best rated @
        what is the best rated @
        which is the best reviewed @
        best rated @
        top rated @
        the top rated @
        highest rated @
        the highest rated @ please
        show me your best rated @
        show me the best reviewed @
        give me the top rated @
        i want the best rated @
        looking for the best rated @
        find me the highest rated @
        which @ has the best reviews
        which @ has the most stars
        what @ do customers rate best
        @ with the best reviews
        @ with the highest rating
        @ sorted by rating
        @, best rated first
        @ people are happiest with, going by the ratings
        """),
    "newest": lines("""
        what's your newest @
        the newest @
        newest @
        the latest @
        latest @
        show me the latest @
        show me your newest @
        what's the latest @ you have
        which @ is the newest
        @, newest first
        i want the newest @
        most recent @ please
        """),
}
"""How the first of an order are asked for; `@` is the thing."""

COUNTED: Mapping[str, tuple[str, ...]] = {
    "cheapest": lines("""
        # cheapest @
        the # cheapest @
        show me the # cheapest @
        give me your # cheapest @
        what are the # cheapest @
        list the # cheapest @
        top # cheapest @
        cheapest # @
        your # lowest priced @
        """),
    "dearest": lines("""
        the # most expensive @
        # most expensive @
        show me your # priciest @
        list the # dearest @
        """),
    "rated": lines("""
        top # @ by rating
        top # rated @
        the # best rated @
        # best rated @
        give me the # best reviewed @
        show me your top # rated @
        the # highest rated @
        what are the # best rated @
        # @ with the best reviews
        """),
    "newest": lines("""
        the # newest @
        # newest @
        show me the # latest @
        your # most recent @
        list the # newest @
        """),
    "": lines("""
        show me # @
        give me # @
        # options for @
        # @ to choose from
        i'd like to see # @
        list # @
        # suggestions for @
        pick # @ for me
        recommend # @
        recommend me # different @
        can you show # @
        i want to compare # @
        suggest # @
        only # @ please
        no more than # @ in the list
        """),
}
"""How some of an order are asked for; `#` is how many, `@` the things. Under "" no order is said."""
