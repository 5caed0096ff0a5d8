import { type Bytes, latin1 } from '@messlatte/bytes'

/** A complete block of RFC 7468 (and of the older form with headers). */
export interface PemBlock {
  /** `RSA PRIVATE KEY`. */
  readonly label: string
  readonly content: Buffer
  /** Cipher and IV of the old headers (`AES-128-CBC,0A1B…`), where they say that the content is encrypted. */
  readonly dek: string | undefined
  /** True where the line breaks stand there as `\n`, as in source code and JSON. */
  readonly writtenOut: boolean
  /** Bytes from the first dash to the last. */
  readonly length: number
}

export const PEM_LITERAL = '-----BEGIN '
const MOST_LENGTH = 32 * 1024
const FIRST_LINE = /^-----BEGIN ([A-Z0-9][A-Z0-9 ]{0,40})-----/
const DEK = /DEK-Info: ([A-Z0-9-]{3,20},[0-9A-Fa-f]{16,32})/
/** Between the lines: breaks, also written as `\n` in source code and JSON, with quotes around each line. */
const BETWEEN = /\\[nr]|["'\\\s]/g

/** The block whose first dash stands here; undefined where it is not complete, or its content is not base 64. */
export function pemBlockAt(bytes: Bytes, offset: number): PemBlock | undefined {
  const text = latin1(bytes.view(offset, Math.min(MOST_LENGTH, bytes.size - offset)))
  const label = FIRST_LINE.exec(text)?.[1]
  if (label === undefined) return undefined
  const start = PEM_LITERAL.length + label.length + 5
  const last = `-----END ${label}-----`
  const end = text.indexOf(last, start)
  if (end < 0) return undefined
  const { headers, body } = withoutHeaders(text.slice(start, end))
  // Cheap, and keeps a file full of beginnings cheap.
  if (body.includes('-----')) return undefined
  const base64 = body.replace(BETWEEN, '')
  if (base64.length < 16 || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    return undefined
  return {
    label,
    content: Buffer.from(base64, 'base64'),
    dek: headers.includes('Proc-Type: 4,ENCRYPTED') ? (DEK.exec(headers)?.[1] ?? '') : undefined,
    writtenOut: body.includes('\\n'),
    length: end + last.length,
  }
}

/** The old headers are lines with a colon, ended by an empty line. */
function withoutHeaders(text: string): { readonly headers: string; readonly body: string } {
  const colon = text.lastIndexOf(': ')
  if (colon < 0) return { headers: '', body: text }
  const rest = text.slice(colon)
  const lineEnd = /\\n|\n/.exec(rest)
  const end = lineEnd ? colon + lineEnd.index + lineEnd[0].length : text.length
  return { headers: text.slice(0, end), body: text.slice(end) }
}
