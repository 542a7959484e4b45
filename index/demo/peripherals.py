"""Kinds that stand around a computer: docks, hubs, power, input, arms, webcams."""

from index.demo.kinds import Draft, Draw, Kind


def dock(d: Draw) -> Draft:
    usb4 = d.chance(0.35)
    watts = d.one("45|65|85|100") if not usb4 else d.one("90|100|140")
    screens = d.rng.randint(1, 2) if not usb4 else d.rng.randint(2, 3)
    ports = ["HDMI"] + (["DisplayPort"] if screens > 1 else []) + ["USB-A", "USB-C", "Ethernet"]
    ports += ["SD card reader"] if d.chance(0.4) else []
    ports += ["audio jack"] if d.chance(0.5) else []
    model = d.model("Quay|Pier|Mooring|Berth|Jetty|Marina", "D")
    return Draft(
        f"{model} {'USB4' if usb4 else 'USB-C'} Docking Station, {watts} W charging",
        52 + screens * 26 + int(watts) * 0.35 + (75 if usb4 else 0) + len(ports) * 4,
        {
            "model": model,
            "host_connector": "USB4" if usb4 else "USB-C",
            "charging_watts": f"{watts} W",
            "ports": ports,
            "monitors": f"{screens}",
            "color": d.one("Black|Gray|Silver"),
            "weight": f"{d.rng.randrange(180, 520, 20)} g",
        },
    )


def usb_hub(d: Draw) -> Draft:
    plug = d.one("USB-C|USB-C|USB-A")
    sockets = int(d.one("3|4|4|7"))
    ports = ["USB-A"] + (d.some("HDMI|SD card reader|USB-C|Ethernet", 0, 2) if plug == "USB-C" else [])
    powered = sockets == 7
    model = d.model("Clover|Fork|Delta|Twig|Branch", "H")
    return Draft(
        f"{model} {plug} Hub, {sockets} x USB-A" + "".join(f", {port}" for port in ports[1:]),
        9 + sockets * 3 + len(ports) * 6 + (12 if powered else 0),
        {
            "model": model,
            "connector": plug,
            "ports": ports,
            "usb_a_sockets": f"{sockets}",
            "power_supply": "included" if powered else "from the computer",
            "color": d.one("Black|Gray|White"),
            "weight": f"{d.rng.randrange(40, 120, 10)} g",
        },
    )


def laptop_charger(d: Draw) -> Draft:
    barrel = d.brand.name in ("Pellwin", "Ostrell")
    watts = d.one("120|180|240|240|65|90") if barrel else d.one("45|65|65|100|100|140")
    gan = not barrel and d.chance(0.7)
    model = d.model("Current|Brook|Surge|Torrent|Mill", "P")
    outlets = "1" if barrel else d.one("1|2|3")
    plug = "barrel 4.5 mm" if barrel else "USB-C"
    return Draft(
        f"{model} {watts} W {'' if barrel else 'USB-C '}Laptop Charger" + (", round plug 4.5 mm" if barrel else ""),
        12 + int(watts) * (0.3 if barrel else 0.45) + int(outlets) * 4,
        {
            "model": model,
            "charging_connector": plug,
            "charging_watts": f"{watts} W",
            "outlets": outlets,
            "technology": "GaN" if gan else "classic",
            "cable_length": d.one("1.5 m|1.8 m|2 m"),
            "weight": f"{int(int(watts) * (1.3 if gan else 2.2)) + 40} g",
            "color": d.one("Black|White") if gan else "Black",
        },
    )


