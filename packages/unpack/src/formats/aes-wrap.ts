import { createDecipheriv } from 'node:crypto'

/** RFC 3394: a key that another one wraps. @throws Error where it is another one */
export function unwrapAes(key: Uint8Array, wrapped: Uint8Array): Buffer {
  const decipher = createDecipheriv(`id-aes${key.length * 8}-wrap`, key, Buffer.alloc(8, 0xa6))
  return Buffer.concat([decipher.update(wrapped), decipher.final()])
}
