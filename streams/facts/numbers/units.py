"""Units of measurement and money: how they are printed, and the one name that each has here."""

import re

# ISO 4217 codes that news text prints beside amounts.
CURRENCY_CODES = frozenset(
    """USD EUR GBP JPY CHF CNY RMB INR AUD CAD NZD HKD SGD SEK NOK DKK ISK PLN CZK HUF RON BGN RUB UAH TRY ILS EGP
    ZAR NGN KES GHS BRL MXN ARS CLP COP PEN KRW TWD THB IDR MYR PHP VND PKR BDT LKR AED SAR QAR KWD BHD OMR JOD
    IQD IRR KZT GEL KGS UZS TJS AZN AMD BYN MDL RSD BAM TND DZD ETB TZS UGX RWF XAF XOF NPR AFN SYP LBP BOB PYG
    UYU CRC GTQ HNL DOP JMD TTD BSD FJD PGK""".split()
)
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₴": "UAH",
           "₦": "NGN", "₪": "ILS"}  # fmt: skip
DOLLARS = {"US": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD", "NZ": "NZD", "HK": "HKD", "S": "SGD",
           "NT": "TWD", "R": "BRL", "MX": "MXN"}  # fmt: skip
PREFIXES = {"Rs": "INR", "Rs.": "INR", "Rp": "IDR", "RM": "MYR", "R": "ZAR", "kr": "krone"}

PREFIXES |= {code: "CNY" if code == "RMB" else code for code in CURRENCY_CODES}

# Unit → the forms in which it is printed. Words of money that several countries use keep the word as the unit.
_FORMS = {
    "%": ("%", "percent", "per cent", "pct", "per-cent"),
    "pp": ("percentage points", "percentage point", "percentage-point", "pp", "ppt"),
    "bp": ("basis points", "basis point", "basis-point", "bps", "bp"),
    "USD": ("dollars", "dollar", "US dollars", "US dollar", "U.S. dollars", "U.S. dollar", "bucks"),
    "AUD": ("Australian dollars",),
    "CAD": ("Canadian dollars",),
    "NZD": ("New Zealand dollars",),
    "HKD": ("Hong Kong dollars",),
    "EUR": ("euros", "euro"),
    "GBP": ("pounds", "pounds sterling", "sterling"),
    "penny": ("pence", "penny", "p"),
    "cent": ("cents", "cent", "c"),
    "JPY": ("yen",),
    "CNY": ("yuan", "renminbi"),
    "INR": ("rupees", "rupee"),
    "KRW": ("won",),
    "RUB": ("roubles", "rubles", "rouble", "ruble"),
    "UAH": ("hryvnias", "hryvnia"),
    "TRY": ("lira", "liras"),
    "ILS": ("shekels", "shekel", "sheqels"),
    "CHF": ("Swiss francs", "Swiss franc"),
    "PLN": ("zlotys", "zloty"),
    "HUF": ("forints", "forint"),
    "BRL": ("reais",),
    "ZAR": ("rand",),
    "NGN": ("naira",),
    "SEK": ("Swedish crowns", "Swedish kronor"),
    "NOK": ("Norwegian crowns", "Norwegian kroner"),
    "DKK": ("Danish crowns", "Danish kroner"),
    "CZK": ("Czech crowns",),
    "crown": ("crowns", "crown"),
    "krone": ("kroner", "krone", "kronor", "krona"),
    "franc": ("francs", "franc"),
    "peso": ("pesos", "peso"),
    "dinar": ("dinars", "dinar"),
    "dirham": ("dirhams", "dirham"),
    "riyal": ("riyals", "riyal", "rials", "rial"),
    "shilling": ("shillings", "shilling"),
    "km": ("km", "kms", "kilometres", "kilometers", "kilometre", "kilometer"),
    "m": ("m", "metres", "meters", "metre", "meter"),
    "cm": ("cm", "centimetres", "centimeters", "centimetre", "centimeter"),
    "mm": ("mm", "millimetres", "millimeters", "millimetre", "millimeter"),
    "mi": ("miles", "mile", "mi"),
    "nmi": ("nautical miles", "nautical mile"),
    "yd": ("yards", "yard", "yd"),
    "ft": ("feet", "foot", "ft"),
    "in": ("inches", "inch"),
    "km²": ("square kilometres", "square kilometers", "square kilometre", "square kilometer", "sq km", "sq. km",
            "km2", "km²"),
    "m²": ("square metres", "square meters", "square metre", "square meter", "sq m", "m2", "m²"),
    "mi²": ("square miles", "square mile", "sq mi", "sq. mi"),
    "ft²": ("square feet", "square foot", "sq ft", "sq. ft"),
    "acre": ("acres", "acre"),
    "ha": ("hectares", "hectare", "ha"),
    "g": ("g", "grams", "gram", "grammes"),
    "kg": ("kg", "kgs", "kilograms", "kilogram", "kilos", "kilo", "kilogrammes"),
    "mg": ("mg", "milligrams", "milligram"),
    "t": ("tonnes", "tonne", "metric tons", "metric tonnes"),
    "ton": ("tons", "ton"),
    "lb": ("lb", "lbs", "lb."),
    "oz": ("oz", "ounces", "ounce"),
    "l": ("litres", "liters", "litre", "liter"),
    "ml": ("ml", "millilitres", "milliliters"),
    "gal": ("gallons", "gallon"),
    "barrel": ("barrels", "barrel", "bpd"),
    "m³": ("cubic metres", "cubic meters", "m3", "m³"),
    "ft³": ("cubic feet",),
    "°C": ("°C", "° C", "℃", "degrees Celsius", "degree Celsius", "degrees centigrade", "C"),
    "°F": ("°F", "° F", "℉", "degrees Fahrenheit", "degree Fahrenheit", "F"),
    "degree": ("degrees", "degree", "°"),
    "km/h": ("km/h", "kmh", "kph", "km per hour", "kilometres per hour", "kilometers per hour", "kilometres an hour",
             "kilometers an hour", "km an hour"),
    "mph": ("mph", "miles per hour", "miles an hour"),
    "kt": ("knots", "knot"),
    "m/s": ("m/s", "metres per second", "meters per second"),
    "W": ("watts", "watt"),
    "kW": ("kW", "kilowatts"),
    "MW": ("MW", "megawatts", "megawatt"),
    "GW": ("GW", "gigawatts", "gigawatt"),
    "kWh": ("kWh", "kilowatt hours", "kilowatt-hours"),
    "MWh": ("MWh", "megawatt hours", "megawatt-hours"),
    "TWh": ("TWh", "terawatt hours", "terawatt-hours"),
    "MB": ("MB", "megabytes"),
    "GB": ("GB", "gigabytes"),
    "TB": ("TB", "terabytes"),
    "magnitude": ("magnitude",),
}  # fmt: skip
_TIME_FORMS = {
    "second": ("seconds", "second", "secs", "sec"),
    "minute": ("minutes", "minute", "mins", "min"),
    "hour": ("hours", "hour", "hrs", "hr"),
    "day": ("days", "day"),
    "week": ("weeks", "week"),
    "fortnight": ("fortnights", "fortnight"),
    "month": ("months", "month"),
    "year": ("years", "year", "yrs", "yr"),
    "decade": ("decades", "decade"),
    "century": ("centuries", "century"),
}
TIME_UNITS = frozenset(_TIME_FORMS)
CURRENCIES = CURRENCY_CODES | frozenset("crown krone franc peso dinar dirham riyal shilling penny cent".split())
UNIT_OF_FORM = {form: unit for unit, forms in (_FORMS | _TIME_FORMS).items() for form in forms}
UNIT_OF_FORM |= {code: "CNY" if code == "RMB" else code for code in CURRENCY_CODES}
_BY_LENGTH = sorted(UNIT_OF_FORM, key=len, reverse=True)
_ENDS_IN_LETTER = "|".join(re.escape(form) for form in _BY_LENGTH if form[-1].isalnum())
_ENDS_IN_SIGN = "|".join(re.escape(form) for form in _BY_LENGTH if not form[-1].isalnum())
UNIT_AFTER = re.compile(rf"[\s\u00a0-]?(?P<form>(?:{_ENDS_IN_LETTER})\b(?!['’]s?\b(?!\s?worth))|(?:{_ENDS_IN_SIGN}))")

