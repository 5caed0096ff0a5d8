import type { Settings } from '../../contract.ts'
import { type Trial, tryPasswords } from '../../passwords/trial.ts'
import type { FieldFact } from './facts.ts'
import { passwordField } from './field.ts'
import type { AccountLine } from './parse.ts'

export interface TriedFields {
  /** In the order of the lines. */
  readonly fields: readonly FieldFact[]
  /** Hashes on which not every candidate was tried. */
  readonly cut: number
}

/** Reads the fields of a file's lines, and tries the usual passwords on those that are hashes. */
export function tryFields(
  lines: readonly AccountLine[],
  file: 'passwd' | 'shadow',
  settings: Settings,
): TriedFields {
  const read = lines.map((line) => ({ line, field: passwordField(line.field, file) }))
  const trials = read.flatMap(({ line, field }): readonly Trial[] =>
    field.state === 'hash' ? [{ user: line.user, key: `${line.user}:${line.field}`, hash: field.hash }] : [],
  )
  const guessings = tryPasswords(trials, settings)
  const byKey = new Map(trials.map(({ key }, at) => [key, guessings[at]]))
  const fields = read.map(({ line, field }): FieldFact => {
    if (field.state !== 'hash') return field
    const guessing = byKey.get(`${line.user}:${line.field}`)
    const { scheme, repeat } = field.hash
    return guessing ? { state: 'hash', scheme, repeat, guessing } : { state: 'unusable' }
  })
  const cut = [...byKey.values()].filter((one) => one && !one.found && one.tried < one.of).length
  return { fields, cut }
}
