import { type Bytes, consistsOf } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { inBatches, jsonText, showText, wrapped } from '../members.ts'
import { steppedPlaces } from '../places.ts'
import { plainNvs } from './decrypt.ts'
import { type NvsPayload, PAGE, parseNvsPage } from './parse.ts'
import { type NvsValue, readNvs } from './store.ts'

interface NvsMember {
  readonly path: string
  readonly content: string | readonly NvsPayload[]
  readonly size: number
}

/** Version 2 behind the number of a page, then what is reserved; of version 1 all of that is erased flash. */
const VERSION_2 = `\xfe${'\xff'.repeat(19)}`
/** ESP-IDF takes no smaller partition. */
const LEAST_PAGES = 3
/** Erased pages between others are worth so many steps. */
const MOST_ERASED = 64

export const espNvs: ContainerFormat<readonly NvsMember[]> = {
  kind: 'container',
  name: 'esp-nvs',
  title: 'ESP-IDF non-volatile storage (NVS)',
  references: [
    'ESP-IDF documentation, Non-Volatile Storage Library, Internals',
    'ESP-IDF, components/nvs_flash/src/{nvs_types,nvs_page}.hpp',
    'ESP-IDF documentation, NVS Encryption',
  ],
  limits: [
    'encrypted pages are decrypted where they begin with the partition, and with the keys of one partition only',
  ],
  magic: [{ bytes: VERSION_2, at: 8 }],
  carve: true,

  candidates: (bytes, gap) =>
    steppedPlaces(bytes, gap, { step: PAGE, needed: 1 }, (window, at) => (window[at] as number) >= 0xf0),

  recognise(bytes, at) {
    if (!parseNvsPage(bytes, at)) return undefined
    return { start: at, end: Math.min(at + pagesFrom(bytes, at) * PAGE, bytes.size) }
  },

  open(bytes, region, problem, keys) {
    const plain = plainNvs(bytes, region, keys)
    return inBatches(membersOf(plain.bytes, plain.region, problem), ({ size }) => size)
  },

  read(source, region, plan, sink) {
    const { bytes } = plainNvs(source, region, sink.keys)
    for (const { path, content, size } of plan) {
      if (typeof content === 'string') {
        showText(path, content, sink)
        continue
      }
      sink.file(wrapped(path), size, (out) => {
        let done = 0
        for (const { at, length } of content) {
          const part = bytes.view(at, length)
          out.set(part.subarray(0, Math.min(length, size - done)), done)
          done += length
        }
      })
    }
  },
}

/** Pages that belong together: with a header that holds, or erased; behind the last one, erased ones up to the least size. */
function pagesFrom(bytes: Bytes, at: number): number {
  let last = 0
  for (let page = 0; at + page * PAGE < bytes.size && page - last <= MOST_ERASED; page++) {
    if (parseNvsPage(bytes, at + page * PAGE)) last = page
    else if (!isErasedPage(bytes, at + page * PAGE)) break
  }
  let count = last + 1
  while (count < LEAST_PAGES && isErasedPage(bytes, at + count * PAGE)) count++
  return count
}

function isErasedPage(bytes: Bytes, at: number): boolean {
  const length = Math.min(PAGE, bytes.size - at)
  return length > 0 && consistsOf(bytes.view(at, length), 0xff)
}

function* membersOf(bytes: Bytes, region: Region, problem: Sink['problem']): Generator<NvsMember> {
  const size = region.end - region.start
  const cut = size % PAGE !== 0 || bytes.size - region.start < LEAST_PAGES * PAGE
  const values = readNvs(bytes, region, problem)
  for (const namespace of new Set(values.map((value) => value.namespace))) {
    const own = values.filter((value) => value.namespace === namespace)
    const text = jsonText(own.map(describe))
    const files = own.flatMap(fileOf)
    const table = { path: `${namespace.replaceAll('/', '%2f')}.json`, content: text, size: text.length }
    for (const member of [table, ...files]) {
      if (cut) problem('truncated', 'the pages are cut off: other values may have been there', member.path)
      yield member
    }
  }
}

function describe({ key, type, old, value, file, size }: NvsValue): object {
  return { key, type, value, file, size, old: old || undefined }
}

function fileOf({ file, size, pieces }: NvsValue): readonly NvsMember[] {
  return file !== undefined && size !== undefined && pieces ? [{ path: file, content: pieces, size }] : []
}
