"""Kinds of the computer department: machines and monitors."""

from index.demo.kinds import Draft, Draw, Kind

_MEMORY_PRICE = {"8 GB": 0, "16 GB": 70, "32 GB": 190, "64 GB": 420}
_STORAGE_PRICE = {"256 GB": 0, "512 GB": 45, "1 TB": 110, "2 TB": 230, "4 TB": 420}


def notebook(d: Draw) -> Draft:
    gaming = d.brand.name == "Ostrell"
    size = d.one("15.6|16|17.3|16") if gaming else d.one("13.3|14|14|15.6|16")
    memory = d.one("16 GB|32 GB|32 GB|64 GB" if gaming else "8 GB|16 GB|16 GB|32 GB")
    storage = d.one("512 GB|1 TB|1 TB|2 TB" if gaming else "256 GB|512 GB|512 GB|1 TB")
    tier = d.one("6-core|8-core|8-core|12-core") if not gaming else d.one("8-core|12-core|16-core")
    thin = not gaming and float(size) < 15 and d.chance(0.6)
    barrel = d.brand.name in ("Pellwin", "Ostrell") and not thin
    graphics = d.one("dedicated, 8 GB|dedicated, 12 GB") if gaming else "integrated"
    if not gaming and float(size) >= 15.6 and d.chance(0.3):
        graphics = "dedicated, 6 GB"
    watts = {"i": d.one("45|65|65"), "d": d.one("180|240") if gaming else "100"}[graphics[0]]
    if watts == "100" and barrel:
        watts = "120"
    ports = ["USB-C", "USB-A"] + (["HDMI"] if not thin or d.chance(0.2) else [])
    ports += d.some("Ethernet|SD card reader", 0, 1) if not thin else []
    if d.brand.name in ("Kestrane", "Norvik"):
        ports = ["USB4", *ports]
    soldered = thin or d.brand.name == "Kestrane"
    weight = (1.05 if thin else 1.4) + (float(size) - 13.3) * 0.16 + (0.7 if gaming else 0)
    line = d.model("Slate|Fjord|Ember|Plume|Quarry|Tern|Vesper", "Note ")
    price = 330 + _MEMORY_PRICE[memory] + _STORAGE_PRICE[storage] + int(tier.split("-")[0]) * 22
    price += {"i": 0, "d": 460}[graphics[0]] + (190 if thin else 0) + (80 if "12" in graphics else 0)
    name = "Gaming Laptop" if gaming else d.one("Notebook|Laptop|Notebook")
    battery = d.near(6 if gaming else 15 if thin else 10.5, 0.2, 0)
    return Draft(
        f"{line} {size}-inch {name}, {memory}, {storage} SSD",
        price,
        {
            "model": line,
            "screen_size": f"{size} in",
            "resolution": d.one("1920x1200|2560x1600|2880x1800"),
            "processor": tier,
            "memory": memory,
            "memory_type": "soldered LPDDR5" if soldered else "DDR5 SO-DIMM",
            "storage": f"{storage} SSD",
            "storage_slot": "M.2 2280 NVMe",
            "graphics": graphics,
            "ports": ports,
            "charging_connector": "barrel 4.5 mm" if barrel else "USB-C",
            "charging_watts": f"{watts} W",
            "battery_life": f"{battery:.0f} h",
            "weight": f"{weight + d.rng.uniform(-0.08, 0.08):.1f} kg",
            "color": d.one("Black|Red" if gaming else "Silver|Gray|Black|Blue"),
            "refresh_rate": d.one("144 Hz|165 Hz|240 Hz") if gaming else d.one("60 Hz|60 Hz|90 Hz|120 Hz"),
        },
    )


def desktop(d: Draw) -> Draft:
    gaming = d.brand.name == "Ostrell"
    form = "mid tower" if gaming else d.one("mini PC|small tower|small tower")
    memory = d.one("16 GB|32 GB|64 GB" if gaming else "8 GB|16 GB|32 GB")
    storage = d.one("1 TB|2 TB" if gaming else "512 GB|1 TB")
    cores = d.one("8-core|12-core|16-core" if gaming else "4-core|6-core|8-core")
    graphics = d.one("dedicated, 8 GB|dedicated, 12 GB|dedicated, 16 GB") if gaming else "integrated"
    model = d.model("Keep|Lodge|Anvil|Cairn|Bastion|Mortar", "Desk ")
    price = 290 + _MEMORY_PRICE[memory] + _STORAGE_PRICE[storage] + int(cores.split("-")[0]) * 24
    price += {"i": 0, "d": 520}[graphics[0]] + (180 if "16 GB" in graphics else 0)
    ports = ["USB-C", "USB-A", "HDMI", "DisplayPort", "Ethernet"]
    return Draft(
        f"{model} {'Gaming PC' if gaming else 'Desktop PC'}, {form}, {memory}, {storage} SSD",
        price,
        {
            "model": model,
            "form_factor": form,
            "processor": cores,
            "memory": memory,
            "memory_type": "DDR5 SO-DIMM" if form == "mini PC" else "DDR5 DIMM",
            "storage": f"{storage} SSD",
            "storage_slot": "M.2 2280 NVMe",
            "graphics": graphics,
            "ports": ports,
            "noise": f"{d.rng.randint(18, 38)} dB",
            "color": d.one("Black|White|Gray"),
            "weight": f"{1.3 if form == 'mini PC' else d.near(8.5, 0.3):.1f} kg",
        },
    )


