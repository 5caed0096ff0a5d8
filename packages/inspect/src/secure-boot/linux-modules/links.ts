import type { EvidenceDraft, Place } from '../../contract.ts'
import type { LinkFact } from '../chain/facts.ts'
import { linkAnchors, linkSignature } from '../pkcs7/link.ts'
import type { Group } from './conclude.ts'

/** Modules that a link names; what is not named is not covered by it. */
const MOST_COVERED = 64

export function moduleLink(
  { system, outcome, level, modules }: Group,
  { kind }: EvidenceDraft,
  forcedAt: Place | undefined,
  leaked: ReadonlySet<string>,
): LinkFact {
  return {
    scheme: 'linux-module',
    evidence: kind,
    name: 'signer' in outcome ? outcome.signer : '',
    holder: system,
    covers: modules
      .slice(0, MOST_COVERED)
      .map(({ place, data }) => ({ path: place.path, stage: 'modules', name: data.name })),
    gaps: [],
    level,
    signature: linkSignature(outcome),
    anchors: linkAnchors(outcome, leaked),
    demand: forcedAt ? { by: 'release', place: forcedAt } : { by: 'unknown' },
    rollback: [],
    open: [],
    repeat: 'modinfo MODULE',
  }
}
