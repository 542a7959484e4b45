"""How shoppers say one thing that they ask for: prices, makers, properties, order and stock, a phrasing a line.

`@` stands for what is asked, `&` for a second one, `#` for a price without its money. A phrasing is of the part of
the message in `[...]`, or of `@` and `&` where there are no brackets. Tables end in the way a phrasing is joined:
".tail" follows the thing directly, ".frag" is set off by a comma or a stop, ".sent" is a sentence of its own.
Knows no shop and no thing by name.
"""

from collections.abc import Mapping


def lines(text: str) -> tuple[str, ...]:
    """The phrasings of a block, one a line."""
    return tuple(dict.fromkeys(line.strip() for line in text.strip().splitlines() if line.strip()))


CLAUSES: Mapping[str, tuple[str, ...]] = {
    "not.tail": lines("""
        not @
        not from @
        not by @
        not made by @
        other than @
        except @
        apart from @
        besides @
        that isn't @
        that is not @
        that's not from @
        that isn't made by @
        which is not @
        without the @ name on it
        from anyone but @
        from any brand but @
        from any brand except @
        of any make other than @
        but not @
        but not from @
        by someone other than @
        from a company that is not @
        minus @
        excluding @
        without @
        from anybody except @ and &
        that's neither @ nor &
        not @ and not &
        by anybody other than @
        (not @)
        (no @)
        made by literally anyone but @
        instead of @
        that doesn't say @ on it
        from a maker who isn't @
        """),
    "not.frag": lines("""
        no @
        no @ please
        not @
        not @ please
        not @ though
        definitely not @
        just not @
        only not @
        but no @
        but not @
        but nothing from @
        nothing from @
        nothing by @
        nothing made by @
        nothing @
        nothing with @ on it
        anything but @
        anything but @ please
        anything except @
        anything besides @
        anything other than @
        anything as long as it's not @
        any brand but @
        any brand except @
        any make other than @
        every brand but @
        everything except @
        everything except @ and &
        everything but @ and &
        all brands but @
        all brands except @ are fine
        whatever, just not @
        whoever makes it, but not @
        please not @
        please no @
        please not another @
        please no more @
        not another @
        never @
        never again @
        never @ again
        no more @
        no more @ for me
        @? no thanks
        @? never again
        @? no way
        @ no
        @ no thank you
        @ excluded
        @ is out
        @ is a no
        @ is a no go
        @ is a no from me
        @ not welcome
        @ need not apply
        @ can stay where it is
        skip @
        leave out @
        leave @ out
        exclude @
        excluding @
        except @
        except for @
        with the exception of @
        minus @
        other than @
        avoid @
        avoiding @
        ignore @
        without @
        w/o @
        not from @
        not from @ or &
        no @ and no &
        no @ no &
        neither @ nor &
        not @ nor &
        not @, not &
        no @!!
        no @ stuff
        no @ junk
        no @ crap
        none of that @ stuff
        none from @
        none by @
        spare me @
        hold the @
        god no @
        hell no @
        for the love of god not @
        and not @ pls
        pls no @
        and no @ plz
        nt @
        not the @ one
        not the @ ones
        not interested in @
        not a fan of @
        not keen on @
        not into @
        not @ again
        not @ this time
        not @ if possible
        rather not @
        preferably not @
        ideally not @
        prefer not @
        hate @
        can't stand @
        sick of @
        tired of @
        fed up with @
        done with @
        allergic to @
        boycotting @
        burned by @ before
        bad experience with @
        bad experiences with @ and &
        had enough of @
        anyone but @
        anybody except @
        so long as it isn't @
        as long as it's not @
        provided it isn't @
        if it's not @
        not that @ rubbish
        nix @
        ANYTHING BUT @
        """),
    "not.sent": lines("""
        i don't want @
        i do not want @
        i don't want anything from @
        i don't want anything by @
        i don't want to see @
        i dont like @
        i really don't like @
        i don't trust @
        i don't buy @
        i don't do @
        i don't need another @
        i never buy @
        i'll never buy @ again
        i will never buy @ again
        i would never touch @
        i won't buy @
        i won't touch @
        i refuse to buy @
        i hate @
        i hate @ with a passion
        i can't stand @
        i cannot stand @ or &
        i am sick of @
        i'm so tired of @
        i'm done with @
        i'm boycotting @
        i'm not a fan of @
        i'm not buying @
        i'm not into @
        i am no friend of @
        i've had it with @
        i've had bad luck with @
        i have had nothing but trouble with @
        i had problems with @
        i got burned by @ before
        i was burned by @ twice
        i would rather avoid @
        i'd rather avoid @
        i'd rather not have @
        i'd rather not give @ my money
        i'd like to avoid @
        i try to avoid @
        i try to stay away from @
        i want to stay away from @
        i want anything but @
        i'd take anything but @
        i'll take any brand except @
        i'm open to any brand but @
        i'm ok with anything except @
        any brand is fine except @
        any brand is fine, just not @
        the brand doesn't matter as long as it isn't @
        it can be any brand but @
        it can't be @
        it cannot be @
        it must not be @
        it mustn't be @
        it should not be @
        it shouldn't be from @
        it may not be @
        @ let me down
        @ let me down last time
        @ has let me down too often
        @ broke after a week
        @ always breaks on me
        my last one was @ and it broke, so not again
        my old @ died after two months so no more of those
        the last @ was awful
        @ is rubbish
        @ is garbage
        @ sucks
        @ is not an option
        @ isn't an option
        @ is off the table
        @ is out of the question
        @ is the one brand i don't want
        @ won't do
        @ is not for me
        @ and i are done
        @ is too unreliable for me
        @ and & are out
        @ and & need not apply
        neither @ nor & please
        don't show me @
        don't show me anything from @
        do not show me any @
        don't give me @
        don't give me @ again
        don't even think about @
        don't bring me @
        don't bother with @
        don't suggest @
        don't recommend @ please
        please don't show @
        please leave @ out
        please leave out @
        please skip @
        please exclude @
        please spare me the @ ones
        you can skip @
        you can leave out @ and &
        keep @ away from me
        stay away from @
        filter out @
        get rid of @
        forget @
        forget about @
        we don't want @ in this house
        we don't use @ here
        my wife hates @
        my husband won't have @ in the house
        my boss said no @
        my girlfriend says anything but @
        me no like @
        i no want @
        i not want @
        not want @
        want not @
        """),
    "brand.tail": lines("""
        from @
        by @
        made by @
        of @
        from @ or &
        by @ or &
        from either @ or &
        from the brand @
        that is @
        that's from @
        that is made by @
        with the @ name on it
        of the brand @
        (@)
        (@ only)
        from @ only
        from @ and nobody else
        preferably @ or nothing
        produced by @
        manufactured by @
        in the @ range
        out of the @ line
        """),
    "brand.frag": lines("""
        @ only
        only @
        only @ or &
        only from @
        only by @
        just @
        just from @
        @
        @ or &
        @ / &
        either @ or &
        @ please
        from @
        from @ please
        by @
        brand @
        brand: @
        @ brand
        make: @
        must be @
        must be from @
        must be made by @
        must be @ or &
        has to be @
        has to be from @
        needs to be @
        got to be @
        gotta be @
        @ or nothing
        @ or bust
        @ and nothing else
        @ exclusively
        exclusively @
        strictly @
        nothing but @
        no brand but @
        no other brand than @
        no one but @
        it's @ or nothing
        always @
        definitely @
        for sure @
        @ all the way
        @ of course
        @ obviously
        original @
        genuine @
        a real @
        the @ one
        the @ ones
        one from @
        one by @ or &
        something by @
        something from @
        ONLY @
        """),
    "brand.sent": lines("""
        it has to be @
        it has to be from @
        it has to be @ or &
        it must be @
        it must be made by @
        it must be a @
        it needs to be @
        it needs to be from @
        it's got to be @
        it should be from @
        it should be @
        it can only be @
        it's @ or nothing
        i want @
        i want @ only
        i only want @
        i only want to see @
        i only buy @
        i only trust @
        i only use @
        i only like @
        i will only buy @ or &
        i'm only interested in @
        i'm an @ person
        i'm a @ guy
        i'm a @ girl
        i'm a @ fan
        i'm loyal to @
        i swear by @
        i always buy @
        i always go with @
        i stick with @
        i'd like to stick with @
        i'd like to stay with @
        i need it from @
        i insist on @
        i trust @
        i love @ so please only those
        we only buy @ at work
        my boss insists on @
        my son wants @ and nothing else
        my daughter only wants @
        only @ will do
        only @ comes into question
        only show me @
        show me only @
        show @ only
        show me @ only please
        the brand has to be @
        the brand must be @
        the brand should be @
        brand should be @
        please only @
        please make it @
        make it @
        nothing other than @ please
        nobody but @ makes good ones
        everything but @ is out
        nothing else than @ comes in my house
        i won't have anything but @
        i don't want anything but @
        i don't want any brand except @
        don't show me anything but @
        can't be anything but @
        """),
    "max.tail": lines("""
        under @
        under @ please
        below @
        below the @ mark
        for under @
        for less than @
        for max @
        for no more than @
        for up to @
        for at most @
        for @ or less
        for @ max
        for @ tops
        for @ at most
        less than @
        up to @
        within @
        within a budget of @
        on a budget of @
        on a @ budget
        with a budget of @
        with a @ budget
        that costs less than @
        that costs no more than @
        that is under @
        that's less than @
        that won't cost me more than @
        that doesn't cost more than @
        not over @
        not above @
        not more than @
        no more than @
        cheaper than @
        priced under @
        priced below @
        at most @
        max @
        maximum @
        < @
        <@
        <= @
        sub @
        inside of @
        that does not exceed @
        costing under @
        @ or less
        @ or under
        @ or cheaper
        """),
    "max.frag": lines("""
        max @
        max. @
        maximum @
        @ max
        @ maximum
        @ tops
        @ at most
        @ at the most
        @ or less
        @ or under
        @ or cheaper
        @ or below
        @ and under
        @ budget
        budget @
        budget: @
        budget is @
        budget max @
        budget up to @
        my budget: @
        price max @
        price up to @
        price under @
        price below @
        price limit @
        under @
        below @
        less than @
        up to @
        upto @
        at most @
        not over @
        not above @
        not more than @
        not more then @
        no more than @
        nothing over @
        nothing above @
        nothing more than @
        nothing that costs more than @
        never more than @
        but not over @
        but not more than @
        but under @
        preferably under @
        ideally below @
        < @
        <@
        <= @
        limit @
        limit is @
        @ limit
        @ is my limit
        @ is the max
        @ is my max
        @ is the most i'll pay
        @ is all i have
        @ is all i've got
        @ is the ceiling
        only # to spend
        have only @
        got @
        got @ to spend
        cheaper than @
        within @
        can't go over @
        can't spend more than @
        won't pay more than @
        not a penny over @
        not a cent more than @
        anything over @ is too much
        capped at @
        as long as it's under @
        as long as it doesn't cost more than @
        if it's under @
        costs no more than @
        stay under @
        keep it under @
        keep it below @ please
        """),
    "max.sent": lines("""
        my budget is @
        my budget is @ max
        my budget ends at @
        my budget stops at @
        the budget is @
        we have a budget of @
        our budget is @
        i have @ to spend
        i've got @ to spend
        i got @ to spend
        i have only @
        i only have @
        i only have @ to spend
        i've saved up @
        i can spend @
        i can spend up to @
        i could spend @ at most
        i can pay up to @
        i can afford @
        i can afford up to @
        i can't afford more than @
        i can't spend more than @
        i cannot spend over @
        i can't go above @
        i can go up to @
        i could go as high as @
        i could stretch to @
        i don't want to spend more than @
        i don't want to pay more than @
        i dont want to pay over @
        i do not want to go over @
        i won't spend more than @
        i won't pay over @
        i refuse to pay more than @
        i'd like to spend less than @
        i'd like to stay under @
        i'd like to keep it under @
        i want to spend at most @
        i want to stay below @
        i want to pay max @
        i'm looking to spend up to @
        i'm not spending more than @
        i'm not paying more than @
        i'm willing to pay up to @
        i'm willing to spend @ tops
        i'm on a budget of @
        i'm on a @ budget
        i'm trying to keep it below @
        i must stay below @
        my limit is @
        my limit would be @
        my maximum is @
        my max is @
        my ceiling is @
        my upper limit is @
        the limit is @
        the most i can spend is @
        the most i'd pay is @
        it can cost up to @
        it can't cost more than @
        it cannot be over @
        it must be under @
        it must not cost more than @
        it must be below @
        it should be under @
        it should cost less than @
        it shouldn't cost more than @
        it should not be more than @
        it has to be under @
        it needs to be less than @
        it may cost up to @
        it may not exceed @
        price should not exceed @
        price should be under @
        price must be below @
        the price must stay under @
        the price shouldn't be higher than @
        don't show me anything over @
        don't show me anything above @
        please nothing above @
        please stay under @
        please keep it under @
        please keep it within @
        anything up to @ is fine
        anything under @ works
        anything below @ is ok
        anything more than @ is too expensive
        anything above @ is out
        more than @ is not in it
        more than @ is too much
        over @ is too much
        @ is my limit
        @ is the most i can do
        @ is what i can spend
        @ is what i have
        my wife gave me @ for it
        my boss approved @
        i got # in birthday money
        mom gave me @
        don't make me pay more than @
        wallet says @ max
        can pay @ not more
        i have just @ no more
        i no can pay more than @
        """),
    "min.tail": lines("""
        over @
        above @
        for over @
        for more than @
        for at least @
        from @ up
        from @ upwards
        starting at @
        starting from @
        north of @
        upwards of @
        that costs more than @
        that costs at least @
        priced above @
        priced over @
        that is over @
        worth at least @
        costing @ or more
        > @
        not under @
        not below @
        """),
    "min.frag": lines("""
        at least @
        min @
        min. @
        minimum @
        @ minimum
        @ and up
        @ or more
        @ or above
        @ upwards
        #+
        over @
        above @
        more than @
        not less than @
        no less than @
        not under @
        not below @
        nothing under @
        nothing below @
        nothing cheaper than @
        nothing for less than @
        from @ up
        from @ upwards
        starting at @
        north of @
        upwards of @
        price over @
        price above @
        price at least @
        price from @
        > @
        >@
        >= @
        dearer than @
        has to cost at least @
        should be over @
        """),
    "min.sent": lines("""
        i want to spend at least @
        i want to spend more than @
        i'd like to spend at least @
        i'm spending @ or more
        i'm ready to spend over @
        i need to spend at least @ for the voucher
        i'm happy to pay more than @
        i don't want anything under @
        i don't want anything cheaper than @
        i don't trust anything under @
        i don't want to go below @
        it should cost at least @
        it should be more than @
        it must cost more than @
        it has to be at least @
        it can't be cheaper than @
        it shouldn't be under @
        price should be above @
        the price must be at least @
        don't show me anything under @
        don't show me anything below @
        skip the ones below @
        anything under @ is junk
        anything below @ breaks in a week
        anything above @ is fine
        below @ you only get junk
        my minimum is @
        """),
    "near.tail": lines("""
        around @
        for around @
        for about @
        for roughly @
        for approx @
        for @ or so
        for @ give or take
        about @
        roughly @
        approximately @
        at around @
        in the @ range
        in the @ region
        in the region of @
        in the neighbourhood of @
        somewhere around @
        priced around @
        priced about @
        that costs about @
        that's around @
        close to @
        near @
        ~@
        ~ @
        circa @
        costing roughly @
        """),
    "near.frag": lines("""
        around @
        about @
        roughly @
        approx @
        approx. @
        approximately @
        ~@
        ~ @
        circa @
        ca. @
        @ or so
        @ or thereabouts
        @ give or take
        @ ish
        @-ish
        @ more or less
        @ approximately
        @, more or less
        somewhere around @
        somewhere near @
        something like @
        more or less @
        in the @ range
        in the @ area
        in the ballpark of @
        in the region of @
        price around @
        price about @
        price roughly @
        budget around @
        budget about @
        budget of roughly @
        budget is around @
        close to @
        near @
        say @
        let's say about @
        """),
    "near.sent": lines("""
        i'd like to spend around @
        i'd like to spend about @
        i want to spend roughly @
        i want to pay about @
        i'm thinking around @
        i'm thinking @ or so
        i was thinking about @
        i was thinking of spending around @
        i plan to spend around @
        i'm looking to spend about @
        i have around @ to spend
        i've got about @
        i have roughly @ for it
        i can spend around @
        my budget is around @
        my budget is about @
        my budget is roughly @
        my budget would be approx @
        budget should be around @
        it should be around @
        it should cost about @
        it should cost around @
        it can cost around @
        price should be around @
        price should be close to @
        the price should be roughly @
        we can spend about @
        our budget is somewhere around @
        somewhere around @ would be good
        around @ would be ideal
        about @ is what i had in mind
        @ give or take is ok
        """),
    "range.tail": lines("""
        between @ and &
        from @ to &
        for @ to &
        for # - &
        for #-&
        for between @ and &
        in the # to & range
        in the #-& range
        in the range of @ to &
        priced between @ and &
        priced from @ to &
        that costs between @ and &
        that costs @ to &
        somewhere between @ and &
        anywhere from @ to &
        over @ but under &
        above @ but below &
        costing @ up to &
        """),
    "range.frag": lines("""
        between @ and &
        btw @ and &
        @ to &
        #-&
        # - &
        # – &
        from @ to &
        from @ up to &
        @ up to &
        # to & range
        price between @ and &
        price # to &
        price #-&
        price from @ to &
        price range #-&
        price range: # to &
        budget between @ and &
        budget #-&
        budget # to &
        budget from @ to &
        over @ but under &
        over @, under &
        more than @ but less than &
        above @ and below &
        min @ max &
        min @, max &
        at least @, at most &
        at least @ but not more than &
        not under @ and not over &
        somewhere between @ and &
        anywhere from @ to &
        anything from @ to &
        @ to & max
        """),
    "range.sent": lines("""
        my budget is between @ and &
        my budget is # to &
        my budget is #-&
        my budget runs from @ to &
        my price range is # to &
        my price range is #-&
        i want to spend between @ and &
        i want to spend # to &
        i'd like to spend between @ and &
        i'd like to pay # to &
        i can spend @ to &
        i can pay between @ and &
        i'm looking to spend @ to &
        i'm willing to pay between @ and &
        i have between @ and & to spend
        i'm thinking # to &
        it should cost between @ and &
        it should be between @ and &
        it should be more than @ but less than &
        it can cost from @ to &
        price should be between @ and &
        price should be in the #-& range
        the price should be from @ to &
        we have @ to & to spend
        anything between @ and & is fine
        at least @ but & tops
        """),
}
