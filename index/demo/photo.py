"""Kinds of the photo department: cameras and what makes them useful."""

from index.demo.kinds import Draft, Draw, Kind

# Maker -> lens mounts; a battery type belongs to one maker.
MOUNTS = {"Ilvane": ("I-mount", "I-mount Full Frame"), "Sorrelby": ("S-mount", "S-mount")}
BATTERIES = {"Ilvane": ("IB-20", "IB-30"), "Sorrelby": ("SB-8", "SB-9")}


def camera(d: Draw) -> Draft:
    compact = d.number % 5 == 4
    action = d.brand.name == "Nimbrel"
    if action:
        model = d.model("Plunge|Kite|Swoop|Rider|Tumble", "NA")
        return Draft(
            f"{model} Action Camera, waterproof, {d.one('4K|5.3K')}",
            210 + d.rng.randrange(0, 120, 10),
            {
                "model": model,
                "camera_type": "action",
                "resolution": f"{d.one('12|20')} MP",
                "memory_card_type": "microSD",
                "battery_type": "NB-1",
                "water_resistance": d.one("10 m|20 m"),
                "stabilization": "Yes",
                "viewfinder": "No",
                "weight": f"{d.rng.randint(110, 165)} g",
                "color": d.one("Black|Orange|Gray"),
            },
        )
    mount = d.rng.choice(MOUNTS[d.brand.name])
    full = "Full" in mount
    pixels = d.one("24|33|45" if full else "20|24|26")
    steady, finder = d.chance(0.6), not compact and d.chance(0.8)
    model = d.model("Aperture|Meridian|Atlas|Ardent|Vigil|Sextant", "SC")
    card = "CFexpress B" if full and d.chance(0.4) else "SD"
    kind = "compact" if compact else "mirrorless"
    name = "Compact Camera" if compact else f"{'Full-Frame ' if full else ''}Mirrorless Camera"
    lens = {} if compact else {"lens_mount": mount}
    return Draft(
        f"{model} {name}, {pixels} MP" + ("" if compact else ", body only"),
        (330 if compact else 1150 if full else 560) + int(pixels) * 9 + (130 if steady else 0) + (70 if finder else 0),
        {
            "model": model,
            "camera_type": kind,
            **lens,
            "resolution": f"{pixels} MP",
            "memory_card_type": card,
            "battery_type": d.rng.choice(BATTERIES[d.brand.name]),
            "stabilization": "Yes" if steady else "No",
            "viewfinder": "Yes" if finder else "No",
            "sensor": "full frame" if full and not compact else "APS-C",
            "weight": f"{d.rng.randrange(260, 330, 10) if compact else d.rng.randrange(380, 720, 10)} g",
            "color": d.one("Black|Black|Silver"),
        },
    )


def lens(d: Draw) -> Draft:
    mounts = MOUNTS.get(d.brand.name) or ("I-mount", "I-mount Full Frame", "S-mount")
    mount = d.rng.choice(mounts)
    focal, opening, use, price = d.rng.choice(
        (
            ("14 mm", "f/2.8", "wide angle", 420),
            ("10-20 mm", "f/4", "wide angle", 390),
            ("23 mm", "f/2", "everyday prime", 310),
            ("35 mm", "f/1.8", "everyday prime", 290),
            ("50 mm", "f/1.8", "portrait", 230),
            ("56 mm", "f/1.4", "portrait", 480),
            ("85 mm", "f/1.8", "portrait", 430),
            ("16-50 mm", "f/2.8", "standard zoom", 560),
            ("18-105 mm", "f/4", "standard zoom", 420),
            ("70-200 mm", "f/4", "telephoto", 720),
            ("100-400 mm", "f/5.6", "telephoto", 880),
            ("60 mm", "f/2.8", "macro", 370),
            ("100 mm", "f/2.8", "macro", 590),
        )
    )
    steady, sealed = d.chance(0.4), d.chance(0.5)
    name = f"{focal} {opening} {mount}"
    if name + d.brand.name in d.taken:
        name = f"{focal} {opening} {mount} {d.one('II|Pro|Light|III|Classic')}"
    d.taken.add(name + d.brand.name)
    full = "Full" in mount
    return Draft(
        f"{name} Lens, {use}",
        price * (1.45 if full else 1) + (70 if steady else 0) + (50 if sealed else 0),
        {
            "model": name,
            "lens_mount": mount,
            "focal_length": focal,
            "aperture": opening,
            "lens_type": use,
            "stabilization": "Yes" if steady else "No",
            "weather_sealing": "Yes" if sealed else "No",
            "filter_thread": d.one("49 mm|52 mm|58 mm|67 mm|77 mm"),
            "weight": f"{int(d.rng.randrange(160, 420, 10) * (1.9 if use == 'telephoto' else 1))} g",
        },
    )


