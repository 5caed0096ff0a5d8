import { type Bytes, cString, MAX_VIEW } from '@messlatte/bytes'
import type { VxSymbol } from './parse.ts'

/** Names that have to stand where the pointers lead, before the others are believed. */
const SAMPLES = 64
const MAX_NAME = 512

/**
 * The names of symbols, by their pointers. Nothing tells where in the image the memory of the pointers lies: it is the one
 * place where each pointer leads behind a NUL and to a letter. Undefined where there is none, or more than one.
 */
export function findNames(
  bytes: Bytes,
  symbols: readonly VxSymbol[],
): ReadonlyMap<number, string> | undefined {
  if (bytes.size > MAX_VIEW) return undefined
  const image = bytes.view(0, bytes.size)
  const pointers = [...new Set(symbols.map(({ name }) => name))].sort((a, b) => a - b)
  const first = pointers[0] as number
  const step = Math.max(1, Math.floor(pointers.length / SAMPLES))
  const samples = pointers.filter((_, index) => index % step === 0).map((pointer) => pointer - first)
  const last = (pointers.at(-1) as number) - first
  let base: number | undefined
  for (let place = 1; place + last < image.length; place++) {
    if (!samples.every((offset) => isName(image, place + offset))) continue
    if (base !== undefined) return undefined
    base = place
  }
  if (base === undefined) return undefined
  const start = base - first
  return new Map(
    pointers.map((pointer) => [
      pointer,
      cString(image.subarray(start + pointer, start + pointer + MAX_NAME)),
    ]),
  )
}

function isName(image: Uint8Array, at: number): boolean {
  const byte = image[at] as number
  return image[at - 1] === 0 && byte > 32 && byte < 127
}
