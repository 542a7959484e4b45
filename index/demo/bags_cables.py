"""Kinds that carry, connect or lie under a computer: sleeves, backpacks, stands, mats and cables."""

from index.demo.kinds import Draft, Draw, Kind


def laptop_sleeve(d: Draw) -> Draft:
    size = d.one("13.3|14|14|15.6|16|17.3")
    sizes = {"13.3": ["13.3 in"], "14": ["14 in"], "15.6": ["15.6 in"], "16": ["15.6 in", "16 in"], "17.3": ["17.3 in"]}
    material = d.one("wool felt|neoprene|recycled nylon|leather|cork|waxed cotton")
    pocket = d.chance(0.5)
    model = d.model("Envelope|Otter|Folio|Husk|Cove|Parcel|Moss", "SL")
    return Draft(
        f"{model} {size} in Laptop Sleeve, {material}",
        16 + {"leather": 45, "wool felt": 14, "waxed cotton": 18, "cork": 10}.get(material, 3) + (5 if pocket else 0),
        {
            "model": model,
            "fits_screen_size": sizes[size],
            "material": material,
            "charger_pocket": "Yes" if pocket else "No",
            "closure": d.one("zip|magnet|flap"),
            "water_repellent": "Yes" if material in ("neoprene", "waxed cotton") else "No",
            "color": d.one("Gray|Black|Blue|Green|Brown|Beige"),
        },
    )


def backpack(d: Draw) -> Draft:
    volume = int(d.one("14|18|20|22|26|30"))
    size = "14" if volume < 16 else d.one("15.6|16") if volume < 24 else "17.3"
    rain = d.chance(0.6)
    model = d.model("Ramble|Summit|Errand|Tram|Bramble|Switchback", "BP")
    return Draft(
        f"{model} Laptop Backpack, {volume} L, up to {size} in",
        28 + volume * 1.6 + (15 if rain else 0),
        {
            "model": model,
            "volume": f"{volume} L",
            "fits_screen_size": f"{size} in",
            "water_repellent": "Yes" if rain else "No",
            "material": d.one("recycled polyester|nylon|canvas"),
            "luggage_strap": d.one("Yes|No"),
            "weight": f"{0.4 + volume * 0.025:.1f} kg",
            "color": d.one("Black|Gray|Green|Blue|Beige|Orange"),
        },
    )


def usb_c_cable(d: Draw) -> Draft:
    watts, speed = d.rng.choice(
        (
            ("60 W", "480 Mbit/s"),
            ("100 W", "480 Mbit/s"),
            ("100 W", "10 Gbit/s"),
            ("240 W", "480 Mbit/s"),
            ("240 W", "40 Gbit/s"),
        )
    )
    length = d.one("0.5 m|1 m|2 m|3 m") if "Mbit" in speed else d.one("0.5 m|0.8 m|1 m")
    sheath = d.one("braided nylon|silicone|plastic")
    model = d.model("Ribbon|Vine|Tether|Strand|Cord", "C")
    return Draft(
        f"{model} USB-C Cable, {length}, {watts}, {speed}",
        6
        + float(length.split()[0]) * 2
        + {"480 Mbit/s": 0, "10 Gbit/s": 7, "40 Gbit/s": 19}[speed]
        + (3 if sheath != "plastic" else 0),
        {
            "model": model,
            "connector": "USB-C",
            "length": length,
            "charging_watts": watts,
            "speed": speed,
            "sheath": sheath,
            "video": "No" if "Mbit" in speed else "Yes",
            "color": d.one("Black|White|Blue|Green|Orange"),
        },
    )


def hdmi_cable(d: Draw) -> Draft:
    speed = d.one("18 Gbit/s|48 Gbit/s|48 Gbit/s")
    length = d.one("1 m|1.5 m|2 m|3 m|5 m")
    sheath = d.one("braided nylon|plastic|plastic")
    model = d.model("Causeway|Stream|Rope|Canal|Lane", "HC")
    return Draft(
        f"{model} HDMI Cable, {length}, {speed}",
        6 + float(length.split()[0]) * 2.2 + (7 if speed[0] == "4" else 0),
        {
            "model": model,
            "connector": "HDMI",
            "length": length,
            "speed": speed,
            "sheath": sheath,
            "resolution": "7680x4320" if speed[0] == "4" else "3840x2160",
            "color": "Black",
        },
    )


def mouse_pad(d: Draw) -> Draft:
    size = d.one("25 x 21 cm|35 x 30 cm|80 x 30 cm|90 x 40 cm")
    material = d.one("cloth|cork|wool felt|vegan leather")
    model = d.model("Meadow|Lawn|Tundra|Plain|Heath", "MP")
    big = size[0] in "89"
    return Draft(
        f"{model} {'Desk Mat' if big else 'Mouse Pad'}, {size}, {material}",
        8 + (15 if big else 0) + {"cloth": 0, "cork": 6}.get(material, 11),
        {
            "model": model,
            "size": size,
            "material": material,
            "edge": d.one("stitched|plain"),
            "thickness": d.one("2 mm|3 mm|4 mm"),
            "color": d.one("Black|Gray|Green|Brown|Blue|Pink"),
        },
    )


