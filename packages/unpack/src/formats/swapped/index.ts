import type { ContainerFormat } from '../../contract.ts'
import { copyStretch, wrapped } from '../members.ts'
import { detectSwapped, type SwappedDump } from './detect.ts'
import { reorder } from './order.ts'

/** Bytes that are put right at once. */
const CHUNK = 256 * 1024

export const swapped: ContainerFormat<SwappedDump> = {
  kind: 'container',
  name: 'swapped',
  title: 'Flash dump that was read in another byte order (16 or 32 bits, or halves of 32 bits)',
  references: [
    'GNU coreutils, dd(1), conv=swab',
    'GNU binutils, objcopy(1), --reverse-bytes',
    'binwalk 3, src/extractors/swapped.rs',
  ],
  limits: [
    'known by a uImage, SquashFS, cramfs, JFFS2, UBI, romfs, device tree or ELF file that begins at a multiple of 4096 bytes within the first 16 MiB',
    'the swapped part has to begin with the file; a file that is not made of whole blocks of 64 KiB ends with the last such structure',
    'of words of 64 bits nothing is known',
  ],
  magic: [],
  spreads: true,
  carve: false,

  recognise(bytes, at) {
    const dump = detectSwapped(bytes, at)
    return dump && { start: at, end: dump.end }
  },

  *open(bytes, { start, end }) {
    const dump = detectSwapped(bytes, start)
    if (dump) yield { cost: end - start, entries: 1, plan: dump }
  },

  read(bytes, { start, end }, { order }, sink) {
    sink.stream(wrapped(order), (write) => {
      for (let at = start; at < end; at += CHUNK) {
        const chunk = new Uint8Array(Math.min(CHUNK, end - at))
        copyStretch(bytes, at, chunk)
        reorder(chunk, chunk, order)
        write(chunk)
      }
      return { end, checksum: 'none' }
    })
  },
}
