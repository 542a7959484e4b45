"""Kinds of the living room: televisions and what hangs on them, consoles, controllers and games."""

from index.demo.kinds import Draft, Draw, Kind

# Maker -> gaming platform. One platform is a handheld.
PLATFORMS = {"Kaldrum": "Kaldrum Forge", "Playvane": "Playvane Spin", "Nimbrel": "Nimbrel Drift"}


def tv(d: Draw) -> Draft:
    size = d.one("32|43|50|55|55|65|75")
    small = int(size) < 40
    panel = "LED" if small or d.brand.name == "Reelby" else d.one("LED|QLED|QLED|OLED")
    refresh = "60" if panel == "LED" else d.one("100|120|144")
    vesa = {"32": "100x100 mm", "43": "200x200 mm", "50": "200x200 mm", "75": "400x400 mm"}.get(size, "300x300 mm")
    sockets = d.one("2|3") if panel == "LED" else d.one("3|4")
    model = d.model("Panorama|Matinee|Balcony|Proscenium|Skylight|Foyer", "RT")
    resolution = "1366x768" if small else "3840x2160"
    ports = ["HDMI", "USB-A", "Ethernet"] + (["optical audio"] if d.chance(0.7) else [])
    return Draft(
        f"{model} {size} in {panel} {'HD' if small else '4K'} TV, {refresh} Hz",
        {"32": 130, "43": 220, "50": 290, "55": 380, "65": 560, "75": 850}[size]
        * {"LED": 1, "QLED": 1.45, "OLED": 2.1}[panel]
        + int(refresh) * 0.5,
        {
            "model": model,
            "screen_size": f"{size} in",
            "panel": panel,
            "resolution": resolution,
            "refresh_rate": f"{refresh} Hz",
            "ports": ports,
            "hdmi_sockets": sockets,
            "vesa_mount": vesa,
            "hdmi_speed": "48 Gbit/s" if int(refresh) > 100 else "18 Gbit/s",
            "weight": f"{float(size) ** 1.45 / 19:.1f} kg",
            "color": d.one("Black|Black|Gray"),
        },
    )


def tv_mount(d: Draw) -> Draft:
    size, vesa, load = d.rng.choice(
        (
            ("43 in", ["100x100 mm", "200x200 mm"], 20),
            ("55 in", ["100x100 mm", "200x200 mm", "300x300 mm"], 30),
            ("65 in", ["200x200 mm", "300x300 mm", "400x400 mm"], 40),
            ("80 in", ["200x200 mm", "300x300 mm", "400x400 mm"], 55),
        )
    )
    form = d.one("fixed|tilting|full motion|full motion")
    model = d.model("Bracket|Ledge|Corbel|Buttress", "TM")
    return Draft(
        f"{model} {form.title()} TV Wall Mount, up to {size}",
        16 + load * 0.6 + {"fixed": 0, "tilting": 10, "full motion": 38}[form],
        {
            "model": model,
            "mount_type": form,
            "vesa_mount": vesa,
            "screen_size_max": size,
            "max_load": f"{load} kg",
            "wall_distance": {"fixed": "2.5 cm", "tilting": "5 cm", "full motion": "6 to 45 cm"}[form],
            "spirit_level": d.one("Yes|No"),
            "color": "Black",
        },
    )


def soundbar(d: Draw) -> Draft:
    sub = d.chance(0.5)
    channels = d.one("2.0|3.0") if not sub else d.one("2.1|3.1|5.1")
    links = ["HDMI eARC", *d.some("optical audio|Bluetooth|Wi-Fi", 1, 3)]
    width = d.one("58|75|90|105")
    model = d.model("Legato|Overture|Aria|Refrain|Encore", "SB")
    return Draft(
        f"{model} Soundbar {channels}" + (" with subwoofer" if sub else ""),
        62 + int(width) * 0.9 + (95 if sub else 0) + {"5": 150, "3": 50}.get(channels[0], 0),
        {
            "model": model,
            "channels": channels,
            "connection": links,
            "subwoofer": "separate" if sub else "none",
            "width": f"{width} cm",
            "power": f"{int(width) * (3 if sub else 1)} W",
            "dialogue_mode": d.one("Yes|Yes|No"),
            "color": d.one("Black|Black|Gray|White"),
        },
    )


