"""Small exports, written as Strava writes them for accounts of each language, and what reading them needs."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from monitor.sources.archive import Reading, read_archive

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 10, 1, tzinfo=UTC)

ENGLISH = """\
Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Max Heart Rate,Filename,Elapsed Time,\
Moving Time,Distance,Average Speed,Elevation Gain,Max Heart Rate,Average Heart Rate
11,"Aug 2, 2026, 12:20:32 PM",one,Run,3100,10.00,172,11.fit.gz,3100.0,3000.0,10003.5,3.33,85.5,172.0,151.0
12,"Mar 6, 2026, 10:40:00 PM",two,Trail Run,4000,"1,210.25",,12.gpx,4000.0,3900.0,12100.25,3.1,,,
13,"Jun 23, 2026, 5:52:12 AM",three,Ride,3600,31.50,,13.fit.gz,3600.0,3600.0,31500.0,8.75,,,
14,"Dec 9, 2025, 6:00:00 AM",four,Walk,3600,5.00,,14.fit.gz,3600.0,3500.0,5000.0,1.43,,,
"""

SPANISH = """\
ID de actividad,Fecha de la actividad,Nombre de la actividad,Tipo de actividad,Tiempo transcurrido,Distancia,\
Ritmo cardíaco máx.,Nombre de archivo,Tiempo transcurrido,Tiempo en movimiento,Distancia,Velocidad promedio,\
Desnivel positivo,Ritmo cardíaco máx.,Ritmo cardíaco promedio
11,"2 ago 2026, 12:20:32 p.m.",one,Carrera,3100,"10,00",172,11.fit.gz,3100.0,3000.0,10003.5,3.33,85.5,172.0,151.0
12,"6 mar 2026, 10:40:00 p.m.",two,Carrera de trail,4000,"1.210,25",,12.gpx,4000.0,3900.0,12100.25,3.1,,,
13,"23 jun 2026, 5:52:12 a.m.",three,Bicicleta,3600,"31,50",,13.fit.gz,3600.0,3600.0,31500.0,8.75,,,
14,"9 dic 2025, 6:00:00 a.m.",four,Caminata,3600,"5,00",,14.fit.gz,3600.0,3500.0,5000.0,1.43,,,
"""

DUTCH = """\
Activiteits-ID,Datum van activiteit,Naam activiteit,Activiteitstype,Verstreken tijd,Afstand,Max. hartslag,\
Bestandsnaam,Verstreken tijd,Beweegtijd,Afstand,Gemiddelde snelheid,Totale stijging,Max. hartslag,Gemiddelde hartslag
11,2 aug. 2026 12:20:32,one,Hardloopsessie,3100,"10,00",172,11.fit.gz,3100.0,3000.0,10003.5,3.33,85.5,172.0,151.0
12,6 mrt. 2026 22:40:00,two,Trailrun,4000,"1.210,25",,12.gpx,4000.0,3900.0,12100.25,3.1,,,
13,23 jun. 2026 05:52:12,three,Fietsrit,3600,"31,50",,13.fit.gz,3600.0,3600.0,31500.0,8.75,,,
14,9 dec. 2025 06:00:00,four,Wandeling,3600,"5,00",,14.fit.gz,3600.0,3500.0,5000.0,1.43,,,
"""

GERMAN = """\
Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Verstrichene Zeit,Distanz,Max. Herzfrequenz,\
Dateiname,Verstrichene Zeit,Bewegungszeit,Distanz,Durchschnittliche Geschwindigkeit,Höhenzunahme,Max. Herzfrequenz,\
Durchschnittliche Herzfrequenz
11,"02.08.2026, 12:20:32",one,Lauf,3100,"10,00",172,11.fit.gz,3100.0,3000.0,10003.5,3.33,85.5,172.0,151.0
12,"06.03.2026, 22:40:00",two,Traillauf,4000,"1.210,25",,12.gpx,4000.0,3900.0,12100.25,3.1,,,
13,"23.06.2026, 05:52:12",three,Radfahrt,3600,"31,50",,13.fit.gz,3600.0,3600.0,31500.0,8.75,,,
14,"09.12.2025, 06:00:00",four,Spaziergang,3600,"5,00",,14.fit.gz,3600.0,3500.0,5000.0,1.43,,,
"""

FRENCH = """\
ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,Temps écoulé,Distance,Fréquence cardiaque max.,\
Nom du fichier,Temps écoulé,Durée de déplacement,Distance,Vitesse moyenne,Dénivelé positif,Fréquence cardiaque max.,\
Fréquence cardiaque moyenne
11,2 août 2026 à 12:20:32,one,Course à pied,3100,"10,00",172,11.fit.gz,3100.0,3000.0,10003.5,3.33,85.5,172.0,151.0
12,6 mars 2026 à 22:40:00,two,Trail,4000,"1 210,25",,12.gpx,4000.0,3900.0,12100.25,3.1,,,
13,23 juin 2026 à 05:52:12,three,Vélo,3600,"31,50",,13.fit.gz,3600.0,3600.0,31500.0,8.75,,,
14,9 déc. 2025 à 06:00:00,four,Marche,3600,"5,00",,14.fit.gz,3600.0,3500.0,5000.0,1.43,,,
"""

ITALIAN = """\
ID attività,Data dell’attività,Nome attività,Tipo attività,Tempo trascorso,Distanza,Frequenza cardiaca max,\
Nome del file,Tempo trascorso,Tempo in movimento,Distanza,Velocità media,Dislivello,Frequenza cardiaca max,\
Frequenza cardiaca media
11,"2 ago 2026, 12:20:32",one,Corsa,3100,"10,00",172,11.fit.gz,3100.0,3000.0,10003.5,3.33,85.5,172.0,151.0
12,"6 mar 2026, 22:40:00",two,Corsa su sentiero,4000,"1.210,25",,12.gpx,4000.0,3900.0,12100.25,3.1,,,
13,"23 giu 2026, 05:52:12",three,Ciclismo,3600,"31,50",,13.fit.gz,3600.0,3600.0,31500.0,8.75,,,
14,"9 dic 2025, 06:00:00",four,Camminata,3600,"5,00",,14.fit.gz,3600.0,3500.0,5000.0,1.43,,,
"""

PORTUGUESE = """\
ID da atividade,Data da atividade,Nome da atividade,Tipo de atividade,Tempo decorrido,Distância,\
Frequência cardíaca máxima,Nome do arquivo,Tempo decorrido,Tempo de movimentação,Distância,Velocidade média,\
Ganho de elevação,Frequência cardíaca máxima,Frequência cardíaca média
11,"2 de ago. de 2026, 12:20:32",one,Corrida,3100,"10,00",172,11.fit.gz,3100.0,3000.0,10003.5,3.33,85.5,172.0,151.0
12,"6 de mar. de 2026, 22:40:00",two,Corrida em trilha,4000,"1.210,25",,12.gpx,4000.0,3900.0,12100.25,3.1,,,
13,"23 de jun. de 2026, 05:52:12",three,Pedalada,3600,"31,50",,13.fit.gz,3600.0,3600.0,31500.0,8.75,,,
14,"9 de dez. de 2025, 06:00:00",four,Caminhada,3600,"5,00",,14.fit.gz,3600.0,3500.0,5000.0,1.43,,,
"""


def read(tmp_path, content: str | bytes, zone: ZoneInfo = PARIS) -> Reading:
    """Read *content* as an activities.csv."""
    path = tmp_path / "activities.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_archive(path, zone, NOW)


def export(*rows: str, header: str = "Activity ID,Activity Date,Activity Type,Moving Time,Distance") -> str:
    """A reduced export, by default with a single distance and no speed."""
    return "\n".join([header, *rows]) + "\n"
