"""Kinds of the sound and network shelves: headphones, speakers, microphones, routers, switches."""

from index.demo.kinds import Draft, Draw, Kind


def headset(d: Draw) -> Draft:
    gaming = d.brand.name in ("Kaldrum", "Ostrell", "Nimbrel")
    links = d.some("Bluetooth|USB receiver|USB cable|3.5 mm jack", 1, 2)
    wireless = "Bluetooth" in links or "USB receiver" in links
    boom = d.one("detachable|fold-up|fixed")
    model = d.model("Herald|Signal|Envoy|Rally|Oration", "HS")
    use = d.one("PC and console|PC and console|PC") if gaming else "office calls"
    mute = d.chance(0.6)
    return Draft(
        f"{model} {'Wireless' if wireless else 'Wired'} {'Gaming ' if gaming else 'Office '}Headset",
        32 + (38 if wireless else 0) + (18 if gaming else 0) + len(links) * 9 + (6 if mute else 0),
        {
            "model": model,
            "connection": links,
            "use": use,
            "microphone": boom,
            "mute_key": "Yes" if mute else "No",
            "battery_life": f"{d.rng.randint(16, 60)} h" if wireless else "none",
            "noise_canceling": "Yes" if not gaming and d.chance(0.5) else "No",
            "weight": f"{d.rng.randrange(130, 360, 10)} g",
            "color": d.one("Black|Black|White|Gray"),
        },
    )


def headphones(d: Draw) -> Draft:
    studio = d.brand.name == "Tonwald" and d.chance(0.85)
    open_back = studio and d.chance(0.4)
    cancel = not studio and d.chance(0.65)
    links = ["3.5 mm jack"] if studio else ["Bluetooth"] + (["3.5 mm jack"] if d.chance(0.6) else [])
    fit = "over-ear" if studio or d.chance(0.7) else "on-ear"
    model = d.model("Hollow|Nocturne|Velvet|Canyon|Reverie|Chorus", "HP")
    name = "Studio Headphones" if studio else "Wireless Headphones"
    return Draft(
        f"{model} {name}, {fit}" + (", noise canceling" if cancel else ", open-back" if open_back else ""),
        58 + (85 if cancel else 0) + (60 if studio else 0) + (30 if fit == "over-ear" else 0),
        {
            "model": model,
            "connection": links,
            "fit": fit,
            "noise_canceling": "Yes" if cancel else "No",
            "design": "open-back" if open_back else "closed-back",
            "battery_life": "none" if studio else f"{d.rng.randint(22, 60)} h",
            "folding": d.one("Yes|No") if not studio else "No",
            "weight": f"{d.rng.randrange(170, 340, 10)} g",
            "color": "Black" if studio else d.one("Black|White|Blue|Beige|Green"),
        },
    )


def earbuds(d: Draw) -> Draft:
    sport, cancel = d.chance(0.35), d.chance(0.5)
    hours = d.rng.randint(5, 11)
    pad = d.chance(0.4)
    model = d.model("Dew|Seed|Bead|Whisper|Clove|Pip", "E")
    return Draft(
        f"{model} Wireless {'Sport ' if sport else ''}Earbuds" + (", noise canceling" if cancel else ""),
        36 + (58 if cancel else 0) + (18 if sport else 0) + hours * 2.5 + (12 if pad else 0),
        {
            "model": model,
            "connection": ["Bluetooth"],
            "noise_canceling": "Yes" if cancel else "No",
            "use": "sport" if sport else "everyday",
            "battery_life": f"{hours} h",
            "charging_connector": "USB-C",
            "wireless_charging": "Yes" if pad else "No",
            "water_resistance": "IP57" if sport else d.one("none|IPX4"),
            "ear_tips": d.one("3 sizes|4 sizes"),
            "color": d.one("Black|White|White|Pink|Blue|Green"),
        },
    )