def streaming_stick(d: Draw) -> Draft:
    resolution = d.one("1920x1080|3840x2160|3840x2160")
    voice, socket = d.chance(0.5), d.chance(0.25)
    model = d.model("Usher|Trailer|Marquee|Lobby", "ST")
    return Draft(
        f"{model} Streaming {'Box' if socket else 'Stick'}, {'4K' if resolution[0] == '3' else 'full HD'}"
        + (", voice remote" if voice else ""),
        26 + (18 if resolution[0] == "3" else 0) + (8 if voice else 0) + (22 if socket else 0),
        {
            "model": model,
            "resolution": resolution,
            "connector": "HDMI",
            "connection": ["Wi-Fi", "Ethernet"] if socket else ["Wi-Fi"],
            "voice_remote": "Yes" if voice else "No",
            "storage": d.one("8 GB|16 GB"),
            "color": "Black",
        },
    )


def console(d: Draw) -> Draft:
    platform = PLATFORMS[d.brand.name]
    handheld = d.brand.name == "Nimbrel"
    storage, extra = d.rng.choice((("512 GB", 0), ("1 TB", 80), ("2 TB", 170)))
    edition = d.one("Standard|Slim|Pro|Digital")
    model = f"{platform.split()[1]} {edition}"
    if model + storage in d.taken:
        model = f"{model} {d.one('Midnight|Coral|Frost|Meadow|Dune')} Edition"
    d.taken.add(model + storage)
    disc = not handheld and "Digital" not in edition
    slot: dict[str, str | list[str]] = (
        {"storage_slot": "M.2 2280 NVMe"} if not handheld else {"memory_card_type": "microSD"}
    )
    return Draft(
        f"{model} {'Handheld ' if handheld else ''}Game Console, {storage}",
        {"Kaldrum": 400, "Playvane": 270, "Nimbrel": 340}[d.brand.name]
        + extra
        + {"Pro": 140, "Digital": -50}.get(edition, 0),
        {
            "model": model,
            "platform": platform,
            "storage": storage,
            **slot,
            "disc_drive": "Yes" if disc else "No",
            "form_factor": "handheld" if handheld else "for the TV",
            "ports": ["USB-C"] if handheld else ["HDMI", "USB-A", "Ethernet"],
            "resolution": "1920x1080" if handheld else "3840x2160",
            "controllers_included": "0" if handheld else d.one("1|1|2"),
            "battery_life": f"{d.rng.randint(3, 8)} h" if handheld else "none",
            "color": d.one("Black|White|Red|Blue"),
        },
    )


def controller(d: Draw) -> Draft:
    own = d.brand.name in PLATFORMS
    platforms = [PLATFORMS[d.brand.name]] if own else d.some("|".join(PLATFORMS.values()), 1, 2)
    pc = d.chance(0.6)
    form = d.one("gamepad|gamepad|gamepad|racing wheel|arcade stick")
    wireless = form == "gamepad" and d.chance(0.75)
    paddles = form == "gamepad" and d.chance(0.3)
    model = d.model("Grip|Talon|Rudder|Palm|Gauntlet", "GC")
    return Draft(
        f"{model} {'Wireless' if wireless else 'Wired'} {form.title()} for {' and '.join(platforms)}",
        {"gamepad": 32, "racing wheel": 145, "arcade stick": 85}[form]
        + (18 if wireless else 0)
        + (38 if paddles else 0),
        {
            "model": model,
            "platform": platforms + (["PC"] if pc else []),
            "controller_type": form,
            "connection": ["Bluetooth", "USB cable"] if wireless else ["USB cable"],
            "back_paddles": "Yes" if paddles else "No",
            "battery_life": f"{d.rng.randint(12, 40)} h" if wireless else "none",
            "color": d.one("Black|White|Red|Blue|Green|Purple"),
        },
    )


_FIRST = "Salt|Hollow|Copper|Paper|Winter|Iron|Velvet|Crooked|Last|Silent|Amber|Rusty|Moth|Cinder|Tidal|Little"
_SECOND = (
    "Harbor|Orchard|Circuit|Kingdom|Lighthouse|Garage|Carnival|Signal|Valley|Parade|Station|Ledger|Frontier|Kitchen"
)


