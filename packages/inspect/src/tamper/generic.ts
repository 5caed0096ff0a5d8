import type { Bytes } from '@messlatte/bytes'
import { type Anatomy, type Part, text } from './contract.ts'
import { slugsOf } from './formats/slugs.ts'

/** A stretch of a file as the map of `messlatte unpack --map` has it. */
export interface MapStretch {
  readonly at: number
  readonly length: number
  /** Format, `unknown`, or a word for what fills it. */
  readonly what: string
  readonly filler: boolean
}

const MOST_PARTS = 64

/** A file of which nothing but its stretches is known. */
export function unknownAnatomy(bytes: Bytes, stretches: readonly MapStretch[]): Anatomy {
  const whole = { at: 0, length: bytes.size, what: 'file', filler: false }
  const known = stretches.filter(({ length }) => length > 0).slice(0, MOST_PARTS)
  const told = known.length > 0 ? known : [whole]
  const slugs = slugsOf(told.map(({ what, at }) => `${what} at ${at.toString(16)}`))
  return {
    format: 'unknown',
    signed: 'unknown',
    parts: told.map(
      ({ at, length, what, filler }, index): Part => ({
        name: slugs[index] as string,
        title: text(what, what),
        at,
        length,
        cover: 'unknown',
        ...(filler ? { used: false } : {}),
      }),
    ),
    forgeries: [],
    limits: [
      text(
        'Which bytes are signed, and by what, is not known for files of this kind: each stretch of the map has one flipped bit, checksums are not mended, and nothing is signed again.',
        'Welche Bytes womit signiert sind, ist für Dateien dieser Art nicht bekannt: In jedem Abschnitt der Karte ist ein Bit gekippt, Prüfsummen sind nicht neu berechnet, nichts ist neu signiert.',
      ),
    ],
  }
}
