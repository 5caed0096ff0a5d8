import type { ReadHash } from '../../../passwords/hash.ts'
import { plainHash } from '../../../passwords/kinds/plain.ts'
import { readHash } from '../../../passwords/read.ts'
import { linesOf, type RecordReader, type UserRecord } from '../record.ts'
import { digestHash } from './colon.ts'

/**
 * BusyBox's httpd.conf (also uhttpd's `-r`): `/path:user:password`, the password in the clear, as a hash of crypt(3), or `*`
 * or `$p$user` for the one of the system. Apache's file of the same name has other lines.
 */
export const readBusyboxHttpd: RecordReader = (text) => {
  const lines = linesOf(text)
  if (lines.some(({ text: line }) => /^\s*(?:<|Server|Listen|LoadModule|Include)/.test(line))) return []
  return lines.flatMap(({ text: line, offset }): readonly UserRecord[] => {
    const match = /^\/[^:\s]*:([^:\s]{1,64}):(\S{1,256})\s*$/.exec(line)
    if (!match) return []
    const [, user = '', password = ''] = match
    if (password.startsWith('*') || password.startsWith('$p$') || isPlaceholder(user, password)) return []
    const secret = readHash(password) ?? ({ state: 'clear', password } as const)
    return [{ user, secret, offset, length: line.length }]
  })
}

/** The words of BusyBox's own documentation, and variables that something fills in. */
function isPlaceholder(user: string, password: string): boolean {
  return (user === 'foo' && password === 'bar') || /[@%<{]|\$[A-Z({]/.test(`${user}${password}`)
}

/** OpenWrt's logins of rpcd and uhttpd, where the password is a hash; `$p$user` is the one of the system. */
export const readUciLogins: RecordReader = (text) => {
  const records: UserRecord[] = []
  let user: string | undefined
  let login = false
  for (const { text: line, offset } of linesOf(text)) {
    const section = /^\s*config\s+['"]?([\w-]+)/.exec(line)?.[1]
    if (section !== undefined) {
      login = section === 'login' || section === 'httpauth'
      user = undefined
      continue
    }
    const option = /^\s*option\s+['"]?(username|password)['"]?\s+['"]?([^'"\s]{1,256})['"]?\s*$/.exec(line)
    if (!login || !option) continue
    const [, name, value = ''] = option
    if (name === 'username') user = value
    const secret = name === 'password' ? readHash(value) : undefined
    if (secret) records.push({ user: user ?? '', secret, offset, length: line.length })
  }
  return records
}

/** Realms that GoAhead's sources and samples preset; the right one stands in the program only. */
const GOAHEAD_REALMS = ['example.com', 'GoAhead', 'goahead', 'embedthis.com', 'Embedthis', 'localhost']

/** GoAhead's `user name=… password=… roles=…`: MD5 of user, realm and password, or Blowfish of its own. */
export const readGoAhead: RecordReader = (text) =>
  linesOf(text).flatMap(({ text: line, offset }): readonly UserRecord[] => {
    const match = /^\s*user\s+name=(\S{1,64})\s+password=(\S{1,256})/.exec(line)
    if (!match) return []
    const [, user = '', password = ''] = match
    const secret = goAheadSecret(user, password)
    return [{ user, secret, offset, length: line.length }]
  })

/** GoAhead before version 3: tables of rows, `name=…` and `password=…` on lines of their own, in the clear. */
export const readOldGoAhead: RecordReader = (text) => {
  const records: UserRecord[] = []
  let user = ''
  for (const { text: line, offset } of linesOf(text)) {
    const match = /^(TABLE|ROW|name|password)=(.{0,256})$/.exec(line)
    if (!match) continue
    const [, key, value = ''] = match
    if (key === 'name') user = value
    else if (key !== 'password') user = ''
    else if (user !== '' && value !== '' && !/[@%<{$]/.test(value))
      records.push({ user, secret: { state: 'clear', password: value }, offset, length: line.length })
  }
  return records
}

function goAheadSecret(user: string, password: string): UserRecord['secret'] {
  if (/^BF\d:/.test(password))
    return { state: 'untried', scheme: 'GoAhead Blowfish', why: 'not-computed-here' }
  if (!/^[0-9a-f]{32}$/i.test(password)) return { state: 'clear', password }
  const hashes = GOAHEAD_REALMS.flatMap((realm) => {
    const read = digestHash(user, realm, password)
    return read.state === 'hash' ? [read.hash] : []
  })
  return {
    state: 'hash',
    hash: {
      scheme: 'HTTP digest',
      cost: hashes.reduce((sum, { cost }) => sum + cost, 0),
      repeat: undefined,
      batch: 64,
      find: (passwords) =>
        passwords.findIndex((password) => hashes.some((hash) => hash.find([password]) === 0)),
    },
  }
}

const SETTING =
  /([\w.-]{0,40}(?:pass|pwd)[\w.-]{0,40})["']?\s{0,8}(?:[:=>]|value\s?=)\s{0,8}["']?(\$[^\s"'<>,;]{12,200}|\{S?(?:SHA|MD5)\d*\}[\w+/=]{20,200}|[0-9a-f]{128}|[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?=["'<>,;\s]|$)/i
const USER_SETTING =
  /(?:^|[^\w])(?:user(?:_?name|_?id)?|login(?:_?name)?|account|name)["']?\s{0,8}(?:[:=>]|value\s?=)\s{0,8}["']?([\w.@-]{1,64})(?=["'<>,;\s]|$)/i
const SIZES = { 32: 'md5', 40: 'sha1', 64: 'sha256', 128: 'sha512' } as const
/** A user's name stands at most so many lines above the password. */
const MOST_ABOVE = 4

/** Web interfaces' own tables of users, in settings: a hash that says what it is, or digits that are one if a password fits. */
export const readSettings: RecordReader = (text) => {
  const lines = linesOf(text)
  return lines.flatMap(({ text: line, offset }, at): readonly UserRecord[] => {
    const match = SETTING.exec(line)
    if (!match) return []
    const value = match[2] ?? ''
    const above = lines.slice(Math.max(0, at - MOST_ABOVE), at + 1).toReversed()
    const user = above.map((one) => USER_SETTING.exec(one.text)?.[1]).find((name) => name !== undefined) ?? ''
    const secret = settingSecret(value)
    return secret ? [{ user, secret, offset, length: line.length }] : []
  })
}

function settingSecret(value: string): UserRecord['secret'] | undefined {
  const marked: ReadHash | undefined = readHash(value)
  if (marked) return marked
  const algorithm = SIZES[value.length as keyof typeof SIZES]
  if (algorithm === undefined || !/^[0-9a-f]+$/i.test(value)) return undefined
  const read = plainHash({ algorithm, target: Buffer.from(value, 'hex') })
  return read.state === 'hash' ? { state: 'maybe', hash: read.hash } : undefined
}
