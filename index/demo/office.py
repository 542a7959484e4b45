"""Kinds of the office: furniture, printers and what they use up."""

from index.demo.kinds import Draft, Draw, Kind

# Cartridge family -> maker and the printing lines it belongs to; one model series shares one family.
INK_FAMILIES = {"K21": "Inkmoor", "K34": "Inkmoor", "K58": "Inkmoor", "Q7": "Quillard", "Q9": "Quillard"}
TONER_FAMILIES = {"T300": "Inkmoor", "T420": "Inkmoor", "QT5": "Quillard", "QT8": "Quillard"}


def printer(d: Draw) -> Draft:
    laser = d.number % 5 < 2
    families = [name for name, maker in (TONER_FAMILIES if laser else INK_FAMILIES).items() if maker == d.brand.name]
    family = families[d.number // 2 % len(families)]
    color = not laser or d.chance(0.4)
    scan, duplex = d.chance(0.65), d.chance(0.6)
    pages = d.rng.randrange(18, 41, 2) if laser else d.rng.randrange(8, 22, 2)
    lines = {
        "K21": "Studio",
        "K34": "Harbor",
        "K58": "Gallery",
        "Q7": "QJ",
        "Q9": "QP",
        "T300": "Bureau",
        "T420": "Ministry",
        "QT5": "QL",
        "QT8": "QW",
    }
    model = d.model(lines[family], lines[family])
    what = f"{'Color' if color else 'Mono'} {'Laser' if laser else 'Inkjet'} Printer"
    links = ["USB"] + (["Wi-Fi"] if d.chance(0.85) else []) + (["Ethernet"] if laser or d.chance(0.3) else [])
    return Draft(
        f"{model} {what}" + (" with scanner" if scan else "") + (", duplex" if duplex else ""),
        (95 if laser else 48)
        + (110 if laser and color else 0)
        + (38 if scan else 0)
        + (22 if duplex else 0)
        + pages * 1.6,
        {
            "model": model,
            "printing_technology": "laser" if laser else "inkjet",
            "color_printing": "Yes" if color else "No",
            "cartridge_family": family,
            "scanner": "Yes" if scan else "No",
            "duplex": "Yes" if duplex else "No",
            "print_speed": f"{pages} pages/min",
            "connection": links,
            "paper_size": "A4 and Letter",
            "tray": f"{d.one('100|150|250')} sheets",
            "color": d.one("White|Black|Gray"),
        },
    )


def ink(d: Draw) -> Draft:
    own = d.brand.name != "Dipwell"
    families = [name for name, maker in INK_FAMILIES.items() if not own or maker == d.brand.name]
    family = families[d.number % len(families)]
    hue = d.one("black|black|cyan|magenta|yellow|black and color set|color set")
    large = d.chance(0.45)
    pages = d.rng.randrange(180, 320, 10) * (2 if large else 1)
    number = 4 if "black and" in hue else 3 if "set" in hue else 1
    name = f"{family}{'XL' if large else ''} {hue}"
    if name + d.brand.name in d.taken:
        name = f"{name}, {d.one('twin pack|triple pack|single')}"
    d.taken.add(name + d.brand.name)
    packs = {"twin": 2, "trip": 3}.get(name.split(", ")[-1][:4], 1)
    maker = INK_FAMILIES[family]
    return Draft(
        f"Ink Cartridge {name}" + ("" if own else f", for {maker} {family} printers"),
        (15 + pages * 0.025) * (1 + (number - 1) * 0.75) * (1 + (packs - 1) * 0.9),
        {
            "model": f"{family}{'XL' if large else ''}",
            "cartridge_family": family,
            "ink_color": hue,
            "page_yield": f"{pages} pages",
            "cartridges": f"{number * packs}",
            "printer_brand": maker,
            "origin": "original" if own else "refilled",
        },
    )


def toner(d: Draw) -> Draft:
    own = d.brand.name != "Dipwell"
    families = [name for name, maker in TONER_FAMILIES.items() if not own or maker == d.brand.name]
    family = families[d.number % len(families)]
    hue = d.one("black|black|cyan|magenta|yellow|color set")
    large = d.chance(0.4)
    pages = d.rng.randrange(1200, 2600, 100) * (2 if large else 1)
    name = f"{family}{'H' if large else ''} {hue}"
    if name + d.brand.name in d.taken:
        name = f"{name}, {d.one('twin pack|single')}"
    d.taken.add(name + d.brand.name)
    packs = 2 if "twin" in name else 1
    maker = TONER_FAMILIES[family]
    return Draft(
        f"Toner Cartridge {name}" + ("" if own else f", for {maker} {family} printers"),
        (48 + pages * 0.012) * (2.6 if "set" in hue else 1) * (1.85 if packs == 2 else 1),
        {
            "model": f"{family}{'H' if large else ''}",
            "cartridge_family": family,
            "ink_color": hue,
            "page_yield": f"{pages} pages",
            "cartridges": f"{(3 if 'set' in hue else 1) * packs}",
            "printer_brand": maker,
            "origin": "original" if own else "refilled",
        },
    )


def paper(d: Draw) -> Draft:
    use = d.one("office|office|office|photo|photo|heavy")
    grams = {"office": d.one("75|80|90"), "photo": d.one("200|260|300"), "heavy": d.one("120|160")}[use]
    sheets = {"office": d.one("500|1000|2500"), "photo": d.one("20|50|100"), "heavy": d.one("100|250")}[use]
    size = d.one("A4|A4|Letter") if use != "photo" else d.one("A4|10 x 15 cm|13 x 18 cm")
    finish = d.one("glossy|satin|matte") if use == "photo" else "uncoated"
    recycled = use == "office" and (d.brand.name == "Leafold" or d.chance(0.2))
    model = d.model("Birch|Alder|Linden|Snowfield|Chalk|Meadow|Rowan", "PA")
    name = "Photo Paper" if use == "photo" else "Recycled Printer Paper" if recycled else "Printer Paper"
    return Draft(
        f"{model} {name}, {size}, {grams} g, {sheets} sheets",
        4 + int(sheets) * {"office": 0.011, "photo": 0.22, "heavy": 0.06}[use] * (0.6 if "x" in size else 1),
        {
            "model": model,
            "paper_type": use,
            "paper_size": size,
            "paper_weight": f"{grams} g/m2",
            "sheets": sheets,
            "finish": finish,
            "recycled": "Yes" if recycled else "No",
            "suits": ["inkjet"] if use == "photo" else ["inkjet", "laser"],
        },
    )


def desk(d: Draw) -> Draft:
    lift = d.chance(0.5)
    width = d.one("100|120|120|140|160|180")
    top = d.one("bamboo|laminate|laminate|solid oak|linoleum")
    model = d.model("Holm|Skerry|Clearing|Plateau|Bench|Fell", "DK")
    return Draft(
        f"{model} {'Sit-Stand Desk' if lift else 'Desk'}, {width} cm, {top}",
        70 + int(width) * 0.9 + (210 if lift else 0) + {"solid oak": 240, "bamboo": 70, "linoleum": 110}.get(top, 0),
        {
            "model": model,
            "width": f"{width} cm",
            "depth": d.one("60 cm|70 cm|80 cm"),
            "material": top,
            "height": "65 to 128 cm" if lift else "74 cm",
            "height_adjustment": "electric" if lift else "none",
            "max_load": f"{d.one('70|90|120') if lift else d.one('50|80')} kg",
            "color": {"laminate": d.one("White|Black|Gray"), "linoleum": d.one("Green|Gray")}.get(top, "Brown"),
        },
    )


def office_chair(d: Draw) -> Draft:
    back = d.one("mesh|mesh|fabric|leather")
    arms = d.one("none|fixed|adjustable|adjustable")
    lumbar, head = d.chance(0.55), d.chance(0.35)
    model = d.model("Siesta|Quorum|Tenure|Parlor|Recess|Minutes", "CH")
    return Draft(
        f"{model} Office Chair, {back} back" + (", headrest" if head else ""),
        85
        + {"mesh": 40, "fabric": 30, "leather": 160}[back]
        + {"none": 0, "fixed": 12, "adjustable": 65}[arms]
        + (55 if lumbar else 0)
        + (35 if head else 0),
        {
            "model": model,
            "material": back,
            "armrests": arms,
            "lumbar_support": "adjustable" if lumbar else "fixed",
            "headrest": "Yes" if head else "No",
            "max_load": f"{d.one('110|130|150')} kg",
            "seat_height": d.one("42 to 52 cm|45 to 56 cm"),
            "casters": d.one("hard floor|carpet"),
            "color": d.one("Black|Gray|Blue|Green|Beige"),
        },
    )


KINDS = (
    Kind(
        "printer",
        "Office > Printers",
        30,
        "Inkmoor|Quillard",
        printer,
        """
+ printing_technology=inkjet & scanner=Yes :: A printer for homework, tickets, photos and the odd copy.
+ printing_technology=inkjet & scanner=No :: A small inkjet that prints and does nothing else.
+ printing_technology=inkjet :: An inkjet for families that print a little of everything.
+ printing_technology=inkjet & duplex=Yes :: An inkjet that saves paper, for school, club and household.
+ printing_technology=inkjet & connection=Wi-Fi :: Print from the sofa, fetch the page from the hall.
+ printing_technology=laser & scanner=Yes :: Printing, scanning and copying for a busy office, in one machine.
+ printing_technology=laser & color_printing=No :: A laser printer for letters and invoices by the hundred.
+ printing_technology=laser & color_printing=Yes :: A color laser for small offices that hand out brochures.
+ printing_technology=laser :: A laser printer is the patient choice: nothing dries up when you are away.
* cartridge_family & printing_technology=inkjet :: It takes ink cartridges of the {cartridge_family} family.
* cartridge_family & printing_technology=laser :: It takes toner of the {cartridge_family} family.
* duplex=Yes :: It turns the page by itself and saves half the paper.
* print_speed>28 :: {print_speed} are quick enough for a whole office.
* print_speed<14 :: It prints {print_speed}, which is plenty at home.
* connection=Wi-Fi :: Phones and laptops reach it over Wi-Fi.
* connection=Ethernet :: A network cable lets several people share it.
* scanner=Yes :: The flat scanner also copies pages from books.
* tray=250 sheets :: The tray swallows 250 sheets.
* printing_technology=inkjet :: Photos come out lively on the right paper.
* printing_technology=laser :: Text is crisp and does not smear under a marker.
* The first page is out within seconds of waking.
- duplex=No :: For two-sided pages you turn the stack by hand.
- scanner=No :: It cannot scan or copy.
- connection!=Wi-Fi :: There is no Wi-Fi.
- printing_technology=inkjet :: Print something every other week, or the nozzles dry.
- printing_technology=laser :: It hums and warms up before the first page.
- color_printing=No :: Color is beyond it.
- tray=100 sheets :: The tray is small: {tray}.
""",
    ),
    Kind(
        "ink",
        "Office > Printing Supplies > Ink Cartridges",
        34,
        "Inkmoor|Inkmoor|Quillard|Quillard|Dipwell",
        ink,
        """
+ origin=original :: Original ink for {printer_brand} printers of the {cartridge_family} family.
+ origin=original :: The maker's own {cartridge_family} ink, matched to its print heads.
+ origin=refilled :: Refilled ink for {printer_brand} {cartridge_family} printers at a friendlier price.
+ origin=refilled :: A second life for a used {cartridge_family} cartridge, cleaned and filled again.
+ ink_color=black :: Black ink for letters, forms and boarding passes.
+ ink_color~set :: All the colors in one box, so you order once.
+ page_yield>380 :: The large filling for people who print every week.
* The {ink_color} ink is good for about {page_yield}.
* page_yield>380 :: Its {page_yield} make each page cheaper than with the small size.
* page_yield<320 :: {page_yield} last an ordinary household for a season.
* ink_color=cyan :: Cyan goes first when you print skies.
* ink_color=magenta :: Magenta goes first when you print portraits.
* ink_color=yellow :: Yellow goes first when you print flowers and flyers.
* ink_color=black :: Text is dry to the touch at once.
* The chip tells the printer how much is left.
* cartridges>1 :: The pack holds {cartridges} cartridges.
* Each cartridge is sealed and keeps for two years.
* Open it, click it in, and print on.
- origin=refilled :: The printer may show a warning about foreign ink the first time.
- origin=original :: Original ink costs more than refills.
- page_yield<250 :: It is the small filling and soon used up.
- It fits no other family than {cartridge_family}.
""",
    ),
    Kind(
        "toner",
        "Office > Printing Supplies > Toner Cartridges",
        24,
        "Inkmoor|Quillard|Dipwell",
        toner,
        """
+ origin=original :: Original toner for {printer_brand} laser printers of the {cartridge_family} family.
+ origin=original :: The maker's own toner, for {cartridge_family} printers that have to run.
+ origin=refilled :: Refilled toner for {printer_brand} {cartridge_family} printers, far below the original's price.
+ ink_color=black :: Black toner for offices that live on letters.
+ ink_color~set :: The three colors in one carton.
+ page_yield>3000 :: The large drum of powder for busy weeks.
* The {ink_color} toner lasts for about {page_yield}.
* page_yield<2500 :: {page_yield} carry a small office through a quarter.
* page_yield>2500 :: With {page_yield} you change it once or twice a year.
* ink_color!=black :: Logos and charts come out even and rich.
* ink_color=black :: Small print stays sharp to the last page.
* The seal pulls off in one go and hands stay clean.
* cartridges>1 :: The carton holds {cartridges} cartridges.
* It does not dry out, however long it waits.
* A return label for the empty one is enclosed.
- origin=refilled :: The level display may stay blank with refilled toner.
- origin=original :: It is the expensive choice.
- page_yield<1800 :: The filling is small.
- It fits the {cartridge_family} family only.
""",
    ),
    Kind(
        "paper",
        "Office > Printing Supplies > Printer Paper",
        24,
        "Whitmere|Leafold",
        paper,
        """
+ paper_type=office :: Everyday paper for letters, drafts and coloring in.
+ paper_type=office :: A smooth sheet that feeds without jams.
+ paper_type=photo :: Paper for the pictures that deserve a frame.
+ paper_type=photo :: Photo paper that dries at once and shows clean colors.
+ paper_type=heavy :: Heavier paper for menus, certificates and covers.
+ recycled=Yes :: Recycled paper that is bright enough for a letter to the bank.
* {sheets} sheets are in the pack.
* paper_weight<85 :: At {paper_weight} it suits copiers and every tray.
* paper_weight>190 :: At {paper_weight} it feels like a print from a shop.
* paper_weight=90 g/m2 :: The slightly thicker sheet hardly shows what is on the back.
* finish=glossy :: The glossy side makes colors shine.
* finish=satin :: The satin side shows no fingerprints.
* finish=matte :: The matte side is free of glare behind glass.
* suits=laser :: Inkjet and laser printers both take it.
* paper_size=10 x 15 cm :: The small size fits ordinary albums.
* paper_size=Letter :: It is cut to US Letter.
* It does not yellow in the drawer.
- paper_type=photo :: Do not use it in a laser printer.
- paper_type=heavy :: Feed it by the rear slot, a few sheets at a time.
- recycled=Yes :: Under a strong lamp it looks a trace grayer than new paper.
- sheets>2000 :: The box is heavy to carry upstairs.
- paper_weight=75 g/m2 :: Marker ink shows through.
""",
    ),
    Kind(
        "desk",
        "Office > Furniture > Desks",
        20,
        "Fjellbord|Arbenholt|Gantrey",
        desk,
        """
+ height_adjustment=electric :: A desk that rises at the press of a button when you have sat for long enough.
+ height_adjustment=electric :: Sit in the morning, stand after lunch.
+ height_adjustment=none & width<130 :: A small desk for the corner that becomes an office.
+ height_adjustment=none :: A plain table to work at, with honest legs and nothing to go wrong.
+ width>150 :: A wide desk for two screens and a stack of paper.
* material=solid oak :: The top is solid oak and can be sanded and oiled.
* material=bamboo :: Bamboo is hard, light and warm to the arm.
* material=laminate :: The laminate shrugs off cups and felt pens.
* material=linoleum :: The linoleum top feels soft and shows no glare.
* height_adjustment=electric :: Three heights can be stored.
* max_load>85 :: It carries {max_load}.
* depth=80 cm :: At {depth} it is deep enough for a large screen.
* depth=60 cm :: It is only {depth} deep and fits a narrow room.
* A cable tray is fixed below the top.
* The top measures {width} across.
- height_adjustment=none :: Its height is fixed at {height}.
- height_adjustment=electric :: Mounting it takes two people and an hour.
- depth=60 cm :: A large monitor stands close to your eyes unless it is on an arm.
- material=solid oak :: Oak wants oil once a year.
- width>170 :: Measure the stairs before you order.
""",
    ),
    Kind(
        "office-chair",
        "Office > Furniture > Office Chairs",
        20,
        "Arbenholt|Fjellbord|Corvessa",
        office_chair,
        """
+ material=mesh :: An airy chair for long days and warm rooms.
+ material=leather :: A leather chair for people who receive visitors.
+ material=fabric :: A soft chair that looks more like a living room than an office.
+ It rolls, tilts and forgives you for sitting badly.
+ headrest=Yes :: A chair with a headrest for those who think leaning back.
* lumbar_support=adjustable :: The support for the lower back moves up and down.
* armrests=adjustable :: The armrests move up, out and forward.
* armrests=none :: Without armrests it slides right under the desk.
* casters=hard floor :: Soft casters are kind to wooden floors.
* casters=carpet :: The casters are made for carpet.
* max_load=150 kg :: It is built for up to {max_load}.
* seat_height :: The seat moves from {seat_height}.
* The tilt can be locked in several places.
* Covers come off for washing or replacement.
- lumbar_support=fixed :: The back support cannot be moved.
- casters=carpet :: On parquet you need a mat or other casters.
- material=leather :: Leather is warm in summer.
- armrests=fixed :: The armrests stay where they are.
- headrest=No :: There is no headrest.
- Assembly takes half an hour.
""",
    ),
)
