import type { ContainerFormat } from '../../contract.ts'
import { wrapped } from '../members.ts'
import { decryptEncrpted, decryptsToUbi, HEADER, MAGIC, parseEncrpted } from './parse.ts'

export const dlinkEncrpted: ContainerFormat<null> = {
  kind: 'container',
  name: 'dlink-encrpted',
  title: 'D-Link encrpted_img (encrypted UBI, with the published key)',
  references: [
    'unblob, handlers/archive/dlink/encrpted_img.py',
    'github.com/devttys0/delink, src/encrpted.rs',
  ],
  limits: ['there is no checksum: damage shows in the UBI image only'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const length = parseEncrpted(bytes, at)
    return length === undefined ? undefined : { start: at, end: Math.min(at + HEADER + length, bytes.size) }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 1, plan: null }],

  read(bytes, { start, end }, _plan, sink) {
    const from = start + HEADER
    const known = decryptsToUbi(bytes, from)
    const path = known ? 'payload.ubi' : 'payload.encrypted'
    const length = parseEncrpted(bytes, start) as number
    if (from + length > end)
      sink.problem('truncated', `${length} bytes are announced, ${end - from} are there`, path)
    if (known) {
      sink.stream(wrapped(path), (write) => {
        decryptEncrpted(bytes, from, end, write)
        return { end, checksum: 'none' }
      })
      return
    }
    sink.problem('unsupported', 'the published key does not fit: it is shown encrypted')
    sink.slice(wrapped(path), from, end - from)
  },
}
