import { writeOscalCatalog, writeOscalProfile, writeOscalRequirements } from '@messlatte/exchange'
import type { Language } from '@messlatte/model'
import { CliError } from '../errors.ts'
import { output } from '../output.ts'
import { type Rules, readRules } from '../rules.ts'

export interface OscalFlags {
  readonly output: string
  readonly over?: string
  /** Of a profile alone. */
  readonly catalog?: string
  readonly lang: Language
}

/** Writes an edition, or what a rule asks in its own numbering, as an OSCAL catalog. */
export function oscalCatalogCommand(name: string, flags: OscalFlags): number {
  const { catalogue, profiles } = ruled(name, flags)
  const [profile] = profiles
  const text = profile
    ? writeOscalRequirements(profile, flags.lang)
    : writeOscalCatalog(catalogue, flags.lang)
  if (text === undefined)
    throw new CliError('bad-option', {
      en: `${name}: judges provisions by their own numbers, so it is a profile over a catalog: messlatte oscal profile ${name}`,
      de: `${name}: beurteilt Anforderungen unter deren eigenen Nummern, ist also ein Profil über einen Katalog: messlatte oscal profile ${name}`,
    })
  output(flags.output, text)
  return 0
}

/** Writes a rule as an OSCAL profile over a catalog. */
export function oscalProfileCommand(name: string, flags: OscalFlags): number {
  const { catalogue, profiles } = ruled(name, flags)
  const [profile] = profiles
  if (!profile)
    throw new CliError('bad-option', {
      en: `${name}: is an edition, so it is a catalog: messlatte oscal catalog ${name}`,
      de: `${name}: ist eine Ausgabe, also ein Katalog: messlatte oscal catalog ${name}`,
    })
  const own = profile.asks.length === 0 ? profile.id : catalogue.edition
  const href = flags.catalog ?? `${own}.catalog.json`
  output(flags.output, writeOscalProfile(profile, catalogue, href, flags.lang))
  return 0
}

function ruled(name: string, { over }: OscalFlags): Rules {
  if (name.includes(','))
    throw new CliError('bad-option', { en: `${name}: name one rule`, de: `${name}: genau eine Regel nennen` })
  return readRules(over === undefined ? name : `${name},${over}`, name)
}
