"""The nouns that name a kind of product, and the words that only look like one; knows nothing of a catalogue.

`KINDS` maps a noun, singular, as a tuple of words, to the name of its kind. `WEAK` holds the nouns that name a kind
only where the title has no better one: what a thing is made of or comes in ("paper", "kit"), and the families of
makers ("LaserJet"), which accessories name as well.
"""

import re
from collections.abc import Mapping

# Electronics, office, home and toy shops. The longest match wins, so "laser printer" and "printer" may both stand
# here; "=" gives the kind that a word stands for,
# "<" the one that it is a sort of: a title is read as that, and a category of that name stays a kind of its own.
_NOUNS = """
printer|label printer|receipt printer|scanner|copier|projector|multifunctional=printer|multifunction=printer
all-in-one printer=printer|mfp=printer|dot matrix printer=printer|large format printer=printer
printer all-in-one=printer|plotter=printer|fax machine|facsimile=fax machine|fax=fax machine|3d printer|toner
toner cartridge=toner|developer cartridge=toner|ink cartridge
cartridge=ink cartridge|inkjet cartridge=ink cartridge|ink tank=ink cartridge|inkjet print cartridge=ink cartridge
ink stick=ink|ink bottle=ink|ink refill=ink cartridge|photoconductor=drum|photoconductor unit=drum
photoconductor kit=drum|imaging unit=drum|drum|imaging drum=drum|drum unit=drum|drum kit=drum|drum cartridge=drum
printhead|print head=printhead|fuser|fuser kit=fuser|fuser unit=fuser|fusing unit=fuser|maintenance kit
transfer kit|transfer belt|transfer unit=transfer belt|developer|developer unit=developer|developer kit=developer
roller kit=roller|roller assembly=roller|roller|roller assembly kit=roller|waste toner container
waste toner box=waste toner container|toner collector=waste toner container
waste toner bottle=waste toner container|printer ribbon=ribbon|ribbon|ribbon cartridge=ribbon
ribbon cassette=ribbon|fax cartridge=ribbon|printing film<ribbon|input tray|tray feeder=input tray|paper tray=input tray
paper drawer=input tray|sheet drawer=input tray|media drawer=input tray|tray|output tray|catch tray=output tray
feeder|sheet feeder=feeder|duplexer|duplex unit=duplexer|duplex module=duplexer
two-sided printing accessory=duplexer|print server|spare part|stapler|staple|staple cartridge=staple|label
sticker=label|photo paper|card stock=cardstock|cardstock|copy paper|large format media|label tape
label-making tape=label tape|labelling tape=label tape|correction tape|tape|data tape|tape cartridge=data tape
data cartridge=data tape|cleaning tape=cleaning cartridge|cleaning cartridge|tape cleaner=cleaning cartridge|cable
patch cable=cable|networking cable=cable|patch cord=cable|patchcord=cable|patch lead=cable|cable assembly=cable
cable kit=cable|power cord|power cable=power cord|powercord=power cord|line cord=power cord
power extension cord=power cord|coupler|cable tie|cable clamp=cable tie|cable clip=cable tie|cable wrap=cable tie
cable manager=cable organizer|cable management=cable organizer|cable organizer|cable tray=cable organizer
cable duct=cable organizer|cable cover|cable protector|connector|keystone jack=connector|keystone module=connector
jack=connector|wall plate|wallplate=wall plate|face plate=wall plate|faceplate=wall plate|outlet box=wall plate
surface mount box=wall plate|patch panel|adapter|adaptor=adapter|gender changer<adapter|genderchanger=adapter
cable gender changer=adapter|power adapter|ac adapter=power adapter|charger=power adapter
power adapter/inverter=power adapter|power supply adapter=power adapter|car charger<power adapter
wall charger<power adapter|battery charger|charging station|charging dock=charging station
charging stand=charging station|charging pad=wireless charger|wireless charger|power bank
portable charger=power bank|mobile device charger<power adapter|inverter|battery|battery pack=battery
battery module=battery|battery cartridge<battery|battery cabinet<battery|battery grip|notebook|laptop=notebook
netbook=notebook|chromebook=notebook|ultrabook=notebook|laptop computer=notebook|notebook computer=notebook
notebook pc=notebook|tablet pc=tablet|pc|microtower=pc|minitower=pc|desktop computer=pc|tower computer=pc
workstation=pc|mobile workstation<notebook|computer=pc|thin client|server|barebone|tablet|e-reader
ebook reader=e-reader|phone|smartphone=phone|mobile phone=phone|cellphone=phone|telephone|ip phone=telephone
cordless phone=telephone|desk phone=telephone|corded phone=telephone|walkie talkie=two-way radio|two-way radio
sim card|prepaid card|top-up card=prepaid card|refill card=prepaid card|airtime card=prepaid card|phone holder
car holder=phone holder|car mount=phone holder|phone mount=phone holder|selfie stick|armband|headset|headphone
earphone=earbud|earbud|in-ear headphone=earbud|speaker|loudspeaker=speaker|subwoofer|soundbar|sound bar=soundbar
speaker bar=soundbar|speaker system<speaker|docking speaker=speaker dock|speaker dock
entertainment system=stereo system|stereo system|hi-fi system=stereo system|audio system=stereo system
home cinema system=home theater system|home theater system|amplifier|receiver|microphone|webcam|web camera=webcam
camera|digital camera=camera|security camera|ip camera=security camera|camcorder|lens|lens hood|lens cap
lens filter|camera filter=lens filter|teleconverter|eyepiece|dioptric lens<eyepiece|viewfinder<eyepiece
eyepiece accessory=eyepiece|filter holder|tripod|monopod|flash unit=flash|camera bag<camera case|camera case
backdrop|softbox|binocular|dash cam|gps=gps navigator|gps navigator|navigator=gps navigator
gps receiver=gps navigator|navigation system=gps navigator|drone|telescope|memory card|sd card<memory card
microsd card<memory card|micro sd card<memory card|card reader|usb flash drive|flash drive=usb flash drive
usb stick=usb flash drive|thumb drive=usb flash drive|usb drive=usb flash drive|hard disk drive=hard drive
hard drive|hdd=hard drive|hard disk=hard drive|ssd|solid state drive=ssd|internal solid state drive=ssd
external hard drive=hard drive|hard drive enclosure|drive enclosure=hard drive enclosure
hdd enclosure=hard drive enclosure|storage drive enclosure=hard drive enclosure|enclosure|drive bay
drive cage=drive bay|hot-swap drive cage=drive bay|drive bay panel=drive bay|disk array|nas|network storage=nas
storage server=nas|optical disc drive|optical drive=optical disc drive|dvd burner=optical disc drive
dvd writer=optical disc drive|dvd drive=optical disc drive|blu-ray drive=optical disc drive
burner=optical disc drive|tape drive|tape autoloader=tape drive|tape library=tape drive|memory module=memory
memory|ram=memory|dimm=memory|sodimm=memory|memory upgrade=memory|processor|cpu=processor|motherboard
mainboard=motherboard|desktop board=motherboard|server board=motherboard|server/workstation board=motherboard
graphics card|graphic card=graphics card|video card=graphics card|network card|networking card=network card
network interface card=network card|network adapter=network card|wireless adapter=network card|sound card|tv tuner
tuner card=tv tuner|interface card|interface cards/adapter=interface card|expansion card=interface card
adapter card=interface card|controller card=interface card|host bus adapter=interface card|riser card
slot expander=riser card|pci riser=riser card|riser=riser card|raid controller|storage controller=raid controller
monitor|lcd monitor=monitor|flat panel=monitor|digital signage|tv|television=tv|hdtv=tv|portable dvd player
dvd player|blu-ray player|dvd/blu-ray player=blu-ray player|dvd recorder|blu-ray disc player=blu-ray player
cd player|mp3 player<media player|mp4 player<media player|video player=media player
portable video player=media player|audio video player=media player|media player|streaming player<media player
ipod=media player|audio player=media player|voice recorder|digital recorder=voice recorder|set-top box
digital photo frame|photo frame=picture frame|picture frame|antenna|fm transmitter|turntable|karaoke machine
boombox<radio|radio|mouse|trackball|keyboard|keypad|mousepad|mouse pad=mousepad|presenter|stylus|stylus pen=stylus
graphics tablet|joystick|gamepad|game console|video game|wrist rest|keyboard cover
privacy filter|privacy screen=privacy filter|screen protector|docking station|dock=docking station
notebook dock/port replicator<docking station|port replicator=docking station|hard drive dock
hdd dock=hard drive dock|storage drive docking station=hard drive dock|hub=usb hub|usb hub|interface hub=usb hub
switch=network switch|network switch|ethernet switch=network switch|router|access point|range extender|gateway
firewall|network security=firewall|modem|repeater<extender|powerline adapter|kvm switch|kvm extender|video switch
splitter|extender|converter|media converter=converter|signal booster|transceiver|transceiver module=transceiver
network transceiver module=transceiver|sfp module=transceiver|optical module=transceiver|rack|rack cabinet=rack
rack enclosure=rack|rack rail|rail kit=rack rail|rail=rack rail|support rail=rack rail
mounting rail=rack rail|rack door|rack conversion kit=rack mount kit|rack mount kit|rack kit=rack mount kit
trim kit=rack accessory|blanking panel=rack accessory|side panel=rack accessory|shelf|bracket|mount
wall mount=mount|mounting kit=mount|monitor arm<mount|projector mount accessory=mount|mounting plate=bracket|stand
cart|arm|case|cover|sleeve=case|hard shell=case|soft shell=case|bumper=case|holster=case|protective cover=case
folio=case|bag|notebook case=bag|briefcase<bag|tote<bag|messenger bag<bag|backpack|pouch|suitcase|luggage|wallet
purse|cable lock|lock=cable lock|security lock=cable lock|ups|uninterruptible power supply=ups|power supply
power supply unit=power supply|pdu=power distribution unit|power distribution=power distribution unit
power distribution unit|power module|power distribution module=power distribution unit|transformer
voltage regulator|line conditioner=voltage regulator|transfer switch|power extension=power strip
surge protector=power strip|power strip|surge suppressor=power strip|surge arrest=power strip
surgearrest=power strip|power outlet strip=power strip|fan|fan tray=fan|roof fan tray=fan|heat sink
heatsink=heat sink|cooling pad=cooler|air conditioner|cooling unit=air conditioner
heat sink compound=thermal paste|thermal compound=thermal paste|thermal paste|smoke detector|computer case
chassis=computer case|server chassis=computer case|server case=computer case|lamp|projector lamp
replacement lamp=projector lamp|projector bulb=projector lamp|wall lighting=lamp|suspension lighting=lamp
ceiling lighting=lamp|spot lighting=lamp|table lighting=lamp|floor lighting=lamp|projection screen
projector screen=projection screen|light bulb|bulb=light bulb|led bulb=light bulb|led lamp=light bulb|flashlight
torch=flashlight|night light|led strip|string light|coffee maker|coffee machine=coffee maker
pod coffee machine=coffee maker|espresso machine=coffee maker|coffee pod=coffee|coffee|kettle|toaster|blender
juicer|citrus press=juicer|mixer|food processor|chopper|microwave|microwave oven=microwave|oven|hob|rice cooker
slow cooker|deep fryer|fryer=deep fryer|air fryer|grill|waffle iron|waffle maker=waffle iron|sandwich maker
bread maker|chocolate fountain|ice cream maker|fondue|steamer|refrigerator|fridge=refrigerator|freezer|dishwasher
washing machine|tumble dryer|dryer|cooker hood|vacuum cleaner|vacuum=vacuum cleaner|robot vacuum<vacuum cleaner
ironing board|sewing machine|air purifier|humidifier|heater|thermostat|scale|thermometer|blood pressure monitor
baby monitor|breast pump|shaver|shaving head=shaver accessory|hair trimmer=hair clipper|hair clipper
beard trimmer=hair clipper|trimmer|epilator|razor|toothbrush|toothbrush head|hair dryer|hairdryer=hair dryer
hair straightener|hair styler|curling iron|straightener=hair straightener|nail polish|nail polish set=nail polish
perfume|shampoo|soap|lotion|wig|costume|mask|software|antivirus=software|operating system=software
software suite=software|license|licence=license|software license/upgrade=license|e-icard=license
subscription=license|warranty|warranty extension=warranty|support extension=warranty|service plan<warranty
onsite service=warranty|care pack=warranty|hardware support=warranty|hw support=warranty
warranty & support extension=warranty|onsite support=warranty|extended service=warranty|installation service
protection plan=warranty|doll|doll clothes set=doll clothes|doll dress=doll clothes|doll clothes|doll house|puzzle
toy|book|board game|card game|toy vehicle<toy|toy car<toy|action figure|toy figure=action figure|playset=toy
play set=toy|toy playset=toy|soft toy=stuffed toy|plush=stuffed toy|plush toy=stuffed toy|stuffed toy
building block=building set|building set|building toy=building set|construction set=building set
remote control car<toy|bicycle|scooter|helmet|tent|sleeping bag|water bottle|mug|pan|knife|cutlery|tablecloth
towel|pillow|blanket|mattress|sheet set|curtain|rug|sofa|chair|chair mat|desk|bookcase|cabinet
file cabinet=filing cabinet|filing cabinet|drawer unit|stool|shoe|boot|sneaker|sandal|slipper|shirt|t-shirt|dress
skirt|jacket|coat|trouser|jean|sock|underwear|scarf|hat|belt|sunglasses|necklace|bracelet|earring|envelope|mailer
shipping box|storage box|file box=storage box|bankers box=storage box|bin|basket|waste bin|trash can=waste bin
shredder|laminator|laminating pouch|laminating film=laminating pouch|laminator pouch=laminating pouch
binding machine|binding comb|binding cover|binding spine=binding comb|hole punch|punch=hole punch
perforator=hole punch|paper trimmer|paper cutter=paper trimmer|guillotine=paper trimmer|folder
expanding file=folder|file jacket=folder|report cover|presentation file=report cover|plastic file=report cover
binder|lever arch file=binder|divider|index tab=divider|sheet protector|page protector=sheet protector
binder pocket|slide pocket|photo pocket|photo album|scrapbook|pen|fountain pen|marker pen=marker|pen refill
ink refill pen=pen refill|lead refill=pencil lead|pencil lead|nib=pen nib|pen nib|pencil|pencil sharpener
sharpener=pencil sharpener|pencil case|pencil pouch=pencil case|pen case=pencil case|pencil grip|crayon|marker
highlighter|chalk|paint|watercolor|paintbrush|paint brush=paintbrush|sketchbook|sketch pad=sketchbook
drawing pad=sketchbook|eraser|correction fluid|correction pen=correction fluid|white-out=correction fluid
composition book=paper notebook|spiral notebook=paper notebook|composition notebook=paper notebook
memo book=paper notebook|subject notebook=paper notebook|steno book=paper notebook|steno pad=writing pad
legal pad=writing pad|memo pad=writing pad|writing pad|note pad=writing pad|notepad=writing pad
writing tablet=writing pad|message pad=writing pad|desk pad|easel pad|graph pad=writing pad|journal|diary=journal
planner|organizer refill=planner|appointment book=planner|planner refill=planner|calendar|calendar refill=calendar
sticky note|self-stick note=sticky note|post-it note=sticky note|pop-up note=sticky note|post-it=sticky note
adhesive note=sticky note|page marker=sticky flag|sticky flag|index flag=sticky flag|arrow flag=sticky flag
note dispenser|tape dispenser|index card|flash card|business card|card holder|badge holder|name badge
id badge=name badge|name tag=name badge|badge reel|lanyard|greeting card|note card=greeting card|invitation
postcard|gift card|gift bag|gift wrap|wrapping paper=gift wrap|receipt book|record book|account book=record book
columnar book=record book|guest book|log book=record book|business form|tax form=business form|ticket
raffle ticket roll=ticket|paper roll|thermal paper<paper roll|fastener|paper clip|binder clip
bulldog clip=binder clip|push pin|pushpin=push pin|thumbtack=push pin|tack=push pin|rubber band
magnetic strip<magnet|glue|glue stick=glue|adhesive=glue|glue dot=glue|mounting putty=adhesive putty
adhesive putty|mounting square=mounting tape|mounting tape|velcro=hook and loop tape|bubble wrap
bubble cushioning=bubble wrap|cushioning=bubble wrap|stretch wrap|packing peanut|poly bag|tissue paper
ink pad=stamp pad|stamp pad|stencil|ruler|scissors|scissor=scissors|protractor|letter opener|utility knife
knife blade|blade|cutting mat|clipboard|desk organizer|organizer|pen holder=desk organizer
pencil cup=desk organizer|pencil holder=desk organizer|letter tray=desk organizer|desk tray=desk organizer
file sorter=desk organizer|sorter=desk organizer|magazine holder=magazine file|magazine file
file holder=magazine file|literature holder=brochure holder|brochure holder|sign holder|bulletin board
cork board=bulletin board|corkboard=bulletin board|whiteboard|dry erase board=whiteboard
dry-erase board=whiteboard|chalkboard|presentation board|easel|display board=presentation board|foam board
poster board|poster|wall pocket|hanging wall file=wall pocket|wall file=wall pocket|bookend|book end=bookend
book cover|bookmark|bookplate|footrest|foot rest=footrest|seat cushion|back support|cushion|clock|key tag|key ring
keychain=key ring|key cabinet|cash box|money box=cash box|cash drawer|cash register|coin wrapper|coin sorter
counterfeit detector|money counter|time clock|time card|time recorder=time clock|barcode scanner
bar code reader=barcode scanner|barcode reader=barcode scanner|calculator|label maker|labelmaker=label maker
labelwriter=label printer|laser pointer|pointer=laser pointer|watch|smartwatch|smart watch=smartwatch|watch band
watch strap=watch band|fitness tracker|activity tracker=fitness tracker|item tracker|tracker=item tracker
remote control|universal remote=remote control|cleaning kit|printer cleaning=cleaning kit|lens cleaner
cleaning cloth|cleaning wipe|wipe=cleaning wipe|air duster=compressed air|compressed air|duster=compressed air
filter|air filter|water filter|filter kit=filter|vacuum bag|vacuum cleaner bag=vacuum bag|dust bag=vacuum bag
battery holder|cd-r=blank disc|dvd-r=blank disc|dvd+r=blank disc|blank disc|cd-rw=blank disc|dvd-rw=blank disc
dvd+rw=blank disc|blank dvd=blank disc|blank cd=blank disc|bd-r=blank disc|blank blu-ray disc=blank disc
optical disc=blank disc|floppy disk|minidisc|video cassette|audio cassette|disc storage|cd case
optical disc storage box|toolkit=tool kit|tool kit|tool set=tool kit|screwdriver|drill|saw|hammer|plier|wrench
crimping tool|crimper=crimping tool|cable tester|multimeter|tape measure|ladder|screw|doorbell|drive tray|doorstop
door lock|padlock|step stool|extension cord|dog food|cat food|pet food|dog toy|leash|tea|chocolate|candy|snack
cookie|cracker|bread|milk|cheese|yogurt|juice|soda|beer|wine|rice|pasta|sauce|soup|cereal|diaper|detergent
toilet paper|paper towel|napkin|facial tissue|vitamin
"""
_WEAK = """
paper|media=paper|film|coated paper=paper|matte paper=paper|kit|module|panel|tool|accessory
holder|officejet=printer|laserjet=printer|deskjet=printer
phaser=printer|designjet=printer|photosmart=printer|imageclass=printer|pixma=printer|workcentre=printer
stylus photo=printer|pavilion=notebook|thinkpad=notebook|macbook=notebook|iphone=phone
ipad=tablet|ipod=media player|rack accessory
galaxy s7=phone
cartridge=ink cartridge|print cartridge=toner|printcartridge=toner|singlepack=ink cartridge|smart-ups=ups
2-in-1=notebook|hybrid=notebook|core i5=processor|lcd=monitor|player=media player|drive=hard drive|card
drawer|pad|pocket|rest|cord=power cord|stick|screen|box|outlet=power strip|lighting=lamp|file=folder
note=sticky note|tab=divider|board|strap|dispenser|band|tag|roll|form|cap|ring|glass|check|water
support=warranty|service=warranty|maintenance=warranty|shell=case|skin=case|desktop=pc|flash|lead=pencil lead
ink|short|plate|bowl|table|bottle|pot|cup|nail|hook|sign|bed|iron|map|figure=action figure|display=monitor
cooler|controller=gamepad|frame=picture frame|clip|flag|refill|cleaner|album=photo album|stamp|magnet
glove|canvas|brush|sensor|compass|globe|safe
"""


_WORDS = re.compile(r"[^\W_]+(?:[-+][^\W_]+)*")


def _entries(text: str, signs: str = "=<") -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for entry in text.replace("\n", "|").split("|"):
        noun, kind, *_ = [*re.split("[=<]", entry.strip()), ""]
        sign = entry.strip()[len(noun) : len(noun) + 1]
        if noun and (not sign or sign in signs):
            found[tuple(_WORDS.findall(noun))] = kind or noun
    return found


WEAK: frozenset[tuple[str, ...]] = frozenset(_entries(_WEAK))
KINDS: Mapping[tuple[str, ...], str] = {**_entries(_WEAK), **_entries(_NOUNS)}
# What makes two names one kind. A weak word stands for its kind in a title only: a category "Notes" may be anything.
SYNONYMS: Mapping[tuple[str, ...], str] = {
    **_entries(_NOUNS, "="),
    ("desktop",): "pc",
    ("display",): "monitor",
    ("controller",): "gamepad",
}
LONGEST = max(len(noun) for noun in KINDS)
