import type { Requirement } from '@messlatte/model'
import { text } from '../../text.ts'
import { linesBy } from '../mapping.ts'
import { requirement } from './entry.ts'

const ours = linesBy('Messlatte', 'messlatte-mapping-en18031')

const NO_PASSWORD_NO_PRESUMPTION = text(
  'Decision (EU) 2025/138: where this is applied so that users may go without a password, the standard gives no presumption of conformity, and a notified body is needed.',
  'Beschluss (EU) 2025/138: Wird dies so angewandt, dass Benutzer ohne Passwort auskommen dürfen, begründet die Norm keine Konformitätsvermutung, und eine notifizierte Stelle ist nötig.',
)

const NO_PARENTAL_CONTROL = text(
  'Decision (EU) 2025/138: without parental or guardian control the standard gives no presumption of conformity for toys and child care. The public list that we have names the subject of ACM-3 to ACM-6 together (default access of a child, access of others, control by parents or guardians): which of the four numbers asks what is our reading, not checked in the standard.',
  'Beschluss (EU) 2025/138: Ohne Kontrolle durch Eltern oder Aufsichtspersonen begründet die Norm für Spielzeug und Kinderbetreuung keine Konformitätsvermutung. Die öffentliche Liste, die uns vorlag, nennt den Gegenstand von ACM-3 bis ACM-6 gemeinsam (Zugriff des Kindes ab Werk, Zugriff anderer, Kontrolle durch Eltern oder Aufsichtspersonen): Welche der vier Nummern was verlangt, ist unsere Lesart und nicht an der Norm geprüft.',
)

/** Access control and authentication. */
export const ACCESS: readonly Requirement[] = [
  requirement({
    id: 'ACM-1',
    parts: [1, 2, 3],
    title: text(
      'Assets are reached only through access control',
      'Werte sind nur über eine Zugriffskontrolle erreichbar',
    ),
    lines: ours('related', 'medium', '5.5-4', '5.5-5', '5.6-4'),
  }),
  requirement({
    id: 'ACM-2',
    parts: [1, 2, 3],
    title: text(
      'Access control lets in only who is entitled',
      'Die Zugriffskontrolle lässt nur Berechtigte zu',
    ),
    lines: ours('related', 'medium', '5.5-4', '5.5-5', '5.6-4'),
  }),
  ...(
    [
      [
        'ACM-3',
        'By default a child reaches only what suits it',
        'Ab Werk erreicht ein Kind nur, was für es geeignet ist',
      ],
      [
        'ACM-4',
        'By default others do not reach what is private to a child',
        'Ab Werk erreichen andere nicht, was zur Privatsphäre eines Kindes gehört',
      ],
      [
        'ACM-5',
        'Parents or guardians can control what a child reaches',
        'Eltern oder Aufsichtspersonen können bestimmen, was ein Kind erreicht',
      ],
      [
        'ACM-6',
        'Parents or guardians can control what others reach of a child',
        'Eltern oder Aufsichtspersonen können bestimmen, was andere von einem Kind erreichen',
      ],
    ] as const
  ).map(([id, en, de]) =>
    requirement({
      id,
      parts: [2],
      title: text(en, de),
      only: { trait: 'childcare-toy-wearable' },
      note: NO_PARENTAL_CONTROL,
    }),
  ),
  requirement({
    id: 'AUM-1-1',
    parts: [1, 2, 3],
    title: text(
      'Whoever comes over a network has to authenticate',
      'Wer über ein Netz kommt, muss sich authentisieren',
    ),
    lines: ours('related', 'medium', '5.5-4', '5.5-5'),
  }),
  requirement({
    id: 'AUM-1-2',
    parts: [1, 2, 3],
    title: text(
      'Whoever comes over a user interface has to authenticate',
      'Wer über eine Bedienschnittstelle kommt, muss sich authentisieren',
    ),
  }),
  requirement({
    id: 'AUM-1-3',
    parts: [3],
    title: text('Machines have to authenticate too', 'Auch Maschinen müssen sich authentisieren'),
  }),
  requirement({
    id: 'AUM-2',
    parts: [1, 2, 3],
    title: text(
      'Authentication rests on something that only the right person or device has (AUM-2-1 in parts 2 and 3)',
      'Die Authentisierung beruht auf etwas, das nur die berechtigte Person oder das berechtigte Gerät hat (AUM-2-1 in Teil 2 und 3)',
    ),
    lines: ours('related', 'medium', '5.1-3'),
  }),
  requirement({
    id: 'AUM-2-2',
    parts: [2, 3],
    title: text(
      'Especially sensitive data or money takes two factors',
      'Besonders sensible Daten oder Geld verlangen zwei Faktoren',
    ),
  }),
  requirement({
    id: 'AUM-3',
    parts: [1, 2, 3],
    title: text(
      'All that an authenticator says is checked',
      'Alle Angaben eines Authentisierungsmerkmals werden geprüft',
    ),
    lines: ours('related', 'medium', '5.1-3'),
  }),
  requirement({
    id: 'AUM-4',
    parts: [1, 2, 3],
    title: text('Authenticators can be changed', 'Authentisierungsmerkmale lassen sich ändern'),
    lines: ours('part', 'medium', '5.1-4'),
  }),
  requirement({
    id: 'AUM-5-1',
    parts: [1, 2, 3],
    title: text(
      'Passwords from the factory are unique and strong, or have to be replaced at first use',
      'Passwörter ab Werk sind einmalig und stark oder müssen beim ersten Gebrauch ersetzt werden',
    ),
    pillar: 'credentials',
    note: NO_PASSWORD_NO_PRESUMPTION,
    lines: [...ours('part', 'medium', '5.1-1'), ...ours('related', 'medium', '5.1-2', '5.4-3')],
  }),
  requirement({
    id: 'AUM-5-2',
    parts: [1, 2, 3],
    title: text(
      'Other passwords are set by the user or the network and are strong',
      'Andere Passwörter setzt der Benutzer oder das Netz, und sie sind stark',
    ),
    note: NO_PASSWORD_NO_PRESUMPTION,
    lines: ours('related', 'medium', '5.1-1', '5.1-2'),
  }),
  requirement({
    id: 'AUM-6',
    parts: [1, 2, 3],
    title: text(
      'Authentication withstands trying many values',
      'Die Authentisierung widersteht dem Durchprobieren',
    ),
    lines: ours('part', 'medium', '5.1-5'),
  }),
]
