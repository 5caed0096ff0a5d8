import type { Bytes } from '@messlatte/bytes'
import type { TamperChange, TamperFile, TamperSeen } from '@messlatte/model'
import type { Variant } from './plan.ts'

/** Bytes of a change that are told, and changes of a file. */
const MOST_BYTES = 32
const MOST_CHANGES = 64

/** What is told of a file that was written. */
export function toldFile(
  original: Bytes,
  variant: Variant,
  ending: string,
  sha256: string | null,
  seen: TamperSeen | null,
): TamperFile {
  const { number, what, kind, title, part, sums, answer, judge, cases, rope } = variant
  const changes = rope.changes()
  return {
    file: fileName(variant, ending),
    number,
    what,
    kind,
    title,
    part: part ?? null,
    sums,
    size: rope.size,
    sha256,
    answer,
    judge: judge ?? null,
    cases,
    changes: changes.slice(0, MOST_CHANGES).map(
      ({ offset, newOffset, removed, inserted }): TamperChange => ({
        offset,
        newOffset,
        removed,
        inserted: inserted.length,
        old: hexOf(original.view(offset, Math.min(removed, MOST_BYTES))),
        new: hexOf(inserted.subarray(0, MOST_BYTES)),
      }),
    ),
    changesInAll: changes.length,
    seen,
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** `.swu` of `a.swu`: verifiers may ask for it; anything unusual is `.bin`. */
export function endingOf(name: string): string {
  return /\.(?:tar\.)?[A-Za-z0-9]{1,12}$/.exec(name)?.[0] ?? '.bin'
}

export function fileName({ number, what }: Pick<Variant, 'number' | 'what'>, ending: string): string {
  return `${String(number).padStart(2, '0')}-${what}${ending}`
}