def monitor(d: Draw) -> Draft:
    gaming = d.brand.name == "Ostrell" or d.chance(0.15)
    size = d.one("24|27|27|32|34")
    resolution = {"24": "1920x1080", "34": "3440x1440"}.get(size) or d.one("2560x1440|3840x2160")
    refresh = d.one("144|165|240") if gaming else d.one("60|75|100")
    panel = d.one("IPS|IPS|VA|OLED") if gaming else d.one("IPS|IPS|VA")
    usb_c = not gaming and d.chance(0.5)
    ports = ["HDMI", "DisplayPort"] + (["USB-C", "USB-A"] if usb_c else [])
    fixed = d.chance(0.12)
    model = d.model("Vista|Mesa|Clarion|Pane|Horizon|Lookout", "V")
    price = {"24": 105, "27": 165, "32": 250, "34": 330}[size] + int(refresh) * 0.5
    price += {"3840x2160": 110, "2560x1440": 40}.get(resolution, 0) + (75 if usb_c else 0)
    watts: dict[str, str | list[str]] = {"charging_watts": d.one("65 W|90 W")} if usb_c else {}
    vesa: dict[str, str | list[str]] = {} if fixed else {"vesa_mount": "100x100 mm"}
    return Draft(
        f"{model} {size} in {'Gaming ' if gaming else ''}{'USB-C ' if usb_c else ''}Monitor, "
        f"{resolution}, {refresh} Hz",
        price + (230 if panel == "OLED" else 0),
        {
            "model": model,
            "screen_size": f"{size} in",
            "resolution": resolution,
            "panel": panel,
            "refresh_rate": f"{refresh} Hz",
            "ports": ports,
            **watts,
            **vesa,
            "weight": f"{float(size) * 0.16 + d.rng.uniform(-0.3, 0.6):.1f} kg",
            "color": d.one("Black|Black|White|Gray"),
            "stand": "fixed" if fixed else d.one("height and tilt|tilt only|height, tilt and pivot"),
        },
    )


