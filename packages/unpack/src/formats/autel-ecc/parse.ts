import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'

export const MAGIC = 'ECC0101\0'
const HEADER = 32
const OWNER = 'Copyright Autel'
/** Bytes that are masked together, and start anew behind. */
export const BLOCK = 256

/** unblob, handlers/archive/autel/ecc.py: little endian. The content of the image at `at`, or undefined for what is none. */
export function parseAutelEcc(bytes: Bytes, at: number): Stored | undefined {
  if (at + HEADER >= bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  if (reader.latin1(MAGIC.length) !== MAGIC) return undefined
  const [length, header] = [reader.u32(), reader.u32()]
  if (length === 0 || header !== HEADER || latin1(reader.take(OWNER.length)) !== OWNER) return undefined
  return { at: at + HEADER, length }
}

/** What is added to each byte of a block, and what it is combined with then; published with unblob. */
const ADDED =
  '36603bbf2d601b982c7673d20d1b148b1c1113e014910e0c12111df6731c9b0c1f141b8e601291170d0d17131b53929112600d9f6014141b09600d9f608e1f9b' +
  '07e0141b1c1113604cd0504e601b188c60110ce00e11970e10600d9b141d17181b0a608c0e1110900b0d60110c601c1b1b12601f600d17e01b8e1b180c60540e' +
  '1b0a9b09113860520d1b148b1c9113767314910e0c92111d601c1b8c1f941b0e531211170d0d97931b60139f0e19118e101b0ee0110ce01c1b0d0b601b1ee092' +
  '1f1d608c1f188c601b1d1f9a0e1b8c121760150e11090c9b12601b941d17189b0a601c0e1f1c121f0c0d601f600d1b12171a1b9c604fd34c4d4bceb6603bbfad'
const COMBINED =
  '9381c10082908100b48d8100a485c000a685c100a100c184a18cc000b2840084a588c100a4850084a594c184b2890000a694c100a681c184a094c000b400c100' +
  'a600c084a095c184a400c084a090c100b28dc100a18d0084a589c100a18dc084b285c000b485c000a38dc084b28dc084828dc184b58cc100a600c084b785c084' +
  'b28c0084a085c084a089c100a100c084a5840084a700c184b090c100b400c084a089c184a5910000b289c100a094c100b488c100b2900084a08dc184a58c0000' +
  'a581c000a1910084a58cc000a1910084a78c8184a589c100a18dc000b285c000b485c0848281c184b490c184a08dc184b58cc100a68d0084a085000081850000'
const [ADDENDS, MASKS] = [ADDED, COMBINED].map((hex) => Uint8Array.from(Buffer.from(hex, 'hex'))) as [
  Uint8Array,
  Uint8Array,
]

/** In place; the stretch begins where a block does. */
export function unmask(content: Uint8Array): void {
  for (let index = 0; index < content.length; index++) {
    const place = index % BLOCK
    content[index] =
      (((content[index] as number) + (ADDENDS[place] as number)) & 0xff) ^ (MASKS[place] as number)
  }
}
