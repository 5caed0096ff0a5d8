import { DecodeError, inflateStream } from '@messlatte/bytes'
import type { ContainerFormat, EntryMeta } from '../../contract.ts'
import { MAGIC, MAGIC_AT, type OstreeFilez, parseOstreeFilez } from './parse.ts'

export const ostreeFilez: ContainerFormat<null> = {
  kind: 'container',
  name: 'ostree-filez',
  title: 'File of an OSTree archive repository (.filez)',
  references: ['ostree, src/libostree/ostree-core.c (zlib file header)'],
  limits: [
    'found at the start of a file or content only',
    'extended attributes are not shown',
    'other objects (commits, trees, static deltas) are not read: packed parts of deltas are found as xz streams',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: false,

  recognise(bytes, at) {
    const file = parseOstreeFilez(bytes, at)
    return file && { start: at, end: file.end }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 1, plan: null }],

  read(bytes, { start }, _plan, sink) {
    const { type, mode, uid, gid, target, length, contentAt } = parseOstreeFilez(bytes, start) as OstreeFilez
    const meta: EntryMeta = { path: 'content', type, mode, uid, gid, ...(target !== '' && { target }) }
    if (type !== 'file') {
      sink.entry(meta)
      return
    }
    sink.stream(meta, (write) => {
      let written = 0
      try {
        const end = inflateStream(bytes, contentAt, (chunk) => {
          written += chunk.length
          write(chunk)
        })
        const whole = { end, checksum: 'none' } as const
        return written === length
          ? whole
          : {
              ...whole,
              problem: { code: 'corrupt', message: `${written} bytes came out instead of ${length}` },
            }
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error
        return { end: bytes.size, checksum: 'none', problem: { code: error.code, message: error.message } }
      }
    })
  },
}
