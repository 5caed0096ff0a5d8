import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import { decipherStretch } from '../decipher.ts'
import { announced, hashStretch, showStored, wrapped } from '../members.ts'
import { DATA_AT, type DlinkTlv, encryptedIn, MAGIC, parseDlinkTlv } from './parse.ts'

const CONTENT = 'firmware'

export const dlinkTlv: ContainerFormat<null> = {
  kind: 'container',
  name: 'dlink-tlv',
  title:
    'D-Link image with a TLV header (DAP-1820 and others; encrypted ones with the key that the header tells)',
  references: [
    'binwalk 3, src/structures/dlink_tlv.rs and src/signatures/dlink_tlv.rs',
    'delink, src/tlv.rs',
  ],
  limits: [
    'contents that OpenSSL encrypted with another password than that of model and board are shown as they are',
  ],
  recognisedOnly: 'no tool that writes it is public, and no image that may be passed on: made by a script',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const content = parseDlinkTlv(bytes, at)?.content
    return content && { start: at, end: Math.min(content.at + content.length, bytes.size) }
  },

  open(bytes, { start, end }, problem) {
    tellSum(bytes, start, problem)
    return [{ cost: end - start, entries: 1, plan: null }]
  },

  read(bytes, { start }, _plan, sink) {
    const image = parseDlinkTlv(bytes, start) as DlinkTlv
    const encrypted = encryptedIn(bytes, image)
    if (!encrypted) {
      showStored(announced(bytes, CONTENT, image.content, sink.problem), sink)
      return
    }
    const { at, length, decipher } = encrypted
    sink.stream(wrapped(CONTENT), (write) => decipherStretch(bytes, at, at + length, decipher(), true, write))
  },
}

function tellSum(bytes: Bytes, start: number, problem: Sink['problem']): void {
  const { md5, content } = parseDlinkTlv(bytes, start) as DlinkTlv
  const [from, end] = [start + DATA_AT, content.at + content.length]
  if (md5 === undefined || end > bytes.size) return
  if (hashStretch(createHash('md5'), bytes, from, end - from).digest('hex') !== md5)
    problem('checksum', 'the MD5 differs', CONTENT)
}
