import type { Bytes } from '@messlatte/bytes'
import { type KeyRead, privateKey, publicKey } from '../read-key.ts'
import { isClamped, x25519Public, x25519Scalar } from './seeds.ts'
import { base64, textAt } from './text.ts'

/** In the configuration of `wg`; and, in OpenWrt's UCI, an option of an interface, or of a peer where it is the public one. */
export const WIREGUARD_LITERALS = [
  'PrivateKey = ',
  'PrivateKey=',
  'option private_key',
  'option public_key',
] as const

const MOST_LINE = 200
const LINE = /^(?:PrivateKey[ \t]*=[ \t]*|option (?:private|public)_key[ \t]+['"]?)([A-Za-z0-9+/]{43}=)/

/**
 * A key of WireGuard. Any 32 bytes would do, so a private one counts only with the bits as the generators set them (one of 32
 * others passes): a placeholder does not.
 */
export function readWireguard(
  bytes: Bytes,
  offset: number,
): (KeyRead & { readonly length: number }) | undefined {
  const match = LINE.exec(textAt(bytes, offset, MOST_LINE))
  const key = match && base64(match[1] ?? '')
  if (!match || key?.length !== 32 || new Set(key).size < 8) return undefined
  if (match[0].startsWith('option public')) {
    const open = publicKey(x25519Public(key), 'wireguard')
    return open && { ...open, length: match[0].length }
  }
  const found = isClamped(key) ? privateKey(x25519Scalar(key), 'wireguard') : undefined
  return found && { ...found, length: match[0].length }
}
