import { Reader } from '@messlatte/bytes'
import type { LeafFormat } from '../../contract.ts'

const MAGIC = 'U2ND'
const MAGIC_AT = 14
const HEADER = 32
const DATE_AT = 8
const RESERVED_AT = 30

export const cybertanHeader: LeafFormat = {
  kind: 'leaf',
  name: 'cybertan-header',
  title: 'CyberTAN header (Linksys WRT54G, WRT160NL and other routers: U2ND)',
  references: ['OpenWrt firmware-utils, src/addpattern.c', 'binwalk 3, src/structures/binhdr.rs'],
  limits: ['it is the header only: the image behind it, mostly TRX, is found by what it is'],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,
  recognise(bytes, at) {
    if (at + HEADER > bytes.size) return undefined
    const header = bytes.view(at, HEADER)
    const reader = new Reader(header, 'little')
    const pattern = reader.latin1(DATE_AT)
    const [year, month, day] = [reader.u8(), reader.u8(), reader.u8()]
    if (new Reader(header, 'little', MAGIC_AT).latin1(MAGIC.length) !== MAGIC) return undefined
    if (!/^[\x21-\x7e]{4}([\x21-\x7e]{4}|\0{4})$/.test(pattern)) return undefined
    if (year > 99 || month < 1 || month > 12 || day < 1 || day > 31) return undefined
    const reserved = header.subarray(RESERVED_AT)
    return reserved.every((byte) => byte === 0) ? { start: at, end: at + HEADER } : undefined
  },
}