def game(d: Draw) -> Draft:
    platform = list(PLATFORMS.values())[d.number % 3]
    genre = d.one("racing|puzzle|adventure|role-playing|strategy|party|platformer|shooter|farming|sports")
    for _ in range(50):
        name = f"{d.one(_FIRST)} {d.one(_SECOND)}"
        if name not in d.taken:
            break
    d.taken.add(name)
    age = (
        d.one("16|18")
        if genre == "shooter"
        else d.one("3|7|12")
        if genre not in ("role-playing", "strategy")
        else d.one("7|12|16")
    )
    players = {"party": d.one("1 to 4|1 to 8"), "racing": "1 to 4", "sports": "1 to 4"}.get(genre, d.one("1|1|1 to 2"))
    download = d.chance(0.35)
    hours = {"party": 10, "puzzle": 12, "role-playing": 60, "strategy": 40, "farming": 50}.get(
        genre, 18
    ) + d.rng.randint(0, 14)
    return Draft(
        f"{name}, {genre} game for {platform}" + (", download code" if download else ""),
        18 + hours * 0.5 + (12 if genre in ("shooter", "role-playing") else 0),
        {
            "model": name,
            "platform": platform,
            "genre": genre,
            "age_rating": f"{age}+",
            "players": players,
            "online_play": "Yes" if genre in ("shooter", "racing", "sports") or d.chance(0.2) else "No",
            "playing_time": f"{hours} h",
            "format": "download code" if download else "disc or card",
        },
    )


