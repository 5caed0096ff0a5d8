import { createDecipheriv, createHash } from 'node:crypto'

const SALT = 'IPCAM'
const CHUNK = 1024
/** Of so many chunks one is encrypted, and that is the second one. */
const PERIOD = 16
const BLOCK = 16
const MASK = 0x3f
/** As they are published; they take turns. */
const KEYS = ['@Hichip+1208/pkg', '$Hichip-1208%aes', '#Hichip*1208=key'] as const
/** What the last byte of a mark in a ZIP archive is made in a package, and what it was. */
const MARKS = [
  ['PK\x03\x07', 4],
  ['PK\x01\x08', 2],
  ['PK\x05\x09', 6],
] as const

export function saltedMd5(content: Uint8Array): string {
  return createHash('md5').update(content).update(SALT).digest('hex')
}

/** Undoes v9x-firmware-repacker's `v9x_encrypt_zip_for_pkg` and the marks, in place. */
export function decipherZip(content: Buffer): void {
  for (let chunk = 1, turn = 0; chunk * CHUNK < content.length; chunk += PERIOD, turn++) {
    const start = chunk * CHUNK
    const length = Math.min(CHUNK, content.length - start)
    decipherBlocks(content.subarray(start, start + length - (length % BLOCK)), turn)
  }
  restoreMarks(content)
}

function decipherBlocks(blocks: Buffer, turn: number): void {
  const key = Buffer.from(KEYS[turn % KEYS.length] as string, 'latin1')
  const decipher = createDecipheriv('aes-128-ecb', key, null).setAutoPadding(false)
  const plain = decipher.update(blocks)
  for (const [at, byte] of plain.entries()) blocks[at] = byte ^ MASK
}

/** As the camera does it: wherever such bytes stand. */
export function restoreMarks(content: Buffer): void {
  for (const [mark, last] of MARKS) {
    for (let at = content.indexOf(mark, 0, 'latin1'); at >= 0; at = content.indexOf(mark, at + 4, 'latin1'))
      content[at + 3] = last
  }
}
