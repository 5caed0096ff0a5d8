import { createHash } from 'node:crypto'
import { type Bytes, forEachWindow } from '@messlatte/bytes'

/** SHA-256 (hex). */
export function digestOf(bytes: Bytes): string {
  const hash = createHash('sha256')
  forEachWindow(bytes, 0, bytes.size, 256 * 1024, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash.digest('hex')
}
