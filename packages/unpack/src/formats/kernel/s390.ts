import { type Bytes, latin1 } from '@messlatte/bytes'
import type { KernelImage } from './parse.ts'

export const S390_MAGIC = 'S390EP\0\x01'
/** Where it stands: behind the jump at the place at which kernels are started. */
export const S390_MAGIC_AT = 0x1_0008
/** What the machine loads first: a program status word with addresses of 31 bits. */
const FIRST = '\0\x08\0\0\x80'
/** Behind it stand the area of parameters and the program that unpacks. */
const PROGRAM = 0x1_1000
const PAGE = 4096
/** What the boot loader looks for at the end: magic of its trailer. */
const TRAILER = '\0\0\0\x20zIPL'
/** Bytes. */
const MOST = 64 * 1024 * 1024

/**
 * A kernel for z/Architecture (arch/s390/boot/head.S and vmlinux.lds.S), which begins with what the machine itself loads. Its
 * length stands nowhere: since Linux 5.3 a trailer ends its last page, before that it goes as far as the bytes do.
 */
export function parseS390(bytes: Bytes, at: number): KernelImage | undefined {
  if (at + PROGRAM > bytes.size || latin1(bytes.view(at, FIRST.length)) !== FIRST) return undefined
  const end = trailerEnd(bytes, at) ?? bytes.size
  const search = { at: at + PROGRAM, length: end - at - PROGRAM }
  return { variant: 's390-image', end, endIsBound: false, parts: [], search }
}

function trailerEnd(bytes: Bytes, at: number): number | undefined {
  for (let end = at + PROGRAM + PAGE; end <= Math.min(bytes.size, at + MOST); end += PAGE) {
    if (latin1(bytes.view(end - TRAILER.length, TRAILER.length)) === TRAILER) return end
  }
  return undefined
}
