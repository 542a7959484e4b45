"""Kinds of the phone department: phones and what is made for one model, tablet cases among them."""

from collections import Counter

from index.catalog import Product
from index.demo.kinds import Draft, Draw, Kind

_PHONE_WORDS = "Arc|Lumen|Tide|Sparrow|Halo|Comet|Juniper"


def _name(product: Product) -> str:
    return f"{product.brand} {product.attributes['model'][0]}"


def _host(d: Draw, slug: str, own: str) -> Product:
    """A product to make an accessory for, of the brand's own where it has any; the least served comes first."""
    served = Counter(name for case in d.made[own] for name in case.attributes["for_model"])
    hosts = [host for host in d.made[slug] if host.brand == d.brand.name] or d.made[slug]
    return min(hosts, key=lambda host: (served[_name(host)], d.rng.random()))


def phone(d: Draw) -> Draft:
    tier = d.one("low|mid|mid|high") if d.brand.name != "Brindor" else d.one("low|low|mid")
    size = d.one("6.1|6.4|6.7")
    storage, extra = d.rng.choice(
        {
            "low": (("64 GB", 0), ("128 GB", 25)),
            "mid": (("128 GB", 0), ("256 GB", 60)),
            "high": (("256 GB", 0), ("512 GB", 120)),
        }[tier]
    )
    watts = {"low": d.one("15|18"), "mid": d.one("25|33"), "high": d.one("45|67")}[tier]
    camera = {"low": d.one("13|48"), "mid": d.one("50|64"), "high": d.one("50|108")}[tier]
    battery = d.rng.randrange(3800, 5600, 100)
    wireless = tier == "high" or (tier == "mid" and d.chance(0.3))
    model = d.model(_PHONE_WORDS, "B")
    return Draft(
        f"{model} Smartphone, {size} in, {storage}",
        {"low": 130, "mid": 330, "high": 690}[tier] + extra + (float(size) - 6.1) * 90,
        {
            "model": model,
            "screen_size": f"{size} in",
            "panel": "LCD" if tier == "low" else "OLED",
            "refresh_rate": {"low": "60 Hz", "mid": "90 Hz", "high": "120 Hz"}[tier],
            "storage": storage,
            "camera": f"{camera} MP",
            "zoom_lens": "Yes" if tier == "high" else "No",
            "battery_capacity": f"{battery} mAh",
            "charging_connector": "USB-C",
            "charging_watts": f"{watts} W",
            "wireless_charging": "Yes" if wireless else "No",
            "audio_jack": "Yes" if tier == "low" else "No",
            "memory_card_type": "microSD" if tier == "low" else "none",
            "water_resistance": {"low": "splashes", "mid": "IP67", "high": "IP68"}[tier],
            "weight": f"{d.rng.randint(162, 214)} g",
            "color": d.one("Black|White|Blue|Green|Purple|Pink"),
        },
    )


def phone_case(d: Draw) -> Draft:
    host = _host(d, "phone", "phone-case")
    material = d.one("silicone|clear plastic|leather|recycled plastic|rubber and plastic|cork")
    form = d.one("back cover|back cover|wallet") if material == "leather" else "back cover"
    stand, magnets = d.chance(0.15), d.chance(0.35) and host.attributes["wireless_charging"] == ("Yes",)
    model = d.model("Peel|Mitten|Shell|Pod|Cloak|Jacket|Thimble|Acorn", "PC")
    tough = material == "rubber and plastic"
    return Draft(
        f"{model} {'Tough ' if tough else ''}{'Wallet ' if form == 'wallet' else ''}Phone Case "
        f"for {_name(host)}, {material}",
        11
        + {"leather": 22, "cork": 7}.get(material, 3)
        + (9 if tough else 0)
        + (6 if magnets else 0)
        + (4 if stand else 0),
        {
            "model": model,
            "for_model": [_name(host)],
            "material": material,
            "case_type": form,
            "drop_protection": "high" if tough else "medium" if material in ("silicone", "leather") else "basic",
            "kickstand": "Yes" if stand else "No",
            "magnets": "Yes" if magnets else "No",
            "color": "Clear" if "clear" in material else d.one("Black|Blue|Green|Pink|Red|Brown|Beige"),
        },
    )