def speaker(d: Draw) -> Draft:
    form = d.one("pocket|portable|portable|party|shelf")
    hours = {"pocket": d.rng.randint(8, 12), "portable": d.rng.randint(12, 22), "party": d.rng.randint(10, 18)}.get(
        form, 0
    )
    watts = {"pocket": d.one("5|8"), "portable": d.one("16|25|30"), "party": d.one("80|120"), "shelf": d.one("40|60")}[
        form
    ]
    proof = form in ("pocket", "portable") and d.chance(0.75)
    links = (
        ["Bluetooth"] + (["Wi-Fi"] if form == "shelf" else []) + (["3.5 mm jack"] if form in ("party", "shelf") else [])
    )
    model = d.model("Bongo|Pebble|Boulder|Pond|Grove|Barrel", "LS")
    return Draft(
        f"{model} {form.title()} {'Wireless' if form == 'shelf' else 'Bluetooth'} Speaker, {watts} W",
        24 + int(watts) * 1.9 + hours + (12 if proof else 0) + (60 if form == "shelf" else 0),
        {
            "model": model,
            "speaker_type": form,
            "power": f"{watts} W",
            "connection": links,
            "battery_life": f"{hours} h" if hours else "none",
            "water_resistance": "IP67" if proof else "none",
            "stereo_pairing": d.one("Yes|No"),
            "color": d.one("Black|Blue|Red|Green|Gray|Beige"),
        },
    )


def microphone(d: Draw) -> Draft:
    form = d.one("desk|desk|clip-on|clip-on|studio")
    plug = {"desk": d.one("USB-C|USB-A"), "clip-on": d.one("USB-C|3.5 mm jack"), "studio": "XLR"}[form]
    pattern = "omnidirectional" if form == "clip-on" else d.one("cardioid|cardioid|cardioid and stereo")
    mute = form == "desk" and d.chance(0.6)
    model = d.model("Orator|Bard|Reporter|Choir|Cantor", "MK")
    return Draft(
        f"{model} {form.title()} Microphone, {plug}, {pattern}",
        28 + {"desk": 35, "clip-on": 12, "studio": 110}[form] + (14 if "stereo" in pattern else 0) + (8 if mute else 0),
        {
            "model": model,
            "microphone_type": form,
            "connector": plug,
            "pattern": pattern,
            "mute_key": "Yes" if mute else "No",
            "stand_included": {"desk": "Yes", "clip-on": "No"}.get(form, d.one("Yes|No")),
            "weight": f"{20 if form == 'clip-on' else d.rng.randrange(240, 620, 20)} g",
            "color": d.one("Black|Black|Gray|White"),
        },
    )


def router(d: Draw) -> Draft:
    wifi = d.one("Wi-Fi 5|Wi-Fi 6|Wi-Fi 6|Wi-Fi 7")
    mesh = d.brand.name == "Netherlane" or d.chance(0.4)
    weave = {"Netherlane": "Netherlane Weave", "Pingley": "Pingley Link", "Norvik": "Norvik Fabric"}[d.brand.name]
    sockets = d.one("2|4|4")
    area = {"Wi-Fi 5": 90, "Wi-Fi 6": 140, "Wi-Fi 7": 190}[wifi] + d.rng.randrange(0, 50, 10)
    model = d.model("Crossing|Junction|Relay|Harbor|Gateway", "RT")
    return Draft(
        f"{model} {'Mesh ' if mesh else ''}{wifi} Router",
        38 + {"Wi-Fi 5": 0, "Wi-Fi 6": 50, "Wi-Fi 7": 150}[wifi] + (25 if mesh else 0) + int(sockets) * 4,
        {
            "model": model,
            "wifi_standard": wifi,
            "mesh_system": weave if mesh else "none",
            "network_sockets": sockets,
            "coverage": f"{area} m2",
            "usb_socket": d.one("Yes|No"),
            "antennas": d.one("inside|outside"),
            "color": d.one("White|Black"),
        },
    )


def wifi_extender(d: Draw) -> Draft:
    wifi = d.one("Wi-Fi 5|Wi-Fi 6|Wi-Fi 7") if d.brand.name != "Pingley" else d.one("Wi-Fi 5|Wi-Fi 6")
    mesh = d.brand.name == "Netherlane" or d.chance(0.5)
    weave = {"Netherlane": "Netherlane Weave", "Pingley": "Pingley Link", "Norvik": "Norvik Fabric"}[d.brand.name]
    socket = d.chance(0.6)
    model = d.model("Echo Post|Outpost|Beacon|Stile|Milestone", "WX")
    return Draft(
        f"{model} {wifi} {'Mesh ' if mesh else ''}Extender",
        19 + {"Wi-Fi 5": 0, "Wi-Fi 6": 28, "Wi-Fi 7": 90}[wifi] + (12 if mesh else 0) + (6 if socket else 0),
        {
            "model": model,
            "wifi_standard": wifi,
            "mesh_system": weave if mesh else "none",
            "network_sockets": "1" if socket else "0",
            "coverage": f"{d.rng.randrange(60, 120, 10)} m2",
            "place": d.one("wall socket|wall socket|shelf"),
            "color": "White",
        },
    )


