"""What buyers wrote in the demo store: a few hundred short reviews, invented, that never say what a record contradicts.

Sentences are written as those of descriptions are (see `texts`): `+` praises, `-` faults, `*` tells neither. Each has a
condition on the record. Every product has dice of its own, so that reviews change nothing else about the store.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.catalog import Product
from index.demo.kinds import slug_of
from index.demo.texts import Clause, fill, holds, read_clauses

_SHARE = 0.4
"""The share of the products of a kind with sentences that buyers wrote about."""
_MOST = 4
"""Reviews that a product has at most."""
_USED = 4
"""How often one sentence stands in the whole store, at most."""

# Any buyer may write these: they are of no property that a record states.
_ANYWHERE = """
+ <Happy|Very happy|Really pleased> with it so far.
+ <I would buy it again|I bought a second one> for <my sister|the office|my parents>.
+ It feels <solid and robust|sturdy|solid> for the price.
+ Arrived well packed and works perfectly.
* <I have had it|Mine has been here> for <two|three|five> months now.
* It was a present for my <father|daughter|brother>.
- The instructions are <confusing|poor and hard to read>.
- The box was a <waste of cardboard|pain to open>, which annoyed me.
- A bit <disappointing|flimsy> for the money.
"""

_OF_KINDS = {
    "notebook": """
+ battery_life>11 :: The battery is <great|excellent>, I <rarely|hardly ever> need the charger at <work|university>.
- battery_life<10 :: The battery is <weak|poor>, I keep the charger in my bag.
+ weight<1.4 :: <Wonderfully|Pleasantly> light to carry around all day.
- weight>2 :: It is heavy, my shoulder noticed on the first day.
+ The keyboard is <comfortable|lovely> to type on.
- The fan is <loud|noisy> <when I edit films|under load>.
+ refresh_rate>100 :: The screen is smooth and sharp<, a joy to scroll on|>.
- memory=8 GB :: With many tabs open it gets slow.
""",
    "desktop": """
+ noise<27 :: It is so quiet that I <forget it is on|have to look whether it is on>.
- noise>32 :: It is <loud|noisy> <in a small room|when I play>.
+ form_factor=mini PC :: It is small and <neat|nice> behind the screen.
* I use it for <school|photos|the family accounts>.
""",
    "monitor": """
+ The picture is <sharp|crisp> and easy on the eyes.
- stand=tilt only :: The stand is <disappointing|annoying>, I had to put books under it.
- stand=fixed :: The stand is <disappointing|annoying>, it does not move at all.
+ stand~height :: Setting the height is <easy and smooth|effortless>.
+ charging_watts>60 :: One cable for picture and power, <my desk is neat now|lovely>.
+ refresh_rate>140 :: <Games|Shooters> look <wonderfully|superbly> smooth on it.
- panel=VA :: Dark scenes smear a little, which was a disappointment.
""",
    "mouse": """
+ noise=silent clicks :: <Wonderfully|Really> quiet, <nobody in the library looks up|my baby sleeps on>.
+ noise=silent clicks :: The clicks are <quiet|silent>, exactly what I wanted for <meetings|the night>.
- noise=normal clicks :: The clicks are <loud|noisy> in a quiet room.
+ power=AA battery :: The battery is <excellent|great>, I have not changed it yet.
- power=rechargeable :: The battery is weak, I plug it in <twice a week|every few days>.
+ shape=vertical :: My wrist is happy, it is so <comfortable|ergonomic>.
+ shape=right-handed :: It is comfortable and <snug|nice> in my hand.
- shape=symmetric :: For large hands it is uncomfortable after a while.
+ weight<70 :: Very light, a pleasure in fast games.
- The wheel is <stiff|a bit loose>.
""",
    "keyboard": """
+ noise=quiet :: <Lovely and|Pleasantly> quiet keys, <my colleagues thank me|good for the night>.
- noise=loud :: It is <loud|really loud>, the whole room hears me type.
+ Typing is <comfortable|a pleasure>, the keys are <crisp|precise>.
- backlight=No :: I miss a light under the keys, <disappointing|sadly>.
+ backlight=Yes :: The light under the keys is <lovely|beautiful> in the evening.
- layout=compact :: The small layout is annoying for tables.
""",
    "office-chair": """
+ <Comfortable|Really comfortable> even after <eight hours|a long day>, my back is happy.
+ material=mesh :: The mesh is <nice|pleasant> and cool in summer.
- armrests=fixed :: The fixed armrests are annoying at my desk.
- armrests=none :: Without armrests it is uncomfortable in long meetings.
+ lumbar_support=adjustable :: The lumbar support is excellent once it is set.
- Assembly was <difficult|fiddly>, plan an hour.
""",
    "desk": """
