"""What Strava's bulk export calls things, in English, Spanish, Dutch, German, French, Italian and Portuguese.

The export speaks the language of the account, headers and values alike. Words are compared in their `plain` form.
"""

import unicodedata
from enum import StrEnum

_ACCENTS = {chr(code) for code in range(0x300, 0x370)}


class Column(StrEnum):
    """The columns that are read; the others are not looked at."""

    ID = "activity id"
    DATE = "activity date"
    NAME = "activity name"
    SPORT_TYPE = "sport type"
    ACTIVITY_TYPE = "activity type"
    FILENAME = "filename"
    FROM_UPLOAD = "from upload"
    ELAPSED = "elapsed time"
    MOVING = "moving time"
    SHOWN_DISTANCE = "distance, as shown"
    DISTANCE = "distance"
    SPEED = "average speed"
    CLIMB = "elevation gain"
    AVERAGE_HEARTRATE = "average heart rate"
    MAX_HEARTRATE = "max heart rate"
    CADENCE = "average cadence"
    EXERTION = "perceived exertion"
    COMPETITION = "competition"
    LONG_RUN = "long run"


def plain(text: str) -> str:
    """Small letters and digits without accents and punctuation, so that spellings of one word agree."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char if char.isalnum() else " " for char in letters if char not in _ACCENTS).split())


# The best name first: "Type" is the sport in exports of 2018, and something else in those of today.
_HEADERS: dict[Column, str] = {
    Column.ID: "Activity ID|ID de actividad|ID de la actividad|Activiteits-ID|Aktivitäts-ID|ID de l'activité"
    "|ID attività|ID da atividade|id",
    Column.DATE: "Activity Date|Fecha de la actividad|Datum van activiteit|Aktivitätsdatum|Date de l'activité"
    "|Data dell'attività|Data da atividade|date",
    Column.NAME: "Activity Name|Nombre de la actividad|Naam activiteit|Naam van activiteit|Name der Aktivität"
    "|Nom de l'activité|Nome attività|Nome dell'attività|Nome da atividade|name",
    Column.SPORT_TYPE: "Sport Type",
    Column.ACTIVITY_TYPE: "Activity Type|Tipo de actividad|Activiteitstype|Aktivitätsart|Type d'activité"
    "|Tipo attività|Tipo di attività|Tipo de atividade|type",
    Column.FILENAME: "Filename|Nombre de archivo|Nombre del archivo|Bestandsnaam|Dateiname|Nom du fichier"
    "|Nome del file|Nome do arquivo|Nome do ficheiro",
    Column.FROM_UPLOAD: "From Upload|Von Upload",
    Column.ELAPSED: "Elapsed Time|Tiempo transcurrido|Verstreken tijd|Verstrichene Zeit|Temps écoulé"
    "|Tempo trascorso|Tempo decorrido",
    Column.MOVING: "Moving Time|Tiempo en movimiento|Beweegtijd|Bewegungszeit|Durée de déplacement"
    "|Tempo in movimento|Tempo de movimentação|Tempo em movimento",
    Column.DISTANCE: "Distance|Distancia|Afstand|Distanz|Distanza|Distância",
    Column.SPEED: "Average Speed|Velocidad promedio|Velocidad media|Gemiddelde snelheid"
    "|Durchschnittliche Geschwindigkeit|Vitesse moyenne|Velocità media|Velocidade média",
    Column.CLIMB: "Elevation Gain|Desnivel positivo|Totale stijging|Hoogtewinst|Höhenzunahme|Dénivelé positif"
    "|Dislivello|Aumento di quota|Ganho de elevação",
    Column.AVERAGE_HEARTRATE: "Average Heart Rate|Ritmo cardíaco promedio|Frecuencia cardíaca media"
    "|Gemiddelde hartslag|Durchschnittliche Herzfrequenz|Fréquence cardiaque moyenne|Frequenza cardiaca media"
    "|Frequência cardíaca média",
    Column.MAX_HEARTRATE: "Max Heart Rate|Ritmo cardíaco máx.|Frecuencia cardíaca máxima|Max. hartslag"
    "|Max. Herzfrequenz|Fréquence cardiaque max.|Frequenza cardiaca max|Frequência cardíaca máxima",
    Column.CADENCE: "Average Cadence|Cadencia promedio|Cadencia media|Gemiddelde cadans"
    "|Durchschnittliche Trittfrequenz|Cadence moyenne|Cadenza media|Cadência média",
    Column.EXERTION: "Perceived Exertion|Esfuerzo percibido|Ervaren inspanning|Wahrgenommene Anstrengung|Effort perçu"
    "|Sforzo percepito|Esforço percebido",
    Column.COMPETITION: "Competition",
    Column.LONG_RUN: "Long Run",
}
HEADERS = {column: [plain(name) for name in names.split("|")] for column, names in _HEADERS.items()}

# In every full export, of whatever language and year, these stand in these places.
PLACES = {
    Column.ID: 0,
    Column.DATE: 1,
    Column.NAME: 2,
    Column.ACTIVITY_TYPE: 3,
    Column.SHOWN_DISTANCE: 6,
    Column.FILENAME: 12,
    Column.ELAPSED: 15,
    Column.MOVING: 16,
    Column.DISTANCE: 17,
    Column.SPEED: 19,
    Column.CLIMB: 20,
    Column.CADENCE: 29,
    Column.MAX_HEARTRATE: 30,
    Column.AVERAGE_HEARTRATE: 31,
    Column.EXERTION: 43,
    Column.FROM_UPLOAD: 52,
}

_SPORTS = {
    "Run": "Run|Carrera|Hardloopsessie|Hardlopen|Lauf|Laufen|Course à pied|Course|Corsa|Corrida",
    "TrailRun": "Trail Run|Carrera de trail|Carrera de montaña|Carrera por senderos|Trailrun|Trailloop|Trailsessie"
    "|Traillauf|Trail|Course de trail|Corsa su sentiero|Corsa su trail|Corrida em trilha|Corrida de trilha",
    "VirtualRun": "Virtual Run|Carrera virtual|Virtuele hardloopsessie|Virtuele run|Virtueller Lauf|Course virtuelle"
    "|Course à pied virtuelle|Corsa virtuale|Corrida virtual",
    "Ride": "Ride|Bicicleta|Ciclismo|Vuelta en bicicleta|Fietsrit|Radfahrt|Radfahren|Vélo|Sortie à vélo|Giro in bici"
    "|Pedalada",
    "VirtualRide": "Virtual Ride|Bicicleta virtual|Virtuele fietsrit|Virtuelle Radfahrt|Vélo virtuel|Ciclismo virtuale"
    "|Pedalada virtual",
    "Walk": "Walk|Caminata|Wandeling|Wandelen|Spaziergang|Gehen|Marche|Camminata|Caminhada",
    "Hike": "Hike|Senderismo|Hiken|Wanderung|Wandern|Randonnée|Escursione|Trilha",
    "Swim": "Swim|Natación|Zwemmen|Schwimmen|Natation|Nuoto|Nuotata|Natação",
    "WeightTraining": "Weight Training|Entrenamiento con pesas|Krachttraining|Krafttraining",
    "Workout": "Workout|Entrenamiento|Entraînement|Allenamento|Treino",
}
SPORTS = {plain(word): sport for sport, words in _SPORTS.items() for word in words.split("|")}

_TREADMILL = (
    "Treadmill|Treadmill Run|Indoor Run|Carrera en cinta|Loopband|Laufband|Course sur tapis|Tapis roulant|Esteira"
    "|Corrida na esteira"
)
TREADMILL = {plain(word) for word in _TREADMILL.split("|")}

_MONTHS = """
january enero januari januar jänner janvier gennaio janeiro
february febrero februari februar février febbraio fevereiro
march marzo maart märz mrt mrz mars março
april abril avril aprile
may mayo mei mai maggio maio
june junio juni juin giugno junho
july julio juli juillet luglio julho
august agosto augustus août
september septiembre setiembre septembre settembre setembro
october octubre oktober octobre ottobre outubro
november noviembre novembre novembro
december diciembre dezember décembre dicembre dezembro
"""
MONTHS = [tuple(plain(line).split()) for line in _MONTHS.strip().splitlines()]
