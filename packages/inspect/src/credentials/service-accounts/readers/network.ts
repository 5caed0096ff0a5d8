import { lmHash } from '../../../passwords/kinds/des.ts'
import { ntHash, plainHash } from '../../../passwords/kinds/plain.ts'
import { snmpKey } from '../../../passwords/kinds/snmp.ts'
import { readCrypt } from '../../../passwords/read.ts'
import { linesOf, type RecordReader, type UserRecord } from '../record.ts'
import { digestHash } from './colon.ts'

/** LAN Manager's hash of nothing, which says that only the other one counts. */
const LM_OF_NOTHING = 'aad3b435b51404eeaad3b435b51404ee'
/** MD4 of nothing. */
const NT_OF_NOTHING = '31d6cfe0d16ae931b73c59d7e0c089c0'

/** smbpasswd(5): `user:uid:LM hash:NT hash:[flags]:…`; a hash of X is none, and accounts with the flag D are switched off. */
export const readSmbpasswd: RecordReader = (text) =>
  linesOf(text).flatMap(({ text: line, offset }): readonly UserRecord[] => {
    const match = /^([^:\s]{1,64}):\d{1,10}:([^:]{32}):([^:]{32}):\[([A-Z ]{0,13})\]:/.exec(line)
    if (!match || match[4]?.includes('D')) return []
    const [, user = '', lm = '', nt = '', flags = ''] = match
    const secret = smbSecret(lm, nt, flags)
    return secret ? [{ user, secret, offset, length: line.length }] : []
  })

function smbSecret(lm: string, nt: string, flags: string): UserRecord['secret'] | undefined {
  if (flags.includes('N') || nt.toLowerCase() === NT_OF_NOTHING) return { state: 'empty' }
  if (/^[0-9a-f]{32}$/i.test(nt)) return ntHash(nt)
  return /^[0-9a-f]{32}$/i.test(lm) && lm.toLowerCase() !== LM_OF_NOTHING ? lmHash(lm) : undefined
}

/** FreeRADIUS' `users`: a name and what its password is. */
export const readRadiusUsers: RecordReader = (text) =>
  linesOf(text).flatMap(({ text: line, offset }): readonly UserRecord[] => {
    const match =
      /^"?([\w.@-]{1,64})"?[ \t]+(Cleartext|User|Crypt|NT|MD5|SHA1?)-Password[ \t]*[:=]?=[ \t]*"?([^"\s]{1,256})"?/.exec(
        line,
      )
    if (!match) return []
    const [, user = '', kind = '', value = ''] = match
    const secret = radiusSecret(kind, value)
    return secret ? [{ user, secret, offset, length: line.length }] : []
  })

function radiusSecret(kind: string, value: string): UserRecord['secret'] | undefined {
  switch (kind) {
    case 'Cleartext':
    case 'User':
      return /[%$`{]/.test(value) ? undefined : { state: 'clear', password: value }
    case 'Crypt':
      return readCrypt(value)
    default: {
      const hex = value.replace(/^0x/i, '')
      const digits = kind === 'NT' || kind === 'MD5' ? 32 : 40
      if (hex.length !== digits || !/^[0-9a-f]+$/i.test(hex)) return undefined
      if (kind === 'NT') return ntHash(hex)
      return plainHash({ algorithm: kind === 'MD5' ? 'md5' : 'sha1', target: Buffer.from(hex, 'hex') })
    }
  }
}

/** The text out of which vsftpd's database of virtual users is made: a name and a password in turns. */
export const readVsftpdUsers: RecordReader = (text) => {
  const lines = linesOf(text)
  if (lines.length % 2 !== 0 || lines.some(({ text: line }) => !/^\S{1,64}$/.test(line))) return []
  return lines.flatMap(({ text: user, offset }, at): readonly UserRecord[] => {
    const password = lines[at + 1]?.text
    if (at % 2 !== 0 || password === undefined) return []
    return [{ user, secret: { state: 'clear', password }, offset, length: user.length }]
  })
}

const SNMP_MD5 = '.1.3.6.1.6.3.10.1.1.2'
const SNMP_SHA = '.1.3.6.1.6.3.10.1.1.3'

/**
 * net-snmp's `usmUser` lines: keys of SNMPv3's users, made out of their passwords for one engine. A user is in the image with
 * its engine, so every unit has both.
 */
export const readSnmpUsers: RecordReader = (text) =>
  linesOf(text).flatMap(({ text: line, offset }): readonly UserRecord[] => {
    const match =
      /^usmUser \d+ \d+ 0x([0-9a-f]{10,64}) (?:"([^"]{1,64})"|0x([0-9a-f]{2,128})) \S+ \S+ (\.[\d.]+) (?:0x([0-9a-f]{32,128})|"")/i.exec(
        line,
      )
    if (!match) return []
    const [, engine = '', quoted, hex = '', protocol = '', key = ''] = match
    const user = quoted ?? Buffer.from(hex, 'hex').toString('latin1').replace(/\0+$/, '')
    const secret = snmpSecret(protocol, key, engine)
    return secret ? [{ user, secret, offset, length: line.length }] : []
  })

function snmpSecret(protocol: string, key: string, engine: string): UserRecord['secret'] | undefined {
  if (key === '') return undefined
  if (protocol === SNMP_MD5 && key.length === 32) return snmpKey('md5', key, engine)
  if (protocol === SNMP_SHA && key.length === 40) return snmpKey('sha1', key, engine)
  return { state: 'untried', scheme: 'SNMPv3', why: 'not-computed-here' }
}

/** Asterisk's peers with `md5secret` (or `md5_cred`): the digest over name, realm and secret, with the usual realm. */
export const readAsteriskUsers: RecordReader = (text) => {
  let section = ''
  return linesOf(text).flatMap(({ text: line, offset }): readonly UserRecord[] => {
    const name = /^\s*\[([^\]]{1,64})\]/.exec(line)?.[1]
    if (name !== undefined) section = name
    const digest = /^\s*md5_?(?:secret|cred)\s*=>?\s*([0-9a-f]{32})\s*(?:;.*)?$/i.exec(line)?.[1]
    if (digest === undefined || section === '') return []
    return [{ user: section, secret: digestHash(section, 'asterisk', digest), offset, length: line.length }]
  })
}