def network_switch(d: Draw) -> Draft:
    sockets = d.one("5|5|8|8|16")
    speed = d.one("1 Gbit/s|1 Gbit/s|2.5 Gbit/s|10 Gbit/s")
    power = d.chance(0.3)
    model = d.model("Loom|Shuttle|Spindle|Bobbin", "SW")
    return Draft(
        f"{model} Network Switch, {sockets} sockets, {speed}" + (", PoE" if power else ""),
        8
        + int(sockets) * 3.2 * {"1": 1, "2": 3.2}.get(speed[0], 3.2) * (2.6 if speed[:2] == "10" else 1)
        + (35 if power else 0),
        {
            "model": model,
            "network_sockets": sockets,
            "speed": speed,
            "power_over_ethernet": "Yes" if power else "No",
            "fan": "Yes" if sockets == "16" else "No",
            "material": d.one("metal|plastic"),
            "color": d.one("Black|White|Blue"),
        },
    )


KINDS = (
    Kind(
        "headset",
        "Audio > Headsets",
        26,
        "Kaldrum|Ostrell|Tonwald|Norvik|Nimbrel",
        headset,
        """
+ use=office calls :: A headset for days with more calls than you would like.
+ use=office calls :: It lets your voice through and keeps the kitchen out.
+ use~console :: One headset for the PC and for the console in the living room.
+ use~PC :: You hear the steps behind you before it is too late.
+ use=PC :: A headset for long raids and longer talks.
+ weight<190 :: A light headset, {weight}, that you forget to take off.
* connection=Bluetooth :: Bluetooth connects it to the phone.
* connection=USB receiver :: The USB receiver works without any set-up.
* connection=USB cable :: It runs from a plain USB cable.
* connection=3.5 mm jack :: The 3.5 mm plug suits old and new devices.
* mute_key=Yes :: A key on the ear cup mutes you at once.
* microphone=fold-up :: Fold the arm up and the microphone is off.
* microphone=detachable :: The microphone comes off when you only want music.
* noise_canceling=Yes :: Noise canceling takes away the hum of the office.
* battery_life>40 :: {battery_life} per charge is a working week.
* battery_life<30 :: It lasts {battery_life} between charges.
* weight>280 :: Deep cushions make up for its {weight}.
* The cushions can be replaced.
- microphone=fixed :: The microphone arm cannot be removed.
- battery_life=none :: It has a cable, and cables get caught.
- mute_key=No :: There is no key to mute it.
- use~PC :: The look is loud for a video call with the bank.
- noise_canceling=No & use=office calls :: It does not cancel noise for the wearer.
""",
    ),
    Kind(
        "headphones",
        "Audio > Headphones",
        30,
        "Hushmere|Tonwald|Lowbeck|Taluma|Pellwin",
        headphones,
        """
+ noise_canceling=Yes :: Headphones for planes, trains and open-plan offices.
+ noise_canceling=Yes :: Switch them on and the world steps back.
+ design=open-back :: Open headphones with the width of a small concert hall.
+ battery_life=none & design=closed-back :: Studio headphones that tell you the truth about a mix.
+ noise_canceling=No & battery_life>10 :: Simple wireless headphones for music at home and on the way.
+ fit=on-ear :: Small headphones that rest on the ear and leave a bit of the street audible.
* battery_life>45 :: {battery_life} of music fit into one charge.
* battery_life<40 :: A charge lasts {battery_life}.
* folding=Yes :: They fold into a cloth bag.
* connection=Bluetooth & connection=3.5 mm jack :: When the battery is empty, a cable takes over.
* weight<220 :: They weigh {weight}.
* fit=over-ear :: The cushions go all the way around the ear.
* battery_life=none :: The cable can be unplugged and replaced.
* battery_life>1 :: They remember two devices and change between them.
* Voices are clear, and the bass does not boom.
* color=Beige :: The beige looks better in daylight than in the picture.
- design=open-back :: Everyone around you listens along.
- battery_life=none :: They need a cable and, better still, a proper output.
- noise_canceling=No & battery_life>10 :: They do not cancel noise.
- folding=No :: They do not fold.
- fit=on-ear :: After two hours the ears want a break.
- connection!=3.5 mm jack :: They cannot be used with a cable.
""",
    ),
    Kind(
        "earbuds",
        "Audio > Earbuds",
        26,
        "Hushmere|Taluma|Kestrane|Brindor|Lowbeck",
        earbuds,
        """
+ use=sport :: Earbuds that stay put on a run.
+ use=sport :: Made for sweat, rain and stairs.
+ use=everyday & noise_canceling=Yes :: Small earbuds that hush a whole carriage.
+ use=everyday & noise_canceling=No :: Earbuds for podcasts, calls and the walk to the bus.
+ noise_canceling=Yes :: A quiet room in a box that fits the coin pocket.
+ Music without a wire, and without a headband in the hair.
* battery_life>8 :: They play for {battery_life}, and the case fills them three times.
* battery_life<9 :: After {battery_life} they go back into the case for a while.
* wireless_charging=Yes :: The case also charges on a pad.
* water_resistance=IP57 :: They may get soaked.
* water_resistance=IPX4 :: Rain and sweat do them no harm.
* ear_tips=4 sizes :: Tips in four sizes are included.
* ear_tips=3 sizes :: Tips in three sizes are included.
* noise_canceling=Yes :: Touch the side and outside sounds come through again.
* One bud can be used alone.
* Calls sound natural, even in wind.
- water_resistance=none :: They are not protected against water.
- noise_canceling=No :: They do not cancel noise.
- wireless_charging=No :: The case charges by cable only.
- battery_life<6 :: Long flights outlast their {battery_life}.
- use=sport :: The hooks take a moment to put on.
""",
    ),
    Kind(
        "speaker",
        "Audio > Speakers",
        26,
        "Lowbeck|Hushmere|Taluma|Pellwin|Tonwald",
        speaker,
        """
+ speaker_type=pocket :: A speaker the size of a bun, for showers and window sills.
+ speaker_type=portable :: A speaker for parks, kitchens and boats.
+ speaker_type=portable :: Take it outside and the evening gets longer.
+ speaker_type=party :: A big box for gardens and birthdays.
+ speaker_type=shelf :: A wireless speaker that lives in the bookcase.
+ speaker_type=shelf :: Music for the room you are really in.
* power>70 :: {power} reaches to the end of a garden.
* power<10 :: {power} fills a bathroom or a tent.
* battery_life>14 :: It plays for {battery_life}.
* battery_life<13 :: The battery lasts {battery_life}.
* water_resistance=IP67 :: It may fall into the pool, and it floats.
* stereo_pairing=Yes :: Two of them make a stereo pair.
* connection=Wi-Fi :: Over Wi-Fi it plays without your phone.
* connection=3.5 mm jack :: There is a jack for a record player or a guitar.
* speaker_type=party :: Wheels and a handle help with {power} of speaker.
* The keys are large enough to be found by feel.
* Speech sounds natural, so it suits radio too.
- battery_life=none :: It needs a wall socket.
- water_resistance=none :: Keep it out of the rain.
- stereo_pairing=No :: Two of them cannot be joined.
- speaker_type=pocket :: Do not expect deep bass.
- speaker_type=party :: It is not a thing for thin walls.
""",
    ),
    Kind(
        "microphone",
        "Audio > Microphones",
        20,
        "Tonwald|Pellwin|Ostrell|Lowbeck",
        microphone,
        """
+ microphone_type=desk :: A desk microphone for podcasts, lessons and games.
+ microphone_type=desk :: It makes you sound as though you had thought about it.
+ microphone_type=clip-on :: A clip for the collar, for interviews and walking lectures.
+ microphone_type=studio :: A studio microphone for voices and acoustic guitars.
+ For everyone who is tired of being asked to repeat that.
* pattern=cardioid :: It hears what is in front and ignores the keyboard behind.
* pattern~stereo :: It can also record in stereo, such as two people at a table.
* pattern=omnidirectional :: It hears all around, so its direction does not matter.
* connector=USB-C :: It plugs into USB-C.
* connector=USB-A :: It plugs into USB-A.
* mute_key=Yes :: A touch on top mutes it.
* stand_included=Yes :: A heavy stand is in the box.
* microphone_type=clip-on :: It weighs next to nothing.
* A foam cover tames popping sounds.
* The level is shown by one colored light.
- connector=XLR :: You need an interface with an XLR socket.
- stand_included=No & microphone_type=studio :: The stand has to be bought.
- mute_key=No & microphone_type=desk :: It has no mute key.
- pattern=omnidirectional :: In noisy rooms it picks up everything.
- connector=3.5 mm jack :: Many phones lack the 3.5 mm jack it wants.
""",
    ),
    Kind(
        "router",
        "Network > Routers",
        24,
        "Netherlane|Pingley|Norvik",
        router,
        """
+ wifi_standard=Wi-Fi 7 :: A router for large homes with fast lines.
+ wifi_standard=Wi-Fi 6 :: A router for families in which everyone streams at once.
+ wifi_standard=Wi-Fi 5 :: A simple router for a flat and a handful of devices.
+ mesh_system!=none :: The first piece of a network that can grow room by room.
+ The box by the door that nobody should have to think about.
* coverage>160 :: It covers about {coverage}.
* coverage<130 :: It covers about {coverage}, an ordinary flat.
* mesh_system!=none :: It works with other {mesh_system} devices.
* network_sockets=4 :: Four sockets take PC, printer, TV and console.
* usb_socket=Yes :: A drive at the USB socket serves the whole home.
* antennas=inside :: The antennas are hidden inside.
* antennas=outside :: Four antennas can be turned to where you need them.
* Guests get a network of their own.
* Children's devices can be sent to bed at nine.
* Updates install themselves at night.
- mesh_system=none :: It cannot be part of a mesh.
- network_sockets=2 :: Two sockets are few; you may want a switch.
- wifi_standard=Wi-Fi 5 :: Recent laptops could go faster.
- usb_socket=No :: It has no USB socket.
- antennas=outside :: It looks a bit like an insect.
""",
    ),
    Kind(
        "wifi-extender",
        "Network > Wi-Fi Extenders",
        20,
        "Netherlane|Pingley|Norvik",
        wifi_extender,
        """
+ It carries the network into the room where films keep stopping.
+ mesh_system!=none :: Another knot for a {mesh_system} network.
+ mesh_system=none :: An extender for any router, whoever made it.
+ place=wall socket :: Plug it in halfway down the hall.
+ place=shelf :: A small box for the shelf at the edge of the signal.
* wifi_standard :: It speaks {wifi_standard}.
* coverage>80 :: It adds about {coverage}.
* coverage<90 :: It adds some {coverage} of signal.
* network_sockets=1 :: A network socket serves a TV or a console.
* mesh_system!=none :: You walk through the home without dropping the call.
* Lights show whether the spot is good.
* Joining it takes one press on both boxes.
* It can be switched to dark at night.
- network_sockets=0 :: It has no network socket.
- mesh_system=none :: It makes a second step in the air, which costs some speed.
- mesh_system!=none :: Its best tricks need a router of the same system.
- place=wall socket :: It covers the socket beside it.
- wifi_standard=Wi-Fi 5 :: Do not expect top speed.
""",
    ),
    Kind(
        "network-switch",
        "Network > Network Switches",
        18,
        "Netherlane|Pingley|Zellmark",
        network_switch,
        """
+ network_sockets=5 :: A small switch for the TV shelf or the desk.
+ network_sockets=8 :: Eight sockets for a home office with everything.
+ network_sockets=16 :: Sixteen sockets for the cupboard where all cables end.
+ More network sockets, without a thought.
+ For devices that are better off with a cable.
* speed=1 Gbit/s :: At {speed} it matches most lines.
* speed=2.5 Gbit/s :: Its {speed} lets a network drive stretch its legs.
* speed=10 Gbit/s :: {speed} is for editing video straight off a server.
* power_over_ethernet=Yes :: It powers cameras and access points through the cable.
* fan=No :: It has no fan and makes no noise.
* material=metal :: The metal case can be screwed to a wall.
* The lights tell a slow link from a fast one.
* There is nothing to set up.
- power_over_ethernet=No :: It does not supply power through the cable.
- fan=Yes :: A small fan is audible in a quiet room.
- network_sockets=5 :: One of the five is taken by the line from the router.
- material=plastic :: It is so light that stiff cables lift it.
- speed=1 Gbit/s :: For very fast lines it is the bottleneck.
""",
    ),
)
