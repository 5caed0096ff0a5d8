import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { fileNameOfKey } from '../key-names.ts'
import { distinctPaths, wrapped } from '../members.ts'
import { BLOCK, dataBlocks, deviceKeyAt, ERASED, ERASED_AT, protectedAt } from './blocks.ts'
import { protectedValues, valuesOf } from './values.ts'

/** The keys of all values depend on that of the device: a storage is one piece of work. */
export const tuyaKv: ContainerFormat<undefined> = {
  kind: 'container',
  name: 'tuya-kv',
  title: 'Storage of Tuya devices (names and values, encrypted with published keys)',
  references: [
    'bk7231tools, analysis/kvstorage.py and analysis/storage.py',
    'openshwprojects/BK7231GUIFlashTool, TuyaConfig.cs (keys of other platforms)',
  ],
  limits: [
    'values in front of the block with the key, as some platforms keep them, are not found',
    'of values that were overwritten, only the one in force is shown',
  ],
  magic: [
    { bytes: ERASED, at: ERASED_AT },
    { bytes: ERASED, at: BLOCK + ERASED_AT },
  ],
  carve: true,

  recognise(bytes, at) {
    const place = placesOf(bytes, at)
    if (!place) return undefined
    const last = [...dataBlocks(bytes, place.data, place.key)].at(-1)
    return { start: at, end: Math.min(last ? last.at + BLOCK : place.data, bytes.size) }
  },

  *open(_bytes, { start, end }) {
    yield { cost: end - start, entries: 1, plan: undefined }
  },

  read(bytes, region, _plan, sink) {
    const { guarded, data, key } = placesOf(bytes, region.start) as Places
    const pathOf = distinctPaths()
    const show = (path: string, content: Uint8Array) =>
      sink.file(wrapped(path), content.length, (out) => out.set(content))
    if (guarded)
      for (const { name, content } of protectedValues(guarded))
        show(pathOf(`protected/${fileNameOfKey(name)}`, 0), content)
    const blocks = [...dataBlocks(bytes, data, key)]
    const wrong = blocks.filter(({ sound }) => !sound).length
    if (wrong > 0) sink.problem('checksum', `the sums of ${wrong} blocks differ`)
    if (blocks.length === 0)
      sink.problem('unsupported', 'no block behind the key holds values that a known key deciphers')
    const missing = (name: string) =>
      sink.problem('structure', 'not all of its pages are there', fileNameOfKey(name))
    for (const { name, content, sound, at } of valuesOf(blocks, missing)) {
      const path = pathOf(fileNameOfKey(name), at - region.start)
      if (!sound) sink.problem('checksum', 'the sum of its bytes differs', path)
      show(path, withoutNul(content))
    }
  },
}

interface Places {
  /** Of the protected block, where there is one. */
  readonly guarded: Buffer | undefined
  /** Where blocks of values begin, in bytes. */
  readonly data: number
  readonly key: Uint8Array
}

/** The block with the key is the first one, or the protected one stands in front of it. */
function placesOf(bytes: Bytes, at: number): Places | undefined {
  const first = deviceKeyAt(bytes, at)
  if (first) return { guarded: undefined, data: at + BLOCK, key: first }
  const second = deviceKeyAt(bytes, at + BLOCK)
  const guarded = second && protectedAt(bytes, at)
  return second && guarded && { guarded, data: at + 2 * BLOCK, key: second }
}

/** Texts are kept with the NUL that ends them. */
function withoutNul(content: Buffer): Buffer {
  const end = content.indexOf(0)
  return end === content.length - 1 ? content.subarray(0, end) : content
}
