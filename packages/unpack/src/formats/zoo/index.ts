import { type Bytes, lzhDecompress } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { addCrc16, asStored, showPacked, type Unpack } from '../packed-member.ts'
import { quietly } from '../telling.ts'
import { lzdDecode } from './lzd.ts'
import { parseHead, parseMember, TAG, TAG_AT, type ZooHead, type ZooMember } from './parse.ts'

const MOST_MEMBERS = 1_000_000
const METHODS: readonly Unpack[] = [
  asStored,
  (input, _size, write) => lzdDecode(input, write),
  (input, size, write) => lzhDecompress(input, 'lh5', size, write),
]

export const zoo: ContainerFormat<readonly ZooMember[]> = {
  kind: 'container',
  name: 'zoo',
  title: 'zoo archive (stored, LZW, LZH)',
  references: ['zoo 2.10, zoo.h and lzconst.h', 'zoo 2.10, portable.c (the order of the fields)'],
  limits: ['members that were deleted within the archive are not shown'],
  magic: [{ bytes: TAG, at: TAG_AT }],
  carve: true,

  recognise(bytes, at) {
    const head = parseHead(bytes, at)
    if (!head) return undefined
    let { end } = head
    let count = 0
    for (const member of membersOf(bytes, at, head)) {
      end = Math.max(end, member.end)
      count++
    }
    return count > 0 ? { start: at, end: Math.min(at + end, bytes.size) } : undefined
  },

  *open(bytes, { start }, problem) {
    const shown: ZooMember[] = []
    let next = -1
    for (const member of membersOf(bytes, start, parseHead(bytes, start) as ZooHead)) {
      ;({ next } = member)
      if (!member.headHolds) problem('checksum', 'the CRC of its head differs', member.meta.path || undefined)
      if (next !== 0 && !member.deleted) shown.push(member)
    }
    yield* inBatches(shown, ({ content }) => content.size)
    if (next !== 0) problem('truncated', 'the archive has no end')
  },

  read(bytes, _region, plan, sink) {
    for (const { meta, method, content, crc } of plan)
      showPacked(bytes, meta, content, METHODS[method], { told: crc, add: addCrc16 }, sink)
  },
}

/** Each head tells where the next one stands, which is always behind it; the last one tells none, and is listed, too. */
function* membersOf(bytes: Bytes, start: number, { first }: ZooHead): Generator<ZooMember> {
  let at = first
  for (let count = 0; count < MOST_MEMBERS; count++) {
    const member = quietly(() => parseMember(bytes, start, at))
    if (!member) return
    yield member
    if (member.next <= at) return
    at = member.next
  }
}
