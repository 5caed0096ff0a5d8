import { type Bytes, DecodeError, type StreamEnd } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { TextLines } from '../text-lines.ts'
import { type UuHeader, uuDecode, uuHeader } from '../uu-text.ts'

/** The first digit of the mode. */
const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7'] as const
/** A header is no longer, in bytes. */
const MOST_HEADER = 1100

export const uuencode: ContainerFormat<UuHeader> = {
  kind: 'container',
  name: 'uuencode',
  title: 'uuencode text (also with base64)',
  references: ['IEEE Std 1003.1-2017, uuencode, “Stdout”'],
  limits: [
    'contents that are cut into several texts, and parts of mail (MIME, yEnc), are not put together',
    'names in base64 (begin-base64-encoded) are not recognised',
  ],
  magic: [...DIGITS.map((digit) => ({ bytes: `begin ${digit}`, at: 0 })), { bytes: 'begin-base64 ', at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const lines = new TextLines(bytes, at, bytes.size)
    const header = headerOf(lines)
    if (!header) return undefined
    let size = 0
    try {
      uuDecode(lines, header, (chunk) => {
        size += chunk.length
      })
    } catch (error) {
      // A text may be cut off by the end, behind its first line.
      if (!(error instanceof DecodeError) || error.code !== 'truncated' || size === 0) return undefined
    }
    return { start: at, end: lines.at }
  },

  *open(bytes, { start, end }) {
    const header = headerOf(new TextLines(bytes, start, end))
    if (header) yield { cost: end - start, entries: 1, plan: header }
  },

  read(bytes, { start, end }, header, sink) {
    const meta = { path: header.name, type: 'file', mode: header.mode } as const
    sink.stream(meta, (write) => decodeBehindHeader(bytes, start, end, header, write))
  },
}

function headerOf(lines: TextLines): UuHeader | undefined {
  const line = lines.next()
  return line && line.text.length <= MOST_HEADER ? uuHeader(line.text) : undefined
}

function decodeBehindHeader(
  bytes: Bytes,
  start: number,
  end: number,
  header: UuHeader,
  write: (chunk: Uint8Array) => void,
): StreamEnd {
  const lines = new TextLines(bytes, start, end)
  lines.next()
  try {
    uuDecode(lines, header, write)
    return { end, checksum: 'none' }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return { end, checksum: 'none', problem: { code: error.code, message: error.message } }
  }
}