def memory_card(d: Draw) -> Draft:
    kind = d.one("SD|SD|microSD|microSD|CFexpress B")
    capacity = d.one("64|128|256") if kind != "CFexpress B" else d.one("128|256|512")
    speed = {"SD": d.one("95|200|280"), "microSD": d.one("95|160"), "CFexpress B": d.one("1400|1700")}[kind]
    model = d.model("Snap|Reel|Negative|Album|Roll", "MC")
    return Draft(
        f"{model} {capacity} GB {kind} Memory Card, {speed} MB/s",
        7 + int(capacity) * (0.32 if kind == "CFexpress B" else 0.085) + int(speed) * 0.05,
        {
            "model": model,
            "memory_card_type": kind,
            "capacity": f"{capacity} GB",
            "write_speed": f"{speed} MB/s",
            "adapter_included": d.one("Yes|No") if kind == "microSD" else "No",
        },
    )


def camera_bag(d: Draw) -> Draft:
    form = d.one("shoulder bag|backpack|sling|holster")
    volume = {"shoulder bag": d.one("6|9"), "backpack": d.one("18|22|28"), "sling": d.one("4|7"), "holster": "3"}[form]
    rain, laptop = d.chance(0.6), form == "backpack" and d.chance(0.6)
    model = d.model("Fieldnote|Magpie|Wander|Quiver|Heron", "CB")
    extra: dict[str, str | list[str]] = {"fits_screen_size": d.one("14 in|15.6 in|16 in")} if laptop else {}
    return Draft(
        f"{model} Camera {form.title() if form != 'shoulder bag' else 'Shoulder Bag'}, {volume} L",
        22 + int(volume) * 3.6 + (15 if rain else 0) + (12 if laptop else 0),
        {
            "model": model,
            "bag_type": form,
            "volume": f"{volume} L",
            "rain_cover": "Yes" if rain else "No",
            **extra,
            "lenses": {"holster": "1", "sling": "2", "shoulder bag": "3", "backpack": "5"}[form],
            "material": d.one("canvas|nylon|recycled polyester"),
            "color": d.one("Black|Gray|Green|Brown|Blue"),
        },
    )


def tripod(d: Draw) -> Draft:
    material = d.one("aluminum|aluminum|carbon fiber")
    height = d.one("24|130|145|160|175")
    load = d.rng.randint(2, 4) if height == "24" else d.rng.randint(4, 12)
    model = d.model("Wader|Stilt|Flamingo|Trestle|Sentinel", "TR")
    head = d.one("ball head|ball head|three-way head")
    return Draft(
        f"{model} {'Table ' if height == '24' else ''}Tripod, {height} cm, {material}, {head}",
        18 + int(height) * 0.45 + load * 5 + (130 if material[0] == "c" else 0),
        {
            "model": model,
            "material": material,
            "max_height": f"{height} cm",
            "max_load": f"{load} kg",
            "head": head,
            "legs": d.one("twist locks|flip locks"),
            "weight": f"{int(250 + int(height) * (5.5 if material[0] == 'c' else 8.5))} g",
            "color": d.one("Black|Black|Gray"),
        },
    )


def camera_battery(d: Draw) -> Draft:
    own = d.brand.name in BATTERIES
    kinds = BATTERIES.get(d.brand.name) or ("IB-20", "IB-30", "SB-8", "SB-9", "NB-1")
    kind = kinds[d.number % len(kinds)]
    maker = {"I": "Ilvane", "S": "Sorrelby", "N": "Nimbrel"}[kind[0]]
    charger = d.chance(0.4)
    pieces = d.one("1|1|2")
    capacity = {"IB-20": 1250, "IB-30": 2280, "SB-8": 1050, "SB-9": 1600, "NB-1": 1400}[kind] + (0 if own else -50)
    name = f"{kind} Camera Battery" + (", 2 pieces" if pieces == "2" else "") + (" with charger" if charger else "")
    return Draft(
        name if own else f"{name}, for {maker} cameras",
        (26 + capacity * 0.012) * (1.7 if pieces == "2" else 1) + (16 if charger else 0),
        {
            "model": f"{kind}{'-2' if pieces == '2' else ''}{'C' if charger else ''}",
            "battery_type": kind,
            "battery_capacity": f"{capacity} mAh",
            "pieces": pieces,
            "charger_included": "Yes" if charger else "No",
            "camera_brand": maker,
            "origin": "original" if own else "compatible",
        },
    )


