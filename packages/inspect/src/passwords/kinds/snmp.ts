import { createHash } from 'node:crypto'
import { oneByOne, type ReadHash } from '../hash.ts'

/** The password is repeated up to so many bytes. */
const STRETCHED = 1_048_576
const COST = 30
const LEAST = 8

/**
 * RFC 3414, appendix A.2: an SNMPv3 key is a digest of the password, written over and over up to a mebibyte, which is then
 * bound to one engine. Passwords under eight characters are not allowed.
 * @param key hex @param engine hex
 */
export function snmpKey(algorithm: 'md5' | 'sha1', key: string, engine: string): ReadHash {
  const target = Buffer.from(key, 'hex')
  const engineId = Buffer.from(engine, 'hex')
  const scheme = algorithm === 'md5' ? 'SNMPv3 MD5' : 'SNMPv3 SHA-1'
  const option = algorithm === 'md5' ? 'MD5' : 'SHA'
  const repeat = `snmpget -v3 -u USER -l authNoPriv -a ${option} -A PASSWORD -e 0x${engine.toLowerCase()} UNIT sysUpTime.0`
  return oneByOne(scheme, COST, repeat, (password) => {
    if (password.length < LEAST) return false
    const whole = Buffer.alloc(STRETCHED, password)
    const stretched = createHash(algorithm).update(whole).digest()
    return createHash(algorithm).update(stretched).update(engineId).update(stretched).digest().equals(target)
  })
}
