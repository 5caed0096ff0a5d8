import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { fresh, kept } from './entry.ts'

/** Clause 6, data protection. */
export const CLAUSE_6: readonly ProvisionRule[] = [
  kept({
    id: '6-1',
    status: 'M',
    title: text(
      'Consumers are told which personal data is processed, how, how long, by whom and why, third parties included',
      'Verbraucher erfahren, welche personenbezogenen Daten wie, wie lange, von wem und wozu verarbeitet werden, auch von Dritten',
    ),
    source: 'en303645-v3.1.3-digest',
  }),
  kept({
    id: '6-2',
    status: 'M',
    features: ['y'],
    title: text(
      'Where processing rests on consent, the device provides the means to obtain it in a valid way',
      'Wo die Verarbeitung auf Einwilligung beruht, stellt das Gerät das Mittel bereit, sie wirksam einzuholen',
    ),
  }),
  kept({
    id: '6-3A',
    from: '6-3',
    status: 'M',
    features: ['y'],
    title: text(
      'There is a means to withdraw a consent',
      'Es gibt ein Mittel, eine Einwilligung zu widerrufen',
    ),
  }),
  fresh({
    id: '6-3B',
    status: 'M',
    features: ['y'],
    title: text(
      'There is a means to store information about the consent',
      'Es gibt ein Mittel, Angaben zur Einwilligung zu speichern',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 21-PersData, storing consent: what is recorded about each consent, where, and for how long',
        'IXIT 21-PersData, Speichern der Einwilligung: was zu jeder Einwilligung wo und wie lange festgehalten wird',
      ),
      ask(
        'laboratory',
        'device',
        'The record that a unit or its service keeps after a consent was given and withdrawn',
        'Der Eintrag, den ein Gerät oder sein Dienst nach Erteilung und Widerruf einer Einwilligung führt',
      ),
    ],
  }),
  kept({
    id: '6-4',
    status: 'R',
    features: ['w'],
  }),
  kept({
    id: '6-5',
    status: 'M',
    features: ['w'],
  }),
  fresh({
    id: '6-6',
    status: 'M',
    features: ['z'],
    title: text(
      'Only personal data that the purpose needs is processed, and it is deleted when no longer needed',
      'Es werden nur für den Zweck nötige personenbezogene Daten verarbeitet und danach gelöscht',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 21-PersData, purpose and lifecycle: for each kind of data why it is needed and when it is deleted',
        'IXIT 21-PersData, Zweck und Lebensweg: je Datenart, warum sie nötig ist und wann sie gelöscht wird',
      ),
      ask(
        'laboratory',
        'device',
        'Storage of a unit and of its service after a purpose has ended, searched for data that should be gone',
        'Speicher eines Geräts und seines Dienstes nach Ende eines Zwecks, durchsucht nach Daten, die gelöscht sein müssten',
      ),
    ],
  }),
  fresh({
    id: '6-7',
    status: 'R',
    features: ['aa'],
    title: text(
      'Data for an aggregate is combined early, kept to the minimum and not kept long',
      'Daten für einen Gesamtwert werden früh zusammengefasst, gering gehalten und nur kurz gespeichert',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 21-PersData, aggregation: where single values are combined, and how long they exist before that',
        'IXIT 21-PersData, Zusammenfassung: wo Einzelwerte zusammengefasst werden und wie lange sie davor bestehen',
      ),
    ],
    source: 'en303645-v3.1.3-practice',
  }),
  fresh({
    id: '6-8',
    status: 'R',
    features: ['z'],
    title: text(
      'Anonymisation is used where it is appropriate',
      'Anonymisierung wird verwendet, wo sie angebracht ist',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 21-PersData, anonymisation: the technique for each kind of data, or why none fits',
        'IXIT 21-PersData, Anonymisierung: das Verfahren je Datenart oder warum keines passt',
      ),
    ],
    source: 'en303645-v3.1.3-practice',
  }),
]
