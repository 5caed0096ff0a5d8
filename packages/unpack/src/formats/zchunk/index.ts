import type { ContainerFormat } from '../../contract.ts'
import { wrapped } from '../members.ts'
import { decodeChunks, isHeaderIntact } from './chunks.ts'
import { DETACHED, MAGIC, parseZchunk, type Zchunk } from './parse.ts'

export const zchunk: ContainerFormat<null> = {
  kind: 'container',
  name: 'zchunk',
  title: 'zchunk (.zck; deltas of SWUpdate)',
  references: ['zchunk, zchunk_format.txt'],
  limits: [
    'a header that stands alone, as for deltas of SWUpdate, is told: its chunks lie elsewhere',
    'signatures are not compared: no kind of them is defined',
  ],
  magic: [
    { bytes: MAGIC, at: 0 },
    { bytes: DETACHED, at: 0 },
  ],
  carve: true,

  recognise(bytes, at) {
    const file = parseZchunk(bytes, at)
    return (
      file && { start: at, end: isAlone(file, bytes.size) ? file.headerEnd : Math.min(file.end, bytes.size) }
    )
  },

  *open(bytes, { start, end }, problem) {
    const file = parseZchunk(bytes, start) as Zchunk
    if (!isHeaderIntact(bytes, start, MAGIC, file)) problem('checksum', 'the digest of the header differs')
    const cost = file.chunks.reduce((sum, { size }) => sum + size, 0)
    if (!isAlone(file, end)) yield { cost, entries: 1, plan: null }
  },

  read(bytes, { start }, _plan, sink) {
    sink.stream(wrapped('content'), (write) =>
      decodeChunks(bytes, parseZchunk(bytes, start) as Zchunk, write),
    )
  },
}

/** SWUpdate delivers the header of a whole file without what follows it, too. */
function isAlone({ detached, headerEnd, end }: Zchunk, size: number): boolean {
  return detached || (headerEnd === size && end > size)
}