KINDS = (
    Kind(
        "notebook",
        "Computers > Notebooks",
        45,
        "Norvik|Kestrane|Pellwin|Ostrell|Taluma",
        notebook,
        """
+ graphics~dedicated & refresh_rate>100 :: A gaming laptop that runs new titles smoothly on its {screen_size:inch},
 {refresh_rate} screen.
+ graphics~dedicated & refresh_rate>100 :: This {screen_size:inch} laptop is a desktop machine in disguise.
+ weight<1.35 :: At {weight}, this laptop is for people whose office is wherever they sit down.
+ weight<1.35 :: A thin {screen_size:inch} laptop for trains, lecture halls and small tables.
+ graphics=integrated & weight>1.35 :: A calm all-round laptop for office work, studies and the sofa afterwards.
+ graphics=integrated & weight>1.35 :: This {screen_size:inch} notebook puts a comfortable keyboard before a flashy lid.
+ memory=8 GB :: An everyday laptop for mail, homework, films and the odd spreadsheet.
+ memory>30 :: With {memory} of memory, the {model} is a portable computer for heavy projects.
+ graphics=dedicated, 6 GB :: A laptop for editing photos and video, with graphics memory of its own.
* ports~USB4 :: One USB4 socket carries screens, fast drives and power in a single plug.
* ports~HDMI :: A full-size HDMI socket saves you the adapter in meeting rooms.
* ports~Ethernet :: There is even a network socket for hotel rooms and server cupboards.
* ports~SD card reader :: Photographers will like the built-in SD card reader.
* memory_type=DDR5 SO-DIMM :: The memory sits in a {memory_type} slot, so it can grow later.
* storage~1 TB :: A terabyte of solid state storage leaves room for years of pictures.
* charging_connector=USB-C & charging_watts<70 :: It charges through USB-C and is content with {charging_watts}.
* charging_watts>150 :: The brick delivers {charging_watts} and belongs on a desk rather than in a pocket.
* battery_life>12 :: A working day on battery is realistic: {battery_life} by the maker's count.
* battery_life<8 :: Away from the wall it lasts about {battery_life}, so plan for a socket.
* processor>10 :: The {processor} processor shrugs at large projects and dozens of tabs.
* processor<10 :: Its {processor} processor is quick enough for daily work and stays cool.
* resolution=2880x1800 :: Text looks printed on the sharp {resolution} panel.
* refresh_rate=120 Hz :: Scrolling is pleasantly smooth at {refresh_rate}.
* graphics=dedicated, 12 GB :: Twelve gigabytes of graphics memory also suit 3D work.
* color :: The {color:l} lid opens with one finger.
- memory_type=soldered LPDDR5 :: The memory is soldered, so choose the size you need from the start.
- ports!~HDMI :: There is no HDMI socket; older projectors need a dock or an adapter.
- weight>2.2 :: With {weight} it is a machine for the desk that travels now and then.
- memory=8 GB :: Eight gigabytes will feel tight if you edit video.
- charging_connector=barrel 4.5 mm :: It wants its own round charging plug and does not charge over USB-C.
- refresh_rate=60 Hz :: The screen stops at {refresh_rate}, which gamers will notice.
- graphics=integrated :: The integrated graphics are not meant for demanding games.
- graphics~dedicated :: Under load the fans are clearly audible.
""",
    ),
    Kind(
        "desktop",
        "Computers > Desktop PCs",
        20,
        "Norvik|Pellwin|Ostrell|Taluma",
        desktop,
        """
+ form_factor=mini PC :: A complete computer hardly larger than a lunch box.
+ form_factor=mini PC :: This mini PC hides behind a monitor and does the work of a tower.
+ form_factor=small tower :: A tidy tower for the home office, ready for work out of the box.
+ form_factor=small tower :: An unexciting, dependable PC for accounts, school and family photos.
+ graphics~dedicated :: A gaming tower built for high settings and long weekends.
+ graphics~dedicated :: Games, streaming and video editing are what this machine was assembled for.
* memory>30 :: {memory} of memory keeps big projects and many programs open at once.
* memory_type=DDR5 SO-DIMM :: It takes the small {memory_type} modules, and the slots are behind two screws.
* memory_type=DDR5 DIMM :: Standard {memory_type} slots make adding memory a five-minute job.
* storage~2 TB :: The 2 TB drive holds a large library of games.
* noise<25 :: At {noise} you have to put an ear to it to hear it run.
* ports~DisplayPort :: HDMI and DisplayPort drive two monitors side by side.
* processor>7 :: Its {processor} processor has reserves for the next years.
* processor<7 :: The {processor} processor suits browsing, office work and calls.
* graphics=dedicated, 16 GB :: Sixteen gigabytes of graphics memory are ready for very large textures.
* weight>7 :: At {weight} it stays where you put it.
* color :: The {color:l} case has a washable dust filter.
- noise>30 :: Under load the fans reach {noise}, so headphones are a good idea.
- graphics=integrated :: Without a graphics card it is no machine for new games.
- form_factor=mini PC :: There is no room inside for a graphics card.
- memory=8 GB :: Eight gigabytes is the bare minimum today; plan to add some.
- Keyboard, mouse and monitor are not in the box.
""",
    ),
    Kind(
        "monitor",
        "Computers > Monitors",
        36,
        "Norvik|Pellwin|Ostrell|Vistrell|Taluma",
        monitor,
        """
+ screen_size=34 in :: A very wide screen that replaces two small ones.
+ screen_size=24 in :: A {screen_size:inch} monitor for small desks and second screens.
+ refresh_rate>140 :: A quick {screen_size:inch} gaming screen with {refresh_rate}.
+ refresh_rate>140 :: For players: smooth motion, short delays and a deep contrast.
+ refresh_rate<110 & screen_size>25 :: A {screen_size:inch} monitor for a full working day.
+ ports~USB-C :: One cable to the laptop brings picture, data and up to {charging_watts} of power.
+ resolution=3840x2160 :: Four times full HD, for small text and large photographs.
+ panel=OLED :: An OLED screen with blacks as dark as the room.
* panel=IPS :: The IPS panel keeps its colors when you look from the side.
* panel=VA :: The VA panel shows deep blacks in dark films.
* resolution=2560x1440 :: {resolution} pixels are a fine match for this size.
* vesa_mount :: The back has {vesa_mount} holes for an arm.
* ports~USB-C :: Two USB-A sockets at the side take keyboard and mouse.
* stand~pivot :: The stand lifts, tilts and turns upright for long documents.
* stand=height and tilt :: Height and tilt are set in seconds.
* refresh_rate>140 :: It follows the frame rate of the graphics card, so nothing tears.
* refresh_rate<110 :: The backlight does not flicker, which tired eyes will notice.
* ports~DisplayPort :: There is HDMI as well as DisplayPort.
* resolution=3440x1440 :: {resolution} pixels leave room for three windows side by side.
* color=White :: In white it looks at home on a pale desk.
- stand=tilt only :: The stand only tilts; for the right height, use an arm or a pile of books.
- stand=fixed :: The stand is fixed and there are no holes for an arm.
- ports!~USB-C :: A laptop with nothing but USB-C needs an adapter.
- resolution=1920x1080 :: Full HD is no match for sharper screens when you read small print.
- panel=OLED :: Still images should not stay on an OLED for days.
- screen_size>31 :: Measure your desk first; it needs depth.
- panel=VA :: Fast scenes smear a little in the dark parts.
""",
    ),
)
