import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { fresh, kept } from './entry.ts'

/** Clauses 5.8 to 5.13: personal data, resilience, telemetry, deletion, set-up, input. */
export const CLAUSES_5_8_TO_5_13: readonly ProvisionRule[] = [
  kept({
    id: '5.8-1',
    status: 'R',
    features: ['t'],
  }),
  kept({
    id: '5.8-2',
    status: 'M',
    features: ['u'],
    title: text(
      'Sensitive personal data stays confidential between device and services, by best-practice cryptography',
      'Besonders schutzbedürftige Daten bleiben zwischen Gerät und Diensten durch bewährte Kryptografie vertraulich',
    ),
    source: 'en303645-v3.1.3-digest',
  }),
  kept({
    id: '5.8-3',
    status: 'M',
    features: ['v'],
  }),
  kept({
    id: '5.9-1',
    status: 'R',
  }),
  kept({
    id: '5.9-2',
    status: 'R',
  }),
  kept({
    id: '5.9-3',
    status: 'R',
  }),
  kept({
    id: '5.10-1',
    status: 'R',
    features: ['w'],
  }),
  kept({
    id: '5.11-1',
    status: 'M',
  }),
  kept({
    id: '5.11-2',
    status: 'R',
    features: ['x'],
  }),
  kept({
    id: '5.11-3',
    status: 'R',
  }),
  kept({
    id: '5.11-4',
    status: 'R',
  }),
  kept({
    id: '5.12-1',
    status: 'R',
  }),
  kept({
    id: '5.12-2',
    status: 'R',
  }),
  kept({
    id: '5.12-3',
    status: 'R',
  }),
  fresh({
    id: '5.13-1A',
    status: 'M',
    title: text(
      'Input at application level that comes in through user interfaces is validated',
      'Eingaben auf Anwendungsebene über Benutzerschnittstellen werden geprüft',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 27-UserIntf and 29-InpVal: every user interface with how its input is validated',
        'IXIT 27-UserIntf und 29-InpVal: jede Benutzerschnittstelle mit der Prüfung ihrer Eingaben',
      ),
      ask(
        'laboratory',
        'device',
        'A record of unexpected input into each user interface of a unit, with its answers',
        'Ein Protokoll unerwarteter Eingaben an jeder Benutzerschnittstelle eines Geräts, mit seinen Antworten',
      ),
    ],
  }),
  fresh({
    id: '5.13-1B',
    status: 'M',
    title: text(
      'Input at application level that comes in through network interfaces is validated',
      'Eingaben auf Anwendungsebene über Netzschnittstellen werden geprüft',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 28-LogIntf and 29-InpVal: every interface on the network with how its input is validated',
        'IXIT 28-LogIntf und 29-InpVal: jede Schnittstelle im Netz mit der Prüfung ihrer Eingaben',
      ),
      ask(
        'laboratory',
        'device',
        'A fuzzing record of each service and programming interface on the network of a unit',
        'Ein Fuzzing-Protokoll jedes Dienstes und jeder Programmierschnittstelle im Netz eines Geräts',
      ),
    ],
  }),
]