+ height_adjustment=electric :: The motor is quiet and smooth.
- height_adjustment=electric :: It wobbles a little at full height.
+ material=solid oak :: The oak is beautiful<, it smells of wood|>.
+ Assembly was easy with two people.
- Assembly was <difficult|fiddly> alone.
""",
    "headset": """
+ Comfortable for <hours|long calls>, even with glasses.
+ noise_canceling=Yes :: The noise canceling is <excellent|superb> on the train.
- noise_canceling=No :: It does nothing against noise around me, disappointing in the open office.
+ My colleagues say that my voice is clear and the microphone is <great|excellent>.
- mute_key=No :: There is no key to mute it, which is annoying.
+ battery_life>25 :: The battery is <great|fantastic>, I charge it at weekends only.
- The ear cushions get uncomfortable in <warm rooms|summer>.
""",
    "headphones": """
+ noise_canceling=Yes :: The noise canceling is <superb|impressive> on <planes|the bus>.
+ The sound is <rich and warm|wonderful>, I hear new things in old songs.
- design=open-back :: Everybody on the sofa hears my music, which is a problem.
+ weight<230 :: Light and comfortable, I forget that I wear them.
- weight>280 :: They are heavy and get uncomfortable after an hour.
+ battery_life>35 :: The battery is <amazing|excellent>.
- folding=No :: They do not fold, which is annoying in a bag.
""",
    "earbuds": """
+ use=sport :: They stay in place when I run, the fit is perfect.
- battery_life<6.5 :: The battery is <weak|poor> on long flights.
+ battery_life>8 :: The battery is <great|excellent> for something so small.
+ noise_canceling=Yes :: The noise canceling is impressive in the tram.
- noise_canceling=No :: Street noise is a problem, they let it through.
+ The sound is clear and <full|rich>.
- They fell out <twice|once>, the fit is too loose for me.
""",
    "speaker": """
+ The sound is <full|rich> and <warm|clear> for its size.
- The bass is thin and disappointing.
+ water_resistance=IP67 :: Survived <the pool|a rainy weekend> and still sounds great.
+ battery_life>15 :: The battery is excellent, it outlasts every party.
- speaker_type=party :: It is heavy and bulky to carry.
+ speaker_type=pocket :: So small and light that it is always in my bag, lovely.
""",
    "vacuum-robot": """
+ noise<58 :: Surprisingly quiet, I can <read|watch a film> beside it.
- noise>64 :: It is loud, I let it run when I am out.
- navigation=bump sensors :: It bumps into everything, which is annoying.
+ navigation=laser :: It finds every corner reliably.
+ self_emptying=Yes :: Emptying itself is <wonderful|so handy> with two cats.
+ height<85 :: Flat enough for under the sofa, excellent.
- The app is slow and <annoying|fiddly>.
""",
    "coffee-machine": """
+ The coffee is <delicious|excellent>.
- The coffee is <bitter|sour> until you find your setting.
+ milk_frother=Yes :: The milk foam is <perfect|lovely and fine>.
+ heating_time<32 :: It is fast in the morning, ready before I am.
- heating_time>45 :: It takes annoyingly long to heat up.
- machine_type=bean-to-cup :: The grinder is loud early in the morning.
- water_tank<1 :: I fill the small tank every day, annoying.
""",
    "kettle": """
+ power_draw>1700 :: Fast, the water boils before the bread is cut.
- power_draw<1500 :: It is slow when it is full.
+ spout=gooseneck :: It pours beautifully and precisely.
+ temperature_control=Yes :: Setting the temperature is perfect for green tea.
- It is loud just before the water boils.
+ material=glass :: Beautiful to watch the water boil.
""",
    "phone": """
+ battery_capacity>4600 :: The battery is <great|excellent>, still good at bedtime.
- battery_capacity<4100 :: The battery is weak when I navigate.
+ zoom_lens=Yes :: The zoom is superb, I photographed <a heron|the whole team>.
+ The pictures are sharp and <lovely|impressive> in daylight.
- Pictures in the dark are grainy and disappointing.
+ panel=OLED :: The screen is <beautiful|vivid> and bright outside.
- charging_watts<20 :: Charging is slow.
""",
    "tablet": """
+ The screen is sharp and <lovely|beautiful> for reading.
+ battery_life>11 :: The battery is excellent, it survived the holiday drive.
- storage=64 GB :: It was full in a week, the storage is a problem.
+ weight<350 :: Light enough to read in bed, perfect.
- The speakers are thin and disappointing.
""",
    "smartwatch": """
