import { createHash } from 'node:crypto'
import type { ContainerFormat } from '../../contract.ts'
import { announced, hashStretch, type StoredMember, storedAsIs } from '../members.ts'
import { DATA_AT, type DlinkTlv, MAGIC, parseDlinkTlv } from './parse.ts'

export const dlinkTlv: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'dlink-tlv',
  title: 'D-Link image with a TLV header (DAP-1820 and others)',
  references: ['binwalk 3, src/structures/dlink_tlv.rs and src/signatures/dlink_tlv.rs'],
  limits: ['contents that OpenSSL encrypted with a password of the maker are shown as they are'],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const content = parseDlinkTlv(bytes, at)?.content
    return content && { start: at, end: Math.min(content.at + content.length, bytes.size) }
  },

  ...storedAsIs((bytes, { start }, problem) => {
    const { md5, content } = parseDlinkTlv(bytes, start) as DlinkTlv
    const [from, end] = [start + DATA_AT, content.at + content.length]
    if (md5 !== undefined && end <= bytes.size) {
      if (hashStretch(createHash('md5'), bytes, from, end - from).digest('hex') !== md5)
        problem('checksum', 'the MD5 differs', 'firmware')
    }
    return [announced(bytes, 'firmware', content, problem)]
  }),
}
