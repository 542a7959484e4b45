"""The fictional makers of the demo store: price level, quality, naming habit and a few sentences in their voice.

Knows nothing of kinds: each kind lists the brands that make it. Every brand is invented.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brand:
    """One maker: `level` multiplies prices, `quality` is the stars its products hover around.

    `naming` is "word" (Pebble, Pebble 2), "code" (M310) or "mixed" (Pebble 310); `warranty` is that of its
    devices, "" where it makes none.
    """

    name: str
    level: float
    quality: float
    naming: str
    warranty: str
    voice: tuple[str, ...]


# A line with the maker's figures, then its sentences, set in.
_MAKERS = """
Norvik | 1.15 | 4.3 | mixed | 3 years
  Norvik builds for people who keep their tools for years, and it shows.
  Spare parts are sold on the Norvik site for seven years.
  The look is plain on purpose; Norvik leaves the decoration to you.
Kestrane | 1.4 | 4.5 | word | 2 years
  Kestrane charges for its finish, and one sees where the money went.
  As always with Kestrane, the packaging is paper and nothing else.
  It has the calm look that Kestrane has kept for four generations.
Pellwin | 0.72 | 3.8 | code | 1 year
  Pellwin trims the extras and passes the saving on.
  Typical Pellwin: no frills, a thin manual, and a price that is easy to like.
  It feels like what it costs, which for Pellwin is meant as a promise.
Ostrell | 1.1 | 4.1 | mixed | 2 years
  Ostrell makes gear for people who count frames, and is not shy about saying so.
  The sharp lines are pure Ostrell; you will either like them or cover them with stickers.
  Ostrell tests its gear with a league of amateur players before it ships.
Taluma | 1.0 | 4.2 | word | 2 years
  Taluma aims at the sensible middle and usually hits it.
  Taluma keeps its settings in one clear app that needs no account.
  The rounded design is friendly without being childish, a Taluma habit.
Brindor | 0.7 | 3.7 | code | 1 year
  Brindor sells few extras and low prices, and both are true here.
  Do not expect polish from Brindor, but do expect it to work.
  Brindor ships it in a plain box with a one-page guide.
Marrowby | 1.1 | 4.4 | word | 2 years
  Marrowby works in small batches, so shades can differ a little.
  The finish is neat and even, as it should be at Marrowby.
  Marrowby repairs worn pieces for the price of postage.
Fenwarde | 0.9 | 4.1 | word | 2 years
  Fenwarde started with hiking gear and still thinks about rain first.
  The style is simple and sturdy, like everything from Fenwarde.
  Fenwarde uses recycled yarn wherever it can.
Zellmark | 1.0 | 4.2 | code | 2 years
  Zellmark prints the real limits on every box, in letters you can read.
  Zellmark's support answers in plain words, which is rarer than it should be.
  Neat and quietly made: this is Zellmark all over.
Corvessa | 0.65 | 3.9 | code | 1 year
  Corvessa sells the basics at the price of the basics.
  Corvessa saves on the box rather than on the product.
  A plain Corvessa piece that nobody will notice, which is the point.
Ampford | 1.05 | 4.3 | mixed | 3 years
  Ampford has its electronics checked for heat and overload before they leave the works.
  Ampford began with workshop equipment, and the sturdy shell still reminds one of it.
  There is a reassuring heft to everything Ampford makes.
Ridgeloom | 1.2 | 4.5 | word | 5 years
  Ridgeloom tests its seams with wet sand, and few of its bags ever come back.
  The colors fade gently rather than chip, which suits the Ridgeloom look.
  Ridgeloom gives every zip a pull that works with gloves on.
Ilvane | 1.45 | 4.6 | mixed | 3 years
  Ilvane has been grinding glass for photographers for decades and does not rush new models.
  Ilvane owners tend to stay Ilvane owners, which says enough.
  Ilvane services its products in its own workshop, even old ones.
Sorrelby | 1.0 | 4.2 | code | 2 years
  Sorrelby makes friendly tools for people who are learning and people who travel light.
  A helpful guide by Sorrelby comes printed in the box.
  Sorrelby keeps its prices below the old names without looking cheap.
Corrimar | 0.8 | 4.2 | word | 3 years
  Corrimar makes lenses and nothing else, for the cameras of others.
  Corrimar engraves its scales instead of printing them.
  Corrimar will move the mount to another maker's for a fee.
Tonwald | 1.2 | 4.4 | code | 3 years
  Tonwald tunes by ear and measures afterwards, and the result is calm and honest.
  Studios know Tonwald for parts that can be unscrewed and replaced.
  Nothing on it is shiny; Tonwald would rather spend on the inside.
