import { DecodeError, lzfseBlock } from '@messlatte/bytes'
import type { StreamFormat } from '../../contract.ts'
import { KINDS, sizesOf } from './blocks.ts'

export const lzfse: StreamFormat = {
  kind: 'stream',
  name: 'lzfse',
  title: 'LZFSE stream (Apple)',
  references: ['lzfse (github.com/lzfse/lzfse), src/lzfse_internal.h'],
  limits: [
    'blocks whose tables are not packed (bvx1), which no encoder writes to files, are not read',
    'of 64 MiB at most, packed into 16 MiB at most; there is no checksum',
    'one that is cut off is not recognised: its last block tells its end',
  ],
  magic: KINDS.map((bytes) => ({ bytes, at: 0 })),
  carve: true,
  onlyWhole: true,

  recognise: (bytes, at) => sizesOf(bytes, at) !== undefined,

  decode(bytes, at, write) {
    const sizes = sizesOf(bytes, at)
    if (!sizes) throw new DecodeError('corrupt', 'LZFSE: blocks that lead to no end')
    const output = new Uint8Array(sizes.plain)
    write(output.subarray(0, lzfseBlock(bytes.view(at, sizes.packed), output)))
    return { end: at + sizes.packed, checksum: 'none' }
  },
}
