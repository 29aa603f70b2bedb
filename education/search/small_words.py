"""Words that say little or nothing by themselves, and numbers that are written out."""

_ENGLISH = """
a about am an and any are as at be been being but by can could did
didnt do does doing for from get had has have having he
her hes him his how i id if ill im in into is it its ive me my myself of on or our
shes should so some than that thats the their them then there theres these they
theyre theyve this those to us was we were what whats when where wheres
which while who whom whos whose why will with would you your youre
"""
_SPANISH = """
a al algo como con cual cuales cuando de del desde donde durante e el ella ellas ellos
en entre era eres es esa ese eso esta estan estar este esto estoy fue ha hay he la las
le les lo los me mi mis muy ni o para pero por porque puede puedo que quien se ser si
sin sobre son soy su sus tener tengo tiene tu tus u un una unas uno unos y ya yo
"""
#: Little words: a query is matched without them, unless it holds nothing else.
LITTLE_WORDS = {
    "en": frozenset(_ENGLISH.split()),
    "es": frozenset(_SPANISH.split()),
}

_LIGHT_ENGLISH = """
again alexa all always anybody anyone anything because become best better both came
come constantly cos cuz different each easy else even ever every everything far
feel feels feeling few find forever getting gets give gives go goes going gone
good gonna google got great happen happened happens happening help hey hi hurry just
keep keeps kept kind kinda know like likely little look looking lot lots made
make makes making many may maybe mean means might more most much must need needs
never new no nobody not now often ok okay one ones only other others people
person please possible probably put really right said same say says see seem
seems she siri somebody someone something sometimes somewhere still such suddenly
sure take takes taking talk tell thank thanks
thing things think too try trying until up upon use used using usually versus very vs
wanna want wants way ways well went whenever whether without wonder
wondering work works worst yes yet
"""
_LIGHT_SPANISH = """
ahora algun alguna alguien ayuda bien algo bueno cada cosa cosas creo dar decir debo
dice hace hacer hacia hago luego mas mejor menos misma mismo mucha mucho muchas
muchos nada necesito nunca otra otro otras otros pasa poco puede pueden quiero
sabe saber sea siempre siento solo tan tanto todo todos toda todas tomar vez
"""
#: Words that say a little: they count, but a page need not hold them.
LIGHT_WORDS = {
    "en": frozenset(_LIGHT_ENGLISH.split()),
    "es": frozenset(_LIGHT_SPANISH.split()),
}

_NUMBERS = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
}
#: A number that is written out is the same word as its figures.
NUMBER_WORDS = {
    language: {word: str(number) for number, word in enumerate(words.split(), start=2)}
    for language, words in _NUMBERS.items()
}

_NOT = """
arent cannot cant couldnt didnt doesnt dont hadnt hasnt havent isnt mustnt shouldnt
wasnt werent wont wouldnt
"""
#: Words that say the same as another one and are taken for it.
SAME_WORDS = {
    language: numbers | (dict.fromkeys(_NOT.split(), "not") if language == "en" else {})
    for language, numbers in NUMBER_WORDS.items()
}
