import type { Text } from '@messlatte/model'
import type { HardwareQuestion, UnitFact } from '../chain/facts.ts'
import * as say from './say.ts'
import type { Unit } from './units.ts'

const SHOWN = 16

/** What the documents answer of the questions that a chain leaves open. */
export function answersOf(unit: Unit): UnitFact['answers'] {
  const about = say.unitName(unit)
  const { secureBoot, keys, flashEncryption, debugLocked, downloadLocked, secureVersion } = unit
  const all: readonly (readonly [HardwareQuestion['id'], Text | undefined])[] = [
    ['secure-boot-enabled', yesNo(secureBoot)],
    [
      'key-digest',
      keys.length === 0
        ? undefined
        : list(keys.map(({ slot, digest }) => `${slot} ${digest.slice(0, SHOWN)}…`)),
    ],
    [
      'key-revoked',
      keys.length === 0 ? undefined : list(keys.filter(({ revoked }) => revoked).map(({ slot }) => slot)),
    ],
    ['flash-encryption', yesNo(flashEncryption)],
    ['debug-locked', yesNo(debugLocked)],
    ['download-locked', yesNo(downloadLocked)],
    ['rollback-counter', secureVersion === null ? undefined : same(String(secureVersion))],
  ]
  return all.flatMap(([id, text]) => (text === undefined ? [] : [{ id, text: say.onUnit(text, about) }]))
}

function yesNo(value: boolean | null): Text | undefined {
  return value === null ? undefined : value ? say.YES : say.NO
}

function list(items: readonly string[]): Text {
  return items.length === 0 ? say.NONE : same(items.join(', '))
}

function same(text: string): Text {
  return { en: text, de: text }
}
