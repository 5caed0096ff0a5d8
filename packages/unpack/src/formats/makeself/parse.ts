import { type Bytes, latin1 } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = '#!/bin/sh\n# This script was generated using Makeself '
/** The script in front of the archives; the longest of those that are about has 30 KB. */
const MOST_SCRIPT = 256 * 1024
const NEW_LINE = 10

export interface Archive extends Stored {
  /** As `cksum` tells it. */
  readonly crc: number | undefined
  /** Hex; undefined where the script has none. */
  readonly md5: string | undefined
  readonly sha256: string | undefined
}

export interface Makeself {
  readonly script: Stored
  readonly archives: readonly Archive[]
  readonly base64: boolean
  /** Behind the last archive; the bytes may end before. */
  readonly end: number
}

/** The script at `at`, whose variables say how many lines it has, and how long the archives are that follow. */
export function parseMakeself(bytes: Bytes, at: number): Makeself | undefined {
  const head = bytes.view(at, Math.min(MOST_SCRIPT, bytes.size - at))
  const text = latin1(head)
  if (!text.startsWith(MAGIC)) return undefined
  const lines = Number(/^skip="(\d{1,5})"$/m.exec(text)?.[1] ?? /`head -n (\d{1,5}) "\$0"/.exec(text)?.[1])
  const sizes = valuesOf(text, 'filesizes').map(Number)
  const length = lengthOf(head, lines)
  if (length === undefined || sizes.length === 0 || !sizes.every((size) => size > 0)) return undefined
  const [crcs, md5s, shas] = [valuesOf(text, 'CRCsum'), valuesOf(text, 'MD5'), valuesOf(text, 'SHA')]
  let end = at + length
  const archives = sizes.map((size, index) => {
    const archive = { at: end, length: size }
    end += size
    const crc = Number(crcs[index] ?? 0)
    return { ...archive, crc: crc > 0 ? crc : undefined, md5: given(md5s[index]), sha256: given(shas[index]) }
  })
  return { script: { at, length }, archives, base64: /^\s*echo COMPRESS=base64$/m.test(text), end }
}

/** What stands in quotes behind a name, one value for each archive. */
function valuesOf(text: string, name: string): readonly string[] {
  const values = new RegExp(`^${name}="([0-9a-f ]{1,4096})"$`, 'm').exec(text)?.[1]
  return values?.trim().split(/ +/) ?? []
}

function given(digest: string | undefined): string | undefined {
  return digest === undefined || /^0*$/.test(digest) ? undefined : digest
}

/** Bytes of so many lines; undefined where there are not so many. */
function lengthOf(head: Uint8Array, lines: number): number | undefined {
  if (!(lines > 0)) return undefined
  let at = 0
  for (let line = 0; line < lines; line++) {
    at = head.indexOf(NEW_LINE, at) + 1
    if (at === 0) return undefined
  }
  return at
}
