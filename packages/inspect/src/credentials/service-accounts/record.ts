import type { ReadHash } from '../../passwords/hash.ts'

/** Where a record lies: a program's own file of users. */
export type StoreName =
  | 'htpasswd'
  | 'htdigest'
  | 'gshadow'
  | 'user-file'
  | 'lighttpd-users'
  | 'written-line'
  | 'busybox-httpd'
  | 'uci-login'
  | 'goahead'
  | 'smbpasswd'
  | 'radius-users'
  | 'vsftpd-users'
  | 'snmp-users'
  | 'asterisk-users'
  | 'setting'

/** A user of a service with what opens the account. Byte strings. */
export interface UserRecord {
  readonly user: string
  readonly secret:
    | ReadHash
    | { readonly state: 'clear'; readonly password: string }
    | { readonly state: 'empty' }
    /** Digits that are a hash of a password only if a password gives them. */
    | { readonly state: 'maybe'; readonly hash: Extract<ReadHash, { readonly state: 'hash' }>['hash'] }
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly length: number
}

export type RecordReader = (text: string) => readonly UserRecord[]

export interface Line {
  readonly text: string
  readonly offset: number
}

const MOST_LINES = 2000
const MOST_LINE = 2048

/** Lines that say something: no blanks, no comments; the first 2,000 of the file. */
export function linesOf(text: string): readonly Line[] {
  const lines: Line[] = []
  let offset = 0
  for (let count = 0; offset < text.length && count < MOST_LINES; count++) {
    const end = text.indexOf('\n', offset)
    const stop = end < 0 ? text.length : end
    const line = stop - offset > MOST_LINE ? '' : text.slice(offset, stop).replace(/\r$/, '')
    if (/^\s*[^\s#;]/.test(line)) lines.push({ text: line, offset })
    offset = stop + 1
  }
  return lines
}
