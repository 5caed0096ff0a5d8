import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { xorStretch } from '../decipher.ts'
import { wrapped } from '../members.ts'
import { KEY_STREAM, MAGIC_AT, MAGIC_BYTES, parseSenao, type SenaoHeader } from './parse.ts'

/** The makers' tool fills up to blocks of at most so many bytes, unless it is told otherwise. */
const MOST_PADDING = 65_536

export const senao: ContainerFormat<null> = {
  kind: 'container',
  name: 'senao',
  title: 'Senao and EnGenius image (encoded with XOR)',
  references: [
    'OpenWrt firmware-utils, src/mksenaofw.c',
    'unblob, handlers/archive/engeniustech/engenius.py',
  ],
  limits: ['images with another magic than 0x12345678 are not recognised'],
  magic: [{ bytes: MAGIC_BYTES, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const header = parseSenao(bytes, at)
    if (!header) return undefined
    const end = header.at + header.length
    return { start: at, end: end < bytes.size ? end + padding(bytes, header, end) : bytes.size }
  },

  open: (bytes, { start }) => [
    { cost: (parseSenao(bytes, start) as SenaoHeader).length, entries: 1, plan: null },
  ],

  read(bytes, { start }, _plan, sink) {
    const header = parseSenao(bytes, start) as SenaoHeader
    const there = Math.min(header.length, bytes.size - header.at)
    const cut = there < header.length
    if (cut) sink.problem('truncated', `${header.length} bytes are announced, ${there} are there`, 'payload')
    sink.stream(wrapped('payload'), (write) => {
      const hash = createHash('md5')
      xorStretch(bytes, header.at, header.at + there, { key: KEY_STREAM, phase: 0 }, (chunk) => {
        hash.update(chunk)
        write(chunk)
        return true
      })
      const end = header.at + there
      if (cut) return { end, checksum: 'none' }
      if (hash.digest('hex') === header.md5) return { end, checksum: 'matches' }
      return {
        end,
        checksum: 'differs',
        problem: { code: 'checksum', message: 'the MD5 of the content differs' },
      }
    })
  },
}

/** Bytes behind the content that are encoded zeros. */
function padding(bytes: Bytes, { length }: SenaoHeader, end: number): number {
  let count = 0
  const limit = Math.min(end + MOST_PADDING, bytes.size)
  xorStretch(bytes, end, limit, { key: KEY_STREAM, phase: length & 7 }, (chunk) => {
    const other = chunk.findIndex((byte) => byte !== 0)
    count += other < 0 ? chunk.length : other
    return other < 0
  })
  return count
}
