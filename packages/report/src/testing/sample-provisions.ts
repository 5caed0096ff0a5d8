import type { Pillar, ProvisionStatus } from '@messlatte/model'

export interface SampleProvision {
  readonly id: string
  readonly status: ProvisionStatus
  readonly pillar: Pillar | null
  readonly en: string
  readonly de: string
}

const PILLAR_OF: Readonly<Record<string, Pillar | null>> = {
  b: 'secureBoot',
  c: 'credentials',
  u: 'updates',
  '-': null,
}

/** The 68 provisions of the 2020 edition, as long as a report with all of them is: id, status, pillar, short titles. */
export const SAMPLE_PROVISIONS: readonly SampleProvision[] = `
4-1|M|-|Justifications are recorded for recommendations not followed|Nicht befolgte Empfehlungen sind begründet
5.1-1|M|c|Passwords are unique per device or set by the user|Passwörter sind je Gerät einmalig oder selbst gesetzt
5.1-2|M|c|Factory passwords resist automated attacks on the class|Werkspasswörter widerstehen Angriffen auf die ganze Baureihe
5.1-3|M|c|User authentication rests on best-practice cryptography|Anmeldung beruht auf Kryptografie nach Stand der Technik
5.1-4|M|c|Authentication values are simple to change|Zugangsdaten lassen sich einfach ändern
5.1-5|M|c|Brute force over the network is impracticable|Durchprobieren über das Netz ist nicht praktikabel
5.2-1|M|-|A vulnerability disclosure policy is public|Eine Richtlinie für Schwachstellenmeldungen ist öffentlich
5.2-2|R|-|Disclosed vulnerabilities are acted on in time|Auf gemeldete Schwachstellen wird rechtzeitig reagiert
5.2-3|R|-|Vulnerabilities are monitored during the support period|Schwachstellen werden im Supportzeitraum beobachtet
5.3-1|R|u|All software components can be updated securely|Alle Softwareteile sind sicher aktualisierbar
5.3-2|M|u|There is a mechanism for secure installation of updates|Es gibt einen Weg, Updates sicher einzuspielen
5.3-3|M|u|Updating is simple for the user|Updates sind für Nutzende einfach
5.3-4|R|u|Updates run automatically|Updates laufen automatisch
5.3-5|R|u|The device looks for security updates regularly|Das Gerät sucht regelmäßig nach Sicherheitsupdates
5.3-6|R|u|Automatic updates are on and can be configured|Automatische Updates sind an und einstellbar
5.3-7|M|u|Updates rest on best-practice cryptography|Updates beruhen auf Kryptografie nach Stand der Technik
5.3-8|M|u|Security updates are timely|Sicherheitsupdates kommen rechtzeitig
5.3-9|R|u|The device verifies its updates itself|Das Gerät prüft seine Updates selbst
5.3-10|M|u|Updates over a network are verified via a trust relationship|Updates über ein Netz werden über eine Vertrauensbeziehung geprüft
5.3-11|R|u|Users learn that a security update is needed|Nutzende erfahren von nötigen Sicherheitsupdates
5.3-12|R|u|Users learn when an update disrupts the device|Nutzende erfahren von Unterbrechungen durch Updates
5.3-13|M|u|The support period is published|Der Supportzeitraum ist veröffentlicht
5.3-14|R|u|For what cannot be updated, the reason is published|Für nicht Aktualisierbares ist der Grund veröffentlicht
5.3-15|R|u|What cannot be updated can be isolated and replaced|Nicht Aktualisierbares ist isolierbar und ersetzbar
5.3-16|M|u|The model designation is recognisable|Die Modellbezeichnung ist erkennbar
5.4-1|M|c|Sensitive parameters are stored securely|Sensible Parameter sind sicher gespeichert
5.4-2|M|c|Hard-coded identities resist tampering|Feste Identitäten widerstehen Manipulation
5.4-3|M|c|No hard-coded critical parameters in the software|Keine fest eingebauten kritischen Parameter in der Software
5.4-4|M|c|Critical parameters are unique per device|Kritische Parameter sind je Gerät einmalig
5.5-1|M|-|Communication rests on best-practice cryptography|Kommunikation beruht auf Kryptografie nach Stand der Technik
5.5-2|R|-|Network and security implementations are reviewed|Netz- und Sicherheitssoftware ist begutachtet
5.5-3|R|-|Algorithms can be updated|Verfahren sind austauschbar
5.5-4|R|-|Network functions need authentication|Netzfunktionen verlangen Anmeldung
5.5-5|M|-|Security settings change only after authentication|Sicherheitseinstellungen ändern sich nur nach Anmeldung
5.5-6|R|-|Critical parameters are encrypted in transit|Kritische Parameter sind unterwegs verschlüsselt
5.5-7|M|-|Critical parameters stay confidential over remote interfaces|Kritische Parameter bleiben über Fernschnittstellen vertraulich
5.5-8|M|-|Critical parameters are managed securely|Kritische Parameter werden sicher verwaltet
5.6-1|M|-|Unused interfaces are disabled|Ungenutzte Schnittstellen sind abgeschaltet
5.6-2|M|-|Little is disclosed without authentication|Ohne Anmeldung wird wenig preisgegeben
5.6-3|R|-|Physical interfaces are not exposed needlessly|Physische Schnittstellen liegen nicht unnötig offen
5.6-4|M|-|Accessible debug interfaces are disabled in software|Zugängliche Debug-Schnittstellen sind per Software abgeschaltet
5.6-5|R|-|Only needed services are enabled|Nur nötige Dienste sind aktiv
5.6-6|R|-|Code is kept to what is needed|Code ist auf das Nötige beschränkt
5.6-7|R|-|Software runs with least privilege|Software läuft mit geringsten Rechten
5.6-8|R|-|Hardware controls access to memory|Hardware regelt den Speicherzugriff
5.6-9|R|-|Development follows a secure process|Die Entwicklung folgt einem sicheren Prozess
5.7-1|R|b|Software is verified by secure boot|Software wird durch Secure Boot geprüft
5.7-2|R|b|Unauthorised changes raise an alert|Unbefugte Änderungen lösen einen Hinweis aus
5.8-1|R|-|Personal data is confidential in transit|Personenbezogene Daten sind unterwegs vertraulich
5.8-2|M|-|Sensitive personal data is encrypted in transit|Besonders sensible Daten sind unterwegs verschlüsselt
5.8-3|M|-|Sensing capabilities are documented|Sensorfähigkeiten sind dokumentiert
5.9-1|R|-|The device withstands outages|Das Gerät übersteht Ausfälle
5.9-2|R|-|Without a network it keeps working locally|Ohne Netz arbeitet es lokal weiter
5.9-3|R|-|It reconnects in an orderly way|Es verbindet sich geordnet neu
5.10-1|R|-|Telemetry is examined for anomalies|Telemetriedaten werden auf Auffälligkeiten geprüft
5.11-1|M|-|User data is simple to erase on the device|Nutzerdaten sind am Gerät einfach löschbar
5.11-2|R|-|Data in services is simple to remove|Daten in Diensten sind einfach löschbar
5.11-3|R|-|Deletion is clearly explained|Das Löschen ist klar erklärt
5.11-4|R|-|Deletion is clearly confirmed|Das Löschen wird klar bestätigt
5.12-1|R|-|Set-up needs few decisions|Die Einrichtung verlangt wenige Entscheidungen
5.12-2|R|-|Secure set-up is explained|Die sichere Einrichtung ist erklärt
5.12-3|R|-|Checking the set-up is explained|Die Kontrolle der Einrichtung ist erklärt
5.13-1|M|-|Input is validated|Eingaben werden geprüft
6-1|M|-|Users learn what personal data is processed|Nutzende erfahren, welche Daten verarbeitet werden
6-2|M|-|Consent is obtained validly|Einwilligungen werden wirksam eingeholt
6-3|M|-|Consent can be withdrawn|Einwilligungen sind widerrufbar
6-4|R|-|Telemetry holds little personal data|Telemetrie enthält wenig Personenbezogenes
6-5|M|-|Users learn what telemetry is collected|Nutzende erfahren von erhobener Telemetrie
`
  .trim()
  .split('\n')
  .map(read)

function read(line: string): SampleProvision {
  const [id = '', status, pillar = '-', en = '', de = ''] = line.split('|')
  return { id, status: status === 'M' ? 'M' : 'R', pillar: PILLAR_OF[pillar] ?? null, en, de }
}