KINDS = (
    Kind(
        "camera",
        "Photo > Cameras",
        28,
        "Ilvane|Sorrelby|Ilvane|Sorrelby|Nimbrel",
        camera,
        """
+ camera_type=mirrorless & sensor=APS-C :: A camera to grow with, light enough to take along.
+ camera_type=mirrorless & sensor=APS-C :: The step from the phone to real pictures.
+ sensor=full frame :: A full-frame camera for weddings, night streets and large prints.
+ sensor=full frame :: For photographers who know what they want and when.
+ camera_type=compact :: A pocket camera with a sensor that deserves the name.
+ camera_type=compact :: Everything in one piece: lens, flash and a firm shutter button.
+ camera_type=action :: A tiny camera for helmets, handlebars and reefs.
+ camera_type=action :: Drop it, dunk it, strap it to the dog.
* lens_mount :: Lenses with {lens_mount} fit.
* stabilization=Yes :: The stabilizer lets you hold longer exposures by hand.
* viewfinder=Yes :: The viewfinder helps in bright sun.
* memory_card_type=CFexpress B :: It writes to fast CFexpress B cards.
* memory_card_type=SD :: It writes to common SD cards.
* battery_type :: Its battery is of type {battery_type}.
* resolution>30 :: {resolution} leaves room for bold crops.
* resolution<25 :: {resolution} is a sensible size for prints up to a poster.
* weight<300 :: With {weight} it is easily taken along.
* water_resistance=20 m :: It dives to {water_resistance} without a housing.
* Eyes, birds and cars are found and kept in focus.
* It charges through USB-C on the road.
* color=Silver :: The silver top looks like the seventies.
- camera_type=mirrorless :: The lens has to be bought as well.
- stabilization=No :: The body has no stabilizer.
- viewfinder=No & camera_type=compact :: There is only the screen to look at, which is hard in the sun.
- sensor=full frame :: The lenses for it are large and dear.
- camera_type=action :: At dusk the small sensor gets noisy.
- memory_card_type=CFexpress B :: Its cards cost a good deal more than SD.
- The memory card is not included.
""",
    ),
    Kind(
        "lens",
        "Photo > Lenses",
        40,
        "Ilvane|Sorrelby|Ilvane|Sorrelby|Corrimar",
        lens,
        """
+ lens_type=portrait :: A lens for faces, with a background that melts away.
+ lens_type=portrait :: Flattering at arm's length and beyond, at {focal_length}.
+ lens_type=wide angle :: A wide view for rooms, mountains and night skies.
+ lens_type=everyday prime :: The lens that stays on the camera all summer.
+ lens_type=standard zoom :: One zoom for nearly everything between breakfast and midnight.
+ lens_type=telephoto :: It brings birds, goals and stage faces close.
+ lens_type=macro :: For beetles, rings and the inside of flowers.
+ lens_type=macro :: The small world at life size.
* aperture=f/1.4 :: At {aperture} it works by candlelight.
* aperture=f/1.8 :: The bright {aperture} keeps exposures short.
* aperture=f/2.8 :: It holds {aperture}, a good balance of light and weight.
* aperture=f/4 :: With {aperture} it is smaller than its brighter sisters.
* stabilization=Yes :: A stabilizer inside gains some three stops.
* weather_sealing=Yes :: Seals keep out spray and dust.
* filter_thread :: Filters of {filter_thread} fit the front.
* weight<250 :: It weighs {weight} and stays on without notice.
* lens_mount :: It is made for {lens_mount} cameras.
* Focus is quick and silent, which helps in video.
* The hood clicks on and stays on.
- weather_sealing=No :: It is not sealed, so mind the rain.
- stabilization=No :: It relies on the camera for stabilization.
- aperture=f/5.6 :: It wants good light.
- weight>450 :: At {weight} it is a lens for a strap or a tripod.
- lens_type=everyday prime :: You zoom with your feet.
- lens_type=wide angle :: Faces near the edge are stretched.
- lens_type=telephoto :: Indoors it is usually too long.
""",
    ),
    Kind(
        "memory-card",
        "Photo > Memory Cards",
        26,
        "Blockhaven|Rowstack|Sorrelby",
        memory_card,
        """
+ memory_card_type=SD :: A card for cameras that leave no time to wait.
+ memory_card_type=SD :: SD is what most cameras want, and this one holds {capacity}.
+ memory_card_type=microSD :: A fingernail of storage for phones, consoles and action cameras.
+ memory_card_type=microSD :: More room for a handheld console or a cheap phone.
+ memory_card_type=CFexpress B :: A card for long bursts and serious video.
+ capacity>200 :: Shoot the whole holiday without deleting anything.
* write_speed>1000 :: It writes at {write_speed} and does not choke on raw files.
* write_speed>150 & write_speed<300 :: Writing at {write_speed}, it is ready for 4K video.
* write_speed<100 :: {write_speed} is fine for pictures and full HD video.
* capacity=64 GB :: {capacity} holds a good day of pictures.
* capacity=128 GB :: {capacity} is the sensible size for most people.
* adapter_included=Yes :: An adapter for SD slots is included.
* It shrugs off water, X-rays and a hot car.
* A rescue program for deleted pictures can be downloaded.
* The label leaves room for your name.
- write_speed<100 :: Long bursts of raw files make it pause.
- memory_card_type=CFexpress B :: You also need a reader for it.
- adapter_included=No & memory_card_type=microSD :: No adapter is enclosed.
- memory_card_type=microSD :: Cards of this size are easily lost.
- capacity=64 GB :: For 4K video it is small.
""",
    ),
    Kind(
        "camera-bag",
        "Photo > Camera Bags",
        20,
        "Ridgeloom|Marrowby|Fenwarde",
        camera_bag,
        """
+ bag_type=backpack :: A backpack for long ways with heavy glass.
+ bag_type=shoulder bag :: A bag that does not look like money.
+ bag_type=sling :: Swing it to the front and the camera is there.
+ bag_type=holster :: A holster for one camera with one lens.
+ For photographers who walk more than they drive.
* lenses>1 :: It takes a body and up to {lenses} lenses.
* rain_cover=Yes :: A rain cover hides in a pocket of its own.
* fits_screen_size :: A laptop of up to {fits_screen_size:n} inches slides in at the back.
* material=canvas :: The canvas is quiet and lets itself be patched.
* material=nylon :: The nylon is tough and dries quickly.
* The dividers can be moved to suit your kit.
* A strap at the side carries a small tripod.
* Cards and spare batteries have slots inside the lid.
* volume>17 :: Of its {volume}, half is left for a jacket and food.
- rain_cover=No :: It comes without a rain cover.
- bag_type=holster :: There is no room for a second lens.
- bag_type=backpack :: You have to set it down to change a lens.
- bag_type=sling :: Loaded full, it pulls on one shoulder.
- bag_type=shoulder bag :: It swings when you run.
""",
    ),
    Kind(
        "tripod",
        "Photo > Tripods",
        20,
        "Gantrey|Sorrelby|Ilvane",
        tripod,
        """
+ max_height=24 cm :: A table tripod for timers, calls and walls.
+ material=carbon fiber :: A carbon tripod for people who count what they carry.
+ material=aluminum & max_height>100 :: A solid tripod for landscapes, group pictures and stars.
+ It stands still so that the picture can.
+ max_height>150 :: A tall tripod for photographers who do not like to stoop.
* head=ball head :: The ball head turns freely and locks with one knob.
* head=three-way head :: The three-way head is slow and exact, good for buildings.
* max_load>8 :: It carries {max_load}, long lenses included.
* max_load<6 :: It holds up to {max_load}.
* legs=twist locks :: The legs lock with a quarter turn.
* legs=flip locks :: Flip locks open with cold fingers.
* weight<900 :: At {weight} there is no excuse to leave it at home.
* The center column can be hung upside down for close-ups.
* A hook below takes a bag as ballast.
* Spikes and rubber feet are both included.
- weight>1500 :: It weighs {weight}, and after an hour you know it.
- max_height=24 cm :: You need something to put it on.
- head=three-way head :: The handles take room in a bag.
- material=carbon fiber :: Carbon costs more and forgives fewer blows.
- max_load<6 :: Heavy telephoto lenses are too much for it.
""",
    ),
    Kind(
        "camera-battery",
        "Photo > Camera Batteries",
        22,
        "Ilvane|Sorrelby|Zellmark|Ampford",
        camera_battery,
        """
+ origin=original :: The original {battery_type} battery for {camera_brand} cameras.
+ origin=compatible :: A spare {battery_type} battery for {camera_brand} cameras at a fair price.
+ origin=compatible :: Carry a second {battery_type} and stop worrying.
+ The sunset will not wait while you charge, so pack a second battery.
+ Cold days eat batteries, and this is the one to keep in the inside pocket.
* battery_capacity>2000 :: With {battery_capacity} it lasts through a wedding.
* battery_capacity<2000 :: It holds {battery_capacity}.
* pieces=2 :: There are two in the box.
* charger_included=Yes :: A small USB-C charger is included.
* origin=original :: The camera shows the remaining charge exactly.
* origin=compatible :: It shows the remaining charge in steps.
* The contacts have a cap for the journey.
* It fits only cameras that use {battery_type}.
* A sticker turns from green to red when it is empty.
- charger_included=No :: The charger of the camera is needed to fill it.
- origin=compatible :: Some cameras greet it with a warning.
- origin=original :: It is dear for its size.
- battery_capacity<1300 :: {battery_capacity} does not last long in video.
- pieces=1 :: It is a single battery.
""",
    ),
)
