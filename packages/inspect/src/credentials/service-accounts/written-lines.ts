import { latin1 } from '@messlatte/bytes'
import type { Artefact } from '../../contract.ts'
import { readHash } from '../../passwords/read.ts'
import type { UserRecord } from './record.ts'

const MOST_HITS = 50
const BEFORE = 64
const BEHIND = 400
/** What a line of passwd or shadow has behind the hash: two more fields at least, the first of them a number. */
const LINE = /^([^\s:"'\0\\]{13,300}):\d{1,10}:[\w-]{0,10}:/

/**
 * Lines of the system's file of accounts in a script that writes them, or among the strings of a program: `root:$1$…:0:0:`.
 * The user has to stand in front of the hash, and the fields of such a line behind it.
 */
export function writtenLines(artefact: Artefact): readonly UserRecord[] {
  const { bytes, hits } = artefact
  const records: UserRecord[] = []
  for (const { offset } of hits.slice(0, MOST_HITS)) {
    const before = latin1(bytes.view(Math.max(0, offset - BEFORE), Math.min(BEFORE, offset)))
    const user = /(?:^|[\s"'\0`])([a-z_][\w.-]{0,31})$/i.exec(before)?.[1]
    const hash = LINE.exec(latin1(bytes.view(offset + 1, Math.min(BEHIND, bytes.size - offset - 1))))?.[1]
    const secret = user !== undefined && hash !== undefined ? readHash(hash) : undefined
    if (user === undefined || hash === undefined || !secret) continue
    records.push({ user, secret, offset: offset - user.length, length: user.length + 1 + hash.length })
  }
  return records
}