def screen_protector(d: Draw) -> Draft:
    host = _host(d, "phone", "screen-protector")
    kind = d.one("glass|glass|matte film|privacy glass|clear film")
    pieces = d.one("1|2|2|3")
    frame = d.chance(0.5)
    model = d.model("Pane|Visor|Gleam|Ward|Sheen", "SP")
    return Draft(
        f"{model} Screen Protector for {_name(host)}, {kind}, pack of {pieces}",
        5 + {"glass": 5, "privacy glass": 11, "matte film": 3}.get(kind, 1) + int(pieces) * 2.2 + (2 if frame else 0),
        {
            "model": model,
            "for_model": [_name(host)],
            "material": kind,
            "pieces": pieces,
            "fitting_frame": "Yes" if frame else "No",
            "thickness": "0.33 mm" if "glass" in kind else "0.15 mm",
            "screen_size": host.attributes["screen_size"][0],
        },
    )


def tablet_case(d: Draw) -> Draft:
    host = _host(d, "tablet", "tablet-case")
    form = d.one("folio|folio|keyboard case|rugged case|sleeve")
    model = d.model("Binder|Ledge|Cradle|Easel|Jotter|Bonnet", "TC")
    pen = form in ("folio", "rugged case") and host.attributes["stylus_protocol"] != ("none",) and d.chance(0.6)
    return Draft(
        f"{model} {form.title()} for {_name(host)} tablet",
        19 + {"keyboard case": 58, "rugged case": 14}.get(form, 3) + (4 if pen else 0),
        {
            "model": model,
            "for_model": [_name(host)],
            "case_type": form,
            "stylus_holder": "Yes" if pen else "No",
            "material": d.one("polyester|vegan leather") if form != "rugged case" else "rubber",
            "color": d.one("Black|Gray|Blue|Red|Green"),
            "fits_screen_size": [host.attributes["screen_size"][0]],
        },
    )


