import type { Text, TraitId } from '@messlatte/model'
import { text } from '../text.ts'

/** What evidence of some kinds shows about the product. */
export interface Derivation {
  readonly trait: TraitId
  readonly value: boolean
  /** A kind fits that equals a prefix or goes on after it with a dot. */
  readonly kinds: readonly string[]
  readonly reason: Text
}

/**
 * All lines derive `true`: an image can show that something is there, and never that it is absent.
 * Constrained, telemetry, consent, identity and debug interface are not here, because nothing in an image settles them.
 */
export const DERIVATIONS: readonly Derivation[] = [
  {
    trait: 'passwords-used',
    value: true,
    kinds: ['account.password.set', 'account.password.weak', 'account.password.not-tried'],
    reason: text('An account with a password was found', 'Ein Konto mit Passwort wurde gefunden'),
  },
  {
    trait: 'preinstalled-passwords',
    value: true,
    kinds: ['account.password.set', 'account.password.weak', 'account.password.not-tried'],
    reason: text('A password comes with the image', 'Ein Passwort kommt mit dem Abbild'),
  },
  {
    trait: 'user-authentication',
    value: true,
    kinds: ['account.password.set', 'account.password.weak', 'account.password.not-tried'],
    reason: text('An account that can log in was found', 'Ein Konto, das sich anmelden kann, wurde gefunden'),
  },
  {
    trait: 'preinstalled-passwords',
    value: true,
    kinds: ['units.password.differ', 'units.password.equal'],
    reason: text('Units come with passwords', 'Geräte kommen mit Passwörtern'),
  },
  {
    trait: 'update-mechanism',
    value: true,
    kinds: [
      'update.client',
      'update.fetch-and-execute',
      'update.transport',
      'update.automatic',
      'update.signature.required',
      'update.signature.disabled',
    ],
    reason: text(
      'A way to update the software was found',
      'Ein Weg, die Software zu aktualisieren, wurde gefunden',
    ),
  },
  {
    trait: 'network-updates',
    value: true,
    kinds: ['update.fetch-and-execute', 'update.transport'],
    reason: text('Updates are fetched over a network', 'Aktualisierungen werden über ein Netz geholt'),
  },
  {
    trait: 'automatic-updates',
    value: true,
    kinds: ['update.automatic'],
    reason: text('A schedule runs the update', 'Ein Zeitplan führt die Aktualisierung aus'),
  },
]

/** What follows from an answer without asking again. */
export interface Implication {
  readonly trait: TraitId
  readonly value: boolean
  readonly implies: TraitId
  readonly becomes: boolean
}

export const IMPLICATIONS: readonly Implication[] = [
  { trait: 'preinstalled-passwords', value: true, implies: 'passwords-used', becomes: true },
  { trait: 'passwords-used', value: false, implies: 'preinstalled-passwords', becomes: false },
  { trait: 'network-updates', value: true, implies: 'update-mechanism', becomes: true },
  { trait: 'automatic-updates', value: true, implies: 'update-mechanism', becomes: true },
  { trait: 'update-mechanism', value: false, implies: 'network-updates', becomes: false },
  { trait: 'update-mechanism', value: false, implies: 'automatic-updates', becomes: false },
  { trait: 'passwords-used', value: true, implies: 'password-authentication', becomes: true },
  { trait: 'preinstalled-passwords', value: true, implies: 'factory-passwords', becomes: true },
  { trait: 'factory-passwords', value: true, implies: 'password-authentication', becomes: true },
  { trait: 'password-authentication', value: false, implies: 'factory-passwords', becomes: false },
  { trait: 'update-mechanism', value: true, implies: 'software-updateable', becomes: true },
  { trait: 'update-mechanism', value: false, implies: 'software-updateable', becomes: false },
  { trait: 'software-updateable', value: false, implies: 'update-mechanism', becomes: false },
  { trait: 'debug-interface-accessible', value: true, implies: 'physical-debug-interfaces', becomes: true },
  { trait: 'physical-debug-interfaces', value: true, implies: 'debug-interfaces', becomes: true },
  { trait: 'debug-interfaces', value: false, implies: 'physical-debug-interfaces', becomes: false },
  { trait: 'sensitive-data-to-services', value: true, implies: 'personal-data-to-services', becomes: true },
  { trait: 'personal-data-to-services', value: false, implies: 'sensitive-data-to-services', becomes: false },
  { trait: 'personal-data-processed', value: false, implies: 'personal-data-to-services', becomes: false },
  { trait: 'personal-data-to-services', value: true, implies: 'personal-data-processed', becomes: true },
  { trait: 'personal-data-by-consent', value: true, implies: 'personal-data-processed', becomes: true },
]

/** `account.password` fits `account.password.set`, not `account.passwords`. */
export function fitsKind(prefix: string, kind: string): boolean {
  return kind === prefix || kind.startsWith(`${prefix}.`)
}
