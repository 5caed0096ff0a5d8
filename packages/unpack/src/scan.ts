import { type Bytes, forEachWindow } from '@messlatte/bytes'
import type { Format } from './contract.ts'

const WINDOW = 128 * 1024

/** Finds where formats may begin. */
export interface Scanner {
  /** The formats whose magic stands at `at`, in the order of the registry; also those too weak to be carved. */
  startingAt(bytes: Bytes, at: number): readonly Format[]
  /** The next offset from `from` on at which the magic of a format that may be carved stands; undefined when there is none. */
  next(bytes: Bytes, from: number): number | undefined
}

export function createScanner(formats: readonly Format[]): Scanner {
  const carved = formats.filter((format) => format.carve)
  const magics = carved.flatMap((format) => format.magic)
  const longest = Math.max(...magics.map((magic) => magic.bytes.length))
  const pattern = new RegExp(
    [...new Set(magics.map((magic) => magic.bytes))].map(escapeRegExp).join('|'),
    'g',
  )
  const fillers = [0x00, 0xff].map((byte) => Buffer.alloc(WINDOW, byte))

  function startingAt(bytes: Bytes, at: number): readonly Format[] {
    return formats.filter((format) =>
      format.magic.some((magic) => standsAt(bytes, at + magic.at, magic.bytes)),
    )
  }

  /** Smallest start of a format whose magic matched at `hit`, but not before `from`. */
  function startOf(bytes: Bytes, hit: number, text: string, from: number): number | undefined {
    const starts = magics
      .filter((magic) => magic.bytes === text || text.startsWith(magic.bytes))
      .map((magic) => hit - magic.at)
      .filter((start) => start >= from && start < bytes.size)
    return starts.length > 0 ? Math.min(...starts) : undefined
  }

  function next(bytes: Bytes, from: number): number | undefined {
    let found: number | undefined
    forEachWindow(bytes, from, bytes.size, WINDOW, longest - 1, (window, at) => {
      if (fillers.some((filler) => isFilled(window, filler))) return true
      const text = window.toString('latin1')
      pattern.lastIndex = 0
      for (let match = pattern.exec(text); match && match.index < WINDOW; match = pattern.exec(text)) {
        found = startOf(bytes, at + match.index, match[0], from)
        if (found !== undefined) return false
        pattern.lastIndex = match.index + 1
      }
      return true
    })
    return found
  }

  return { startingAt, next }
}

function isFilled(view: Uint8Array, filler: Buffer): boolean {
  return view[0] === filler[0] && view.length >= WINDOW && filler.equals(view.subarray(0, WINDOW))
}

function standsAt(bytes: Bytes, at: number, text: string): boolean {
  if (at + text.length > bytes.size) return false
  const view = bytes.view(at, text.length)
  for (let i = 0; i < text.length; i++) if (view[i] !== text.charCodeAt(i)) return false
  return true
}

function escapeRegExp(byteString: string): string {
  return byteString.replace(
    /[^A-Za-z0-9]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}
