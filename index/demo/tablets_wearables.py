"""Kinds beside the phone: tablets, pens, watches, straps and mobile power."""

from index.demo.kinds import Draft, Draw, Kind


def phone_charger(d: Draw) -> Draft:
    wireless = d.chance(0.3)
    watts = d.one("10|15|15") if wireless else d.one("18|20|30|33|45|67")
    outlets = "1" if wireless else d.one("1|1|2|3")
    car = not wireless and d.chance(0.15)
    model = d.model("Sip|Perk|Nectar|Trickle|Refill", "Q")
    if wireless:
        title = f"{model} Wireless Phone Charger, {watts} W"
        connector = "wireless pad"
    else:
        title = f"{model} {watts} W USB-C {'Car ' if car else ''}Phone Charger" + (
            f", {outlets} outlets" if outlets > "1" else ""
        )
        connector = "USB-C"
    return Draft(
        title,
        8 + int(watts) * 0.42 + int(outlets) * 3 + (10 if wireless else 0),
        {
            "model": model,
            "charging_connector": connector,
            "charging_watts": f"{watts} W",
            "outlets": outlets,
            "place": "car" if car else "table" if wireless else "wall",
            "cable_included": "Yes" if wireless else d.one("Yes|No"),
            "color": d.one("Black|White|White|Blue"),
        },
    )


def power_bank(d: Draw) -> Draft:
    capacity = d.one("5000|10000|10000|20000|26800")
    watts = d.one("15|20|22") if int(capacity) < 15000 else d.one("30|65|100")
    display = d.chance(0.4)
    model = d.model("Reserve|Pantry|Canteen|Ration|Flask", "PB")
    return Draft(
        f"{model} Power Bank, {capacity} mAh, {watts} W USB-C",
        11 + int(capacity) * 0.0013 + int(watts) * 0.35 + (5 if display else 0),
        {
            "model": model,
            "capacity": f"{capacity} mAh",
            "charging_connector": "USB-C",
            "charging_watts": f"{watts} W",
            "outlets": d.one("1|2|3"),
            "display": "Yes" if display else "No",
            "weight": f"{int(int(capacity) * 0.0165 + 40)} g",
            "color": d.one("Black|White|Blue|Pink"),
        },
    )


def tablet(d: Draw) -> Draft:
    size = d.one("8.3|10.4|10.9|11|12.9")
    big = float(size) > 10.8
    storage, extra = d.rng.choice((("64 GB", 0), ("128 GB", 40), ("256 GB", 110)))
    pen = {"Kestrane": "KP-2", "Taluma": "TP-1", "Norvik": "NP-4"}.get(d.brand.name, "none")
    model = d.model("Folio|Leaf|Sketch|Canvas|Margin|Plate", "T")
    cell = d.chance(0.2)
    return Draft(
        f"{model} Tablet, {size} in, {storage}" + (", 5G" if cell else ""),
        120 + (float(size) - 8) * 75 + extra + (90 if cell else 0) + (40 if pen != "none" else 0),
        {
            "model": model,
            "screen_size": f"{size} in",
            "storage": storage,
            "panel": "OLED" if big and d.chance(0.4) else "LCD",
            "stylus_protocol": pen,
            "charging_connector": "USB-C",
            "charging_watts": d.one("18 W|25 W|30 W"),
            "connection": ["Wi-Fi", "5G"] if cell else ["Wi-Fi"],
            "battery_life": f"{d.rng.randint(8, 14)} h",
            "weight": f"{int(float(size) * 46 - 80)} g",
            "color": d.one("Gray|Silver|Blue|Pink"),
        },
    )


