"""The rows of the table of kinds for the household: paths, brands and sentences; `household` draws the products."""

from index.demo import household
from index.demo.kinds import Kind

_LAMP = """
* bulb_socket!=built-in LED :: It takes a bulb with socket {bulb_socket}, which is not included.
* bulb_socket=built-in LED :: The LED is built in and gives {brightness}.
* dimmable=Yes :: It dims down to the glow of a candle.
* connection=Wi-Fi :: It can be switched and timed from the phone.
* material=oak :: The oak is oiled and darkens slowly.
* material=steel :: The steel is coated and does not chip easily.
* material=linen :: The linen shade softens the light.
* material=ceramic :: Each ceramic foot is glazed by hand.
* material=paper :: The paper shade weighs nothing and glows evenly.
* material=aluminum :: Aluminum keeps it light and cool.
- dimmable=No :: It cannot be dimmed.
- bulb_socket=built-in LED :: The LED cannot be changed at home.
- bulb_socket!=built-in LED :: Remember to order a bulb.
- material=paper :: Paper and sticky fingers are no friends.
- connection=Wi-Fi :: It needs an app for the finer settings.
"""

KINDS = (
    Kind(
        "desk-lamp",
        "Home > Lighting > Desk Lamps",
        26,
        "Glimwick|Lyskar|Arbenholt",
        household.desk_lamp,
        """
+ A desk lamp that puts the light on the page and not in your eyes.
+ For evenings with books, sewing and homework.
+ bulb_socket=built-in LED :: A slim lamp for desks with a screen.
+ bulb_socket!=built-in LED :: A desk lamp of the old kind, with a bulb that you can choose.
+ Some lamps want to be looked at; this one wants to be read under.
* height>48 :: At {height} it reaches over a monitor.
* height<48 :: With {height} it stays below eye level.
* The arm stays where you leave it.
* The foot is heavy enough not to tip.
* The cable leaves at the back, out of the way.
* color=Green :: The green recalls old banks and libraries.
- The switch clicks loudly at night.
"""
        + _LAMP,
    ),
    Kind(
        "floor-lamp",
        "Home > Lighting > Floor Lamps",
        20,
        "Glimwick|Lyskar|Fjellbord",
        household.floor_lamp,
        """
+ A floor lamp for the chair in which you read.
+ Light for the dark corner behind the sofa.
+ It makes a room look finished.
+ bulb_socket=built-in LED :: A tall lamp that washes the wall in warm light.
+ bulb_socket!=built-in LED :: A tall lamp with a plain socket and a good shade.
* height>160 :: It stands {height} tall.
* height<162 :: Its {height} suits low ceilings.
* It is put together without tools.
* A foot switch would be nice, but the hand switch is easily reached.
* The light falls down and to the sides.
* The foot slides half under a sofa.
- Lively dogs can knock it over.
"""
        + _LAMP,
    ),
    Kind(
        "light-bulb",
        "Home > Lighting > Light Bulbs",
        34,
        "Glimwick|Lyskar|Wattsby",
        household.light_bulb,
        """
+ connection=Wi-Fi :: A bulb that knows when it is bedtime.
+ connection=Wi-Fi :: Change the mood of a room without getting up.
+ connection!=Wi-Fi :: A plain LED bulb that you screw in and forget.
+ bulb_socket=GU10 :: A spot for kitchens, pictures and ceilings.
+ bulb_socket=E14 :: A small candle bulb for chandeliers and bedside lamps.
+ shape=filament :: A bulb that is pretty enough to hang bare.
+ shape=globe :: A round globe with an even glow.
* bulb_socket :: It fits sockets of type {bulb_socket}.
* brightness>1000 :: {brightness} lights a whole room.
* brightness<480 :: {brightness} is right for a mood rather than for work.
* brightness>700 & brightness<900 :: At {brightness} it takes the place of an old 60 W bulb.
* light_color=2700 K :: The light is warm white ({light_color}).
* light_color=4000 K :: The neutral white of {light_color} suits kitchens and desks.
* light_color~to :: Its white can be moved from warm to cool.
* dimmable=Yes :: It can be dimmed.
* power_draw :: It draws {power_draw}.
* pieces>1 :: The pack holds {pieces}.
* Colors look natural in its light.
* It is bright at once.
- dimmable=No :: It is not made for dimmers.
- connection=Wi-Fi :: The wall switch has to stay on.
- brightness<300 :: For reading it is too dim.
- light_color=4000 K :: In a bedroom it feels cool.
- pieces=1 :: It is sold singly.
""",
    ),
    Kind(
        "smart-plug",
        "Home > Power > Smart Plugs",
        18,
        "Wattsby|Lyskar|Pingley",
        household.smart_plug,
        """
+ It makes an ordinary lamp obey a timetable.
+ place=outdoors :: A plug for fountains and garden lights.
+ place=indoors :: A small plug that ends the worry about the iron.
+ energy_meter=Yes :: Find out what the old fridge really costs you.
+ The easiest beginning of a smart home.
* energy_meter=Yes :: It measures what is used, by the day and month.
* max_current=16 A :: At {max_current} it also copes with heaters.
* max_current=10 A :: Up to {max_current} may flow.
* connection=Wi-Fi :: It joins the Wi-Fi and needs no box of its own.
* connection=Bluetooth :: It is set by Bluetooth from nearby.
* place=outdoors :: A flap keeps out the rain.
* pieces>1 :: There are {pieces} in the pack.
* It remembers its state after a power cut.
* It is slim enough to leave the next socket free.
- energy_meter=No :: It does not measure energy.
- connection=Bluetooth :: From outside the home it cannot be reached.
- max_current=10 A :: It is not for heaters.
- place=indoors :: It must not be used outside.
""",
    ),
    Kind(
        "power-strip",
        "Home > Power > Power Strips",
        22,
        "Wattsby|Ampford|Corvessa",
        household.power_strip,
        """
+ sockets>5 :: A long strip for desks with many small plugs.
+ sockets<6 :: A handy strip for the sofa corner.
+ surge_protection=Yes :: It stands between your devices and the next storm.
+ ports :: A power strip that also charges phones.
+ More sockets where the builder forgot them.
* sockets :: It has {sockets} sockets.
* surge_protection=Yes :: A light shows that the surge protection works.
* switch=each socket :: Each socket has a switch of its own.
* switch=one for all :: One switch turns everything off.
* ports :: {ports} sockets charge small devices.
* cable_length=5 m :: The cable runs for {cable_length}.
* cable_length=3 m :: {cable_length} of cable reaches around a room.
* The sockets are turned, so that bulky plugs fit.
* It can be screwed to a wall or below a desk.
* Shutters keep children's fingers out.
- surge_protection=No :: It does not protect against surges.
- switch=none :: It has no switch.
- sockets=3 :: Three sockets are soon full.
- cable_length=1.5 m :: The cable is rather short.
""",
    ),
    Kind(
        "coffee-machine",
        "Home > Coffee > Coffee Machines",
        32,
        "Mokkavi|Tamperly|Halden Home|Steamwick",
        household.coffee_machine,
        """
+ machine_type=capsule :: A coffee machine for people who want a cup and not a hobby.
+ machine_type=capsule :: Capsule in, button down, coffee out.
+ machine_type=espresso :: An espresso machine for people who do want a hobby.
+ machine_type=espresso :: Real pressure, a steel portafilter and a bit of practice.
+ machine_type=bean-to-cup :: It grinds, brews and rinses while you look for your shoes.
+ machine_type=filter :: A filter machine for a whole breakfast table.
+ machine_type=filter :: Honest filter coffee by the jug.
* capsule_system :: It works with capsules of the {capsule_system} system.
* milk_frother=Yes :: It froths milk for cappuccino.
* heating_time<30 :: It is hot after {heating_time}.
* water_tank=1.8 L :: The tank of {water_tank} is rarely empty.
* machine_type=bean-to-cup :: The grinder has a lid that muffles it.
* machine_type=espresso :: A gauge shows the pressure.
* machine_type=filter :: The jug keeps warm and pours without dripping.
* machine_type=capsule :: Used capsules drop into a box for fifteen.
* The drip tray and the tank go into the dishwasher.
* It switches itself off.
* color=Red :: The red brightens up a gray kitchen.
- machine_type=capsule :: Each cup costs more than with ground coffee.
- machine_type=espresso :: The first twenty shots will be for the sink.
- machine_type=bean-to-cup :: It asks for descaling and says so often.
- machine_type=filter :: It does not make espresso.
- milk_frother=No & machine_type!=filter :: Milk has to be frothed elsewhere.
- water_tank=0.7 L :: The small tank needs filling often.
- heating_time>45 :: It takes {heating_time} to heat up.
""",
    ),
    Kind(
        "coffee-capsules",
        "Home > Coffee > Coffee Capsules",
        40,
        "Harrow Lane|Sunday Kettle|Mokkavi|Tamperly",
        household.coffee_capsules,
        """
+ strength<6 :: A mild coffee for the second half of the day.
+ strength>5 & strength<9 :: A round coffee for every hour.
+ strength>8 :: A dark coffee that wakes the neighbors too.
+ caffeine=No :: The taste of coffee without the heartbeat.
+ taste=chocolate :: A cup with a trace of dark chocolate.
+ taste=red berries :: A lively cup that recalls red berries.
+ taste=hazelnut :: A nutty cup that goes well with milk.
+ taste=citrus :: A bright cup with a touch of citrus.
+ A box of {pieces} capsules for {capsule_system} machines.
* capsule_system :: The capsules suit the {capsule_system} system and no other.
* material=compostable :: The empty capsules may go to the compost.
* material=aluminum :: Aluminum keeps the aroma in and can be recycled.
* strength :: The roaster puts its strength at {strength}.
* pieces>45 :: With {pieces} pieces it is the box for offices.
* pieces<17 :: The {pieces} pieces are good for a trial.
* taste=caramel :: Expect a note of caramel.
* taste=toast :: Expect a note of fresh toast.
* taste=malt :: Expect a malty finish.
* It makes a firm layer of crema.
* It was roasted in small batches and sealed at once.
- strength<5 :: With much milk the coffee gets lost.
- strength>9 :: It is bitter if you let it run long.
- material=compostable :: Once opened, the box should be used within a month.
- pieces<17 :: Larger boxes are cheaper per cup.
- caffeine=No :: It will not wake you up.
""",
    ),
    Kind(
        "coffee-beans",
        "Home > Coffee > Coffee Beans",
        24,
        "Harrow Lane|Sunday Kettle|Mokkavi",
        household.coffee_beans,
        """
+ roast=light :: A light roast for filter and slow mornings.
+ roast=medium :: Beans for everyone at the table.
+ roast=dark :: A dark roast for espresso and milk.
+ taste=chocolate :: Beans that smell of chocolate as soon as you open the bag.
+ taste=citrus :: Fresh, bright beans with a hint of citrus.
+ taste=red berries :: Fruity beans, with red berries in the first sip.
+ Whole beans for grinders and bean-to-cup machines.
* strength :: The strength is {strength}.
* organic=Yes :: They are grown organically.
* weight=1000 g :: The kilo bag is good for about a hundred cups.
* weight=250 g :: The small bag is gone before it goes stale.
* taste=hazelnut :: Hazelnut comes through at the end.
* taste=caramel :: Caramel comes through at the end.
* taste=malt :: There is a malty, bready side to them.
* taste=toast :: They taste of toast, in a good way.
* A valve keeps the air out.
* The bag can be closed again.
- roast=light :: In an espresso machine they taste sour.
- roast=dark :: As filter coffee they are heavy.
- organic=No :: They are not certified organic.
- You need a grinder for them.
""",
    ),
    Kind(
        "coffee-grinder",
        "Home > Coffee > Coffee Grinders",
        20,
        "Tamperly|Steamwick|Mokkavi",
        household.coffee_grinder,
        """
+ drive=hand :: A hand grinder for the office and for camping.
+ drive=hand :: A minute of turning, and the kitchen smells right.
+ drive=electric :: An electric grinder that turns beans into the right powder, always the same.
+ suits=espresso :: A grinder fine enough for espresso.
+ Freshly ground is the biggest step you can take towards better coffee.
* burrs=steel flat :: The flat steel burrs cut evenly.
* burrs=steel conical :: The conical steel burrs stay cool.
* burrs=ceramic conical :: The ceramic burrs do not rust.
* grind_settings>30 :: It has {grind_settings} settings.
* grind_settings<31 :: {grind_settings} settings are clearly marked.
* capacity>140 :: The hopper holds {capacity} of beans.
* capacity<50 :: It holds {capacity}, enough for two cups.
* The burrs come out for cleaning without tools.
* Little powder stays inside.
* color=Red :: The red is the color of an old fire engine.
- suits!=espresso :: It does not grind finely enough for espresso.
- drive=electric :: It is loud for half a minute.
- drive=hand :: For a large jug it is work.
- capacity<50 :: You fill it again for each round.
""",
    ),
    Kind(
        "kettle",
        "Home > Kitchen > Kettles",
        22,
        "Steamwick|Halden Home|Tamperly|Mokkavi",
        household.kettle,
        """
+ spout=standard & capacity>1.4 :: A kettle for teapots, pasta and hot-water bottles.
+ spout=standard & capacity<1.2 :: A small kettle for one or two cups.
+ spout=gooseneck :: A slow, thin stream for filter coffee by hand.
+ spout=gooseneck :: Pour as though you were writing.
+ temperature_control=Yes :: Green tea hates boiling water, and this kettle knows.
+ material=glass :: You can watch the bubbles rise.
* capacity :: It holds {capacity}.
* temperature_control=Yes :: The temperature is set in steps.
* keep_warm=Yes :: It keeps the water warm for half an hour.
* power_draw=2200 W :: With {power_draw} a cup boils in under a minute.
* power_draw=1200 W :: Its {power_draw} is easy on weak fuses.
* material=steel :: Inside there is only steel.
* material=plastic :: The plastic stays cool and light.
* The lid opens wide for cleaning.
* It will not run dry.
* The base turns all the way round.
- temperature_control=No :: It boils and knows nothing else.
- material=glass :: Limescale shows on glass.
- material=steel :: The outside gets hot.
- spout=gooseneck :: Filling a pasta pot with it takes patience.
- power_draw=1200 W :: A full kettle takes a while.
""",
    ),
    Kind(
        "vacuum-robot",
        "Home > Cleaning > Robot Vacuums",
        24,
        "Dustrel|Sweepling|Halden Home",
        household.vacuum_robot,
        """
+ self_emptying=Yes :: A robot that empties itself and wants to be left alone.
+ self_emptying=Yes :: You meet the dust once in two months.
+ self_emptying=No :: A simple robot for crumbs, hair and dust.
+ mop=Yes :: It vacuums first and wipes afterwards.
+ navigation=bump sensors :: A cheerful wanderer for one or two rooms.
+ navigation=laser :: It draws a map with a laser and cleans lane by lane.
* dust_bag_type :: The dock takes dust bags of type {dust_bag_type}.
* suction>6000 :: Its {suction} pulls hair out of carpets.
* suction<4500 :: {suction} is right for hard floors.
* noise<60 :: At {noise} you can leave the radio on.
* battery_life>140 :: It runs for {battery_life} on a charge.
* height<86 :: At {height} it gets under most sofas.
* navigation=camera :: A camera helps it round socks and cables.
* mop=Yes :: The cloth can be washed with the towels.
* navigation!=bump sensors :: Rooms can be locked and times set.
* Filters and brushes come in a set.
* It climbs the edge of a carpet.
- navigation=bump sensors :: It draws no map and visits some spots twice.
- self_emptying=No :: The dust box wants emptying after every run.
- self_emptying=Yes :: Emptying is loud for ten seconds.
- mop=No :: It does not wipe.
- noise>64 :: With {noise} it is best sent out when nobody is in.
- height>92 :: At {height} it is too tall for low beds.
""",
    ),
    Kind(
        "vacuum-bags",
        "Home > Cleaning > Vacuum Bags and Filters",
        28,
        "Dustrel|Sweepling|Halden Home|Dipwell",
        household.vacuum_bags,
        """
+ dust_bag_type & origin=original :: Original bags for {vacuum_brand} robots with a self-emptying dock.
+ dust_bag_type & origin=compatible :: Low-cost bags for {vacuum_brand} docks.
+ dust_bag_type :: Fresh {dust_bag_type} bags, before the dock starts to complain.
+ filter_set & origin=original :: The yearly service for a {vacuum_brand} robot, in one box.
+ filter_set & origin=compatible :: Spare filters and brushes for {vacuum_brand} robots, at a low price.
+ filter_set :: A new brush makes an old {vacuum_brand} robot clean like a new one.
* dust_bag_type :: They suit docks that take {dust_bag_type}.
* filter_set :: The set fits every {vacuum_brand} robot with the {filter_set} parts.
* material=three-layer fleece :: Three layers of fleece hold fine dust.
* material=paper :: The paper bags may be burned or composted.
* material=fleece with odor trap :: Charcoal in the fleece keeps smells inside.
* material=washable filter :: The filter can be rinsed and used again.
* material=fine dust filter :: The filter holds back pollen.
* dust_bag_type & pieces>5 :: The {pieces} bags last about a year.
* dust_bag_type & pieces<5 :: The {pieces} bags last some months.
* dust_bag_type :: A slider closes the bag as you pull it out.
* filter_set :: Main brush, side brush and filter are included.
* filter_set :: Changing all the parts takes five minutes.
- material=paper :: Wet dirt softens paper.
- material=washable filter :: The filter must dry for a day before use.
- origin=compatible :: The fit is a touch less tight than that of the original.
- origin=original :: Others sell them cheaper.
- dust_bag_type :: Other docks cannot use them.
- filter_set :: Dust bags are not part of the set.
""",
    ),
)
