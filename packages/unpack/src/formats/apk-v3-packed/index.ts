import type { StreamFormat } from '../../contract.ts'
import { holdsAdb, type PackedHeader, parsePackedHeader, unpackAdb } from './parse.ts'

export const apkV3Packed: StreamFormat = {
  kind: 'stream',
  name: 'apk-v3-packed',
  title: 'Compressed apk package or index (version 3, ADBd and ADBc)',
  references: ['apk-tools, src/adb_comp.c'],
  limits: [],
  magic: [
    { bytes: 'ADBd', at: 0 },
    { bytes: 'ADBc', at: 0 },
  ],
  carve: true,

  recognise(bytes, at) {
    const header = parsePackedHeader(bytes, at)
    return header !== undefined && holdsAdb(bytes, header)
  },

  contentName: () => 'content.adb',
  decode: (bytes, at, write) => unpackAdb(bytes, parsePackedHeader(bytes, at) as PackedHeader, write),
}