def stylus(d: Draw) -> Draft:
    pen = {"Kestrane": "KP-2", "Taluma": "TP-1", "Norvik": "NP-4"}.get(d.brand.name) or d.one("KP-2|TP-1|NP-4")
    levels = d.one("1024|4096|4096")
    tilt, magnet = d.chance(0.6), d.chance(0.6)
    model = d.model("Nib|Feather|Scribe|Reed|Graphite", "ST")
    return Draft(
        f"{model} Stylus for {pen} tablets" + (", with tilt" if tilt else ""),
        22 + int(levels) / 150 + (14 if tilt else 0) + (12 if magnet else 0),
        {
            "model": model,
            "stylus_protocol": pen,
            "pressure_levels": levels,
            "tilt": "Yes" if tilt else "No",
            "magnetic": "Yes" if magnet else "No",
            "power": "rechargeable" if magnet else d.one("rechargeable|AAAA battery"),
            "color": d.one("White|Black|Gray"),
        },
    )


def smartwatch(d: Draw) -> Draft:
    lug = d.one("18|20|20|22|22")
    case = {"18": "38", "20": "42", "22": "46"}[lug]
    gps, pay = d.chance(0.6), d.chance(0.5)
    battery = d.one("2|7|14")
    body = d.one("aluminum|aluminum|steel|plastic")
    model = d.model("Orbit|Meridian|Tempo|Minute|Sundial|Pulse", "WT")
    return Draft(
        f"{model} Smartwatch, {case} mm, {body}" + (", GPS" if gps else ""),
        75 + {"steel": 110, "aluminum": 50, "plastic": 0}[body] + (55 if gps else 0) + (25 if pay else 0),
        {
            "model": model,
            "case_size": f"{case} mm",
            "lug_width": f"{lug} mm",
            "material": body,
            "gps": "Yes" if gps else "No",
            "payments": "Yes" if pay else "No",
            "battery_life": f"{battery} days",
            "water_resistance": d.one("5 ATM|5 ATM|10 ATM"),
            "heart_rate": "Yes",
            "color": d.one("Black|Silver|Pink|Green"),
        },
    )


def watch_strap(d: Draw) -> Draft:
    lug = d.one("18|20|20|22|22")
    material = d.one("silicone|silicone|leather|woven nylon|steel links|steel mesh")
    model = d.model("Bracken|Lagoon|Harness|Cuff|Ribbon|Clasp|Lasso", "WS")
    return Draft(
        f"{model} Watch Strap, {lug} mm, {material}",
        11 + {"leather": 20, "steel links": 26, "steel mesh": 17}.get(material, 2),
        {
            "model": model,
            "lug_width": f"{lug} mm",
            "material": material,
            "clasp": {
                "silicone": "pin",
                "leather": "buckle",
                "woven nylon": "hook and loop",
                "steel mesh": "magnet",
            }.get(material, "folding clasp"),
            "quick_release": d.one("Yes|Yes|No"),
            "color": "Silver"
            if "steel" in material
            else d.one("Black|Brown|Blue|Green|Orange|Pink|White" if material != "leather" else "Black|Brown|Green"),
        },
    )


