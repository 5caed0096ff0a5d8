import { crc32 } from 'node:zlib'
import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { steppedPlaces } from '../places.ts'

/** U-Boot, include/env_internal.h: a CRC in the byte order of the CPU, a flag where there are two copies, then the variables. */
export interface UbootEnv {
  /** Bytes, with the header; the size is not stored, it is where the CRC holds. */
  readonly size: number
  /** Of a redundant environment: 1 for the active copy of flash that is written once, else a count that grows. */
  readonly flag: number | undefined
  /** Byte strings in their order. */
  readonly variables: readonly (readonly [name: string, value: string])[]
}

/** The largest that is sought, and what sizes are multiples of, in bytes. */
export const MOST = 512 * 1024
const STEP = 256
/** A CRC over fewer says too little about where it ends. */
const LEAST_VARIABLES = 2
const NAME = /^[A-Za-z_][\w.:#-]{0,127}$/
const BLOCK = 512

/** The environment at `at`, or undefined: without its CRC it is none. */
export function parseUbootEnv(bytes: Bytes, at: number): UbootEnv | undefined {
  return parseWith(bytes, at, 4) ?? parseWith(bytes, at, 5)
}

function parseWith(bytes: Bytes, at: number, headerBytes: 4 | 5): UbootEnv | undefined {
  if (at + STEP > bytes.size || !isNameStart(bytes.view(at + headerBytes, 1)[0] as number)) return undefined
  const there = bytes.view(at, Math.min(MOST, bytes.size - at))
  const list = readVariables(there, headerBytes)
  if (!list) return undefined
  const size = sizeByCrc(there, headerBytes, list.end)
  if (size === undefined) return undefined
  return { size, flag: headerBytes === 5 ? there[4] : undefined, variables: list.variables }
}

/** What `name=value` strings there are up to the empty one; undefined where it is no such list. */
function readVariables(
  view: Uint8Array,
  from: number,
): { readonly variables: UbootEnv['variables']; readonly end: number } | undefined {
  const variables: [string, string][] = []
  let at = from
  while (view[at] !== 0) {
    const end = view.indexOf(0, at)
    if (end < 0) return undefined
    const line = view.subarray(at, end)
    const equals = line.indexOf(0x3d)
    if (equals < 0) return undefined
    const name = latin1(line.subarray(0, equals))
    if (!NAME.test(name)) return undefined
    variables.push([name, latin1(line.subarray(equals + 1))])
    at = end + 1
  }
  return variables.length >= LEAST_VARIABLES ? { variables, end: at + 1 } : undefined
}

/** Old values may stand behind the last one, so that only the CRC says where it ends. */
function sizeByCrc(view: Uint8Array, from: number, listEnd: number): number | undefined {
  const reader = new Reader(view, 'little')
  const little = reader.u32()
  const big = new Reader(view, 'big').u32()
  let size = Math.ceil(listEnd / STEP) * STEP
  let sum = crc32(view.subarray(from, size))
  while (size <= view.length) {
    if (sum === little || sum === big) return size
    sum = crc32(view.subarray(size, size + STEP), sum)
    size += STEP
  }
  return undefined
}

function isNameStart(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f
}

/** Places where a list may begin: blocks of storage, and where the stretch begins. So many only that the work stays linear. */
export function* seekUbootEnv(bytes: Bytes, gap: Region): Generator<number> {
  const most = 64 + Math.ceil((gap.end - gap.start) / 8192)
  const found: number[] = []
  if (begins(bytes.view(gap.start, Math.min(128, gap.end - gap.start)), 0)) found.push(gap.start)
  const blocks = { start: gap.start + 1, end: gap.end }
  for (const at of steppedPlaces(bytes, blocks, { step: BLOCK, needed: STEP }, begins)) {
    if (found.length >= most) break
    found.push(at)
  }
  yield* found
}

/** Cheap: a name and `=` stand where they have to. */
function begins(window: Uint8Array, at: number): boolean {
  return isAssignment(window, at + 4) || isAssignment(window, at + 5)
}

function isAssignment(window: Uint8Array, from: number): boolean {
  if (!isNameStart(window[from] ?? 0)) return false
  const name = window.subarray(from, from + 64)
  const equals = name.indexOf(0x3d)
  return equals > 0 && NAME.test(latin1(name.subarray(0, equals)))
}
