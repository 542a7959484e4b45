"""Other words that shoppers have for things: "telly" for a TV, "soda" for a soft drink, "nappies" for diapers.

Knows English as it is spoken in shops; knows nothing of a catalogue. What a shop itself calls by a word is meant first.
"""

from collections.abc import Mapping

_SAME = """
telly|television|tv set=tv
screen|display|computer screen=monitor
beamer=projector
clicker=presenter
telephone|cell|cellphone|mobile|handset=phone|smartphone
mic=microphone
lightbulb=bulb|light bulb
torch=flashlight
flashlight=torch
earphone|earpiece=earbud|headphone
headphone=earbud
pen|tablet pen=styluse|stylus|pen
memory stick|usb stick|usb key|pendrive|pen drive|thumb drive|flash drive=usb flash drive
sd card|micro sd card=memory card
ram=memory
hdd|harddisk|hard disk=hard drive|internal hard drive|external drive
ssd=internal ssd|solid state drive|external drive
gpu|video card=graphics card
cpu=processor
charger=power adapter|battery charger
brick|power brick=power adapter|laptop charger
hoover|vacuum|vacuum cleaner=vacuum cleaner|robot vacuum
fridge=refrigerator
refrigerator=fridge
stove|cooker=range|oven
coffee machine|espresso machine=coffee maker|espresso maker
wristwatch=watch|smartwatch
fitness band|fitness watch=fitness tracker|smartwatch
rucksack=backpack
backpack=rucksack
trainer=sneaker
sneaker|trainer=shoe|running shoe
shoe=sneaker
couch=sofa
sofa=couch
jumper|pullover=sweater
sweater=jumper|pullover
trouser=pant
pant=trouser
mobile charger=phone charger
mousemat|mouse mat|mouse pad=mousepad
extension cord|extension lead=power strip
power bar=power strip
game|videogame=video game
gamepad|joypad=game controller|gamepad
playstation|xbox=game console
nappy|diaper=baby diaper|diaper
baby wipe=wipe
soda|pop|fizzy drink=soft drink
coke|cola=soft drink
crisp=potato chip|chip
chip=crisp
biscuit=cookie|cooky
cookie=cooky|biscuit
toilet roll|loo roll|toilet paper|bathroom tissue|tp=toilet tissue|toilet paper
kitchen roll|kitchen towel=paper towel
tissue|kleenex=facial tissue
washing powder|laundry soap=laundry detergent
bin bag|bin liner|garbage bag|trash bag|rubbish bag=trash bag|garbage bag
tin foil|tinfoil|foil=aluminum foil
parmesan|parmigiano=grated cheese
cheddar=cheddar|natural cheese|cheese
spaghetti|macaroni|penne=pasta|spaghetti
noodle=pasta
mince|minced meat|hamburger meat=ground beef
burger bun=hamburger bun
burger=hamburger
prawn=shrimp
aubergine=eggplant
courgette=zucchini
sweetie=candy
candy=sweet
juice box=juice
spaghetti sauce=pasta sauce
butter replacement|butter substitute=margarine
jam=preserve|jam
bubbly=sparkling wine|champagne
lager|ale=beer
bandaid|plaster=bandage
"""


def _table(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for line in text.strip().splitlines():
        said, _, meant = line.partition("=")
        for word in said.split("|"):
            found[word] = (*found.get(word, ()), *(one for one in meant.split("|") if one != word))
    return found


SAME: Mapping[str, tuple[str, ...]] = _table(_SAME)
"""What people say, singular and folded, and the names by which shops may have it, the likeliest first."""