KINDS = (
    Kind(
        "phone-charger",
        "Phones & Tablets > Accessories > Phone Chargers",
        26,
        "Ampford|Zellmark|Taluma|Corvessa|Kestrane",
        phone_charger,
        """
+ place=wall & outlets=1 :: A small plug for the socket beside the bed.
+ place=wall & outlets>1 :: One plug for the whole family's phones.
+ place=table :: Put the phone down, pick it up charged.
+ place=table :: A pad for the desk on which phones charge without a cable.
+ place=car :: It fills the phone on the way to work.
+ charging_watts>40 :: A quick charger for phones that can take it.
* charging_watts<17 & place=table :: It delivers up to {charging_watts} without a plug.
* charging_watts>25 & charging_watts<40 :: {charging_watts} suits most phones of recent years.
* charging_watts>60 :: Its {charging_watts} is also enough for many tablets and light laptops.
* charging_watts<21 & place=wall :: A steady {charging_watts} are kind to the battery.
* cable_included=Yes & charging_connector=USB-C :: A one meter cable is in the box.
* outlets=2 :: Two devices charge side by side.
* outlets=3 :: Three devices charge at a time.
* It finds out by itself what the phone can take.
* It draws next to nothing when idle.
* place=table :: A ring of rubber keeps the phone in place.
* place=wall :: The prongs fold away.
- cable_included=No :: The cable is sold separately.
- place=table :: Only phones with wireless charging can use it.
- charging_watts<21 & place=wall :: Recent phones could charge faster than it allows.
- outlets>1 :: Used together, the outlets share the power.
- place=car :: It sits a bit proud of the dashboard.
""",
    ),
    Kind(
        "power-bank",
        "Phones & Tablets > Accessories > Power Banks",
        22,
        "Ampford|Zellmark|Corvessa|Nimbrel",
        power_bank,
        """
+ capacity<6000 :: A slim spare battery for the evening when the phone gives up.
+ capacity>9000 & capacity<11000 :: A spare battery that fills a phone about twice.
+ capacity>15000 :: A large battery for festivals, long flights and camping.
+ charging_watts>60 :: A battery strong enough to charge a laptop.
+ Power for the road, in a shell that takes knocks.
* capacity>25000 :: With {capacity} a family can share it for a weekend.
* capacity=20000 mAh :: {capacity} is within what most airlines allow in the cabin.
* charging_watts<25 :: It charges with up to {charging_watts}.
* charging_watts=30 W :: {charging_watts} suits phones and tablets alike.
* display=Yes :: The display shows what is left to the percent.
* display=No :: Four lights show the charge.
* outlets=3 :: Three devices can drink from it.
* weight<150 :: At {weight} it fits a shirt pocket.
* It charges itself through the same USB-C socket.
* It can top up a device while it is being charged.
- weight>350 :: It weighs {weight}, and you feel it.
- capacity<6000 :: It fills a large phone only once.
- outlets=1 :: There is a single outlet.
- charging_watts<25 :: It is too weak for laptops.
- Filling it takes some hours.
""",
    ),
    Kind(
        "tablet",
        "Phones & Tablets > Tablets",
        24,
        "Kestrane|Taluma|Brindor|Norvik",
        tablet,
        """
+ screen_size=8.3 in :: A small tablet for reading in bed and on trains.
+ screen_size=12.9 in :: A large tablet for drawing, sheet music and split screens.
+ screen_size>10 & screen_size<12 :: A tablet for films on the sofa and recipes in the kitchen.
+ screen_size>10 & screen_size<12 :: A light companion for lectures and meetings.
+ stylus_protocol!=none :: Paper is over: this tablet takes a pen.
+ storage=64 GB :: A simple tablet for children and kitchens.
* stylus_protocol!=none :: It works with pens of the {stylus_protocol} type.
* panel=OLED :: The OLED panel makes films look like cinema.
* connection=5G :: It goes online anywhere with 5G.
* battery_life>11 :: It lasts about {battery_life} away from the wall.
* battery_life<12 :: A charge lasts about {battery_life}.
* storage=256 GB :: {storage} holds a lot of films for the flight.
* weight<400 :: At {weight} one hand is enough to hold it.
* Four speakers give films some width.
* Two accounts keep the children's things apart.
* The front camera sits on the long side, where it belongs in calls.
- stylus_protocol=none :: It does not support an active pen.
- storage=64 GB :: {storage} is quickly full.
- weight>460 :: It weighs {weight} and asks for a stand.
- connection!=5G :: Away from Wi-Fi it depends on your phone.
- panel=LCD :: Black looks gray in a dark room.
""",
    ),
    Kind(
        "stylus",
        "Phones & Tablets > Accessories > Styluses",
        18,
        "Kestrane|Taluma|Norvik|Corvessa",
        stylus,
        """
+ pressure_levels=4096 :: A pen for drawing, with lines that swell as you press.
+ pressure_levels=1024 :: A pen for notes, margins and signatures.
+ tilt=Yes :: Lay it on its side and it shades like a pencil.
+ Write on the tablet as you would on paper.
+ For students who would rather write than type.
* stylus_protocol :: It speaks to tablets that use the {stylus_protocol} protocol.
* magnetic=Yes :: It clings to the tablet and charges there.
* power=AAAA battery :: One AAAA battery lasts for months.
* power=rechargeable & magnetic=No :: It charges through a USB-C socket under the cap.
* pressure_levels=4096 :: {pressure_levels} levels of pressure are told apart.
* You can rest your palm on the screen.
* Three spare tips are included.
* The barrel is matt and does not turn in the fingers.
- magnetic=No :: It has no magnet, so it needs a pocket or a holder.
- tilt=No :: It does not notice when it is tilted.
- pressure_levels=1024 :: Illustrators may want finer steps of pressure.
- It is useless with tablets of another pen type.
""",
    ),
    Kind(
        "smartwatch",
        "Phones & Tablets > Wearables > Smartwatches",
        24,
        "Kestrane|Taluma|Brindor|Nimbrel",
        smartwatch,
        """
+ gps=Yes :: A watch for runners who leave the phone at home.
+ gps=No :: A watch that counts steps, shows messages and does not nag.
+ material=steel :: A smartwatch that passes for a proper watch.
+ case_size=38 mm :: A small smartwatch for slim wrists.
+ battery_life>10 :: A watch that you charge twice a month.
+ It taps you on the wrist when something matters.
* payments=Yes :: You can pay with it at the till.
* battery_life=7 days :: The battery lasts about a week.
* battery_life=2 days :: Two days between charges are realistic.
* lug_width :: Any strap of {lug_width} fits.
* water_resistance=10 ATM :: At {water_resistance} even divers of the shallow kind may wear it.
* water_resistance=5 ATM :: Swimming and showering are no problem.
* gps=Yes :: The satellite fix takes a few seconds.
* heart_rate=Yes :: It follows your pulse by day and your sleep by night.
* material=aluminum :: The aluminum case is light enough to sleep in.
* case_size=46 mm :: The large {case_size} case is easy to read.
- gps=No :: Without GPS it needs the phone to draw a route.
- payments=No :: It cannot be used for paying.
- battery_life=2 days :: You will charge it every other evening.
- case_size=46 mm :: On a narrow wrist it looks big.
- material=plastic :: The plastic case scratches sooner than metal.
""",
    ),
    Kind(
        "watch-strap",
        "Phones & Tablets > Wearables > Watch Straps",
        30,
        "Marrowby|Corvessa|Fenwarde|Kestrane",
        watch_strap,
        """
+ material=silicone :: A strap for sport that rinses clean under the tap.
+ material=leather :: A leather strap that dresses up a smartwatch.
+ material=woven nylon :: A light woven strap that lets the skin breathe.
+ material=steel links :: Steel links for those who miss their old watch.
+ material=steel mesh :: A fine steel mesh that closes to the millimeter.
+ A change of strap costs less than a new watch, and looks like one.
* lug_width=22 mm :: At {lug_width} it fits larger watches.
* lug_width=20 mm :: At {lug_width} it fits the commonest watches.
* lug_width=18 mm :: At {lug_width} it fits small watches.
* quick_release=Yes :: The pins have little levers, so no tool is needed.
* clasp=magnet :: A magnet keeps it shut.
* clasp=hook and loop :: It can be set to any width.
* clasp=folding clasp :: Links can be taken out with the small tool in the box.
* It suits watches with plain lugs of any make.
* material=silicone :: Two lengths are in the box.
* color=Orange :: The orange is cheerful and hard to overlook.
- quick_release=No :: You need a fine tool to change it.
- material=leather :: Leather and swimming do not go together.
- material=steel links :: On a run it is heavy.
- material=woven nylon :: It stays wet for a while after swimming.
- material=silicone :: It gathers dust from dark clothes.
- Watches with a lug of their own design cannot take it.
""",
    ),
)
