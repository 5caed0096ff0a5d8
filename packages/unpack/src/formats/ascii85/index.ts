import { type Bytes, latin1 } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'
import { ascii85Stream } from './decode.ts'

const MAGIC = '<~'
/** Of the text that is looked at before it is decoded. */
const LOOKED_AT = 64
const LEAST = 20

export const ascii85: StreamFormat = {
  kind: 'stream',
  name: 'ascii85',
  title: 'ASCII85 text (Adobe)',
  references: ['Adobe, PostScript Language Reference, 3rd edition, section 3.13.3'],
  limits: [
    'found at the start of a file or content only; what lies in PostScript is postscript',
    'there is no checksum: it has to hold to its end',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: false,
  onlyWhole: true,

  recognise: isText,

  decode: (bytes, at, write) => ascii85Stream(bytes, at + MAGIC.length, bytes.size, write),
}

function isText(bytes: Bytes, at: number): boolean {
  const text = latin1(bytes.view(at, Math.min(LOOKED_AT, bytes.size - at)))
  return text.length >= LEAST && text.startsWith(MAGIC) && /^[!-uz~>\s]*$/.test(text.slice(MAGIC.length))
}
