import { createHash } from 'node:crypto'

const TEXT = Buffer.from(Array.from({ length: 2499 }, (_, index) => `${index + 1}\n`).join(''))
const NOISE = Array.from({ length: 32 }, (_, index) => createHash('sha256').update(Buffer.of(index)).digest())

/** The disk that the fixtures of virtual disks hold: a text, a hole, noise, and a hole. */
export const DISK = Buffer.concat([TEXT, Buffer.alloc(65_536 - TEXT.length), ...NOISE, Buffer.alloc(31_744)])