Hushmere | 1.1 | 4.3 | word | 2 years
  Hushmere likes soft materials and quiet colors, and there is not a sharp edge on it.
  The Hushmere app is optional, and everything important works without it.
  It sounds gentle rather than loud, which is what Hushmere is known for.
Lowbeck | 0.9 | 4.0 | mixed | 2 years
  Lowbeck tunes for fun: a bit more bass, a bit more sparkle.
  Lowbeck gear is made to be carried, dropped and laughed about.
  Lowbeck shows its products at beach parties, not at trade fairs.
Kaldrum | 1.1 | 4.3 | word | 2 years
  Kaldrum designs its gaming gear in one small team, so the parts feel made for each other.
  The dry styling gives the Kaldrum away.
  Kaldrum listens to its players and has fixed most of what they grumbled about.
Playvane | 0.95 | 4.2 | word | 1 year
  Playvane keeps things bright, simple and quick to pick up.
  Playvane things survive living rooms and little brothers.
  Playvane thinks of families first and of tournaments second.
Nimbrel | 1.0 | 4.1 | word | 2 years
  Nimbrel is the maker for people who are rarely at home.
  Nimbrel counts grams the way others count pixels.
  Everything from Nimbrel has to pass the train-table test first.
Thistlejack | 1.0 | 4.2 | word | none
  Thistlejack is a studio of nine, and it still answers its letters.
  The dry humour is unmistakably Thistlejack.
  Thistlejack paints every background by hand.
Lanternfold | 1.05 | 4.3 | word | none
  Lanternfold tells its stories slowly and trusts you to look around.
  The score was recorded with a live band, as Lanternfold always does.
  Lanternfold adds no adverts and no shop inside the game.
Ninth Gull | 0.9 | 4.0 | word | none
  Ninth Gull likes simple rules that turn nasty in the tenth hour.
  Loud colors, quick restarts and a grin: that is Ninth Gull.
  Ninth Gull patches often and publishes what it changed.
Glimwick | 1.1 | 4.3 | word | 3 years
  Glimwick judges light by how faces look in it.
  Glimwick draws everything in a former lamp shop by the harbor.
  Glimwick works with two theatres and learns from their stage crews.
Lyskar | 0.8 | 4.0 | code | 2 years
  Lyskar makes everyday lighting in large numbers and keeps the price low.
  Lyskar packs it in cardboard you can fold flat.
  Plain northern design, easily overlooked in a good way: Lyskar.
Wattsby | 0.9 | 4.0 | code | 2 years
  Wattsby cares about one thing, safe power, and leaves the fashion to others.
  Wattsby has a small following among electricians.
  Wattsby adds clear labels you can write on.
Fjellbord | 1.0 | 4.2 | word | 5 years
  Fjellbord puts every part you need in the box, and a spare or two.
  Fjellbord draws its assembly guides by hand, and they are a pleasure to follow.
  It belongs to the calm Fjellbord family.
Arbenholt | 1.35 | 4.5 | mixed | 5 years
  Arbenholt furnishes offices that are open all day, and builds accordingly.
  Each joint is tightened by hand at Arbenholt before it is packed.
  Arbenholt takes back worn pieces and rebuilds them.
Gantrey | 0.95 | 4.2 | code | 5 years
  Gantrey includes every fitting, sorted in labeled bags.
  Straight lines and no nonsense: Gantrey.
  Gantrey tests everything at several times the printed load.
Inkmoor | 1.05 | 4.1 | mixed | 2 years
  Inkmoor has made printing machines since the days of fax.
  Inkmoor keeps its supplies in the shops for ten years after a model ends.
  Inkmoor writes its labels in large, calm letters.
Quillard | 0.9 | 3.9 | code | 1 year
  Quillard makes printing cheap to start with and sensible to run.
  Quillard explains everything in four pictures.
  Quillard prints its yield figures on the front of the box.
Dipwell | 0.55 | 3.7 | code | 1 year
  Dipwell refills what others would throw away.
  Dipwell sends a new one if anything does not fit.
  Plain box, low price, less waste: this is how Dipwell works.
Whitmere | 1.1 | 4.5 | word | none
  Whitmere makes paper beside a river and uses its water twice.
  Printers of books have trusted Whitmere for a long time.
  Whitmere cuts square, so stacks sit neatly in the tray.
Leafold | 0.85 | 4.2 | word | none
  Leafold presses most of its range from used paper.
  Leafold wraps it in paper too, so nothing is left to sort.
  It is an honest everyday product, as one knows it from Leafold.
Netherlane | 1.2 | 4.3 | word | 3 years
  Netherlane sends security updates for six years.
  Netherlane never asks for an account.
  Netherlane likes quiet boxes that nobody hides in a cupboard.
