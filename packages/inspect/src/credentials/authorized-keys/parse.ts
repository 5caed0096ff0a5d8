import { createHash } from 'node:crypto'
import { Reader } from '@messlatte/bytes'
import { printable } from '../printable.ts'
import { attempt } from '../private-keys/attempt.ts'
import { identityOf } from '../private-keys/identity.ts'
import { publicKeyOfBlob, sshText } from '../private-keys/ssh-wire.ts'
import { linesOf } from '../service-accounts/record.ts'
import type { LoginKeyFact } from './facts.ts'

export type LoginKeyLine = Omit<LoginKeyFact, 'sample' | 'user'> & {
  /** Bytes from the start of the file. */
  readonly offset: number
  readonly length: number
}

const MOST_KEYS = 100
const TYPE =
  /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp(?:256|384|521)|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)$/

/** The keys of a file as sshd(8) lays it out: options, type, base 64, comment. */
export function readLoginKeys(text: string): readonly LoginKeyLine[] {
  return linesOf(text)
    .flatMap(({ text: line, offset }) => keyOf(line, offset) ?? [])
    .slice(0, MOST_KEYS)
}

function keyOf(line: string, offset: number): LoginKeyLine | undefined {
  const bare = TYPE.test(line.trimStart().split(/\s/, 1)[0] ?? '')
  const { options, rest } = bare ? { options: [], rest: line } : afterOptions(line)
  const [type = '', base64 = '', ...comment] = rest.trimStart().split(/\s+/)
  if (!TYPE.test(type) || !/^[A-Za-z0-9+/]{40,}={0,2}$/.test(base64)) return undefined
  const blob = Buffer.from(base64, 'base64')
  if (attempt(() => sshText(new Reader(blob, 'big'))) !== type) return undefined
  const key = attempt(() => publicKeyOfBlob(blob))
  // A kind that is read here and has no key in it is a placeholder.
  if (!key && !type.startsWith('sk-')) return undefined
  return {
    type,
    identity: key && identityOf(key),
    fingerprint: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`,
    options,
    comment: printable(comment.join(' ').slice(0, 200)),
    offset,
    length: line.length,
  }
}

/** Options end at the first blank that is not in double quotes; a backslash there keeps a quote from ending them. */
function afterOptions(line: string): { readonly options: readonly string[]; readonly rest: string } {
  let quoted = false
  let names = ''
  let at = line.search(/\S/)
  for (; at < line.length; at++) {
    const character = line.charAt(at)
    if (quoted && character === '\\') at++
    else if (character === '"') quoted = !quoted
    else if (!quoted && /\s/.test(character)) break
    else if (!quoted) names += character
  }
  const options = names
    .split(',')
    .map((option) => option.replace(/=.*$/, '').toLowerCase())
    .filter((option) => /^[a-z-]{1,40}$/.test(option))
  return { options, rest: line.slice(at) }
}
