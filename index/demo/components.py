"""Kinds that go into or beside a computer: boards, processors, memory, drives."""

from index.demo.kinds import Draft, Draw, Kind


def mainboard(d: Draw) -> Draft:
    socket = d.one("CS5|CS5|SV4|CS4")
    memory = "DDR4 DIMM" if socket == "CS4" else "DDR5 DIMM"
    form = d.one("ATX|ATX|micro-ATX|mini-ITX")
    slots = {"ATX": 4, "micro-ATX": 4, "mini-ITX": 2}[form]
    m2 = d.rng.randint(2, 4) if form == "ATX" else d.rng.randint(1, 2)
    wifi = d.chance(0.5)
    model = d.model("Foundry|Lattice|Trestle|Girder|Rampart", "B")
    return Draft(
        f"{model} {form} Mainboard, socket {socket}" + (", Wi-Fi" if wifi else ""),
        85 + m2 * 22 + (35 if wifi else 0) + (30 if "5" in memory else 0) + (25 if form == "mini-ITX" else 0),
        {
            "model": model,
            "socket": socket,
            "memory_type": memory,
            "form_factor": form,
            "memory_slots": f"{slots}",
            "storage_slot": "M.2 2280 NVMe",
            "m2_slots": f"{m2}",
            "connection": ["Ethernet", "Wi-Fi"] if wifi else ["Ethernet"],
            "color": d.one("Black|Black|White"),
        },
    )


def cpu(d: Draw) -> Draft:
    socket = d.one("CS5|CS5|CS4") if d.brand.name == "Cindrel" else "SV4"
    cores = int(d.one("4|6|8|8|12|16"))
    clock = d.near(4.6, 0.12)
    graphics = d.chance(0.5)
    model = d.model("Core", "C" if d.brand.name == "Cindrel" else "S")
    return Draft(
        f"{model} {cores}-core Desktop Processor, socket {socket}",
        40 + cores * 27 + (20 if graphics else 0) + (25 if socket != "CS4" else 0),
        {
            "model": model,
            "socket": socket,
            "processor": f"{cores}-core",
            "clock": f"{clock} GHz",
            "power_draw": f"{55 + cores * 6} W",
            "graphics": "integrated" if graphics else "none",
            "cooler_included": "Yes" if cores < 8 else "No",
        },
    )


def ram(d: Draw) -> Draft:
    kind = d.one("DDR5 SO-DIMM|DDR5 SO-DIMM|DDR5 DIMM|DDR5 DIMM|DDR4 DIMM|DDR4 SO-DIMM")
    memory, price = d.rng.choice((("8 GB", 28), ("16 GB", 49), ("32 GB", 92), ("64 GB", 189)))
    speed = d.one("4800|5600|6000") if "5" in kind else d.one("2666|3200")
    lights = kind.endswith(" DIMM") and d.chance(0.3)
    model = d.model("Tally|Ledger|Abacus|Sumline|Recall", "R")
    place = "Laptop Memory" if "SO" in kind else "Desktop Memory"
    return Draft(
        f"{model} {memory} {kind} {place}, {speed} MT/s",
        price * (1.1 if "5" in kind else 0.85) + (12 if lights else 0),
        {
            "model": model,
            "memory": memory,
            "memory_type": kind,
            "speed": f"{speed} MT/s",
            "modules": d.one("1|1|2"),
            "lighting": "Yes" if lights else "No",
        },
    )


def ssd(d: Draw) -> Draft:
    form = d.one("M.2 2280 NVMe|M.2 2280 NVMe|M.2 2280 NVMe|2.5 in SATA")
    capacity, price = d.rng.choice((("500 GB", 42), ("1 TB", 69), ("2 TB", 129), ("4 TB", 259)))
    speed = d.rng.choice((3500, 5000, 7200)) if "NVMe" in form else 550
    model = d.model("Sprint|Cellar|Vault|Dash|Archive", "S")
    sink = "NVMe" in form and d.chance(0.3)
    return Draft(
        f"{model} {capacity} SSD, {form}" + (" with heatsink" if sink else ""),
        price * (0.85 + speed / 20000) + (8 if sink else 0),
        {
            "model": model,
            "capacity": capacity,
            "form_factor": form,
            "read_speed": f"{speed} MB/s",
            "heatsink": "Yes" if sink else "No",
        },
    )


