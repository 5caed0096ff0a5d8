import type { Requirement } from '@messlatte/model'
import { text } from '../../text.ts'
import { linesBy } from '../mapping.ts'
import { requirement } from './entry.ts'

const ours = linesBy('Messlatte', 'messlatte-mapping-en18031')

/** Resilience, logging, deletion, notices and the equipment as a whole. */
export const EQUIPMENT: readonly Requirement[] = [
  requirement({
    id: 'RLM-1',
    parts: [1],
    title: text('Functions withstand denial of service', 'Funktionen widerstehen Überlastungsangriffen'),
    lines: ours('related', 'medium', '5.9-1', '5.9-2', '5.9-3'),
  }),
  requirement({
    id: 'NMM-1',
    parts: [1],
    title: text(
      'Network equipment detects signs of attacks in traffic',
      'Netzgeräte erkennen Anzeichen von Angriffen im Verkehr',
    ),
    only: { trait: 'network-equipment' },
    lines: ours('related', 'low', '5.10-1'),
  }),
  requirement({
    id: 'TCM-1',
    parts: [1],
    title: text('Network equipment can restrict traffic', 'Netzgeräte können Verkehr einschränken'),
    only: { trait: 'network-equipment' },
  }),
  ...(
    [
      [
        'LGM-1',
        'Events that matter to security are logged',
        'Sicherheitsrelevante Ereignisse werden protokolliert',
      ],
      ['LGM-2', 'Logs outlast a restart', 'Protokolle überdauern einen Neustart'],
      ['LGM-3', 'A log holds a minimum of events', 'Ein Protokoll fasst eine Mindestzahl von Ereignissen'],
      ['LGM-4', 'Events are logged with their time', 'Ereignisse werden mit Zeitangabe protokolliert'],
    ] as const
  ).map(([id, en, de]) =>
    requirement({
      id,
      parts: [2, 3],
      title: text(en, de),
      lines: ours('related', 'low', '5.10-1'),
    }),
  ),
  requirement({
    id: 'DLM-1',
    parts: [2],
    title: text(
      'Users can delete personal data and settings',
      'Benutzer können personenbezogene Daten und Einstellungen löschen',
    ),
    lines: ours('related', 'medium', '5.11-1', '5.11-2', '5.11-3', '5.11-4'),
  }),
  requirement({
    id: 'UNM-1',
    parts: [2],
    title: text(
      'Users are told of changes that touch their privacy',
      'Benutzer erfahren von Änderungen, die ihre Privatsphäre betreffen',
    ),
    lines: ours('related', 'low', '6-1'),
  }),
  requirement({
    id: 'UNM-2',
    parts: [2],
    title: text('Such a notice says what changed', 'Ein solcher Hinweis sagt, was sich geändert hat'),
    lines: ours('related', 'low', '6-1'),
  }),
  requirement({
    id: 'GEC-1',
    parts: [1, 2, 3],
    title: text(
      'No publicly known vulnerability can be exploited',
      'Keine öffentlich bekannte Schwachstelle ist ausnutzbar',
    ),
    lines: ours('related', 'medium', '5.2-3'),
  }),
  requirement({
    id: 'GEC-2',
    parts: [1, 2, 3],
    title: text(
      'Only services that are needed are exposed from the factory',
      'Ab Werk sind nur nötige Dienste von außen erreichbar',
    ),
    lines: ours('related', 'medium', '5.6-1', '5.6-2', '5.6-5'),
  }),
  requirement({
    id: 'GEC-3',
    parts: [1, 2, 3],
    title: text(
      'Optional services can be switched on and off',
      'Zusätzliche Dienste lassen sich ein- und ausschalten',
    ),
    lines: ours('related', 'medium', '5.6-1', '5.6-5'),
  }),
  requirement({
    id: 'GEC-4',
    parts: [1, 2, 3],
    title: text(
      'Exposed interfaces and services are documented',
      'Erreichbare Schnittstellen und Dienste sind dokumentiert',
    ),
    lines: ours('related', 'low', '5.6-2'),
  }),
  requirement({
    id: 'GEC-5',
    parts: [1, 2, 3],
    title: text(
      'No external interface is there without need',
      'Keine äußere Schnittstelle ist unnötig vorhanden',
    ),
    lines: ours('related', 'medium', '5.6-1', '5.6-3', '5.6-4', '5.6-5'),
  }),
  requirement({
    id: 'GEC-6',
    parts: [1, 2, 3],
    title: text('Input is validated', 'Eingaben werden geprüft'),
    lines: ours('related', 'medium', '5.13-1'),
  }),
  requirement({
    id: 'GEC-7',
    parts: [2],
    title: text('What senses the surroundings is documented', 'Was die Umgebung erfasst, ist dokumentiert'),
    lines: ours('part', 'medium', '5.8-3'),
  }),
  requirement({
    id: 'GEC-8',
    parts: [3],
    title: text(
      'The start verifies the software from a root of trust in hardware',
      'Der Start prüft die Software von einem Vertrauensanker in der Hardware aus',
    ),
    pillar: 'secureBoot',
    lines: ours('part', 'medium', '5.7-1'),
  }),
]
