import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { fresh, kept } from './entry.ts'

/** Clauses 5.6 attack surface, 5.7 software integrity. */
export const CLAUSES_5_6_TO_5_7: readonly ProvisionRule[] = [
  kept({
    id: '5.6-1',
    status: 'M',
    features: ['p'],
    title: text(
      'Network interfaces, and logical ones reachable over a network, are disabled where not used',
      'Ungenutzte Netzschnittstellen und über ein Netz erreichbare logische Schnittstellen sind abgeschaltet',
    ),
  }),
  kept({
    id: '5.6-2',
    status: 'M',
  }),
  kept({
    id: '5.6-3',
    status: 'R',
  }),
  kept({
    id: '5.6-4A',
    from: '5.6-4',
    status: 'M',
    features: ['q'],
    title: text(
      'Every debug interface is disabled, or protected by best-practice authentication or access control',
      'Jede Debug-Schnittstelle ist abgeschaltet oder durch bewährte Authentisierung oder Zugriffssteuerung geschützt',
    ),
  }),
  fresh({
    id: '5.6-4B',
    status: 'R',
    features: ['r'],
    title: text(
      'Debug ports that are physical are physically protected',
      'Physische Debug-Anschlüsse sind physisch geschützt',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 15-PhyIntf, protection: each physical debug port with what hinders access to it',
        'IXIT 15-PhyIntf, Schutz: jeder physische Debug-Anschluss mit dem, was den Zugang dazu erschwert',
      ),
      ask(
        'laboratory',
        'device',
        'Photographs of an opened unit for sale, with the way that it takes to reach each debug port',
        'Fotos eines geöffneten Verkaufsgeräts mit dem Weg, der zu jedem Debug-Anschluss führt',
      ),
    ],
  }),
  kept({
    id: '5.6-5',
    status: 'R',
  }),
  kept({
    id: '5.6-6',
    status: 'R',
  }),
  kept({
    id: '5.6-7',
    status: 'R',
  }),
  kept({
    id: '5.6-8',
    status: 'R',
  }),
  kept({
    id: '5.6-9',
    status: 'R',
  }),
  kept({
    id: '5.7-1',
    status: 'R',
  }),
  kept({
    id: '5.7-2',
    status: 'R',
    features: ['s'],
  }),
]