def mouse(d: Draw) -> Draft:
    gaming = d.brand.name in ("Ostrell", "Kaldrum")
    shape = "right-handed" if gaming else d.one("symmetric|right-handed|vertical|left-handed|symmetric")
    links = d.some("Bluetooth|USB receiver", 1, 2) if not gaming or d.chance(0.5) else ["cable"]
    silent = not gaming and d.chance(0.45)
    dpi = d.one("16000|26000") if gaming else d.one("1600|2400|4000")
    power = "cable" if links == ["cable"] else d.one("rechargeable|AA battery")
    buttons = int(d.one("6|8")) if gaming else int(d.one("3|4|6"))
    model = d.model("Pebble|Otter|Sable|Drift|Minnow|Finch|Acorn", "M")
    wireless = "Wired" if links == ["cable"] else "Wireless"
    lead = f"{wireless} {'Gaming ' if gaming else ''}{'Vertical ' if shape == 'vertical' else ''}Mouse"
    return Draft(
        f"{model} {lead}" + (", silent clicks" if silent else "") + (", left-handed" if shape[0] == "l" else ""),
        11
        + buttons * 2.5
        + (24 if gaming else 0)
        + (9 if silent else 0)
        + (8 if power == "rechargeable" else 0)
        + (18 if shape == "vertical" else 0)
        + len(links) * 3,
        {
            "model": model,
            "connection": links,
            "shape": shape,
            "noise": "silent clicks" if silent else "normal clicks",
            "resolution": f"{dpi} dpi",
            "buttons": f"{buttons}",
            "power": power,
            "weight": f"{d.rng.randrange(54, 140, 2)} g",
            "color": d.one("Black|Red|White" if gaming else "Black|Gray|White|Blue|Pink|Green"),
        },
    )


def keyboard(d: Draw) -> Draft:
    gaming = d.brand.name in ("Ostrell", "Kaldrum")
    switches = (
        d.one("linear mechanical|clicky mechanical")
        if gaming
        else d.one("low-profile scissor|tactile mechanical|low-profile scissor|rubber dome")
    )
    layout = d.one("full size|75 percent|tenkeyless") if "mech" in switches else d.one("full size|compact|split")
    links = ["cable"] if gaming and d.chance(0.6) else d.some("Bluetooth|USB receiver", 1, 2)
    light = gaming or d.chance(0.35)
    noise = {"clicky mechanical": "loud", "low-profile scissor": "quiet", "rubber dome": "quiet"}.get(
        switches, "medium"
    )
    model = d.model("Sonnet|Stanza|Ballad|Verse|Limerick|Quill|Cadence", "K")
    return Draft(
        f"{model} {'Wired' if links == ['cable'] else 'Wireless'} {'Gaming ' if gaming else ''}Keyboard, "
        f"{layout}, {switches}",
        17
        + {"m": 48, "s": 20, "d": 0}[switches.split()[-1][0]]
        + (12 if light else 0)
        + (35 if layout == "split" else 0)
        + len(links) * 4,
        {
            "model": model,
            "connection": links,
            "layout": layout,
            "switches": switches,
            "noise": noise,
            "backlight": "Yes" if light else "No",
            "weight": f"{d.rng.randrange(420, 1100, 20)} g",
            "color": d.one("Black|White|Gray|Blue|Beige"),
        },
    )


def monitor_arm(d: Draw) -> Draft:
    two = d.chance(0.3)
    size, load = d.rng.choice((("27 in", 7), ("32 in", 9), ("34 in", 10), ("40 in", 14)))
    spring = d.chance(0.7)
    model = d.model("Heron|Crane|Reach|Elbow|Stork", "A")
    return Draft(
        f"{model} {'Dual ' if two else ''}Monitor Arm, up to {size}, {load} kg",
        28 + load * 4 + (45 if two else 0) + (22 if spring else 0),
        {
            "model": model,
            "vesa_mount": ["75x75 mm", "100x100 mm"],
            "screen_size_max": size,
            "max_load": f"{load} kg",
            "monitors": "2" if two else "1",
            "mechanism": "gas spring" if spring else "fixed pole",
            "desk_mount": d.one("clamp|clamp or grommet"),
            "color": d.one("Black|White|Silver"),
        },
    )


def webcam(d: Draw) -> Draft:
    resolution = d.one("1280x720|1920x1080|1920x1080|2560x1440|3840x2160")
    shutter, focus = d.chance(0.6), d.chance(0.6)
    plug = d.one("USB-A|USB-C")
    model = d.model("Wink|Lantern|Peep|Parley|Salute", "W")
    return Draft(
        f"{model} Webcam, {resolution}, {plug}",
        {"1280x720": 19, "1920x1080": 42, "2560x1440": 78, "3840x2160": 129}[resolution] + (10 if focus else 0),
        {
            "model": model,
            "resolution": resolution,
            "connector": plug,
            "privacy_shutter": "Yes" if shutter else "No",
            "focus": "automatic" if focus else "fixed",
            "field_of_view": f"{d.one('65|78|90')} degrees",
            "microphone": d.one("mono|stereo"),
            "color": d.one("Black|Black|White"),
        },
    )