def laptop_stand(d: Draw) -> Draft:
    folding = d.chance(0.5)
    material = d.one("aluminum|aluminum|beech wood|steel")
    size = d.one("16|17.3")
    model = d.model("Easel|Lectern|Ramp|Perch|Trivet", "LS")
    return Draft(
        f"{model} {'Folding ' if folding else ''}Laptop Stand, {material}",
        24 + (8 if folding else 0) + (12 if material == "beech wood" else 0),
        {
            "model": model,
            "material": material,
            "folding": "Yes" if folding else "No",
            "fits_screen_size": f"{size} in",
            "height": f"{d.rng.randint(9, 18)} cm",
            "max_load": f"{d.rng.randint(4, 9)} kg",
            "color": "Brown" if material == "beech wood" else d.one("Silver|Black|Gray"),
        },
    )


KINDS = (
    Kind(
        "laptop-sleeve",
        "Computers > Bags > Laptop Sleeves",
        30,
        "Marrowby|Fenwarde|Ridgeloom|Kestrane|Corvessa",
        laptop_sleeve,
        """
+ material=wool felt :: Soft felt against scratches, with a look that suits a meeting.
+ material=leather :: A leather sleeve that looks better after a year than on the first day.
+ material=neoprene :: A stretchy sleeve that slips into any bag.
+ material=recycled nylon :: A light, padded cover sewn from old fishing nets.
+ material=cork :: Cork outside and soft lining inside, light and a little unusual.
+ material=waxed cotton :: Waxed cotton for bicycle rides in the drizzle.
+ A slim cover for laptops of {fits_screen_size:n} inches.
+ Put the laptop in this and the sleeve in any bag.
* charger_pocket=Yes :: A flat pocket takes the charger and a cable.
* closure=zip :: The zip runs around three sides, so the laptop opens without coming out.
* closure=magnet :: Magnets close it without a sound.
* closure=flap :: The flap tucks in and has nothing to break.
* water_repellent=Yes :: Rain runs off for the length of a walk.
* The lining is soft, and the corners have extra padding.
* It adds hardly a centimeter all round.
* color=Green :: The green is that of old library lamps.
* color=Brown :: The brown darkens with use.
- charger_pocket=No :: The charger has to travel elsewhere.
- water_repellent=No :: In heavy rain it needs a bag around it.
- closure=magnet :: The magnets open if you stuff it too full.
- material=leather :: Fresh leather smells strongly for a week.
- material=wool felt :: Felt gathers lint and pet hair.
""",
    ),
    Kind(
        "backpack",
        "Computers > Bags > Laptop Backpacks",
        24,
        "Ridgeloom|Fenwarde|Marrowby|Corvessa",
        backpack,
        """
+ volume<19 :: A slim backpack for a laptop, a lunch and not much else.
+ volume>19 & volume<25 :: A daily bag for work, gym and groceries.
+ volume>25 :: Room for a laptop and two days away.
+ A backpack that stands up by itself under a desk.
+ For commuters who change from train to bicycle to office.
* fits_screen_size :: The padded compartment holds laptops of up to {fits_screen_size:n} inches.
* water_repellent=Yes :: The fabric sheds rain and the zips are covered.
* luggage_strap=Yes :: A strap at the back slides over the handle of a suitcase.
* material=canvas :: The canvas is sturdy and softens with time.
* material=recycled polyester :: The cloth was made of used bottles.
* weight<0.9 :: Empty it weighs {weight}.
* weight>1 :: Thick padding brings it to {weight}, which your shoulders repay.
* A hidden pocket at the back keeps a passport safe.
* A bottle fits in each side pocket.
* color=Orange :: The orange is seen from afar in traffic.
- water_repellent=No :: It has no rain cover.
- volume<15 :: A thick folder makes it bulge.
- volume>25 :: On a small back it looks large.
- luggage_strap=No :: It has no strap for a suitcase handle.
- The chest strap is sold separately.
""",
    ),
    Kind(
        "laptop-stand",
        "Computers > Accessories > Laptop Stands",
        18,
        "Gantrey|Arbenholt|Fjellbord|Zellmark",
        laptop_stand,
        """
+ It raises the laptop screen towards eye level and lets your neck rest.
+ folding=Yes :: A stand that folds flat and lives in the laptop bag.
+ folding=No :: A fixed stand for the place where the laptop always ends up.
+ material=beech wood :: A beech stand for desks on which metal looks cold.
+ For anyone who uses a laptop with a separate keyboard.
* material=aluminum :: The aluminum draws some heat away.
* material=steel :: Bent from one piece of steel, it does not wobble.
* height>14 :: It lifts the machine by {height}.
* height<13 :: It lifts the machine by a modest {height}.
* max_load>6 :: It carries {max_load} and does not mind you typing on it.
* fits_screen_size=17.3 in :: Laptops of up to 17.3 inches sit safely.
* Rubber pads keep the laptop from slipping.
* The open back lets warm air out.
* A gap below makes room for the keyboard.
- folding=No :: It does not fold.
- fits_screen_size=16 in :: For 17 inch machines it is too narrow.
- folding=Yes :: It bounces a little when you type on the laptop itself.
- You will want a separate keyboard and mouse.
""",
    ),
    Kind(
        "mouse-pad",
        "Computers > Accessories > Mouse Pads",
        18,
        "Ostrell|Marrowby|Corvessa|Kaldrum",
        mouse_pad,
        """
+ size~x 4 & size~90 :: A mat for the whole desk, under keyboard and mouse alike.
+ size~80 :: A wide mat that puts keyboard and mouse on the same ground.
+ size~25 :: A small pad for small desks.
+ size~35 :: A roomy pad for the mouse alone.
+ material=cork :: A cork pad, warm to the wrist and easy to wipe.
+ material=wool felt :: A felt mat that softens the look and the sound of a desk.
* material=cloth :: The fine weave suits quick and slow hands.
* material=vegan leather :: The smooth surface wipes clean in a moment.
* edge=stitched :: The stitched edge will not fray.
* thickness=4 mm :: At {thickness} it is soft under the wrist.
* thickness=2 mm :: It is thin, {thickness}, and lies flat at once.
* thickness=3 mm :: Its {thickness} evens out scratches in the desk.
* The underside does not slide.
* It measures {size}.
- material=wool felt :: Felt is a little slow for quick games.
- edge=plain :: The cut edge shows wear after a year or two.
- material=cloth :: Coffee leaves a mark unless you wash it soon.
- size~90 :: Measure first; it fills an ordinary desk.
""",
    ),
    Kind(
        "usb-c-cable",
        "Computers > Cables > USB-C Cables",
        26,
        "Zellmark|Corvessa|Ampford|Kestrane",
        usb_c_cable,
        """
+ speed=480 Mbit/s :: A charging cable for laptops, phones and headphones.
+ speed=480 Mbit/s :: The cable that stays beside the bed or in the car.
+ speed=40 Gbit/s :: A fast cable for docks, screens and external drives.
+ speed=10 Gbit/s :: A cable that charges, carries data and brings a picture to a screen.
+ length=3 m :: Three meters of cable for sockets that are in the wrong place.
+ length=0.5 m :: A short cable for power banks and tidy desks.
* charging_watts=240 W :: It is rated for {charging_watts}, more than any phone or laptop of today asks for.
* charging_watts=100 W :: With {charging_watts} it also charges large laptops.
* charging_watts=60 W :: Up to {charging_watts} flows through it.
* sheath=braided nylon :: The woven sheath does not kink.
* sheath=silicone :: The soft silicone lies flat and never tangles.
* video=Yes :: It can carry video.
* length=2 m :: At {length} it reaches from the wall to the sofa.
* A strap to roll it up is included.
* The plugs are slim enough for thick phone cases.
* color=Green :: In green it is not mistaken for anybody else's.
- video=No :: It does not carry a picture to a monitor.
- speed=480 Mbit/s :: Copying large files through it is slow.
- length=0.5 m :: Half a meter is short for a wall socket.
- speed=40 Gbit/s :: It is thicker and stiffer than a charging cable.
- sheath=plastic :: The plain plastic attracts dust.
""",
    ),
    Kind(
        "hdmi-cable",
        "Computers > Cables > HDMI Cables",
        20,
        "Zellmark|Corvessa|Vistrell|Reelby",
        hdmi_cable,
        """
+ speed=48 Gbit/s :: A cable for new consoles, fast monitors and large TVs.
+ speed=18 Gbit/s :: An honest cable for TVs, players and office screens.
+ length=5 m :: The long one, for projectors and for laptops at the far end of the table.
+ length=1 m :: A short cable for the box that stands beside the TV.
+ For the gap between screen and console, {length} of it.
* speed=48 Gbit/s :: At {speed} it passes 4K at 120 frames.
* speed=18 Gbit/s :: At {speed} it passes 4K at 60 frames.
* sheath=braided nylon :: The braid takes being pulled around corners.
* sheath=plastic :: The thin sheath fits into cable ducts.
* It sends sound back to a soundbar as well.
* The plugs sit firmly and are gold-plated.
* length=2 m :: Two meters suit most TV shelves.
* length=3 m :: Three meters reach to a wall-mounted screen.
- speed=18 Gbit/s :: For 4K at 120 frames you need a faster one.
- length=5 m :: Coil the rest loosely, since it is not fond of tight bends.
- length=1 m :: One meter is short once the screen hangs on a wall.
- sheath=braided nylon :: The braid makes it a bit stiff.
""",
    ),
)
