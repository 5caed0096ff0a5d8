import { forEachWindow, Reader } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { wrapped } from '../members.ts'
import { buffaloCipher, buffaloSum } from './cipher.ts'
import { type BuffaloHeader, KEY, MAGICS, parseBuffalo } from './parse.ts'

const WINDOW = 256 * 1024
/** The state of the long form is as large as the content; no flash memory of such a device is larger. */
const MOST_LONG = 64 * 1024 * 1024

export const buffaloEnc: ContainerFormat<null> = {
  kind: 'container',
  name: 'buffalo-enc',
  title: 'Buffalo encrypted image (with the published key)',
  references: ['OpenWrt firmware-utils, src/buffalo-enc.c and src/buffalo-lib.c'],
  limits: [
    'images that are encrypted with another key than the published one are not recognised',
    'the long form is read up to 64 MiB, and only where it is whole',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const header = parseBuffalo(bytes, at)
    return header && { start: at, end: Math.min(header.end, bytes.size) }
  },

  open: (bytes, { start }) => [
    { cost: (parseBuffalo(bytes, start) as BuffaloHeader).length, entries: 1, plan: null },
  ],

  read(bytes, { start }, _plan, sink) {
    const { at, length, long, seed, product } = parseBuffalo(bytes, start) as BuffaloHeader
    const path = product.replaceAll('/', '_')
    const there = Math.min(length, bytes.size - at)
    if (there < length) sink.problem('truncated', `${length} bytes are announced, ${there} are there`, path)
    // The state is as large as the content that is told: work that what is not there must not cost.
    if (long && (there < length || length > MOST_LONG)) {
      sink.problem(
        'unsupported',
        'the long form is read up to 64 MiB, and whole only: it is shown encrypted',
        path,
      )
      return sink.slice(wrapped(path), at, there)
    }
    sink.stream(wrapped(path), (write) => {
      const cipher = buffaloCipher(seed, KEY, length, long)
      let sum = length
      forEachWindow(bytes, at, at + there, WINDOW, 0, (window) => {
        cipher.decrypt(window)
        sum = buffaloSum(sum, window)
        write(window)
        return true
      })
      const end = at + there
      if (end + 4 > bytes.size) return { end, checksum: 'none' }
      if (new Reader(bytes.view(end, 4), 'big').u32() === sum) return { end, checksum: 'matches' }
      return {
        end,
        checksum: 'differs',
        problem: { code: 'checksum', message: 'the checksum of the content differs' },
      }
    })
  },
}
