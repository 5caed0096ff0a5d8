import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { hashStretch, wrapped } from '../members.ts'
import { decryptShrs, fittingKey } from './decrypt.ts'
import {
  HEADER,
  MAGIC,
  PUBLISHED_KEYS,
  parseShrsHeader,
  provesKey,
  type ShrsHeader,
  sha512,
} from './parse.ts'

const KEY = 16

export const dlinkShrs: ContainerFormat<null> = {
  kind: 'container',
  name: 'dlink-shrs',
  title: 'D-Link SHRS (encrypted, with published keys)',
  references: ['OpenWrt firmware-utils, src/dlink-sge-image.c'],
  limits: ['the signatures are not verified'],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseShrsHeader(bytes, at)
    return header && { start: at, end: Math.min(header.end, bytes.size) }
  },

  open: (bytes, { start }) => {
    const { plainLength } = parseShrsHeader(bytes, start) as ShrsHeader
    return [{ cost: plainLength, entries: 1, plan: null }]
  },

  read(bytes, { start }, _plan, sink) {
    const header = parseShrsHeader(bytes, start) as ShrsHeader
    const from = start + HEADER
    const there = Math.min(header.cipherLength, bytes.size - from)
    const cut = there < header.cipherLength
    if (cut)
      sink.problem('truncated', `${header.cipherLength} bytes are announced, ${there} are there`, 'payload')
    else if (hashStretch(sha512(), bytes, from, there).digest('hex') !== header.cipherDigest)
      sink.problem('checksum', 'the SHA-512 of what is encrypted differs')
    const given = sink.keys.map((key) => key.bytes).filter((key) => key.length === KEY)
    const published = PUBLISHED_KEYS.map((key) => Buffer.from(key, 'hex'))
    const key = fittingKey(bytes, start, header, [...given, ...published])
    if (key) return showPlain(bytes, { start, end: from + there }, header, key, sink)
    sink.problem('unsupported', 'no key fits: it is shown encrypted')
    sink.slice(wrapped('payload.encrypted'), from, there)
  },
}

function showPlain(
  bytes: Bytes,
  { start, end }: Region,
  header: ShrsHeader,
  key: Uint8Array,
  sink: Sink,
): void {
  sink.stream(wrapped('payload'), (write) => {
    const hash = sha512()
    decryptShrs(bytes, start, header, key, (chunk) => {
      hash.update(chunk)
      write(chunk)
    })
    if (end < start + HEADER + header.cipherLength) return { end, checksum: 'none' }
    const keyed = provesKey(hash.copy(), key, header)
    if (hash.digest('hex') === header.plainDigest && keyed) return { end, checksum: 'matches' }
    const problem = { code: 'checksum', message: 'the SHA-512 of the content differs' } as const
    return { end, checksum: 'differs', problem }
  })
}
