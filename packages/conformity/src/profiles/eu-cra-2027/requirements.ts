import type { Condition, MappingLine, Missing, Pillar, Requirement, Text } from '@messlatte/model'
import { ask, text } from '../../text.ts'
import { linesBy } from '../mapping.ts'

const bsi = linesBy('BSI', 'bsi-tr-03183-1')
const jrc = linesBy('JRC/ENISA', 'jrc-eur-31892')
const ours = linesBy('Messlatte', 'messlatte-mapping-cra')

interface More {
  readonly pillar?: Pillar
  readonly needs?: Condition
  readonly note?: Text
}

function asked(
  id: string,
  en: string,
  de: string,
  lines: readonly MappingLine[],
  more: More = {},
): Requirement {
  return {
    id,
    where: id.startsWith('II(') ? 'Annex I, Part II' : 'Annex I, Part I',
    title: text(en, de),
    pillar: more.pillar ?? null,
    ...(more.needs && { needs: more.needs }),
    ...(more.note && { note: more.note }),
    source: 'cra-2024-2847',
    sourceStatus: 'applies-from',
    lines,
    missing: [id.startsWith('II(') ? process(id) : product(id)],
  }
}

function product(id: string): Missing {
  return ask(
    'maker',
    'documents',
    `The risk assessment with how ${id} applies to this product, the solution chosen for it, and the test report (Annex VII, 3, 5 and 6)`,
    `Die Risikobewertung mit der Aussage, wie ${id} auf dieses Produkt zutrifft, die gewählte Lösung und der Prüfbericht (Anhang VII, 3, 5 und 6)`,
  )
}

function process(id: string): Missing {
  return ask(
    'maker',
    'documents',
    `The description of the process for ${id} with records that it runs (Annex VII, 2(b) and 6)`,
    `Die Beschreibung des Verfahrens zu ${id} mit Aufzeichnungen, dass es läuft (Anhang VII, 2(b) und 6)`,
  )
}