KINDS = (
    Kind(
        "dock",
        "Computers > Accessories > Docking Stations",
        28,
        "Norvik|Zellmark|Kestrane|Ampford",
        dock,
        """
+ host_connector=USB4 :: A desk full of devices on one fast plug.
+ host_connector=USB4 :: For USB4 laptops that drive {monitors} monitors by day and go home at night.
+ host_connector=USB-C :: It turns a laptop with a single USB-C socket into a workplace.
+ host_connector=USB-C :: One plug in the morning, and monitor, keyboard and network are there.
+ The {model} is the anchor of a tidy desk.
* charging_watts>84 :: It feeds {charging_watts} back to the laptop, so the charger can stay in the bag.
* charging_watts<70 :: Charging stops at {charging_watts}, which is right for light laptops.
* ports~Ethernet :: The network socket is steadier than any Wi-Fi.
* ports~SD card reader :: Cards from the camera go straight into the front.
* ports~audio jack :: There is an audio jack for headphones that have a wire.
* monitors=2 :: Two monitors can be connected, one by HDMI and one by DisplayPort.
* monitors=3 :: Three screens run at once, which traders and editors will like.
* The sockets for screens are at the back, and those you need daily are in front.
* weight<260 :: At {weight} it can also travel.
* It is cooled without a fan.
* color=Silver :: The silver case matches most laptops.
- monitors=1 :: It drives one monitor and no more.
- charging_watts<50 :: A laptop with a large appetite will drain slowly while working.
- host_connector=USB4 :: The full speed needs a USB4 socket on the laptop.
- ports!~SD card reader :: There is no card reader.
- weight>400 :: The power brick is nearly as large as the dock itself.
""",
    ),
    Kind(
        "usb-hub",
        "Computers > Accessories > USB Hubs",
        22,
        "Zellmark|Corvessa|Pellwin",
        usb_hub,
        """
+ usb_a_sockets=7 :: Seven sockets for desks on which everything has a cable.
+ usb_a_sockets<5 & connector=USB-C :: A small answer to laptops that come with too few sockets.
+ connector=USB-A :: More sockets for a desktop PC or an older laptop.
+ ports~HDMI :: A hub with a screen output, for the pocket of a bag.
+ Keep this hub with the laptop, and no stick or printer is ever left outside.
* connector=USB-C :: It also works with tablets that have USB-C.
* ports~Ethernet :: A network socket helps where the Wi-Fi is poor.
* ports~SD card reader :: The slot reads SD cards at full speed.
* ports~USB-C :: One further USB-C socket is passed on.
* power_supply=included :: The power supply in the box keeps several drives running.
* weight<70 :: It weighs {weight}.
* The plug sits on a short flexible lead.
* A small light shows that power is on.
* No driver has to be installed.
- power_supply=from the computer :: It lives on the computer's power, so avoid several hard disks at a time.
- ports!~HDMI :: It has no screen output.
- usb_a_sockets=3 :: Three sockets are soon taken.
- The case gets warm in long use.
""",
    ),
    Kind(
        "laptop-charger",
        "Computers > Accessories > Laptop Chargers",
        30,
        "Ampford|Zellmark|Norvik|Pellwin|Ostrell|Corvessa",
        laptop_charger,
        """
+ charging_connector=USB-C & charging_watts<70 :: A compact charger for light laptops, phones and tablets.
+ charging_connector=USB-C & charging_watts>90 :: Enough power for large laptops, in a block that fits a jacket.
+ charging_connector~barrel :: A replacement power brick for laptops with the round 4.5 mm plug.
+ charging_connector~barrel :: The second charger that saves carrying the first one to the office.
+ Lost your charger? This one delivers {charging_watts}.
+ outlets>1 :: Laptop and phone share one wall socket.
* technology=GaN :: GaN parts keep it small and cooler than older bricks.
* technology=classic :: It uses classic, proven parts and is on the larger side.
* outlets=3 :: Three outlets split the power sensibly between devices.
* outlets=1 & charging_connector=USB-C :: The whole power goes to one outlet.
* charging_watts=140 W :: With {charging_watts} it keeps up with mobile workstations.
* charging_watts>170 :: Gaming laptops get their full {charging_watts}.
* charging_watts=65 W :: Most office laptops are happy with {charging_watts}.
* cable_length=2 m :: The cable is two meters long and reaches behind a sofa.
* cable_length=1.5 m :: The cable measures {cable_length}.
* weight<130 :: It weighs only {weight}.
* It switches off by itself when it gets too hot.
- charging_connector~barrel :: It does not fit laptops that charge through USB-C.
- charging_watts=45 W :: Laptops that ask for 65 W will charge slowly or not at all.
- outlets>1 :: With several devices plugged in, each gets less.
- weight>280 :: At {weight} it is not a travel charger.
- technology=classic & weight<280 :: Chargers with GaN parts are smaller.
""",
    ),
    Kind(
        "mouse",
        "Computers > Accessories > Mice",
        38,
        "Norvik|Pellwin|Ostrell|Kaldrum|Corvessa|Taluma|Kestrane",
        mouse,
        """
+ noise=silent clicks :: A mouse for shared offices, libraries and sleeping children.
+ noise=silent clicks :: You feel the click of this mouse, but the next desk does not hear it.
+ shape=vertical :: The handshake grip takes the twist out of your forearm.
+ shape=left-handed :: At last a mouse that is truly shaped for the left hand.
+ resolution>10000 :: A quick mouse for shooters and strategy games.
+ resolution>10000 :: Built for players who can tell one millisecond from two.
+ resolution<5000 & shape=symmetric :: A simple everyday mouse for either hand.
+ resolution<5000 & shape=right-handed :: A comfortable mouse for long days in spreadsheets.
* connection=Bluetooth & connection=USB receiver :: It changes between Bluetooth and a USB receiver at a press.
* connection=Bluetooth & connection!=USB receiver :: It connects by Bluetooth and blocks no USB socket.
* connection=USB receiver & connection!=Bluetooth :: The tiny receiver stays in the USB socket.
* connection=cable :: The soft cable never runs out of battery.
* power=rechargeable :: One charge through USB-C lasts for weeks.
* power=AA battery :: A single AA battery keeps it going for most of a year.
* buttons>7 :: Eight buttons can be given tasks of their own.
* buttons=3 :: Three buttons and a wheel, with nothing to configure.
* weight<70 :: At {weight} it hardly seems to be there.
* weight>115 :: It has some weight, {weight}, and lies calmly in the hand.
* resolution=4000 dpi :: With {resolution} it crosses two large screens in one sweep.
* buttons=6 & resolution<5000 :: Two thumb buttons go back and forward in the browser.
* color=Pink :: The pink is cheerful and not loud.
- shape=right-handed :: Left-handers should look elsewhere.
- shape=vertical :: Expect a week of practice before the grip feels natural.
- connection=USB receiver & connection!=Bluetooth :: It takes up a USB-A socket.
- power=AA battery :: The battery cannot be charged inside the mouse.
- noise=normal clicks & resolution<5000 :: The click is clear and can be heard.
- connection=cable :: On a crowded desk the cable catches now and then.
""",
    ),
    Kind(
        "keyboard",
        "Computers > Accessories > Keyboards",
        36,
        "Norvik|Pellwin|Ostrell|Kaldrum|Corvessa|Arbenholt",
        keyboard,
        """
+ noise=quiet :: A quiet keyboard that will not give you away in a call.
+ switches=low-profile scissor :: Flat keys with a short travel, like those of a good laptop.
+ noise=loud :: A clicky keyboard for people who like to hear that they are working.
+ switches=linear mechanical :: Smooth mechanical keys that go straight down, made for games.
+ switches=tactile mechanical :: A writer's keyboard with a small bump in every key.
+ layout=split :: Split in two, so that your shoulders can relax.
+ layout=compact :: A small keyboard for bags and narrow desks.
+ layout=full size :: A full keyboard with a number pad, for anyone who enters figures all day.
* backlight=Yes :: The keys are lit from below in several steps.
* backlight=No :: The legends are large and printed to last.
* connection=Bluetooth :: It remembers three devices over Bluetooth, such as a laptop, a tablet and a phone.
* connection=USB receiver & connection!=Bluetooth :: A small USB receiver connects it without set-up.
* connection=cable :: A detachable cable supplies it with power.
* layout=tenkeyless :: Without the number pad the mouse sits closer.
* layout=75 percent :: It saves width but keeps the arrow keys.
* switches~mechanical :: Keycaps and switches pull out and can be replaced.
* weight>850 :: At {weight} it does not slide about.
* weight<560 :: It weighs {weight} and travels well.
* switches=rubber dome :: A spill of coffee drains through holes underneath.
* Two feet set the slope.
- noise=loud :: Colleagues and partners may object to the clicking.
- layout=split :: The first days are slow, because both hands have to relearn.
- backlight=No :: The keys are not lit.
- connection=cable :: It cannot be used without its cable.
- switches=rubber dome :: The keys feel softer than those of a mechanical board.
- layout=compact :: There is no number pad.
""",
    ),
    Kind(
        "monitor-arm",
        "Computers > Accessories > Monitor Arms",
        20,
        "Gantrey|Arbenholt|Fjellbord",
        monitor_arm,
        """
+ monitors=1 :: It lifts one monitor off the desk and gives you back the space below.
+ monitors=1 & mechanism=gas spring :: A screen that floats to where you look.
+ monitors=2 :: Two screens on one foot, side by side or one above the other.
+ mechanism=fixed pole :: A sturdy pole for people who set the height once and leave it.
+ Necks are grateful when the top of the screen is at eye level, and this arm puts it there.
* vesa_mount :: It takes screens with {vesa_mount} holes.
* mechanism=gas spring :: The gas spring is set with one key to the weight of the screen.
* desk_mount~grommet :: It is fixed with a clamp or through a hole in the desk.
* desk_mount=clamp :: The clamp holds tops of up to 8 cm.
* max_load>9 :: Up to {max_load} is allowed, enough for wide screens.
* max_load<9 :: It carries up to {max_load}.
* screen_size_max :: Screens of up to {screen_size_max:n} inches fit.
* Cables run inside the arm.
* The screen turns upright for long pages.
* color=White :: In white it all but vanishes before a pale wall.
- screen_size_max=27 in :: Screens above 27 inches are too large for it.
- mechanism=fixed pole :: Changing the height takes a tool.
- monitors=2 :: Both screens should be about the same size.
- desk_mount=clamp :: Desks with a rail under the rear edge are no good for the clamp.
""",
    ),
    Kind(
        "webcam",
        "Computers > Accessories > Webcams",
        20,
        "Norvik|Pellwin|Taluma|Zellmark",
        webcam,
        """
+ resolution=1920x1080 :: A full HD camera that makes video calls look less like a cellar.
+ resolution=3840x2160 :: For teaching, streaming and interviews in very sharp detail.
+ resolution=1280x720 :: The simplest way to be seen in a call.
+ resolution=2560x1440 :: Sharper than built-in cameras, and kinder to faces.
+ For everyone whose laptop camera looks up their nose.
* privacy_shutter=Yes :: A slider covers the lens when you are off duty.
* focus=automatic :: The focus follows you when you lean forward.
* focus=fixed :: The fixed focus is sharp from half a meter on.
* field_of_view>85 :: The wide view of {field_of_view} takes in two people.
* field_of_view<70 :: The narrow view hides the washing behind you.
* microphone=stereo :: Two microphones pick up your voice from either side.
* connector=USB-C :: It plugs into USB-C.
* connector=USB-A :: The fixed cable ends in USB-A.
* It handles a bright window behind you better than most.
* The clip also has a thread for a small tripod.
- microphone=mono :: The microphone is a stopgap; use a headset for long calls.
- privacy_shutter=No :: There is no cover for the lens.
- connector=USB-A :: Laptops without USB-A need an adapter.
- resolution=1280x720 :: On a large screen the picture looks soft.
- resolution=3840x2160 :: Most call programs send less than the camera can deliver.
""",
    ),
)