# "25 Namibian dollars": the unit is "Namibian dollar"; the best known have a code in _FORMS.
_KNOWN_MONEY = "|".join(form for form in UNIT_OF_FORM if form[0].isupper() and " " in form)
FOREIGN_MONEY = re.compile(
    rf"\s(?!(?:{_KNOWN_MONEY})\b)(?:[Nn]ew\s)?(?P<country>[A-Z][a-z]+(?:\s(?:and\s)?[A-Z][a-z]+){{0,2}})"
    r"\s(?P<word>dollar|pound|franc|peso|rupee|dinar|crown|shilling|rial|real|lira|shekel|sheqel|[Ff]orint)s?\b"
)

_DIMENSIONS = {
    "money": CURRENCIES,
    "length": "km m cm mm mi nmi yd ft in".split(),
    "area": "km² m² mi² ft² acre ha".split(),
    "weight": "g kg mg t ton lb oz".split(),
    "volume": "l ml gal barrel m³ ft³".split(),
    "temperature": "°C °F degree".split(),
    "speed": "km/h mph kt m/s".split(),
    "time": TIME_UNITS,
    "power": "W kW MW GW".split(),
    "energy": "kWh MWh TWh".split(),
    "data": "MB GB TB".split(),
}
DIMENSION = {unit: dimension for dimension, units in _DIMENSIONS.items() for unit in units}


def as_told(unit: str | None) -> str:
    """The unit by which amounts are compared: few texts say which ton they mean."""
    return "t" if unit == "ton" else unit or ""
