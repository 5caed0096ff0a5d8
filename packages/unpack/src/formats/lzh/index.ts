import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { showLzh } from '../lzh-member.ts'
import { inBatches } from '../members.ts'
import { addCrc16 } from '../packed-member.ts'
import { type LzhMember, METHOD_AT, METHODS, parseMember } from './parse.ts'

const MOST_MEMBERS = 1_000_000

export const lzh: ContainerFormat<readonly LzhMember[]> = {
  kind: 'container',
  name: 'lzh',
  title: 'LHA archive (LZH)',
  references: ['LHa for UNIX, header.doc.md', 'Haruyasu Yoshizaki, LHA header formats, levels 0 to 2'],
  limits: [
    'the methods lh1, lzs and lz5 are not unpacked',
    'headers of level 3 are not read',
    'times of MS-DOS are taken for UTC',
  ],
  magic: METHODS.map((bytes) => ({ bytes, at: METHOD_AT })),
  carve: true,

  recognise(bytes, at) {
    let last: LzhMember | undefined
    for (const member of membersOf(bytes, at)) last = member
    if (!last) return undefined
    // A zero ends an archive.
    const ended = last.end < bytes.size && bytes.view(last.end, 1)[0] === 0
    return { start: at, end: ended ? last.end + 1 : Math.min(last.end, bytes.size) }
  },

  open: (bytes, { start }) => inBatches(membersOf(bytes, start), ({ content }) => content.size),

  read(bytes, _region, plan, sink) {
    for (const { meta, content, crc } of plan) {
      if (meta.type !== 'file') sink.entry(meta)
      else showLzh(bytes, meta, content, { told: crc, add: addCrc16 }, sink)
    }
  },
}

/** One behind the other; a name has to be told. */
function* membersOf(bytes: Bytes, start: number): Generator<LzhMember> {
  let at = start
  for (let count = 0; count < MOST_MEMBERS; count++) {
    const member = parseMember(bytes, at)
    if (!member || member.meta.path === '') return
    yield member
    at = member.end
  }
}