/** Annex I in the letters of the adopted text. A line that decides goes to what is plainly a part of what is asked. */
export const REQUIREMENTS: readonly Requirement[] = [
  asked(
    'I(1)',
    'The level of cybersecurity fits the risks',
    'Das Maß an Cybersicherheit entspricht den Risiken',
    bsi('related', 'medium', '5.6-9'),
  ),
  asked(
    'I(2)(a)',
    'No known exploitable vulnerability when made available',
    'Keine bekannte ausnutzbare Schwachstelle bei der Bereitstellung',
    [...bsi('related', 'medium', '5.3-4', '5.3-5', '5.3-8'), ...jrc('related', 'medium', '5.2-3')],
  ),
  asked(
    'I(2)(b)',
    'Secure configuration by default, with a way back to it',
    'Sichere Voreinstellung mit einem Weg zurück zu ihr',
    [...bsi('part', 'medium', '5.4-3'), ...bsi('related', 'medium', '5.11-1')],
    { pillar: 'credentials' },
  ),
  asked(
    'I(2)(c)',
    'Vulnerabilities can be mended by security updates: automatic by default where that fits, with a way out, notice and postponement',
    'Schwachstellen lassen sich durch Sicherheitsaktualisierungen beheben: wo passend ab Werk automatisch, mit Abwahl, Hinweis und Aufschub',
    [
      ...bsi('part', 'medium', '5.3-2'),
      ...bsi('related', 'medium', '5.3-1', '5.3-3', '5.3-5'),
      ...ours('related', 'medium', '5.3-4', '5.3-6'),
    ],
    { pillar: 'updates', needs: { trait: 'update-mechanism' } },
  ),
  asked(
    'I(2)(d)',
    'Suitable controls protect from unauthorised access, and report it',
    'Geeignete Kontrollen schützen vor unbefugtem Zugriff und melden ihn',
    [
      ...bsi('part', 'medium', '5.1-1', '5.1-2', '5.1-5'),
      ...bsi('related', 'medium', '5.1-3', '5.1-4'),
      ...jrc('related', 'medium', '5.5-4', '5.5-5'),
    ],
    { pillar: 'credentials' },
  ),
  asked(
    'I(2)(e)',
    'Data stay confidential at rest, in transit and in use',
    'Daten bleiben gespeichert, übertragen und in Verarbeitung vertraulich',
    [
      ...bsi('related', 'medium', '5.5-1', '5.5-2', '5.4-1', '5.5-8'),
      ...jrc('related', 'medium', '5.5-6', '5.5-7', '5.8-1', '5.8-2', '5.4-4'),
    ],
  ),
  asked(
    'I(2)(f)',
    'Integrity of data, commands, programs and configuration is protected, and corruption reported',
    'Die Integrität von Daten, Befehlen, Programmen und Konfiguration ist geschützt, Verfälschung wird gemeldet',
    [...bsi('related', 'medium', '5.7-1', '5.7-2'), ...jrc('related', 'medium', '5.4-1')],
    {
      pillar: 'secureBoot',
      note: text(
        'Secure boot is not named; it is one way to meet this. The BSI recommends it here and does not demand it.',
        'Sicheres Booten wird nicht genannt; es ist ein Weg, dies zu erfüllen. Das BSI empfiehlt es hier und verlangt es nicht.',
      ),
    },
  ),
  asked(
    'I(2)(g)',
    'Only data that are needed are processed',
    'Nur nötige Daten werden verarbeitet',
    bsi('related', 'medium', '5.6-7', '6-4'),
  ),
  asked(
    'I(2)(h)',
    'Essential functions stay available, also after an incident',
    'Wesentliche Funktionen bleiben verfügbar, auch nach einem Vorfall',
    bsi('related', 'medium', '5.6-1', '5.6-2', '5.6-3', '5.6-4', '5.6-5', '5.9-1', '5.9-2'),
  ),
  asked(
    'I(2)(i)',
    'The product does not impair other devices and networks',
    'Das Produkt beeinträchtigt andere Geräte und Netze nicht',
    bsi('related', 'medium', '5.9-3'),
  ),
  asked(
    'I(2)(j)',
    'Attack surfaces are limited, external interfaces included',
    'Angriffsflächen sind begrenzt, auch an äußeren Schnittstellen',
    bsi('related', 'medium', '5.6-1', '5.6-2', '5.6-3', '5.6-4', '5.6-5'),
  ),
  asked(
    'I(2)(k)',
    'Mitigations lessen what an incident can do',
    'Gegenmaßnahmen mindern die Folgen eines Vorfalls',
    [
      ...bsi('related', 'medium', '5.6-7'),
      ...jrc('related', 'low', '5.4-1', '5.4-2', '5.3-7', '5.5-1', '5.7-1'),
    ],
  ),
  asked(
    'I(2)(l)',
    'Relevant activity is recorded and monitored, with a way out for the user',
    'Relevante Vorgänge werden aufgezeichnet und überwacht, mit Abwahl für Benutzer',
    bsi('related', 'low', '5.10-1'),
  ),
  asked(
    'I(2)(m)',
    'Users can remove all data and settings securely and for good',
    'Benutzer können alle Daten und Einstellungen sicher und endgültig entfernen',
    bsi('related', 'medium', '5.11-1', '5.11-2'),
  ),
  asked(
    'II(1)',
    'Components are identified, in a machine-readable bill of materials',
    'Bestandteile sind erfasst, in einer maschinenlesbaren Stückliste',
    [],
  ),
  asked(
    'II(2)',
    'Vulnerabilities are remedied without delay, by security updates too',
    'Schwachstellen werden unverzüglich behoben, auch durch Sicherheitsaktualisierungen',
    ours('related', 'medium', '5.2-2', '5.3-8'),
  ),
  asked(
    'II(3)',
    'Security is tested and reviewed regularly',
    'Die Sicherheit wird regelmäßig getestet und überprüft',
    bsi('related', 'medium', '5.2-3'),
  ),
  asked(
    'II(4)',
    'Fixed vulnerabilities are made public',
    'Behobene Schwachstellen werden veröffentlicht',
    jrc('related', 'low', '5.2-1', '5.2-2'),
  ),
  asked(
    'II(5)',
    'A policy of coordinated disclosure is in place',
    'Eine Regelung zur koordinierten Offenlegung besteht',
    bsi('related', 'medium', '5.2-1'),
  ),
  asked(
    'II(6)',
    'Others can report vulnerabilities, also of components, to a contact address',
    'Andere können Schwachstellen, auch von Bestandteilen, an eine Kontaktadresse melden',
    ours('related', 'medium', '5.2-1'),
  ),
  asked(
    'II(7)',
    'Updates are distributed securely, security updates in time and automatically where that fits',
    'Aktualisierungen werden sicher verteilt, Sicherheitsaktualisierungen rechtzeitig und wo passend automatisch',
    ours('part', 'medium', '5.3-7', '5.3-10'),
    { pillar: 'updates' },
  ),
  asked(
    'II(8)',
    'Security updates are free of charge and come with advice',
    'Sicherheitsaktualisierungen sind kostenlos und kommen mit Hinweisen',
    bsi('related', 'low', '5.3-3'),
  ),
]
