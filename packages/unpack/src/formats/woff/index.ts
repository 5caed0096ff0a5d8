import { type Bytes, Reader } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'

const [WOFF, WOFF2] = ['wOFF', 'wOF2']
const HEADERS = { wOFF: 44, wOF2: 48 } as const
const ENTRY = 20
const MOST_TABLES = 128

export const woff = inlay(
  {
    name: 'woff',
    title: 'WOFF 1 and 2 (compressed fonts)',
    references: ['W3C, WOFF File Format 1.0, sections 3 and 4', 'W3C, WOFF File Format 2.0, section 4'],
    limits: ['nothing is decompressed'],
    magic: [WOFF, WOFF2].map((bytes) => ({ bytes, at: 0 })),
    carve: true,
  },
  (bytes, at) => {
    const kind = new Reader(bytes.view(at, 4), 'big').latin1(4) === WOFF ? 'wOFF' : 'wOF2'
    const header = new Reader(bytes.view(at, HEADERS[kind]), 'big', 8)
    const [length, tables, reserved] = [header.u32(), header.u16(), header.u16()]
    if (tables < 1 || tables > MOST_TABLES || reserved !== 0 || length <= HEADERS[kind]) return undefined
    header.skip(4)
    const fonts = kind === 'wOFF' ? tablesEnd(bytes, at, tables) : HEADERS.wOF2 + tables + header.u32()
    header.skip(4)
    const metadata = header.u32() + header.u32()
    header.skip(4)
    const own = header.u32() + header.u32()
    const end = Math.max(fonts, metadata, own)
    // Filled up to a word of four bytes, by those that keep to the rules.
    return end <= length && (kind === 'wOF2' || length - end < 4) ? at + length : undefined
  },
)

/** Version 1 says where its tables lie; version 2 has one stream for all of them. */
function tablesEnd(bytes: Bytes, at: number, tables: number): number {
  const directory = new Reader(bytes.view(at + HEADERS.wOFF, ENTRY * tables), 'big')
  let end = 0
  for (let index = 0; index < tables; index++) {
    directory.skip(4)
    end = Math.max(end, directory.u32() + directory.u32())
    directory.skip(8)
  }
  return end
}
