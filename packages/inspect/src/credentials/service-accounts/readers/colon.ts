import { plainHash } from '../../../passwords/kinds/plain.ts'
import { readCrypt, readHash } from '../../../passwords/read.ts'
import { linesOf, type RecordReader, type UserRecord } from '../record.ts'

const USER = /^[A-Za-z0-9_.][\w.@+-]{0,63}$/

/**
 * Files of users whose second field is a hash: htpasswd, mosquitto, lighttpd, nginx, proftpd and pure-ftpd. A file of which
 * more than half of the lines say anything else is none.
 */
function users(text: string, read: typeof readHash): readonly UserRecord[] {
  const lines = linesOf(text)
  const records = lines.flatMap(({ text: line, offset }): readonly UserRecord[] => {
    const [user = '', field = ''] = line.split(':')
    const secret = USER.test(user) ? read(field) : undefined
    return secret ? [{ user, secret, offset, length: line.length }] : []
  })
  const locked = lines.filter(({ text: line }) => /^[^:]{1,64}:(?:[*!x]{0,2})(?::|$)/.test(line)).length
  return records.length * 2 >= lines.length - locked ? records : []
}

/** lighttpd's back ends `htpasswd` and `plain`: `user:password`, and nothing else in the file. */
export const readLighttpdUsers: RecordReader = (text) => {
  const hashed = readNamedUsers(text)
  if (hashed.length > 0) return hashed
  const lines = linesOf(text)
  const records = lines.flatMap(({ text: line, offset }): readonly UserRecord[] => {
    const [, user = '', password = ''] = /^([\w.@+-]{1,64}):([!-~]{1,128})$/.exec(line) ?? []
    const open = user !== '' && !/[@%<{$]/.test(password)
    return open ? [{ user, secret: { state: 'clear', password }, offset, length: line.length }] : []
  })
  return records.length === lines.length ? records : []
}

/** A file of a name that says what it is, in which traditional DES may stand as well. */
export const readNamedUsers: RecordReader = (text) => users(text, readCrypt)

/** A file of any name, whose hashes say what they are. */
export const readMarkedUsers: RecordReader = (text) => users(text, readHash)

/** RFC 2617's first digest of `user:realm:password`, as htdigest keeps it. */
export const readDigestUsers: RecordReader = (text) => {
  const lines = linesOf(text)
  const records = lines.flatMap(({ text: line, offset }): readonly UserRecord[] => {
    const match = /^([^:\s]{1,64}):([^:]{1,128}):([0-9a-f]{32})$/i.exec(line)
    if (!match) return []
    const [, user = '', realm = '', digest = ''] = match
    return [{ user, secret: digestHash(user, realm, digest), offset, length: line.length }]
  })
  return records.length * 2 >= lines.length ? records : []
}

/** @param hex 32 hex digits */
export function digestHash(user: string, realm: string, hex: string) {
  return plainHash({
    algorithm: 'md5',
    target: Buffer.from(hex, 'hex'),
    before: Buffer.from(`${user}:${realm}:`, 'latin1'),
    scheme: 'HTTP digest',
  })
}