KINDS = (
    Kind(
        "phone",
        "Phones & Tablets > Smartphones",
        36,
        "Kestrane|Taluma|Brindor|Nimbrel",
        phone,
        """
+ refresh_rate=60 Hz :: A first phone, a second phone, or simply one that does not cost the earth.
+ refresh_rate=60 Hz :: Calls, messages, maps and music: this phone does the daily things.
+ refresh_rate=90 Hz :: A phone for people who skip the top model and miss very little.
+ refresh_rate=90 Hz :: Good where it counts, this one: screen, battery, camera.
+ refresh_rate=120 Hz :: A phone that wants to be your only camera.
+ refresh_rate=120 Hz :: The best screen and the fastest chip that {brand} puts in a phone.
+ screen_size=6.1 in :: A phone that can still be used with one hand.
+ battery_capacity>5100 :: A phone for people who forget to charge.
* zoom_lens=Yes :: A second lens brings distant things close without turning them to mush.
* camera>60 :: The {camera} sensor leaves room for cropping.
* camera=13 MP :: The {camera} camera is fine for receipts and sunny days.
* battery_capacity>4900 :: {battery_capacity} takes it through a long day and into the next.
* battery_capacity<4200 :: The {battery_capacity} battery lasts a day of normal use.
* charging_watts>40 :: With a {charging_watts} charger it is half full in a coffee break.
* charging_watts<20 :: It charges overnight with any {charging_watts} charger.
* memory_card_type=microSD :: A microSD card adds space for pictures.
* audio_jack=Yes :: There is a jack for wired headphones.
* water_resistance=IP68 :: It survives a fall into the pool.
* wireless_charging=Yes :: It also charges on a wireless pad.
* panel=OLED :: The OLED screen is readable in the sun.
* storage=512 GB :: {storage} of storage will not run out soon.
* weight<172 :: It weighs a pleasant {weight}.
* color=Purple :: The purple back is matt and hides fingerprints.
- wireless_charging=No & refresh_rate=90 Hz :: It does without wireless charging.
- audio_jack=No :: Wired headphones need an adapter.
- storage=64 GB :: The {storage} inside fills quickly with videos.
- screen_size=6.7 in :: Small hands will need both to use it.
- panel=LCD :: In dark rooms the LCD is not truly black.
- memory_card_type=none :: Its storage cannot be extended.
- There is no charger in the box.
""",
    ),
    Kind(
        "phone-case",
        "Phones & Tablets > Accessories > Phone Cases",
        56,
        "Marrowby|Fenwarde|Corvessa|Kestrane|Taluma",
        phone_case,
        """
+ material=silicone :: A soft case with a good grip, cut for the {for_model}.
+ material=silicone :: The {for_model} gets a skin that does not slide off the sofa.
+ material=clear plastic :: A clear case that lets the {for_model} show its color.
+ material=leather :: A leather case for the {for_model} that ages with its owner.
+ material=leather & case_type=wallet :: Phone and three cards in one: a wallet for the {for_model}.
+ material=recycled plastic :: A light case for the {for_model}, pressed from old bottles.
+ drop_protection=high :: Armor for a {for_model} that works outdoors.
+ material=cork :: A cork case for the {for_model}, warm and light in the hand.
+ Made for the {for_model} and for no other phone.
* magnets=Yes :: Built-in magnets hold it on chargers and car mounts.
* kickstand=Yes :: A small leg props the phone up for films.
* drop_protection=high :: The corners are filled with air cells against hard falls.
* drop_protection=medium :: It takes the sting out of everyday drops.
* drop_protection=basic :: It guards against scratches and small bumps.
* The rim stands a little higher than the camera.
* The buttons keep their click.
* material=clear plastic :: A coating slows down yellowing.
* case_type=back cover :: It snaps on in a second.
* color=Red :: The red is easy to spot at the bottom of a bag.
* It was tried with common screen protectors.
- drop_protection=high :: It makes a slim phone noticeably thicker.
- drop_protection=basic :: For hard falls it is too thin.
- material=clear plastic :: Fingerprints show on the clear back.
- material=leather :: Leather takes on marks, which some people love and others do not.
- case_type=wallet :: The cover gets in the way when you take pictures.
- material=silicone :: Lint from pockets sticks to silicone.
- magnets=No :: It has no magnets for magnetic mounts.
""",
    ),
    Kind(
        "screen-protector",
        "Phones & Tablets > Accessories > Screen Protectors",
        44,
        "Corvessa|Zellmark|Taluma",
        screen_protector,
        """
+ material=glass :: Hardened glass that breaks so that the screen of the {for_model} does not.
+ material=glass :: A sheet of glass cut exactly for the {for_model}.
+ material=privacy glass :: Glass for the {for_model} that goes dark for the person beside you on the train.
+ material=matte film :: A matte film that takes the mirror out of the {for_model}.
+ material=clear film :: A thin film against keys and sand, made for the {for_model}.
+ Cheaper than a new screen: protection for the {for_model}.
* pieces=1 :: There is one in the pack.
* pieces>1 :: There are {pieces} in the pack, in case the first one goes on crooked.
* fitting_frame=Yes :: A plastic frame puts it on straight.
* fitting_frame=No :: Cloth, wipes and dust stickers are included.
* thickness=0.33 mm :: At {thickness} you stop noticing it after a day.
* thickness=0.15 mm :: At {thickness} it is hardly felt.
* The coating is easy to clean.
* The fingerprint reader works through it.
* The edge leaves room for a case.
- fitting_frame=No :: Take your time, because there is no frame to guide it.
- material=privacy glass :: The picture gets a little darker.
- material=matte film :: Fine text looks slightly softer.
- material=clear film :: It stops scratches but not a hard fall.
- material=glass :: Glass chips at the corners sooner or later.
- pieces=1 :: You only get one try.
""",
    ),
    Kind(
        "tablet-case",
        "Phones & Tablets > Accessories > Tablet Cases",
        30,
        "Marrowby|Fenwarde|Corvessa|Kestrane|Norvik",
        tablet_case,
        """
+ case_type=folio :: A cover for the {for_model} that folds into a stand.
+ case_type=folio :: Open it and the {for_model} wakes up.
+ case_type=keyboard case :: It makes a small typewriter of the {for_model}.
+ case_type=keyboard case :: Keyboard and cover in one, for the {for_model}.
+ case_type=rugged case :: A thick rubber coat for a {for_model} in children's hands.
+ case_type=sleeve :: A padded sleeve for the {for_model} on the way.
* stylus_holder=Yes :: A loop holds the pen.
* case_type=folio :: It stands at two angles, one for films and one for writing.
* case_type=keyboard case :: The keys connect by themselves when it is unfolded.
* case_type=rugged case :: The handle doubles as a stand.
* case_type=sleeve :: A flat pocket takes a cable.
* material=vegan leather :: The outside feels like leather and contains none.
* material=polyester :: The woven outside hides scratches.
* Openings for camera and sockets are in the right places.
* The inside is lined with something soft.
- stylus_holder=No :: There is no place for a pen.
- case_type=keyboard case :: It nearly doubles the weight of the tablet.
- case_type=sleeve :: You have to take the tablet out to use it.
- case_type=rugged case :: It is bulky.
- case_type=folio :: Folios protect the front better than the corners.
""",
    ),
)
