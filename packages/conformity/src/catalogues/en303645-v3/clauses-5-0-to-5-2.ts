import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { fresh, kept } from './entry.ts'

/** Clauses 5.0 reporting, 5.1 passwords and authentication, 5.2 vulnerability reports. */
export const CLAUSES_5_0_TO_5_2: readonly ProvisionRule[] = [
  kept({
    id: '5.0-1',
    from: '4-1',
    status: 'M',
  }),
  kept({
    id: '5.1-1',
    status: 'M',
    features: ['a'],
    title: text(
      'Outside the factory default state, every password of users or machines differs per unit or was set by the user',
      'Außerhalb des Auslieferungszustands ist jedes Passwort von Benutzern oder Maschinen je Gerät verschieden oder vom Benutzer gesetzt',
    ),
  }),
  kept({
    id: '5.1-2',
    status: 'M',
    features: ['b'],
    title: text(
      'Preset passwords of users or machines come from a generator that withstands automated attacks on the whole class',
      'Voreingestellte Passwörter von Benutzern oder Maschinen stammen aus einem Generator, der Angriffen auf die ganze Geräteklasse widersteht',
    ),
  }),
  fresh({
    id: '5.1-2A',
    status: 'R',
    title: text(
      'Machines do not authenticate to each other by passwords',
      'Maschinen authentisieren sich untereinander nicht mit Passwörtern',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 1-AuthMech: every way in which machines authenticate to the device or the device to them, with its authentication factor',
        'IXIT 1-AuthMech: jedes Verfahren, mit dem sich Maschinen am Gerät oder das Gerät an ihnen authentisiert, mit seinem Authentisierungsfaktor',
      ),
      ask(
        'laboratory',
        'device',
        'Attempts to use a password on each machine-to-machine interface of a unit: all must be refused',
        'Versuche, an jeder Maschinenschnittstelle eines Geräts ein Passwort zu verwenden: alle müssen abgewiesen werden',
      ),
    ],
  }),
  kept({
    id: '5.1-3',
    status: 'M',
    features: ['c'],
    title: text(
      'Users and machines authenticate with best-practice cryptography that fits the technology, risk and use',
      'Benutzer und Maschinen authentisieren sich mit bewährter Kryptografie, die zu Technik, Risiko und Einsatz passt',
    ),
  }),
  kept({
    id: '5.1-4',
    status: 'M',
    features: ['d'],
  }),
  kept({
    id: '5.1-5',
    status: 'M',
    conditions: [14],
    features: ['e'],
  }),
  kept({
    id: '5.2-1',
    status: 'M',
  }),
  kept({
    id: '5.2-2',
    status: 'R',
  }),
  kept({
    id: '5.2-3',
    status: 'R',
  }),
]