+ battery_life>10 :: The battery is amazing, I forget the charger exists.
- battery_life<3 :: The battery is poor, it is on the charger every evening.
+ gps=Yes :: The distance it measures is accurate on my runs.
- gps=No :: Without GPS it is useless for my runs unless the phone comes along.
+ It is comfortable at night.
- The screen is dim in the sun.
""",
    "printer": """
+ printing_technology=laser :: Text is <crisp|sharp> and the printing is fast.
- printing_technology=inkjet :: The ink is a problem when I print little.
+ duplex=Yes :: Printing on both sides works reliably, excellent.
- duplex=No :: I have to turn every page by hand, annoying.
- The printing is loud, it wakes the dog.
+ Setup was easy, ten minutes with the phone.
- Setup was <difficult|confusing>, it lost the network twice.
""",
    "backpack": """
+ water_repellent=Yes :: Rode home in the rain and everything stayed dry, excellent.
- water_repellent=No :: In heavy rain my papers got wet, disappointing.
+ The straps are comfortable on long walks.
- The zip is <stiff|stuck at times>.
+ luggage_strap=Yes :: It sits on my suitcase perfectly.
""",
    "router": """
+ coverage>190 :: The signal is <stable|reliable> in every room, even upstairs.
- coverage<120 :: The signal is weak in the garden.
+ Setup was easy<, the app explains it well|>.
- Setup was confusing, it took an evening.
""",
    "power-bank": """
+ capacity>15000 :: It is a great battery for a whole weekend outdoors.
- weight>350 :: It is heavy in a jacket.
+ weight<150 :: So light that it lives in my pocket, handy.
- display=No :: I never know how full it is, annoying.
""",
    "desk-lamp": """
+ dimmable=Yes :: Dimming is smooth, lovely for the evening.
- dimmable=No :: I miss a dimmer, it is too bright at night.
+ It looks beautiful on my desk.
- It is wobbly when I move the head.
""",
    "camera": """
+ stabilization=Yes :: Sharp pictures even with my shaky hands, impressive.
- stabilization=No :: My evening pictures are blurry, disappointing.
+ viewfinder=Yes :: The viewfinder is clear and <bright|lovely>.
- viewfinder=No :: In the sun I see little on the screen, annoying.
+ The grip is comfortable.
- The menus are confusing.
""",
}


def with_reviews(products: Sequence[Product], seed: str) -> tuple[Product, ...]:
    """The products, some of them with what buyers wrote; the same at every run."""
    general = read_clauses(_ANYWHERE)
    own = {slug: read_clauses(text) for slug, text in _OF_KINDS.items()}
    used: Counter[str] = Counter()
    return tuple(
        replace(one, reviews=_reviews(one, own[slug_of(one)], general, used, random.Random(f"{seed}:{one.product_id}")))
        if slug_of(one) in own
        else one
        for one in products
    )


def _reviews(
    product: Product, own: Sequence[Clause], general: Sequence[Clause], used: Counter[str], rng: random.Random
) -> tuple[str, ...]:
    if product.rating is None or not product.rating_count or rng.random() > _SHARE:
        return ()
    facts = {name: list(values) for name, values in product.attributes.items()}
    # The more stars, the more of the buyers praise: 3 stars give about two in five, 4.5 nine in ten.
    praises = min(0.92, max(0.1, (product.rating - 2) / 2.8))
    told: list[str] = []
    left = list(own)
    for _ in range(min(rng.randint(1, _MOST), product.rating_count)):
        part = "+" if rng.random() < praises else "-"
        found = _sentence(left, part, facts, used, rng)
        if found is None:
            continue
        # No two buyers of one product write of the same thing in the same words.
        said, clause = [found[0]], found[1]
        left.remove(clause)
        more = _sentence(general, rng.choice(f"{part}*"), facts, used, rng) if rng.random() < 0.5 else None
        if more is not None:
            said.append(more[0])
        told.append(" ".join(said if rng.random() < 0.7 else reversed(said)))
    return tuple(told)


def _sentence(
    clauses: Sequence[Clause], part: str, facts: Mapping[str, list[str]], used: Counter[str], rng: random.Random
) -> tuple[str, Clause] | None:
    """A sentence of the part that holds of the facts, one that was used least, and its clause; None without any."""
    told = [
        (fill(one.sentence, facts, rng), one) for one in clauses if one.part == part and holds(one.condition, facts)
    ]
    fresh = [(text, one) for text, one in told if used[text] < _USED]
    if not fresh:
        return None
    chosen = min(fresh, key=lambda one: (used[one[0]], rng.random()))
    used[chosen[0]] += 1
    return chosen