Pingley | 0.8 | 3.9 | code | 2 years
  Pingley does the simple things and leaves the blinking to others.
  The Pingley start guide fits on a postcard.
  Pingley is a favourite of people who fix their parents' network.
Vistrell | 1.1 | 4.2 | mixed | 2 years
  Vistrell designs for dim living rooms, not for bright shop floors.
  Vistrell puts no adverts on anything it sells.
  Vistrell likes things tidy behind the screen as well as in front.
Halcyra | 1.35 | 4.4 | word | 3 years
  Halcyra builds for people who dim the lights and mean it.
  Slim and sober: the Halcyra look.
  At Halcyra a person checks each unit before it is packed.
Reelby | 0.75 | 3.9 | code | 1 year
  Reelby wants the film to start before the popcorn is cold.
  Reelby leaves out what nobody uses.
  It is small money for a big evening, says Reelby.
Tamperly | 1.25 | 4.5 | mixed | 3 years
  Tamperly takes coffee seriously, and itself less so.
  Tamperly tests what it sells in a small bar behind the works.
  Tamperly would rather make few things and make them well.
Mokkavi | 1.0 | 4.2 | word | 2 years
  Mokkavi is about the small ritual, not about the science.
  Cheerful as ever, this is Mokkavi.
  Mokkavi collects used parts and packaging for recycling.
Harrow Lane | 1.1 | 4.5 | word | none
  Harrow Lane roasts on Tuesdays and prints the week on the pack.
  Harrow Lane buys from the same nine farms every year.
  Harrow Lane roasts slowly in a drum from 1962.
Sunday Kettle | 0.85 | 4.2 | word | none
  Sunday Kettle roasts for long breakfasts and second cups.
  Sunday Kettle keeps things mild, friendly and fairly priced.
  A drawing by a local artist covers each Sunday Kettle pack.
Steamwick | 0.95 | 4.2 | code | 2 years
  Steamwick makes kitchen helpers that can be taken apart and cleaned.
  Steamwick leaves out the display wherever a switch will do.
  Being easy to grip with wet hands is a Steamwick point of pride.
Halden Home | 0.75 | 3.9 | code | 2 years
  Halden Home makes sensible things for a first kitchen or a second home.
  Halden Home keeps spare parts cheap and simple to order.
  There is little to adjust, which Halden Home counts as a feature.
Dustrel | 1.2 | 4.3 | mixed | 2 years
  Dustrel keeps spare parts in stock for eight years.
  Dustrel builds things that can be opened without tools.
  Dustrel answers questions by telephone, with real people.
Sweepling | 0.8 | 4.0 | code | 2 years
  Sweepling is made for flats with more floor than time.
  Sweepling sells the wearing parts in one inexpensive set.
  Sweepling keeps it simple and the manual short.
Blockhaven | 1.15 | 4.5 | word | 5 years
  Blockhaven publishes the endurance figures of everything it makes.
  Blockhaven answers support mail within a day.
  Blockhaven tests each unit for a night before packing it.
Rowstack | 0.85 | 4.1 | code | 3 years
  Rowstack buys good chips and spends little on the sticker.
  Rowstack is the quiet choice of people who build their own machines.
  No wings, no slogans: Rowstack puts the money in the parts.
Cindrel | 1.1 | 4.4 | code | 3 years
  Cindrel promises to keep each platform alive for at least four years.
  Cindrel leaves the limits open for people who like to tune.
  Efficiency has become a Cindrel habit.
Silvane | 1.0 | 4.3 | code | 3 years
  Silvane favours steady clocks over short bursts.
  Silvane seals its boxes in plain card.
  With Silvane you pay for cores and not for slogans.
Boardwyn | 0.9 | 4.1 | mixed | 3 years
  Boardwyn labels every header in letters you can read inside a dark case.
  Boardwyn offers firmware updates from a plain USB stick.
  Boardwyn rounds the metal edges, and your fingers will be thankful.
"""


def read_makers(text: str) -> dict[str, Brand]:
    """The brands of a block like `_MAKERS`, by name."""
    brands: dict[str, Brand] = {}
    rows: list[tuple[str, list[str]]] = []
    for line in text.strip().splitlines():
        if line.startswith("  "):
            rows[-1][1].append(line.strip())
        else:
            rows.append((line, []))
    for line, voice in rows:
        name, level, quality, naming, warranty = (part.strip() for part in line.split("|"))
        brands[name] = Brand(
            name, float(level), float(quality), naming, "" if warranty == "none" else warranty, tuple(voice)
        )
    return brands


BRANDS = read_makers(_MAKERS)