KINDS = (
    Kind(
        "tv",
        "TV & Home Cinema > Televisions",
        32,
        "Vistrell|Halcyra|Reelby|Brindor",
        tv,
        """
+ screen_size=32 in :: A small TV for kitchens, bedrooms and caravans.
+ screen_size>40 & screen_size<52 :: A {screen_size:inch} TV for rooms that are also used for living.
+ screen_size>52 & screen_size<70 :: A {screen_size:inch} TV that makes Friday night an event.
+ screen_size=75 in :: A screen of {screen_size:n} inches, for people who used to go to the cinema.
+ panel=OLED :: OLED means black that is black, and this one shows it.
+ panel=QLED :: A bright set for rooms with large windows.
+ panel=LED :: A sensible TV for news, series and the odd match.
* refresh_rate>110 :: Consoles and sports run smoothly at {refresh_rate}.
* hdmi_sockets=4 :: Four HDMI sockets take console, player, box and soundbar.
* hdmi_sockets=3 :: There are three HDMI sockets.
* vesa_mount :: A wall mount needs {vesa_mount} holes.
* ports~optical audio :: An optical output feeds older sound systems.
* resolution=3840x2160 :: The 4K picture stays sharp from close up.
* panel=OLED :: The picture is right from every seat.
* weight<12 :: At {weight} one person can hang it up.
* Switching it on takes three seconds.
* The remote has real keys for the things you use.
* It pauses live television if a USB drive is attached.
- panel=LED :: In dark scenes the black looks gray.
- refresh_rate=60 Hz :: Fast games could be smoother.
- hdmi_sockets=2 :: Two HDMI sockets are soon taken.
- screen_size=75 in :: Two people should carry it.
- resolution=1366x768 :: It is not sharp enough to sit close to.
- panel=OLED :: In bright sun a QLED set is easier to see.
- The built-in speakers are no more than adequate.
""",
    ),
    Kind(
        "tv-mount",
        "TV & Home Cinema > TV Wall Mounts",
        20,
        "Gantrey|Vistrell|Zellmark",
        tv_mount,
        """
+ mount_type=fixed :: A flat mount that hangs the TV like a picture.
+ mount_type=tilting :: A mount that tilts the TV down towards the bed or sofa.
+ mount_type=full motion :: An arm that turns the TV to wherever you are cooking.
+ mount_type=full motion :: Pull it out, turn it, and push it back after the film.
+ It gets the TV off the sideboard and away from small hands.
* vesa_mount :: It suits hole patterns of {vesa_mount}.
* max_load>35 :: It carries up to {max_load}.
* max_load<35 :: It carries up to {max_load}, enough for modern sets.
* wall_distance :: The TV stands {wall_distance} from the wall.
* screen_size_max :: Sets of up to {screen_size_max:n} inches are allowed.
* spirit_level=Yes :: A small level is included.
* A paper template shows where to drill.
* Clips hold the cables out of sight.
- mount_type=fixed :: Once hung, it cannot be turned.
- mount_type=full motion :: The arm wants a solid wall, not plasterboard.
- mount_type=tilting :: It tilts but does not swivel.
- spirit_level=No :: Bring your own level.
- screen_size_max=43 in :: Larger sets are beyond it.
""",
    ),
    Kind(
        "soundbar",
        "TV & Home Cinema > Soundbars",
        20,
        "Vistrell|Halcyra|Lowbeck|Tonwald",
        soundbar,
        """
+ subwoofer=none :: A slim bar that gives a TV the voice it lacks.
+ subwoofer=none :: Better sound without boxes in every corner.
+ subwoofer=separate :: Bar and subwoofer turn an action film into weather.
+ channels=5.1 :: Surround sound that comes from a single bar and a bass box.
+ width<80 :: A short bar for smaller sets and for desks.
* dialogue_mode=Yes :: A mode for dialogue lifts voices out of the noise.
* connection=Bluetooth :: Bluetooth lets a phone play music.
* connection=Wi-Fi :: Music can also be streamed over Wi-Fi.
* connection=optical audio :: The optical input suits older sets.
* subwoofer=separate :: The subwoofer finds the bar without a wire.
* width>85 :: At {width} it matches TVs from 50 inches.
* width<80 :: It is only {width} wide.
* channels=3.0 :: A center channel keeps speech on the screen.
* One HDMI cable is all it takes to connect it.
* The TV's remote sets the volume.
- subwoofer=none :: Explosions are polite without a subwoofer.
- subwoofer=separate :: The subwoofer needs a socket and a corner.
- dialogue_mode=No :: There is no special mode for voices.
- connection!=Wi-Fi :: It cannot join the Wi-Fi.
- channels=2.0 :: There is no real surround.
""",
    ),
    Kind(
        "streaming-stick",
        "TV & Home Cinema > Streaming Players",
        18,
        "Reelby|Vistrell|Halcyra",
        streaming_stick,
        """
+ connection!=Ethernet :: A stick that makes an old TV smart again.
+ connection!=Ethernet :: Plug it in at the back and forget that it exists.
+ connection=Ethernet :: A little box for films that never stutter.
+ For TVs whose own menu has become slow.
+ resolution=3840x2160 :: Films in 4K for a set that lacks the apps.
+ resolution=1920x1080 :: A cheap and cheerful player for the second set.
* voice_remote=Yes :: You can say the title instead of typing it.
* voice_remote=No :: The remote has nine keys and no microphone.
* connection=Ethernet :: A network socket is on the back.
* storage=16 GB :: {storage} has room for games and apps.
* storage=8 GB :: {storage} holds the apps most people use.
* It follows you to hotels and holiday flats.
* The remote also turns the TV on and sets the volume.
* Each person gets a list of their own.
- resolution=1920x1080 :: It stops at full HD.
- connection!=Ethernet :: It relies on Wi-Fi alone.
- storage=8 GB :: Large games do not fit.
- voice_remote=No :: Titles have to be typed with arrow keys.
- It wants a USB socket for power.
""",
    ),
    Kind(
        "console",
        "Gaming > Game Consoles",
        18,
        "Kaldrum|Playvane|Nimbrel",
        console,
        """
+ platform=Kaldrum Forge :: A powerful console for the big screen and big games.
+ platform=Kaldrum Forge :: The machine for players who read frame rates.
+ platform=Playvane Spin :: A console for families and everyone on the sofa.
+ platform=Playvane Spin :: Bright games, short waits, four players.
+ platform=Nimbrel Drift :: A handheld console for trains and top bunks.
+ platform=Nimbrel Drift :: A whole evening of games in both hands.
* storage=2 TB :: {storage} holds a large collection.
* storage=512 GB :: {storage} holds a dozen large games.
* storage=1 TB :: {storage} is a comfortable middle.
* disc_drive=Yes :: The drive plays games and films on disc.
* storage_slot :: A slot takes a further {storage_slot} drive.
* memory_card_type :: A microSD card adds room for games.
* controllers_included=2 :: Two gamepads are in the box.
* battery_life>6 :: It plays for up to {battery_life}.
* form_factor=for the TV :: It plays in 4K on the TV.
* Parents can set limits for time and money.
* It only runs {platform} games.
- disc_drive=No & form_factor=for the TV :: There is no disc drive.
- controllers_included=1 :: A second gamepad costs extra.
- battery_life<6 & form_factor=handheld :: After {battery_life} it wants a socket.
- storage=512 GB :: New games are large, so the space goes fast.
- platform=Kaldrum Forge :: It is large and does not fit every shelf.
""",
    ),
    Kind(
        "controller",
        "Gaming > Game Controllers",
        24,
        "Kaldrum|Playvane|Nimbrel|Ostrell|Pellwin",
        controller,
        """
+ controller_type=gamepad :: A gamepad for {platform}.
+ controller_type=gamepad :: The second gamepad that ends the quarrels.
+ controller_type=racing wheel :: A wheel with pedals, for late braking.
+ controller_type=arcade stick :: A heavy stick for fighters and old classics.
+ back_paddles=Yes :: A pad for players who never want to lift a thumb.
* platform=PC :: It works on the PC as well.
* connection=Bluetooth :: It is wireless, and a cable steps in when it is empty.
* battery_life>25 :: {battery_life} of play fit into a charge.
* battery_life<26 :: It plays for {battery_life} per charge.
* back_paddles=Yes :: Paddles on the back can be given any key.
* controller_type=racing wheel :: The wheel pushes back in bends.
* controller_type=arcade stick :: Stick and buttons can be replaced.
* platform :: It is made for {platform}.
* controller_type=gamepad :: The sticks do not drift, even after long use.
* controller_type=gamepad :: The grips are rough and do not get slippery.
* color=Purple :: The purple is half transparent.
- battery_life=none :: It has a cable.
- platform!=PC :: It does not work with a PC.
- back_paddles=No & controller_type=gamepad :: There are no paddles on the back.
- controller_type=racing wheel :: It needs a table and a firm clamp.
- controller_type=arcade stick :: For shooters it is of no use.
""",
    ),
    Kind(
        "game",
        "Gaming > Video Games",
        54,
        "Thistlejack|Lanternfold|Ninth Gull|Playvane|Kaldrum",
        game,
        """
+ genre=racing :: Small cars, tight bends and a shortcut that you find on the ninth lap.
+ genre=racing :: A racing game in which the weather is your worst opponent.
+ genre=puzzle :: Quiet puzzles that you carry around in your head all day.
+ genre=adventure :: A story about a coast, a letter and somebody who never came back.
+ genre=adventure :: You talk, look and listen, and slowly the town opens up.
+ genre=role-playing :: A long journey with four companions who do not like each other.
+ genre=strategy :: Build a town, lose it to the winter, and build it better.
+ genre=party :: Short contests for a loud evening.
+ genre=party :: Nobody needs to explain the rules, because there hardly are any.
+ genre=platformer :: Run, jump, fall, laugh, try again.
+ genre=platformer :: A fox, a bell and two hundred ledges.
+ genre=shooter :: A quick shooter with small maps and short rounds.
+ genre=shooter :: Teams of five fight over a station in the ice.
+ genre=farming :: Plant, water, make friends and forget the time.
+ genre=sports :: Street football with walls, walls and more walls.
* platform :: It runs on {platform}.
* playing_time>40 :: It keeps you busy for about {playing_time}.
* playing_time<25 :: After some {playing_time} the end titles roll.
* players=1 to 4 :: Up to four people play on one screen.
* players=1 to 8 :: Up to eight people can join.
* players=1 to 2 :: A second player may join at any time.
* online_play=Yes :: You can play against others online.
* age_rating=3+ :: Children from three can follow it.
* age_rating=12+ :: It is rated {age_rating}.
* age_rating=7+ :: The humor suits children from seven and their parents.
* format=download code :: The box holds a code to download it.
* format=disc or card :: You can lend it to a friend when you are done.
* Three levels of difficulty can be changed on the way.
* Every key can be reassigned.
* The music alone is worth the evening.
- players=1 :: It is for one player only.
- online_play=No :: There is no online play.
- format=download code :: A code cannot be sold on.
- age_rating=18+ :: It is bloody and for adults.
- playing_time<18 :: Quick players finish it in a weekend.
- playing_time>60 :: The first two hours are slow.
""",
    ),
)
