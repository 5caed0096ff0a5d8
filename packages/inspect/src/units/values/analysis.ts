import { isWpsPin } from '../../credentials/wireless/give.ts'
import { bitsByCollisions, ENOUGH_UNITS, type Estimate, estimateOf } from './estimate.ts'
import { type Regularity, regularitiesOf } from './regularities.ts'
import { type Relation, relationsOf, type UnitValue } from './relations.ts'
import { type Shape, shapeOf } from './shape.ts'

/** All that some secrets of different units tell, without one of their characters. */
export interface Analysis {
  readonly shape: Shape
  /** Bits: with a check digit, that digit adds none. */
  readonly atMost: number
  readonly checkDigit: boolean
  readonly estimate: Estimate | undefined
  readonly bitsByCollisions: number | undefined
  readonly regularities: readonly Regularity[]
  readonly relations: readonly Relation[]
  /** Rules of relation that were tried, with their parameters. */
  readonly tried: number
  /** Public values that the secrets were compared with, by name. */
  readonly comparedWith: readonly string[]
  /** Enough units to conclude from finding nothing. */
  readonly enough: boolean
  /** Not all rules were searched. */
  readonly cut: boolean
}

/** @param units at least one, none with an empty secret @param words in lower case */
export function analyse(units: readonly UnitValue[], words: ReadonlySet<string>): Analysis {
  const values = units.map(({ value }) => value)
  const shape = shapeOf(values)
  const comparable = withoutConstants(units)
  const { found, tried, cut } =
    shape.distinct > 1 ? relationsOf(comparable, shape) : { found: [], tried: 0, cut: false }
  const checkDigit = values.length > 1 && values.every((value) => /^\d{8}$/.test(value) && isWpsPin(value))
  return {
    shape,
    atMost: shape.atMost - (checkDigit && shape.atMost > 0 ? Math.log2(10) : 0),
    checkDigit,
    estimate: estimateOf(values, shape),
    bitsByCollisions: shape.distinct > 1 ? bitsByCollisions(shape) : undefined,
    regularities: regularitiesOf(values, shape, words),
    relations: found,
    tried,
    comparedWith: [...new Set(comparable.flatMap(({ publics }) => publics.map(({ name }) => name)))],
    enough: shape.distinct >= ENOUGH_UNITS && !cut,
    cut,
  }
}

/** Public values of a unit that secrets are compared with: addresses first. */
const MOST_PUBLICS = 12
const WEIGHT = { mac: 0, serial: 1, ssid: 2, other: 3 } as const

/** What is the same for all units gives none of them its own secret. */
function withoutConstants(units: readonly UnitValue[]): readonly UnitValue[] {
  const different = new Map<string, Set<string>>()
  for (const { publics } of units)
    for (const { name, value } of publics) different.set(name, (different.get(name) ?? new Set()).add(value))
  return units.map(({ value, publics }) => ({
    value,
    publics: publics
      .filter(({ name }) => (different.get(name)?.size ?? 0) > 1)
      .toSorted((a, b) => WEIGHT[a.kind] - WEIGHT[b.kind])
      .slice(0, MOST_PUBLICS),
  }))
}
