import { createHmac } from 'node:crypto'

/** A CRC-32 as RAR 5 keeps it beside what is encrypted, so that it tells nothing of the content (technote, "File encryption record"). */
export function sumUnder(key: string, crc: number): number {
  const plain = Buffer.alloc(4)
  plain.writeUInt32LE(crc >>> 0)
  const mac = createHmac('sha256', Buffer.from(key, 'hex')).update(plain).digest()
  let sum = 0
  for (let at = 0; at < mac.length; at += 4) sum ^= mac.readInt32LE(at)
  return sum >>> 0
}
