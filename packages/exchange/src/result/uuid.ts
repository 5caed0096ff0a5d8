import { createHash } from 'node:crypto'

/** The namespace of names that are URNs or URLs (RFC 9562, 6.6). */
const NAMESPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex')

/** A UUID of version 5 (RFC 9562, 5.5) for a text: the same text has the same one. OSCAL takes no version above 5. */
export function uuidOf(text: string): string {
  const digest = createHash('sha1').update(NAMESPACE).update(`urn:messlatte:${text}`, 'utf8').digest()
  digest[6] = (digest[6]! & 0x0f) | 0x50
  digest[8] = (digest[8]! & 0x3f) | 0x80
  const hex = digest.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}