def external_drive(d: Draw) -> Draft:
    solid = d.chance(0.6)
    capacity, price = d.rng.choice(
        (("500 GB", 59), ("1 TB", 89), ("2 TB", 149), ("4 TB", 289))
        if solid
        else (("1 TB", 52), ("2 TB", 69), ("4 TB", 109), ("5 TB", 129))
    )
    plug = "USB-C" if solid or d.chance(0.3) else "USB-A"
    rugged = d.chance(0.35)
    model = d.model("Pocket|Satchel|Larder|Trunk|Locket|Stow", "X")
    return Draft(
        f"{model} {capacity} {'Rugged ' if rugged else ''}{'Portable SSD' if solid else 'Portable Hard Drive'}, {plug}",
        price + (20 if rugged else 0),
        {
            "model": model,
            "capacity": capacity,
            "storage_type": "SSD" if solid else "hard disk",
            "connector": plug,
            "read_speed": f"{d.one('1050|2000') if solid else '130'} MB/s",
            "rugged": "Yes" if rugged else "No",
            "weight": f"{d.rng.randrange(40, 90, 5) if solid else d.rng.randrange(140, 240, 10)} g",
            "color": d.one("Black|Blue|Gray|Orange"),
        },
    )


KINDS = (
    Kind(
        "mainboard",
        "Computers > Components > Mainboards",
        16,
        "Boardwyn|Ostrell",
        mainboard,
        """
+ form_factor=mini-ITX :: A tiny mainboard for people who build small and plan carefully.
+ form_factor=ATX :: A full-size board with room for every card you are likely to own.
+ form_factor=micro-ATX :: A compact board that leaves out little and fits most cases.
+ This board is the base for processors with socket {socket}.
+ For a {socket} build without surprises, start here.
* memory_slots=4 :: Four slots take {memory_type} modules.
* memory_slots=2 :: Two slots take {memory_type} modules, so buy the large ones straight away.
* m2_slots>2 :: There are {m2_slots} M.2 slots for fast drives.
* m2_slots=1 :: One M.2 slot holds the system drive.
* connection~Wi-Fi :: Wi-Fi is on board and the antenna is in the box.
* memory_type~DDR4 :: Older DDR4 memory can move over from your last computer.
* memory_type~DDR5 :: It works with DDR5 only, which is what you want in a new build.
* The power stages sit under a solid heatsink and stay cool.
* The start-up lights show which part is to blame when nothing happens.
* color=White :: In white, it suits bright cases with a window.
- connection!~Wi-Fi :: There is no Wi-Fi; it is made for a network cable.
- form_factor=mini-ITX :: You get a single slot for cards, so choose well.
- socket=CS4 :: Socket CS4 is an old platform, fine for a repair but not for a fresh start.
- The manual covers the basics and no more.
""",
    ),
    Kind(
        "cpu",
        "Computers > Components > Processors",
        15,
        "Cindrel|Silvane",
        cpu,
        """
+ processor>10 :: A {processor} processor for rendering, compiling and everything else that takes hours.
+ processor<7 :: A small processor for sensible office machines.
+ processor>7 & processor<10 :: Eight cores for games by night and work by day.
+ A drop-in processor for boards with socket {socket}.
* clock>4.5 :: Single tasks fly at up to {clock}.
* clock<4.6 :: It peaks at {clock} and holds that speed for a long time.
* graphics=integrated :: Its integrated graphics are enough for two office screens.
* cooler_included=Yes :: A quiet cooler is in the box.
* power_draw<100 :: At {power_draw} it is easy to keep cool.
* power_draw>120 :: It draws up to {power_draw}, so give it a large cooler.
* socket=CS4 :: It breathes new life into an older CS4 computer.
* socket!=CS4 :: It wants DDR5 memory on the board.
* Virtual machines and many browser tabs are no trouble.
- cooler_included=No :: You have to add your own cooler.
- graphics=none :: Without integrated graphics it needs a graphics card to show a picture.
- processor<7 :: For heavy video work, look at a model with more cores.
- processor>10 :: Few games make use of this many cores.
""",
    ),
    Kind(
        "ram",
        "Computers > Components > Memory Modules",
        26,
        "Blockhaven|Rowstack|Ostrell",
        ram,
        """
+ memory_type~SO-DIMM :: A memory upgrade for laptops and mini PCs that have begun to stutter.
+ memory_type~SO-DIMM :: Short modules for notebooks, fitted with one screwdriver and ten minutes.
+ memory_type=DDR5 DIMM :: Memory for a new desktop build.
+ memory_type=DDR4 DIMM :: Memory for the older desktop that still does its job.
+ {memory} of {memory_type} memory for anyone who keeps too many tabs open.
+ More memory is the cheapest way to a calmer computer, and this is {memory} of it.
* modules=2 :: The set consists of two matched modules.
* modules=1 :: It is a single module, which leaves the other slot free.
* speed>5500 :: It runs at {speed} where the board allows it.
* speed<3000 :: At {speed} it matches what older machines expect.
* lighting=Yes :: A soft strip of light runs along the top edge.
* lighting=No & memory_type~ DIMM :: It stays dark and low enough for large coolers.
* memory>60 :: {memory} is for virtual machines, large photos and long video tracks.
* memory=8 GB :: Eight gigabytes lift an old machine back to comfortable.
* memory=32 GB :: With 32 GB, editing and gaming no longer quarrel.
* It takes the speed the board offers without any settings.
* The gold contacts are thick enough for repeated refitting.
- memory_type~DDR4 :: DDR4 does not fit a DDR5 slot, so look up your machine first.
- memory_type~DDR5 :: Check that your machine has open DDR5 slots; soldered memory cannot be changed.
- lighting=Yes :: The light needs a program to change its color.
- Mixing it with other modules may lower the speed.
""",
    ),
    Kind(
        "ssd",
        "Computers > Storage > Internal SSDs",
        26,
        "Blockhaven|Rowstack|Norvik",
        ssd,
        """
+ form_factor~NVMe :: A stick-sized drive for the M.2 slot of a laptop or PC.
+ form_factor~NVMe & read_speed>7000 :: One of the quickest drives you can put in an M.2 slot.
+ form_factor~SATA :: A solid state drive that makes an old computer feel awake again.
+ form_factor~SATA :: It takes the place of a hard disk in the usual 2.5 inch bay.
+ {capacity} of silent storage for systems, games and raw photos.
+ Start-up in seconds and {capacity} of space: this is the upgrade one feels daily.
* read_speed>7000 :: Reading at {read_speed}, it loads large worlds in moments.
* read_speed=5000 MB/s :: It reads {read_speed}, more than most people will ever use.
* read_speed=3500 MB/s :: With {read_speed} it is a level-headed choice for laptops.
* heatsink=Yes :: The flat heatsink also clears the slot of most consoles.
* heatsink=No & form_factor~NVMe :: Without a heatsink it is thin enough for slim notebooks.
* capacity=4 TB :: Four terabytes replace a whole drawer of drives.
* capacity=500 GB :: Half a terabyte suits a system drive.
* It encrypts its contents in hardware if you want it to.
* It runs cool and sips power, which helps on battery.
* A tiny screw and a guide are in the bag.
- form_factor~SATA :: SATA caps it at {read_speed}, far below M.2 drives.
- heatsink=Yes :: The heatsink makes it too tall for slim notebooks.
- capacity=500 GB :: A couple of big games will fill it.
- Very long copy jobs slow down once its cache is full.
""",
    ),
    Kind(
        "external-drive",
        "Computers > Storage > External Drives",
        24,
        "Blockhaven|Rowstack|Zellmark",
        external_drive,
        """
+ storage_type=SSD :: A pocket drive for people who carry their projects around.
+ storage_type=SSD :: Solid state storage on a short cable, hardly bigger than a matchbox.
+ storage_type=hard disk :: A roomy hard disk for backups that happen every Sunday.
+ storage_type=hard disk :: Lots of space for little money, in a case you can hand around.
+ rugged=Yes :: A drive with a rubber coat, for building sites and beaches.
+ {capacity} for the files you would hate to lose.
* read_speed>900 :: Copies run at up to {read_speed}.
* connector=USB-C :: It plugs into USB-C and needs no power supply.
* connector=USB-A :: Its USB-A plug fits older computers, TVs and routers.
* rugged=Yes :: It survives drops from table height and a splash of rain.
* weight<100 :: At {weight} you may forget you are carrying it.
* weight>130 :: It weighs {weight} and still fits a coat pocket.
* capacity=4 TB :: Four terabytes hold the backups of a whole family.
* Backups can be set to start when it is plugged in.
* The cable is short and detachable.
* color=Orange :: The orange shell is easy to find in a full bag.
- storage_type=hard disk & rugged=No :: Like every hard disk, it dislikes being dropped.
- storage_type=hard disk :: At {read_speed} a large copy takes its time.
- storage_type=SSD :: Per gigabyte it costs more than a hard disk.
- connector=USB-C :: For old computers you will need an adapter.
""",
    ),
)
